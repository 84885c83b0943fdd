using static Amana.Paper.Bidi.BidiClass;

namespace Amana.Paper.Bidi;

/// <summary>The embedding levels of one paragraph: even runs left to right, odd right to left.</summary>
/// <remarks>The whole of the Unicode Bidirectional Algorithm up to the lines. Source: UAX #9, revision 46. O(n).</remarks>
internal sealed partial class BidiText
{
    private const int DepthMax = 125;

    private readonly int[] _points;
    private readonly BidiClass[] _given;
    private readonly BidiClass[] _classes;
    private readonly byte[] _levels;
    private readonly byte[] _levels0; // as the rules of embedding gave them, before letters changed them
    private readonly int[] _match; // of an isolate its end, of an end its beginning; -1 for none

    /// <param name="points">Code points of one paragraph.</param>
    /// <param name="baseLevel">0 or 1; null: by the first letter that tells (P2, P3), else <paramref name="otherwise"/>.</param>
    public BidiText(int[] points, byte? baseLevel, byte otherwise = 0)
    {
        _points = points;
        _given = Array.ConvertAll(points, BidiTable.ClassOf);
        _classes = [.. _given];
        _levels = new byte[points.Length];
        _match = new int[points.Length];
        MatchIsolates();
        BaseLevel = baseLevel ?? FirstStrong(0, points.Length) ?? otherwise;
        GiveLevels();
        _levels0 = [.. _levels];
        foreach (var sequence in Sequences()) Resolve(sequence);
        SettleRest();
    }

    public byte BaseLevel { get; }

    /// <summary>One for each code point. What is taken out (X9) has the level of what stands before it.</summary>
    public IReadOnlyList<byte> Levels => _levels;

    /// <summary>Whether rule X9 takes it out: it is never drawn.</summary>
    public bool IsTakenOut(int at) => _given[at] is LRE or RLE or LRO or RLO or PDF or BN;

    /// <summary>The levels of a line: white space at its end stands at the end of the paragraph's direction (L1).</summary>
    public byte[] LineLevels(int from, int to)
    {
        byte[] levels = _levels[from..to];
        bool trailing = true;
        for (int i = to - 1; i >= from; i--)
        {
            if (_given[i] is B or S) trailing = true;
            else if (!IsSpacing(i)) trailing = false;
            if (trailing || _given[i] is B or S) levels[i - from] = BaseLevel;
        }

        return levels;
    }

    /// <summary>The runs of a line from left to right (L2), each as first and one past the last.</summary>
    public static List<(int From, int To, byte Level)> VisualRuns(ReadOnlySpan<byte> levels)
    {
        var runs = new List<(int From, int To, byte Level)>();
        byte highest = 0, lowestOdd = byte.MaxValue;
        for (int i = 0; i < levels.Length;)
        {
            int from = i;
            while (i < levels.Length && levels[i] == levels[from]) i++;
            runs.Add((from, i, levels[from]));
            highest = Math.Max(highest, levels[from]);
            if ((levels[from] & 1) == 1) lowestOdd = Math.Min(lowestOdd, levels[from]);
        }

        for (int level = highest; level >= lowestOdd; level--)
        {
            for (int i = 0; i < runs.Count; i++)
            {
                int from = i;
                while (i < runs.Count && runs[i].Level >= level) i++;
                if (i > from) runs.Reverse(from, i - from);
            }
        }

        return runs;
    }

    private bool IsSpacing(int at) => _given[at] is WS or LRI or RLI or FSI or PDI || IsTakenOut(at);

    private void MatchIsolates()
    {
        Array.Fill(_match, -1);
        var open = new Stack<int>();
        for (int i = 0; i < _given.Length; i++)
        {
            if (_given[i] is LRI or RLI or FSI) open.Push(i);
            else if (_given[i] is PDI && open.TryPop(out int begin)) (_match[begin], _match[i]) = (i, begin);
        }
    }

    private byte? FirstStrong(int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            if (_given[i] is L) return 0;
            if (_given[i] is R or AL) return 1;
            if (_given[i] is LRI or RLI or FSI) i = _match[i] < 0 ? to : _match[i];
        }

        return null;
    }

    // X1 to X8.
    private void GiveLevels()
    {
        var stack = new Stack<(byte Level, BidiClass? Override, bool Isolate)>();
        stack.Push((BaseLevel, null, false));
        int overflowIsolates = 0, overflowEmbeddings = 0, validIsolates = 0;
        for (int i = 0; i < _given.Length; i++)
        {
            var (level, over, _) = stack.Peek();
            var given = _given[i];
            byte next = (byte)((given is RLE or RLO or RLI) || (given is FSI && FirstStrong(i + 1, _match[i] < 0 ? _given.Length : _match[i]) == 1) ? (level + 1) | 1 : (level + 2) & ~1);
            switch (given)
            {
                case LRE or RLE or LRO or RLO:
                    _levels[i] = level;
                    if (next <= DepthMax && overflowIsolates == 0 && overflowEmbeddings == 0) stack.Push((next, given is LRO ? L : given is RLO ? R : null, false));
                    else if (overflowIsolates == 0) overflowEmbeddings++;
                    break;
                case LRI or RLI or FSI:
                    Take(i, level, over);
                    if (next <= DepthMax && overflowIsolates == 0 && overflowEmbeddings == 0)
                    {
                        validIsolates++;
                        stack.Push((next, null, true));
                    }
                    else overflowIsolates++;
                    break;
                case PDI:
                    if (overflowIsolates > 0) overflowIsolates--;
                    else if (validIsolates > 0)
                    {
                        overflowEmbeddings = 0;
                        while (!stack.Peek().Isolate) stack.Pop();
                        stack.Pop();
                        validIsolates--;
                    }

                    (level, over, _) = stack.Peek();
                    Take(i, level, over);
                    break;
                case PDF:
                    _levels[i] = level;
                    if (overflowIsolates > 0) break;
                    if (overflowEmbeddings > 0) overflowEmbeddings--;
                    else if (!stack.Peek().Isolate && stack.Count > 1) stack.Pop();
                    break;
                case B:
                    _levels[i] = BaseLevel;
                    break;
                case BN:
                    _levels[i] = level;
                    break;
                default:
                    Take(i, level, over);
                    break;
            }
        }
    }

    private void Take(int at, byte level, BidiClass? over)
    {
        _levels[at] = level;
        if (over is { } forced) _classes[at] = forced;
    }

    // X10: runs of one level that belong together across isolates, each as the places of its code points.
    private List<List<int>> Sequences()
    {
        var runOf = new int[_given.Length];
        var runs = new List<List<int>>();
        for (int i = 0; i < _given.Length; i++)
        {
            if (IsTakenOut(i)) continue;
            if (runs.Count == 0 || _levels[runs[^1][^1]] != _levels[i]) runs.Add([]);
            runs[^1].Add(i);
            runOf[i] = runs.Count - 1;
        }

        var sequences = new List<List<int>>();
        foreach (var run in runs)
        {
            if (_given[run[0]] is PDI && _match[run[0]] >= 0) continue; // it goes on another run
            var sequence = new List<int>(run);
            while (_given[sequence[^1]] is LRI or RLI or FSI && _match[sequence[^1]] is >= 0 and int end) sequence.AddRange(runs[runOf[end]]);
            sequences.Add(sequence);
        }

        return sequences;
    }

    // What was taken out stands where what is before it stands.
    private void SettleRest()
    {
        for (int i = 0; i < _levels.Length; i++)
        {
            if (IsTakenOut(i)) _levels[i] = i == 0 ? BaseLevel : _levels[i - 1];
        }
    }
}
