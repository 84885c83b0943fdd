namespace Amana.Peers.Systems;

/// <summary>Likeness of words and names, 0 to 1, as rescoring after a text index usually has it.</summary>
/// <remarks>Source: Winkler 1990, "String Comparator Metrics and Enhanced Decision Rules in the Fellegi-Sunter Model".</remarks>
internal static class JaroWinkler
{
    private const int PrefixMax = 4;
    private const double PrefixShare = 0.1;

    /// <summary>Of names: each word beside the likest of the other name, by length, and the mean of both directions.</summary>
    public static double OfNames(string[] a, string[] b) => (OneWay(a, b) + OneWay(b, a)) / 2;

    private static double OneWay(string[] from, string[] to)
    {
        double sum = 0;
        int letters = 0;
        foreach (string word in from)
        {
            double best = 0;
            foreach (string other in to) best = Math.Max(best, Of(word, other));
            sum += best * word.Length;
            letters += word.Length;
        }
        return letters == 0 ? 0 : sum / letters;
    }

    public static double Of(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        if (a.SequenceEqual(b)) return 1;
        if (a.Length is 0 or > 64 || b.Length is 0 or > 64) return 0;
        int reach = Math.Max(0, (Math.Max(a.Length, b.Length) / 2) - 1);
        ulong inA = 0, inB = 0;
        for (int i = 0; i < a.Length; i++)
            for (int j = Math.Max(0, i - reach); j < Math.Min(b.Length, i + reach + 1); j++)
                if (a[i] == b[j] && (inB >> j & 1) == 0)
                {
                    inA |= 1UL << i;
                    inB |= 1UL << j;
                    break;
                }
        if (inA == 0) return 0;
        double common = System.Numerics.BitOperations.PopCount(inA);
        int moved = 0;
        for (int i = 0, j = 0; i < a.Length; i++)
        {
            if ((inA >> i & 1) == 0) continue;
            while ((inB >> j & 1) == 0) j++;
            if (a[i] != b[j++]) moved++;
        }
        double jaro = ((common / a.Length) + (common / b.Length) + ((common - (moved / 2)) / common)) / 3;
        int prefix = 0;
        while (prefix < Math.Min(PrefixMax, Math.Min(a.Length, b.Length)) && a[prefix] == b[prefix]) prefix++;
        return jaro + (prefix * PrefixShare * (1 - jaro));
    }
}
