using Amana.Exchange.Directory;

namespace Amana.Server.Exchange.Book;

/// <summary>What may stand in an entry of the directory.</summary>
internal static class EntryRules
{
    private const int NameCharsMost = 200;

    /// <returns>One name in each of the four languages, trimmed; null when one is missing or too long.</returns>
    public static Dictionary<string, string>? NamesOf(IReadOnlyDictionary<string, string>? given)
    {
        var names = BureauEntry.Languages.ToDictionary(l => l, l => given?.GetValueOrDefault(l)?.Trim() ?? "", StringComparer.Ordinal);
        return names.Values.All(n => n.Length is > 0 and <= NameCharsMost && !n.Any(char.IsControl)) ? names : null;
    }

    public static bool IsContact(string? text) => (text ?? "").Trim().Length <= BureauContact.CharsMost && (text ?? "").All(c => !char.IsControl(c));

    /// <summary>What is the same when people read it to each other: capitals, spaces for hyphens.</summary>
    public static bool AreWords(string? said, string words)
    {
        string plain = string.Join('-', (said ?? "").Split([' ', '-', '\t', '\u00A0'], StringSplitOptions.RemoveEmptyEntries));
        return string.Equals(plain, words, StringComparison.OrdinalIgnoreCase);
    }
}
