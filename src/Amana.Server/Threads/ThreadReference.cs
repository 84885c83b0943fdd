using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Amana.Server.Threads;

/// <summary>What a thread is called in this house and on its telephone: <c>MSG-26-41177</c>. Every bureau numbers its own.</summary>
internal static class ThreadReference
{
    public const string Word = "MSG";
    public const int CharsMost = 20;

    public static string Of(int year, long serial) => string.Create(CultureInfo.InvariantCulture, $"{Word}-{year % 100:D2}-{serial:D5}");

    /// <summary>As it is stored, when <paramref name="text"/> is one. Digits of other scripts and small letters are read too.</summary>
    public static bool TryRead(string? text, [NotNullWhen(true)] out string? reference)
    {
        reference = null;
        if (text is null || text.Length > CharsMost) return false;
        string plain = string.Concat(text.Trim().Select(c => char.IsDigit(c) ? (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c)) : char.ToUpperInvariant(c)));
        string[] parts = plain.Split('-');
        if (parts.Length != 3 || parts[0] != Word || parts[1].Length != 2 || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int year)
            || !long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out long serial) || serial < 1) return false;
        reference = Of(year, serial);
        return true;
    }
}
