using System.Text.Json;

namespace Amana.Server.Notices;

/// <summary>The nine types. What holds for each stands in <c>data/notices/colours.json</c>.</summary>
public enum NoticeColour { Red, Yellow, Blue, Black, Green, Orange, Purple, Silver, UnSpecial }

/// <summary>A notice goes to all bureaus, a diffusion to those that it names. Source: domain.md 1.6.</summary>
public enum NoticeForm { Notice, Diffusion }

/// <summary>Whether a public extract may be made.</summary>
internal enum PublicExtract { Never, OnRelease, Always }

/// <summary>What holds for one type: one entry of <c>colours.json</c>.</summary>
internal sealed record ColourRules
{
    public required NoticeColour Code { get; init; }
    /// <summary>As in references and on the tile: R Y B K G O P S U.</summary>
    public required char Letter { get; init; }
    public required string Rule { get; init; }
    /// <summary>The purpose under which its requests are written and reviewed.</summary>
    public required string Purpose { get; init; }
    public required int RetentionMonths { get; init; }
    public required PublicExtract Public { get; init; }
    /// <summary>Who publishes is neither who wrote nor who approved.</summary>
    public required bool SecondPerson { get; init; }
    public required IReadOnlyList<string> Sections { get; init; }
    /// <summary>Fields of other sections that it has too.</summary>
    public IReadOnlyList<string> With { get; init; } = [];
    public IReadOnlyList<string> Without { get; init; } = [];

    public bool Has(NoticeField field)
    {
        string name = field.TranslationOf ?? field.Name;
        return (Sections.Contains(field.Section) && !Without.Contains(name)) || With.Contains(name);
    }
}

internal static class NoticeColourWords
{
    /// <summary>As in the API and in addresses: <c>un-special</c>.</summary>
    public static string Word(this NoticeColour colour) => JsonNamingPolicy.KebabCaseLower.ConvertName(colour.ToString());

    public static NoticeColour? Read(string? word) =>
        Enum.GetValues<NoticeColour>().Cast<NoticeColour?>().FirstOrDefault(c => string.Equals(c!.Value.Word(), word, StringComparison.OrdinalIgnoreCase));
}
