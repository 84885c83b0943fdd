using Amana.Matching;
using Amana.Matching.Fields;

namespace Amana.Server.BlindQuestions.Asking;

/// <summary>The meeting keys of a question.</summary>
internal static class BlindKeys
{
    public static IReadOnlyList<string> Of(BlindSubject about)
    {
        ArgumentNullException.ThrowIfNull(about);
        IEnumerable<PartialDate> born = about.BirthDate is { } day ? [PartialDate.Of(day.Year, day.Month, day.Day)] : [];
        // Who has the number without its issuer is found too.
        IEnumerable<(DocumentNumber, string?)> documents = DocumentNumber.TryRead(about.Document, out var number, out _) ? about.Issuer is null ? [(number, null)] : [(number, about.Issuer), (number, null)] : [];
        return MeetingKeys.Of(about.Name.Length == 0 ? [] : [about.Name], born, documents);
    }
}
