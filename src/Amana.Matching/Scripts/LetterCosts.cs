using System.Runtime.CompilerServices;

namespace Amana.Matching.Scripts;

/// <summary>How dear it is, in nats, that a token of some script is spelled as a given Latin token.</summary>
/// <remarks>0 is the commonest spelling; each nat makes it e times rarer among spellings of the same name. Allocation-free.</remarks>
internal static class LetterCosts
{
    /// <summary>Longer tokens are compared by their first letters.</summary>
    public const int LettersMax = 48;

    private static readonly Lazy<LetterTable[]>[] ByScript = [.. Enum.GetValues<Script>().Select(script => new Lazy<LetterTable[]>(() => Read(script)))];

    /// <summary>The ways to read a script; none for a script without readings, several for Han.</summary>
    public static ReadOnlySpan<LetterTable> For(Script script) => ByScript[(int)script].Value;

    /// <summary>Nats above the best spelling, or <see cref="float.MaxValue"/> once over <paramref name="limit"/>.</summary>
    [SkipLocalsInit]
    public static float Excess(LetterGroups groups, ReadOnlySpan<char> latin, float limit)
    {
        if (latin.Length > LettersMax) latin = latin[..LettersMax];
        Span<float> costs = stackalloc float[(LettersMax + 1) * (LettersMax + 1)];
        limit -= groups.Table!.OwnCost;
        if (limit < 0) return float.MaxValue;
        float floor = groups.Floor;
        float cost = Align(groups, latin, limit + floor, costs[..((groups.Count + 1) * (latin.Length + 1))]);
        return cost > limit + floor ? float.MaxValue : Math.Max(0, cost - floor) + groups.Table.OwnCost;
    }

    [SkipLocalsInit]
    private static float Align(LetterGroups groups, ReadOnlySpan<char> latin, float limit, Span<float> costs)
    {
        int n = groups.Count, m = latin.Length, width = m + 1;
        Span<ulong> windows = stackalloc ulong[LettersMax + 1];
        windows[m] = 0;
        for (int j = m - 1; j >= 0; j--) windows[j] = (windows[j + 1] << 5) | LetterTable.CodeOf(latin[j]);
        costs.Fill(float.MaxValue);
        costs[0] = 0;
        int reached = 0; // the last row with a cell from which the end may be reached within the limit
        for (int i = 0; i < n; i++)
        {
            if (reached < i) return float.MaxValue;
            var row = costs.Slice(i * width, width);
            AddExtra(row, limit - groups.RestFrom(i));
            reached = Math.Max(reached, Spread(groups, windows[..width], costs, i, limit));
            if (SpreadErrors(costs, i, m, limit - groups.RestFrom(i + 1))) reached = Math.Max(reached, i + 1);
        }
        AddExtra(costs.Slice(n * width, width), limit);
        return costs[(n * width) + m];
    }

    private static void AddExtra(Span<float> row, float limit)
    {
        for (int j = 0; j + 1 < row.Length; j++)
        {
            float cost = row[j] + LetterTable.Extra;
            if (cost <= limit && cost < row[j + 1]) row[j + 1] = cost;
        }
    }

    /// <summary>From each reachable cell of row <paramref name="i"/>, every way to write the groups that start there.</summary>
    /// <returns>The furthest row that was reached.</returns>
    private static int Spread(LetterGroups groups, ReadOnlySpan<ulong> windows, Span<float> costs, int i, float limit)
    {
        int width = windows.Length, reached = 0;
        var row = costs.Slice(i * width, width);
        for (int length = 1; length <= LetterTable.GroupMax && i + length <= groups.Count; length++)
        {
            ref readonly var group = ref groups.At(i, length);
            if (!group.Exists) continue;
            var spellings = groups.Table!.SpellingsOf(group);
            var target = costs.Slice((i + length) * width, width);
            float most = limit - groups.RestFrom(i + length);
            for (int j = 0; j < row.Length; j++)
            {
                float from = row[j];
                if (from + group.Cheapest > most) continue;
                if (from + group.Silent is var silent && silent <= most && silent < target[j]) (target[j], reached) = (silent, i + length);
                ulong window = windows[j];
                if ((group.FirstLetters & (1u << (int)(window & 31))) == 0) continue;
                foreach (ref readonly var spelling in spellings)
                {
                    float cost = from + spelling.Cost;
                    if (cost > most) break; // the cheapest come first
                    if (((window ^ spelling.Latin) & ((1ul << (spelling.Length * 5)) - 1)) != 0) continue;
                    if (cost < target[j + spelling.Length]) (target[j + spelling.Length], reached) = (cost, i + length);
                }
            }
        }
        return reached;
    }

    /// <summary>A letter that is missing, or stands for another.</summary>
    /// <returns>Whether the next row was reached.</returns>
    private static bool SpreadErrors(Span<float> costs, int i, int m, float limit)
    {
        int width = m + 1;
        bool reached = false;
        var row = costs.Slice(i * width, width);
        var next = costs.Slice((i + 1) * width, width);
        for (int j = 0; j <= m; j++)
        {
            float missing = row[j] + LetterTable.Missing, wrong = row[j] + LetterTable.Wrong;
            if (missing > limit) continue;
            reached = true;
            if (missing < next[j]) next[j] = missing;
            if (j < m && wrong <= limit && wrong < next[j + 1]) next[j + 1] = wrong;
        }
        return reached;
    }

    private static LetterTable[] Read(Script script)
    {
        var ways = LetterRows.WaysOf(script).ToArray();
        return [.. ways.Select(w => LetterTable.Read(w.Rows, (float)-Math.Log(w.Share / ways.Max(x => x.Share))))];
    }
}
