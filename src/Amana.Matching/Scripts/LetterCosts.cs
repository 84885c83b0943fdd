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
    public static float Excess(LetterGroups groups, ReadOnlySpan<char> latin, float limit)
    {
        if (latin.Length > LettersMax) latin = latin[..LettersMax];
        limit -= groups.Table!.OwnCost;
        if (limit < 0) return float.MaxValue;
        float floor = groups.Floor, cost = Align(groups, latin, limit + floor);
        return cost > limit + floor ? float.MaxValue : Math.Max(0, cost - floor) + groups.Table.OwnCost;
    }

    [SkipLocalsInit]
    private static float Align(LetterGroups groups, ReadOnlySpan<char> latin, float limit)
    {
        int n = groups.Count, m = latin.Length;
        Span<float> costs = stackalloc float[(n + 1) * (m + 1)];
        Span<byte> bounds = stackalloc byte[2 * (n + 1)];
        Span<ulong> windows = stackalloc ulong[m + 1]; // the next letters from each on
        windows[m] = 0;
        for (int j = m - 1; j >= 0; j--) windows[j] = (windows[j + 1] << 5) | LetterTable.CodeOf(latin[j]);
        var grid = new LetterGrid(costs, bounds, n + 1, m + 1);
        for (int i = 0; i < n; i++)
        {
            if (grid.LastRow < i) return float.MaxValue;
            grid.SpreadExtra(i, limit - groups.RestFrom(i));
            grid.SpreadGroups(groups, windows, i, limit);
            grid.SpreadErrors(i, limit - groups.RestFrom(i + 1));
        }
        grid.SpreadExtra(n, limit);
        return grid[n, m];
    }

    private static LetterTable[] Read(Script script)
    {
        var ways = LetterRows.WaysOf(script).ToArray();
        return [.. ways.Select(w => LetterTable.Read(w.Rows, (float)-Math.Log(w.Share / ways.Max(x => x.Share))))];
    }
}
