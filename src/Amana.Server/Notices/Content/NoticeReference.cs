using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Amana.Vocabulary;

namespace Amana.Server.Notices;

/// <summary>What a notice is called: bureau, letter of the type, year, serial: <c>UTO-R-2026-0291</c>; its second amendment is
/// <c>UTO-R-2026-0291-A2</c>. Source: <c>ux.md</c> 3.2.</summary>
/// <remarks>Whether such a notice exists is another question: a well-formed reference may be forged (criterion D2).</remarks>
public sealed record NoticeReference : IParsable<NoticeReference>
{
    public const int CharsMax = 30;
    private const string Letters = "RYBKGOPSU";

    private NoticeReference(BureauCode bureau, char letter, int year, int serial, int? amendment) =>
        (Bureau, Letter, Year, Serial, Amendment) = (bureau, letter, year, serial, amendment);

    public BureauCode Bureau { get; }
    public char Letter { get; }
    public int Year { get; }
    public int Serial { get; }
    /// <summary>Which amendment, from 1; null for the notice itself.</summary>
    public int? Amendment { get; }

    public static NoticeReference Of(BureauCode bureau, char letter, int year, int serial, int? amendment = null) => new(bureau, letter, year, serial, amendment);

    public static NoticeReference Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var reference) ? reference : throw new FormatException("This is no reference of a notice.");

    /// <summary>Small letters and digits of other scripts are read too.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out NoticeReference result)
    {
        result = null;
        if (s is null || s.Length > CharsMax) return false;
        string plain = string.Concat(s.Trim().Select(c => char.IsDigit(c) ? (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c)) : char.ToUpperInvariant(c)));
        string[] parts = plain.Split('-');
        int? amendment = null;
        if (parts.Length == 5 && parts[4] is ['A', ..] && TryNumber(parts[4][1..], 1, 3, out int which) && which > 0) (amendment, parts) = (which, parts[..4]);
        if (parts.Length != 4 || !BureauCode.TryParse(parts[0], null, out var bureau) || parts[1].Length != 1 || !Letters.Contains(parts[1][0], StringComparison.Ordinal)
            || !TryNumber(parts[2], 4, 4, out int year) || !TryNumber(parts[3], 4, 7, out int serial) || serial == 0) return false;
        result = new NoticeReference(bureau, parts[1][0], year, serial, amendment);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Bureau}-{Letter}-{Year:D4}-{Serial:D4}") + (Amendment is { } which ? string.Create(CultureInfo.InvariantCulture, $"-A{which}") : "");

    private static bool TryNumber(string text, int least, int most, out int number)
    {
        number = 0;
        return text.Length >= least && text.Length <= most && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
