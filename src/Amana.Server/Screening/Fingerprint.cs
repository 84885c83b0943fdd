using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amana.Lists;
using Amana.Matching;

namespace Amana.Server.Screening;

/// <summary>SHA-256 over the content of a question or a record, in hex. The same content gives the same value whatever the
/// order of its values.</summary>
internal static class Fingerprint
{
    public const int Chars = 64;

    /// <summary>Names are compared without case and with compatible letters as one; the asker's own id does not count.</summary>
    public static string Of(Question question)
    {
        var text = new StringBuilder();
        Add(text, "kind", [question.Kind.ToString()]);
        Add(text, "name", question.Names.Select(n => n.Normalize(NormalizationForm.FormKC).ToLowerInvariant()));
        Add(text, "born", question.BirthDates.Select(d => string.Create(CultureInfo.InvariantCulture, $"{d.Year}-{d.Month}-{d.Day}{(d.IsAbout ? "?" : "")}")));
        Add(text, "country", question.Countries);
        Add(text, "sex", [question.Sex.ToString()]);
        Add(text, "number", question.IdNumbers.Select(n => string.Concat(n.Where(char.IsLetterOrDigit)).ToUpperInvariant()));
        return Of(text);
    }

    /// <summary>Without the dates of the list itself: seen again is not changed.</summary>
    public static string Of(ListedEntity entity)
    {
        var text = new StringBuilder();
        Add(text, "schema", [entity.Schema]);
        foreach (var (property, values) in entity.Properties.OrderBy(p => p.Key, StringComparer.Ordinal)) Add(text, property, values);
        return Of(text);
    }

    private static string Of(StringBuilder text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));

    // Lengths before values, so that no two contents are written alike.
    private static void Add(StringBuilder text, string field, IEnumerable<string> values)
    {
        foreach (string value in values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{field.Length}:{field}={value.Length}:{value};");
        }
    }
}
