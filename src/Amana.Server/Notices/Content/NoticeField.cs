using System.Globalization;
using System.Text;
using Amana.Vocabulary;

namespace Amana.Server.Notices;

internal enum FieldKind { Text, Long, Lines, Date, PartialDate, Country, Countries, Number, Flag, Choice, Choices, Bureaus, Reference }

/// <summary>One field that a request may have: one line of <c>fields.tsv</c>.</summary>
internal sealed record NoticeField
{
    public const int ValuesMax = 100;
    /// <summary>What a flag holds when it is set; unset is absent.</summary>
    public const string Yes = "yes";

    public required string Name { get; init; }
    public required FieldKind Kind { get; init; }
    public required string Section { get; init; }
    /// <summary>Of a translation, the field that it translates: <c>facts</c> of <c>facts.ar</c>.</summary>
    public string? TranslationOf { get; init; }
    /// <summary>It may be given in the four languages beside its own.</summary>
    public bool IsTranslated { get; init; }
    /// <summary>Chars of one value.</summary>
    public int CharsMax { get; init; } = 200;
    public int From { get; init; }
    public int To { get; init; }
    public IReadOnlyList<string> Choices { get; init; } = [];
    /// <summary>By language: ar, en, fr, es.</summary>
    public required IReadOnlyDictionary<string, string> Names { get; init; }

    public bool HasMany => Kind is FieldKind.Lines or FieldKind.Countries or FieldKind.Choices or FieldKind.Bureaus;

    /// <summary>The value as it is kept; null when it cannot be read as one of this kind.</summary>
    /// <param name="typed">Not empty.</param>
    public string? Read(string typed)
    {
        string text = Clean(typed, lines: Kind is FieldKind.Long);
        return Kind switch
        {
            FieldKind.Text or FieldKind.Long or FieldKind.Lines => text,
            FieldKind.Date => PartialDate.TryParse(Digits(text), out var day) && day.IsWhole ? day.ToString() : null,
            FieldKind.PartialDate => PartialDate.TryParse(Digits(text), out var date) ? date.ToString() : null,
            FieldKind.Country or FieldKind.Countries => text.ToUpperInvariant() is { Length: 2 or 3 } code && code.All(char.IsAsciiLetterUpper) ? code : null,
            FieldKind.Number => int.TryParse(Digits(text), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= From && number <= To
                ? number.ToString(CultureInfo.InvariantCulture) : null,
            FieldKind.Flag => text is "yes" or "true" or "on" ? Yes : null,
            FieldKind.Choice or FieldKind.Choices => Choices.FirstOrDefault(c => string.Equals(c, text, StringComparison.OrdinalIgnoreCase)),
            FieldKind.Bureaus => BureauCode.TryParse(text.ToUpperInvariant(), null, out var bureau) ? bureau.Value : null,
            _ => NoticeReference.TryParse(text, null, out var reference) ? reference.ToString() : null,
        };
    }

    // Control characters and half surrogate pairs never reach a page, a printer or another bureau.
    private static string Clean(string typed, bool lines)
    {
        var text = new StringBuilder(typed.Length);
        foreach (var rune in typed.Trim().EnumerateRunes())
        {
            if (rune.Value is '\n' && lines) text.Append('\n');
            else if (rune.Value is '\n' or '\t') text.Append(' ');
            else if (!Rune.IsControl(rune)) text.Append(rune.ToString());
        }

        return text.ToString();
    }

    private static string Digits(string text) =>
        string.Concat(text.Select(c => char.IsDigit(c) ? (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c)) : c));
}
