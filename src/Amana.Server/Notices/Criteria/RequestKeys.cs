using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Amana.Server.Notices;

/// <summary>By what a request is recognised when it comes back, or when it is about somebody who is protected: hashes, so that a
/// refused request leaves no name behind.</summary>
/// <remarks>A keyed hash: without the server's key nobody can try names out on a copy of the table.</remarks>
internal sealed class RequestKeys
{
    public const int Chars = 32;

    private RequestKeys(IReadOnlyList<string> person, IReadOnlyList<string> sameCase) => (Person, Case) = (person, sameCase);

    /// <summary>Each name with the year of birth, whatever the order of its parts.</summary>
    public IReadOnlyList<string> Person { get; }
    /// <summary>Warrant, facts, documents.</summary>
    public IReadOnlyList<string> Case { get; }

    public IEnumerable<string> All => Person.Concat(Case);

    public static RequestKeys Of(NoticeContent content, byte[] key)
    {
        string? year = content.Date("birthDate")?.Year.ToString(CultureInfo.InvariantCulture);
        string[] names =
        [
            $"{content.Text("familyName")} {content.Text("forename")}", $"{content.Text("familyNameOriginal")} {content.Text("forenameOriginal")}", .. content.All("aliases"),
        ];
        var person = year is null ? [] : names.Select(Folded).Where(n => n.Length > 2).Select(n => $"person\n{n}\n{year}");
        var of = new List<string>();
        if (content.Text("warrantReference") is { } warrant) of.Add($"warrant\n{content.Text("warrantCountry")}\n{Letters(warrant)}");
        if (content.Text("facts") is { } facts && Letters(facts) is { Length: >= 40 } told) of.Add($"facts\n{told}");
        of.AddRange(content.All("documents").Select(DocumentOf).OfType<string>());
        return new RequestKeys([.. person.Distinct().Select(Hash)], [.. of.Distinct().Select(Hash)]);

        string Hash(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)).AsSpan(0, Chars / 2));
    }

    // "passport; L898902C3; UTO; 2027-12-31": number and country say which it is.
    private static string? DocumentOf(string line)
    {
        string[] parts = [.. line.Split(';', '؛').Select(p => p.Trim())];
        return parts.Length >= 2 && Letters(parts[1]) is { Length: >= 4 } number ? $"document\n{number}\n{(parts.Length > 2 ? parts[2].ToUpperInvariant() : "")}" : null;
    }

    private static string Folded(string name) => string.Join(' ', Plain(name).Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));

    private static string Letters(string text) => string.Concat(Plain(text).Where(c => c != ' '));

    // Capitals, without marks over and under the letters, everything else a space.
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (char c in text.Normalize(NormalizationForm.FormKD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark) continue;
            plain.Append(char.IsLetterOrDigit(c) ? char.ToUpperInvariant(c) : ' ');
        }

        return plain.ToString();
    }
}
