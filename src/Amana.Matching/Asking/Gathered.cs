using Amana.Matching.Names;
using Amana.Matching.Scripts;

namespace Amana.Matching.Asking;

/// <summary>Tokens of an index that are compared together with a unit. Reused.</summary>
internal sealed class Gathered(SoundCosts costs)
{
    /// <summary>More tokens than this are not compared: the bucket of a skeleton of one or two sounds.</summary>
    public const int Max = 1 << 13;

    private readonly int[] _tokens = new int[Max];
    private readonly SoundCodes[] _sounds = new SoundCodes[Max];
    private readonly byte[] _costs = new byte[Max];

    public int Count { get; private set; }
    public int this[int at] => _tokens[at];
    /// <summary>Steps of <see cref="SoundCosts"/>, after <see cref="Compare"/>.</summary>
    public byte CostOf(int at) => _costs[at];

    public void Clear() => Count = 0;

    public Script ScriptOf(int at) => _sounds[at].Script;

    public void Add(int token, in SoundCodes sounds)
    {
        if (Count == Max) return;
        _tokens[Count] = token;
        _sounds[Count++] = sounds;
    }

    /// <summary>Costs against the nearest of some readings, each dearer by its own cost.</summary>
    public void Compare(SoundDistance distance, ReadOnlySpan<SoundCodes> readings, ReadOnlySpan<byte> ownCosts) =>
        distance.Compare(readings, ownCosts, _sounds.AsSpan(0, Count), costs, _costs);

    /// <summary>The highest cost, at most <paramref name="limit"/>, that no more than <paramref name="count"/> tokens are within.</summary>
    public int Within(int count, int limit)
    {
        Span<int> at = stackalloc int[256];
        at.Clear();
        foreach (byte cost in _costs.AsSpan(0, Count)) at[cost]++;
        int step = 0;
        for (int kept = at[0]; step < limit && kept + at[step + 1] <= count; step++) kept += at[step + 1];
        return step;
    }
}
