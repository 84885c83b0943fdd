using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Amana.Server.Screening;

/// <summary>What a hit or a batch is called on the phone: a word, two digits of the year, a serial: <c>HIT-26-08812</c>.</summary>
/// <remarks>Digits only after the word, so that nothing is misheard. Digits of other scripts and small letters are read too.
/// Source: <c>ux.md</c> 3.2.</remarks>
internal static class Reference
{
    public const string OfHit = "HIT";
    public const string OfBatch = "BAT";
    public const int CharsMax = 20;

    public static string Of(string word, int year, long serial) =>
        string.Create(CultureInfo.InvariantCulture, $"{word}-{year % 100:D2}-{serial.ToString(word == OfBatch ? "D4" : "D5", CultureInfo.InvariantCulture)}");

    /// <summary>The reference as it is stored, when <paramref name="text"/> is one of that word.</summary>
    public static bool TryRead(string word, string? text, [NotNullWhen(true)] out string? reference)
    {
        reference = null;
        if (text is null || text.Length > CharsMax) return false;
        string plain = string.Concat(text.Trim().Select(c => char.IsDigit(c) ? (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c)) : char.ToUpperInvariant(c)));
        string[] parts = plain.Split('-');
        if (parts.Length != 3 || parts[0] != word || parts[1].Length != 2 || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int year)
            || !long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out long serial) || serial < 1) return false;
        reference = Of(word, year, serial);
        return true;
    }
}
