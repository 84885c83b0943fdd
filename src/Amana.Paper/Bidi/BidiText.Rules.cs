using static Amana.Paper.Bidi.BidiClass;

namespace Amana.Paper.Bidi;

// The rules that look at a sequence of one level: W1 to W7, N0 to N2, I1 and I2.
internal sealed partial class BidiText
{
    private const int BracketsMax = 63;

    private void Resolve(List<int> at)
    {
        byte level = _levels[at[0]];
        var start = DirectionOf(Math.Max(level, LevelBefore(at[0])));
        var end = DirectionOf(Math.Max(level, LevelAfter(at[^1])));
        Weak(at, start);
        Brackets(at, DirectionOf(level), start);
        Neutral(at, DirectionOf(level), start, end);
        foreach (int i in at)
        {
            _levels[i] += (byte)((level & 1) == 0 ? _classes[i] switch { R => 1, AN or EN => 2, _ => 0 } : _classes[i] is L or EN or AN ? 1 : 0);
        }
    }

    private static BidiClass DirectionOf(int level) => (level & 1) == 0 ? L : R;

    private byte LevelBefore(int at)
    {
        for (int i = at - 1; i >= 0; i--) if (!IsTakenOut(i)) return _levels0[i];
        return BaseLevel;
    }

    private byte LevelAfter(int at)
    {
        if (_given[at] is LRI or RLI or FSI && _match[at] < 0) return BaseLevel;
        for (int i = at + 1; i < _given.Length; i++) if (!IsTakenOut(i)) return _levels0[i];
        return BaseLevel;
    }

    private void Weak(List<int> at, BidiClass start)
    {
        var before = start;
        foreach (int i in at) // W1
        {
            if (_classes[i] is NSM) _classes[i] = before is LRI or RLI or FSI or PDI ? ON : before;
            before = _classes[i];
        }

        var strong = start;
        foreach (int i in at) // W2, W3
        {
            if (_classes[i] is L or R or AL) strong = _classes[i];
            if (_classes[i] is EN && strong is AL) _classes[i] = AN;
        }

        foreach (int i in at) if (_classes[i] is AL) _classes[i] = R;
        for (int n = 1; n + 1 < at.Count; n++) // W4
        {
            var (left, right) = (_classes[at[n - 1]], _classes[at[n + 1]]);
            if (_classes[at[n]] is ES && left is EN && right is EN) _classes[at[n]] = EN;
            else if (_classes[at[n]] is CS && left == right && left is EN or AN && right == left) _classes[at[n]] = left;
        }

        for (int n = 0; n < at.Count; n++) // W5
        {
            if (_classes[at[n]] is not ET) continue;
            int to = n;
            while (to < at.Count && _classes[at[to]] is ET) to++;
            bool beside = (n > 0 && _classes[at[n - 1]] is EN) || (to < at.Count && _classes[at[to]] is EN);
            for (; n < to; n++) if (beside) _classes[at[n]] = EN;
            n--;
        }

        strong = start;
        foreach (int i in at) // W6, W7
        {
            if (_classes[i] is ES or ET or CS) _classes[i] = ON;
            if (_classes[i] is L or R) strong = _classes[i];
            if (_classes[i] is EN && strong is L) _classes[i] = L;
        }
    }

    // N0.
    private void Brackets(List<int> at, BidiClass own, BidiClass start)
    {
        foreach (var (open, close) in Pairs(at))
        {
            bool sawOwn = false, sawOther = false;
            for (int n = open + 1; n < close; n++)
            {
                if (StrongOf(_classes[at[n]]) is not { } strong) continue;
                if (strong == own) sawOwn = true;
                else sawOther = true;
            }

            if (!sawOwn && !sawOther) continue;
            var side = own;
            if (!sawOwn)
            {
                var context = start;
                for (int n = open - 1; n >= 0; n--)
                {
                    if (StrongOf(_classes[at[n]]) is not { } strong) continue;
                    context = strong;
                    break;
                }

                side = context == own ? own : context;
            }

            Turn(at, open, side);
            Turn(at, close, side);
        }
    }

    private void Turn(List<int> at, int n, BidiClass side)
    {
        _classes[at[n]] = side;
        for (n++; n < at.Count && _given[at[n]] is NSM; n++) _classes[at[n]] = side;
    }

    private List<(int Open, int Close)> Pairs(List<int> at)
    {
        var open = new List<(int Closing, int At)>();
        var pairs = new List<(int Open, int Close)>();
        for (int n = 0; n < at.Count; n++)
        {
            if (_classes[at[n]] is not ON) continue;
            int point = BidiTable.Same(_points[at[n]]);
            if (BidiTable.ClosingOf(point) is { } closing)
            {
                if (open.Count == BracketsMax) return []; // a page of brackets has no pairs
                open.Add((closing, n));
            }
            else if (BidiTable.Closes(point) && open.FindLastIndex(o => o.Closing == point) is >= 0 and int found)
            {
                pairs.Add((open[found].At, n));
                open.RemoveRange(found, open.Count - found);
            }
        }

        pairs.Sort();
        return pairs;
    }

    private static BidiClass? StrongOf(BidiClass c) => c switch { L => L, R or EN or AN => R, _ => null };

    // N1, N2.
    private void Neutral(List<int> at, BidiClass own, BidiClass start, BidiClass end)
    {
        for (int n = 0; n < at.Count; n++)
        {
            if (!IsNeutral(_classes[at[n]])) continue;
            int to = n;
            while (to < at.Count && IsNeutral(_classes[at[to]])) to++;
            var left = n == 0 ? start : StrongOf(_classes[at[n - 1]])!.Value;
            var right = to == at.Count ? end : StrongOf(_classes[at[to]])!.Value;
            for (; n < to; n++) _classes[at[n]] = left == right ? left : own;
        }
    }

    private static bool IsNeutral(BidiClass c) => c is B or S or WS or ON or LRI or RLI or FSI or PDI;
}
