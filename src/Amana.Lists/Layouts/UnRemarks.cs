using System.Text.RegularExpressions;

namespace Amana.Lists.Layouts;

/// <summary>What the Security Council's free text says in a fixed way.</summary>
internal static partial class UnRemarks
{
    /// <summary>"Gender: male" among the comments, on entries whose GENDER is empty.</summary>
    public static string? SexIn(string? comments) =>
        comments is not null && Sex().Match(comments) is { Success: true } found ? found.Groups["sex"].Value : null;

    /// <summary>The number in "Central African Republic number O00065772"; a text without words is a number as it is.</summary>
    /// <returns>Null: there is none.</returns>
    public static string? NumberIn(string? text)
    {
        if (text is null || !text.Any(char.IsDigit)) return null;
        if (!Word().IsMatch(text)) return text;
        return Number().Match(text) is { Success: true } found ? found.Value : null;
    }

    /// <summary>Several names in one field: "Azim Adhajani; Azim Agha-Jani", "Mohammad Sabet b) M. Sabet".</summary>
    public static string[] NamesIn(string? text) =>
        text is null ? [] : NameBreak().Split(text).Select(n => n.Trim()).Where(n => n.Length > 0).ToArray();

    [GeneratedRegex(@"\bGender:\s*(?<sex>male|female)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sex();

    [GeneratedRegex(@"\p{Ll}{3}|[(),]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();

    [GeneratedRegex(@"\b(?:\p{Lu}{1,2}[ /-])?[\p{Lu}\d./-]*\d[\p{Lu}\d./-]*(?: \d+)*", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();

    [GeneratedRegex(@";|\s[a-z]\)\s", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NameBreak();
}
