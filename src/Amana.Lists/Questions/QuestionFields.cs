using System.Globalization;
using Amana.Matching;

namespace Amana.Lists.Questions;

/// <summary>What a question's texts say: a date, a country, a sex.</summary>
internal static class QuestionFields
{
    public static bool TryDate(string text, out PartialDate date)
    {
        date = default;
        string[] parts = text.Split('-');
        int[] numbers = [.. parts.Select(p => int.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out int n) ? n : -1)];
        if (parts[0].Length != 4 || parts.Length > 3 || numbers.Contains(-1)) return false;
        int month = numbers.ElementAtOrDefault(1);
        int day = numbers.ElementAtOrDefault(2);
        if (numbers[0] < 1 || month > 12 || (day > 0 && (month == 0 || day > DateTime.DaysInMonth(numbers[0], month)))) return false;
        date = PartialDate.Of(numbers[0], month, day);
        return true;
    }

    public static bool TryCountry(string text, out string code)
    {
        code = text.ToLowerInvariant();
        return code.Length == 2 && code.All(char.IsAsciiLetterLower);
    }

    public static bool TrySex(string text, out Sex sex)
    {
        sex = text.ToUpperInvariant() switch
        {
            "MALE" or "M" => Sex.Male,
            "FEMALE" or "F" => Sex.Female,
            "OTHER" or "X" => Sex.Other,
            _ => Sex.Unknown,
        };
        return sex is not Sex.Unknown;
    }
}
