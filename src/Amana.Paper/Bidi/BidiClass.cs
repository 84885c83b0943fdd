using System.Globalization;

namespace Amana.Paper.Bidi;

/// <summary>How a code point stands in a line that runs both ways. Source: UAX #9, table 4.</summary>
internal enum BidiClass : byte { L, R, AL, EN, ES, ET, AN, CS, NSM, BN, B, S, WS, ON, LRE, LRO, RLE, RLO, PDF, LRI, RLI, FSI, PDI }

/// <summary>Classes and brackets of all code points: <c>data/unicode</c>, read once.</summary>
internal static class BidiTable
{
    private static readonly (int First, int Last, BidiClass Class)[] Ranges =
        [.. Rows("bidi-classes").Select(r => (Hex(r[0]), Hex(r[1]), Enum.Parse<BidiClass>(r[2])))];

    private static readonly Dictionary<int, int> Closing = Rows("bidi-brackets").ToDictionary(r => Hex(r[0]), r => Hex(r[1]));
    private static readonly HashSet<int> Closers = [.. Closing.Values];

    public static BidiClass ClassOf(int point)
    {
        int low = 0, high = Ranges.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            if (point < Ranges[middle].First) high = middle - 1;
            else if (point > Ranges[middle].Last) low = middle + 1;
            else return Ranges[middle].Class;
        }

        return BidiClass.L;
    }

    /// <summary>The bracket that closes this one; null when it opens none.</summary>
    public static int? ClosingOf(int point) => Closing.TryGetValue(point, out int closing) ? Same(closing) : null;

    public static bool Closes(int point) => Closers.Contains(point);

    /// <summary>Two spellings of one bracket count as one (U+2329 and U+3008).</summary>
    public static int Same(int point) => point switch { 0x2329 => 0x3008, 0x232A => 0x3009, _ => point };

    private static int Hex(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static IEnumerable<string[]> Rows(string name)
    {
        using var reader = new StreamReader(typeof(BidiTable).Assembly.GetManifestResourceStream($"unicode/{name}.tsv")!);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#') yield return line.Split('\t');
        }
    }
}
