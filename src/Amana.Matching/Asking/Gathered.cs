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
    private readonly byte[] _costs = new byte[Max], _other = new byte[Max];
    private int _longest;

    public int Count { get; private set; }
    public int this[int at] => _tokens[at];
    /// <summary>Steps of <see cref="SoundCosts"/>, after <see cref="Compare"/>.</summary>
    public byte CostOf(int at) => _costs[at];

    public void Clear() => (Count, _longest) = (0, 0);

    public Script ScriptOf(int at) => _sounds[at].Script;

    public void Add(int token, in SoundCodes sounds)
    {
        if (Count == Max) return;
        _tokens[Count] = token;
        _sounds[Count++] = sounds;
        _longest = Math.Max(_longest, sounds.Length);
    }

    /// <summary>Costs against the nearest of some readings, each dearer by its own cost.</summary>
    public void Compare(SoundDistance distance, ReadOnlySpan<SoundCodes> readings, ReadOnlySpan<byte> ownCosts)
    {
        if (Count == 0) return;
        var least = _costs.AsSpan(0, Count);
        var others = _sounds.AsSpan(0, Count);
        distance.Compare(readings[0].Span, others, _longest, costs, least);
        for (int r = 1; r < readings.Length; r++)
        {
            var other = _other.AsSpan(0, Count);
            distance.Compare(readings[r].Span, others, _longest, costs, other);
            for (int i = 0; i < other.Length; i++) least[i] = (byte)Math.Min(least[i], other[i] + ownCosts[r]);
        }
    }

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
