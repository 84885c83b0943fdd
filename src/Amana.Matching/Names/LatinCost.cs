using System.Runtime.CompilerServices;

namespace Amana.Matching.Names;

/// <summary>How dear it is, in nats, that two tokens in Latin letters are spellings of one name.</summary>
/// <remarks>Symmetric; 0 for the same letters. A slip of the hand costs about 5, another usual spelling 1 to 3. The prices
/// of letter pairs are in data/names/latin-costs.tsv. O(n × m), no allocation.</remarks>
internal static class LatinCost
{
    /// <summary>Later letters are not compared.</summary>
    public const int LettersMax = 32;

    private const int Width = 32; // a to z are 1 to 26, everything else 27
    private const float Slip = 5f, Vowel = 1.5f, VowelGap = 2f, SoftGap = 1.3f, Gap = 4.6f, Doubled = 0.7f, Swapped = 4.2f, FirstLetterExtra = 0.8f;
    private static readonly float[] Replace = MakeReplace();
    private static readonly float[] Drop = MakeDrop();
    private static readonly float[] Pairs = MakePairs();

    /// <returns>Nats, or <see cref="float.MaxValue"/> when over <paramref name="limit"/>.</returns>
    public static float Between(ReadOnlySpan<char> a, ReadOnlySpan<char> b, float limit)
    {
        if (a.Length > LettersMax) a = a[..LettersMax];
        if (b.Length > LettersMax) b = b[..LettersMax];
        Span<byte> x = stackalloc byte[LettersMax + 2], y = stackalloc byte[LettersMax + 2];
        x.Clear();
        y.Clear();
        for (int i = 0; i < a.Length; i++) x[i + 2] = Code(a[i]);
        for (int j = 0; j < b.Length; j++) y[j + 2] = Code(b[j]);
        Span<float> rows = stackalloc float[3 * (LettersMax + 1)];
        int width = LettersMax + 1, n = a.Length, m = b.Length;
        var before = rows[..width];
        var last = rows.Slice(width, width);
        var row = rows.Slice(2 * width, width);
        last[0] = 0;
        for (int j = 1; j <= m; j++) last[j] = last[j - 1] + GapOf(y, j);
        for (int i = 1; i <= n; i++)
        {
            row[0] = last[0] + GapOf(x, i);
            float least = row[0];
            for (int j = 1; j <= m; j++)
            {
                float cost = Cell(x, y, i, j, last[j - 1], last[j], row[j - 1]);
                if (i > 1) cost = Math.Min(cost, before[j - 1] + PairCost(x[i], x[i + 1], y[j + 1]));
                if (j > 1) cost = Math.Min(cost, last[j - 2] + PairCost(y[j], y[j + 1], x[i + 1]));
                if (i > 1 && j > 1 && x[i + 1] == y[j] && x[i] == y[j + 1]) cost = Math.Min(cost, before[j - 2] + Swapped);
                row[j] = cost;
                least = Math.Min(least, cost);
            }
            if (least > limit) return float.MaxValue;
            var free = before;
            before = last;
            last = row;
            row = free;
        }
        return last[m] <= limit ? last[m] : float.MaxValue;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Cell(Span<byte> x, Span<byte> y, int i, int j, float diagonal, float up, float left)
    {
        byte c = x[i + 1], d = y[j + 1];
        float cost = c == d ? diagonal : diagonal + Replace[(c * Width) + d] + (i == 1 || j == 1 ? FirstLetterExtra : 0);
        cost = Math.Min(cost, up + GapOf(x, i));
        return Math.Min(cost, left + GapOf(y, j));
    }

    /// <summary>The price of leaving out the letter, which is at <paramref name="i"/> + 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float GapOf(Span<byte> x, int i) => x[i + 1] == x[i] ? Doubled : Drop[x[i + 1]] + (i == 1 ? FirstLetterExtra : 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float PairCost(byte first, byte second, byte one) => Pairs[(((first * Width) + second) * Width) + one];

    private static byte Code(char c) => c is >= 'a' and <= 'z' ? (byte)(c - 'a' + 1) : (byte)27;

    private static float[] MakeReplace()
    {
        var table = new float[Width * Width];
        Array.Fill(table, Slip);
        const string vowels = "aeiouy";
        foreach (char a in vowels)
            foreach (char b in vowels) Set(table, a, b, a is 'y' != b is 'y' && !(a is 'i' || b is 'i') ? 2.6f : Vowel);
        foreach (string[] row in Scripts.Tables.Rows("names/latin-costs.tsv"))
            if (row[0].Length == 1 && row[1].Length == 1) Set(table, row[0][0], row[1][0], Price(row));
        return table;
    }

    private static float[] MakeDrop()
    {
        var table = new float[Width];
        Array.Fill(table, Gap);
        foreach (char c in "aeiou") table[Code(c)] = VowelGap;
        foreach (char c in "hy") table[Code(c)] = SoftGap;
        foreach (string[] row in Scripts.Tables.Rows("names/latin-costs.tsv"))
            if (row[0].Length == 1 && row[1].Length == 0) table[Code(row[0][0])] = Price(row);
        return table;
    }

    private static float[] MakePairs()
    {
        var table = new float[Width * Width * Width];
        Array.Fill(table, 1000f);
        foreach (string[] row in Scripts.Tables.Rows("names/latin-costs.tsv"))
            if (row[0].Length == 2 && row[1].Length == 1) table[(((Code(row[0][0]) * Width) + Code(row[0][1])) * Width) + Code(row[1][0])] = Price(row);
        return table;
    }

    private static float Price(string[] row) => float.Parse(row[2], System.Globalization.CultureInfo.InvariantCulture);

    private static void Set(float[] table, char a, char b, float price) => table[(Code(a) * Width) + Code(b)] = table[(Code(b) * Width) + Code(a)] = price;
}
