namespace Amana.Matching.Scripts;

/// <summary>How dear it is, in nats, that a token of some script is spelled as a given Latin token.</summary>
/// <remarks>0 is the commonest spelling; each nat makes it e times rarer among spellings of the same name. Allocation-free.</remarks>
internal static class LetterCosts
{
    /// <summary>Longer tokens are compared by their first letters.</summary>
    public const int LettersMax = 48;

    private static readonly Lazy<LetterTable?>[] ByScript = MakeAll();

    /// <summary>The table of a script; null where there is none, such as for a script without readings.</summary>
    public static LetterTable? For(Script script) => ByScript[(int)script].Value;

    /// <summary>Nats above the best spelling, or <see cref="float.MaxValue"/> once over <paramref name="limit"/>.</summary>
    /// <param name="letters">The token as <see cref="SourceLetters"/> spells it.</param>
    public static float Excess(LetterTable table, ReadOnlySpan<char> letters, ReadOnlySpan<char> latin, float limit)
    {
        if (letters.Length > LettersMax) letters = letters[..LettersMax];
        if (latin.Length > LettersMax) latin = latin[..LettersMax];
        Span<float> best = stackalloc float[LettersMax + 1];
        float floor = Best(table, letters, best);
        float cost = Align(table, letters, latin, limit + floor);
        return cost > limit + floor ? float.MaxValue : Math.Max(0, cost - floor);
    }

    /// <summary>The cost of the commonest spelling of all letters, whatever it is.</summary>
    private static float Best(LetterTable table, ReadOnlySpan<char> letters, Span<float> best)
    {
        best[..(letters.Length + 1)].Fill(float.MaxValue);
        best[0] = 0;
        for (int i = 0; i < letters.Length; i++)
        {
            float unknown = best[i] + LetterTable.Missing;
            if (unknown < best[i + 1]) best[i + 1] = unknown;
            for (int length = 1; length <= LetterTable.GroupMax; length++)
            {
                var group = table.Find(letters, i, length);
                if (!group.Exists) continue;
                float cheapest = group.Count > 0 ? Math.Min(table.SpellingsOf(group)[0].Cost, group.Silent) : group.Silent;
                ref float target = ref best[i + length];
                if (best[i] + cheapest < target) target = best[i] + cheapest;
            }
        }
        return best[letters.Length];
    }

    private static float Align(LetterTable table, ReadOnlySpan<char> letters, ReadOnlySpan<char> latin, float limit)
    {
        int n = letters.Length, m = latin.Length, width = m + 1;
        Span<ulong> windows = stackalloc ulong[LettersMax + 1];
        windows[m] = 0;
        for (int j = m - 1; j >= 0; j--) windows[j] = (windows[j + 1] << 5) | LetterTable.CodeOf(latin[j]);
        Span<float> costs = stackalloc float[(LettersMax + 1) * (LettersMax + 1)];
        costs = costs[..((n + 1) * width)];
        costs.Fill(float.MaxValue);
        costs[0] = 0;
        for (int i = 0; i <= n; i++)
        {
            var row = costs.Slice(i * width, width);
            if (i < n) Spread(table, letters, windows, costs, i, m, limit);
            for (int j = 0; j < m; j++)
                if (row[j] + LetterTable.Extra < row[j + 1]) row[j + 1] = row[j] + LetterTable.Extra;
            if (i < n) SpreadErrors(costs, i, m);
        }
        return costs[(n * width) + m];
    }

    /// <summary>From each reachable cell of row <paramref name="i"/>, every way to write the groups that start there.</summary>
    private static void Spread(LetterTable table, ReadOnlySpan<char> letters, ReadOnlySpan<ulong> windows, Span<float> costs, int i, int m, float limit)
    {
        int width = m + 1;
        var row = costs.Slice(i * width, width);
        for (int j = 0; j < m; j++)
            if (row[j] + LetterTable.Extra < row[j + 1]) row[j + 1] = row[j] + LetterTable.Extra;
        for (int length = 1; length <= LetterTable.GroupMax; length++)
        {
            var group = table.Find(letters, i, length);
            if (!group.Exists) continue;
            var spellings = table.SpellingsOf(group);
            var target = costs.Slice((i + length) * width, width);
            for (int j = 0; j <= m; j++)
            {
                float from = row[j];
                if (from > limit) continue;
                if (from + group.Silent < target[j]) target[j] = from + group.Silent;
                ulong window = windows[j];
                if ((group.FirstLetters & (1u << (int)(window & 31))) == 0) continue;
                foreach (ref readonly var spelling in spellings)
                {
                    if (((window ^ spelling.Latin) & ((1ul << (spelling.Length * 5)) - 1)) != 0) continue;
                    float cost = from + spelling.Cost;
                    if (cost < target[j + spelling.Length]) target[j + spelling.Length] = cost;
                }
            }
        }
    }

    private static void SpreadErrors(Span<float> costs, int i, int m)
    {
        int width = m + 1;
        var row = costs.Slice(i * width, width);
        var next = costs.Slice((i + 1) * width, width);
        for (int j = 0; j <= m; j++)
        {
            if (row[j] + LetterTable.Missing < next[j]) next[j] = row[j] + LetterTable.Missing;
            if (j < m && row[j] + LetterTable.Wrong < next[j + 1]) next[j + 1] = row[j] + LetterTable.Wrong;
        }
    }

    private static Lazy<LetterTable?>[] MakeAll()
    {
        var all = new Lazy<LetterTable?>[ScriptRules.Count];
        for (int i = 0; i < all.Length; i++)
        {
            var script = (Script)i;
            all[i] = new Lazy<LetterTable?>(() => LetterRows.Exist(script) ? LetterTable.Read(LetterRows.Of(script)) : null);
        }
        return all;
    }
}
