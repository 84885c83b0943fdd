using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Amana.Matching.Names;

/// <summary>How dear it is that tokens are spellings of one token: a weighted edit distance over sounds, thirty-two at once.</summary>
/// <remarks>Each lane of a vector is one compared token, each column one of its sounds. O(n × m) vector steps for 32 tokens,
/// about 100 ns. Costs saturate at 255 steps. Symmetric. Not thread-safe; no allocation.</remarks>
internal sealed class SoundDistance
{
    public const int Lanes = 32;

    private readonly Vector256<byte>[] _columns = new Vector256<byte>[Sounds.Max + 1];
    private readonly Vector256<byte>[] _gaps = new Vector256<byte>[Sounds.Max + 1];
    private readonly Vector256<byte>[] _rows = new Vector256<byte>[3 * (Sounds.Max + 1)];
    private readonly byte[] _lanes = new byte[Sounds.Max * Lanes];
    private int[] _order = [];

    /// <summary>Costs in steps of <see cref="SoundCosts"/>, one for each of <paramref name="others"/>, against the nearest reading.</summary>
    /// <param name="asked">Readings of one token, at least one.</param>
    /// <param name="ownCosts">What each reading costs by itself.</param>
    public void Compare(ReadOnlySpan<SoundCodes> asked, ReadOnlySpan<byte> ownCosts, ReadOnlySpan<SoundCodes> others, SoundCosts costs, Span<byte> into)
    {
        Span<byte> least = stackalloc byte[Lanes];
        var order = ByLength(others);
        for (int first = 0; first < order.Length; first += Lanes)
        {
            var batch = order[first..Math.Min(first + Lanes, order.Length)];
            int longest = others[batch[^1]].Length;
            Load(others, batch, longest, costs);
            var nearest = Vector256<byte>.AllBitsSet;
            for (int r = 0; r < asked.Length; r++)
                nearest = Vector256.Min(nearest, Vector256.AddSaturate(Run(asked[r].Span, longest, costs), Vector256.Create(ownCosts[r])));
            nearest.CopyTo(least);
            for (int lane = 0; lane < batch.Length; lane++) into[batch[lane]] = least[lane];
        }
    }

    /// <summary>So that those of one vector end together.</summary>
    private ReadOnlySpan<int> ByLength(ReadOnlySpan<SoundCodes> others)
    {
        if (_order.Length < others.Length) _order = new int[Math.Max(others.Length, _order.Length * 2)];
        Span<int> next = stackalloc int[Sounds.Max + 2];
        next.Clear();
        foreach (ref readonly var sounds in others) next[sounds.Length + 1]++;
        for (int length = 1; length < next.Length; length++) next[length] += next[length - 1];
        for (int i = 0; i < others.Length; i++) _order[next[others[i].Length]++] = i;
        return _order.AsSpan(0, others.Length);
    }

    private void Load(ReadOnlySpan<SoundCodes> others, ReadOnlySpan<int> batch, int longest, SoundCosts costs)
    {
        for (int lane = 0; lane < batch.Length; lane++)
        {
            var sounds = others[batch[lane]].Padded[..longest];
            for (int j = 0, at = lane; j < sounds.Length; j++, at += Lanes) _lanes[at] = sounds[j];
        }
        var (low, high) = Table(costs.Drop);
        for (int j = 0; j < longest; j++)
        {
            _columns[j + 1] = Vector256.Create<byte>(_lanes.AsSpan(j * Lanes, Lanes));
            _gaps[j + 1] = LookUp(low, high, _columns[j + 1]);
        }
        _gaps[1] = Vector256.AddSaturate(_gaps[1], Vector256.Create(SoundCosts.FirstExtra));
    }

    private Vector256<byte> Run(ReadOnlySpan<byte> asked, int longest, SoundCosts costs)
    {
        const int width = Sounds.Max + 1;
        int before = 0, last = width, row = 2 * width;
        var rows = _rows;
        var swapped = Vector256.Create(SoundCosts.Swapped);
        rows[last] = Vector256<byte>.Zero;
        for (int j = 1; j <= longest; j++) rows[last + j] = Vector256.AddSaturate(rows[last + j - 1], _gaps[j]);
        for (int i = 0; i < asked.Length; i++)
        {
            var gap = Vector256.Create((byte)(costs.Drop[asked[i]] + (i == 0 ? SoundCosts.FirstExtra : 0)));
            var (low, high) = Table(i == 0 ? costs.ReplaceFirst(asked[i]) : costs.Replace(asked[i]));
            rows[row] = Vector256.AddSaturate(rows[last], gap);
            var first = LookUp(low, high, _columns[1]);
            if (i > 0) first = Vector256.AddSaturate(first, ~Vector256.Equals(first, Vector256<byte>.Zero) & Vector256.Create(SoundCosts.FirstExtra));
            rows[row + 1] = Least(rows[last], first, rows[last + 1], gap, rows[row], _gaps[1]);
            var one = Vector256.Create(i > 0 ? asked[i - 1] : byte.MaxValue); // no sound before the first
            var two = Vector256.Create(asked[i]);
            for (int j = 2; j <= longest; j++)
            {
                var least = Least(rows[last + j - 1], LookUp(low, high, _columns[j]), rows[last + j], gap, rows[row + j - 1], _gaps[j]);
                var isSwapped = Vector256.Equals(_columns[j], one) & Vector256.Equals(_columns[j - 1], two);
                rows[row + j] = Vector256.Min(least, Vector256.AddSaturate(rows[before + j - 2], swapped) | ~isSwapped);
            }
            (before, last, row) = (last, row, before);
        }
        return rows[last + longest];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Least(Vector256<byte> diagonal, Vector256<byte> replace, Vector256<byte> above, Vector256<byte> gap, Vector256<byte> beside, Vector256<byte> otherGap) =>
        Vector256.Min(Vector256.AddSaturate(diagonal, replace), Vector256.Min(Vector256.AddSaturate(above, gap), Vector256.AddSaturate(beside, otherGap)));

    private static (Vector128<byte> Low, Vector128<byte> High) Table(ReadOnlySpan<byte> prices) =>
        (Vector128.Create(prices[..16]), Vector128.Create(prices[16..32]));

    /// <summary>The table's entry for each lane's sound.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> LookUp(Vector128<byte> low, Vector128<byte> high, Vector256<byte> sounds)
    {
        if (Avx512Vbmi.VL.IsSupported) return Avx512Vbmi.VL.PermuteVar32x8(Vector256.Create(low, high), sounds);
        if (Avx2.IsSupported)
        {
            // An index with its top bit set gives 0, so each half answers for its own sounds alone.
            var fromLow = Avx2.Shuffle(Vector256.Create(low, low), sounds + Vector256.Create((byte)0x70));
            var fromHigh = Avx2.Shuffle(Vector256.Create(high, high), sounds - Vector256.Create((byte)16));
            return fromLow | fromHigh;
        }
        return Vector256.Create(LookUp(low, high, sounds.GetLower()), LookUp(low, high, sounds.GetUpper()));
    }

    private static Vector128<byte> LookUp(Vector128<byte> low, Vector128<byte> high, Vector128<byte> sounds) =>
        Vector128.Shuffle(low, sounds) | Vector128.Shuffle(high, sounds - Vector128.Create((byte)16));
}
