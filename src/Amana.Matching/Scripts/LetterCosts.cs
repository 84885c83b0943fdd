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
        for (int i = 0; i < n; i++)
        {
            var row = costs.Slice(i * width, width);
            for (int j = 0; j < m; j++)
                if (row[j] + LetterTable.Extra < row[j + 1]) row[j + 1] = row[j] + LetterTable.Extra;
            Spread(groups, windows[..width], costs, i, limit);
            SpreadErrors(costs, i, m);
        }
        var last = costs.Slice(n * width, width);
        for (int j = 0; j < m; j++)
            if (last[j] + LetterTable.Extra < last[j + 1]) last[j + 1] = last[j] + LetterTable.Extra;
        return last[m];
    }

    /// <summary>From each reachable cell of row <paramref name="i"/>, every way to write the groups that start there.</summary>
    private static void Spread(LetterGroups groups, ReadOnlySpan<ulong> windows, Span<float> costs, int i, float limit)
    {
        int width = windows.Length;
        var row = costs.Slice(i * width, width);
        for (int length = 1; length <= LetterTable.GroupMax && i + length <= groups.Count; length++)
        {
            ref readonly var group = ref groups.At(i, length);
            if (!group.Exists) continue;
            var spellings = groups.Table!.SpellingsOf(group);
            var target = costs.Slice((i + length) * width, width);
            for (int j = 0; j < row.Length; j++)
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

    private static LetterTable[] Read(Script script)
    {
        var ways = LetterRows.WaysOf(script).ToArray();
        return [.. ways.Select(w => LetterTable.Read(w.Rows, (float)-Math.Log(w.Share / ways.Max(x => x.Share))))];
    }
}
