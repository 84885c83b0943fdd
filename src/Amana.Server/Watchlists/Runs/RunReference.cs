using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Amana.Server.Watchlists;

/// <summary>What a run is called on the phone and in addresses: <c>RUN-26-22041</c>, the year in two digits and a serial
/// of at least five digits within the year.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RunReference(int Year, int Serial) : IParsable<RunReference>
{
    private const int DigitsMax = 9;

    public static RunReference Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var reference) ? reference : throw new FormatException($"'{s}' is no reference of a run.");

    /// <summary>Also reads Arabic-Indic and Persian digits, and lower-case letters.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out RunReference result)
    {
        result = default;
        if (s?.Trim().ToUpperInvariant().Split('-') is not ["RUN", { Length: 2 } year, { Length: >= 5 and <= DigitsMax } serial]) return false;
        if (!TryReadDigits(year, out int y) || !TryReadDigits(serial, out int n) || n == 0) return false;
        result = new RunReference(2000 + y, n);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"RUN-{Year % 100:D2}-{Serial:D5}");

    private static bool TryReadDigits(string text, out int number)
    {
        number = 0;
        foreach (char c in text)
        {
            if (!char.IsDigit(c)) return false;
            number = number * 10 + (int)char.GetNumericValue(c);
        }
        return true;
    }
}
