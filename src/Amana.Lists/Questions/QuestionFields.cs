using Amana.Matching;
using Amana.Matching.Fields;

namespace Amana.Lists.Questions;

/// <summary>What a question's texts say: a date, a country, a sex.</summary>
internal static class QuestionFields
{
    public static bool TryDate(string text, out PartialDate date) => PartialDate.TryParse(text, out date);

    public static bool TryCountry(string text, out string code) => CountryCodes.TryParse(text, out code);

    public static bool TrySex(string text, out Sex sex) => SexText.TryParse(text, out sex) && sex is not Sex.Unknown;
}
