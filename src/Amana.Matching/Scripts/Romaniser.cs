using System.Runtime.InteropServices;

namespace Amana.Matching.Scripts;

/// <summary>Latin spellings of one token, likeliest first. Reused from token to token; not thread-safe.</summary>
internal sealed class Readings
{
    public const int CountMax = 8;
    public const int LettersMax = 64;

    private readonly char[] _letters = new char[CountMax * LettersMax];
    private readonly int[] _lengths = new int[CountMax];
    private readonly float[] _costs = new float[CountMax];

    public int Count { get; private set; }

    public ReadOnlySpan<char> this[int index] => _letters.AsSpan(index * LettersMax, _lengths[index]);

    /// <summary>The likeliest spelling; empty when the token has none.</summary>
    public ReadOnlySpan<char> Main => Count == 0 ? [] : this[0];

    /// <summary>Nats above the likeliest spelling, 0 for it.</summary>
    public float Cost(int index) => _costs[index];

    internal void Clear() => Count = 0;

    /// <summary>Adds a spelling in its place by cost, unless it is there already or is dearer than as many as there is room for.</summary>
    internal void Add(ReadOnlySpan<char> latin, float cost)
    {
        if (latin.Length > LettersMax) latin = latin[..LettersMax];
        if (latin.IsEmpty || (Count == CountMax && cost >= _costs[Count - 1])) return;
        for (int i = 0; i < Count; i++)
            if (this[i].SequenceEqual(latin)) return;
        if (Count < CountMax) Count++;
        int at = Count - 1;
        for (; at > 0 && _costs[at - 1] > cost; at--)
        {
            this[at - 1].CopyTo(_letters.AsSpan(at * LettersMax));
            (_lengths[at], _costs[at]) = (_lengths[at - 1], _costs[at - 1]);
        }
        latin.CopyTo(_letters.AsSpan(at * LettersMax));
        (_lengths[at], _costs[at]) = (latin.Length, cost);
    }

    internal Beam Beam { get; } = new();
}

/// <summary>Writes a token of any script in Latin letters, in the ways that names are really written.</summary>
/// <remarks>The ways come from data/letters; a script without a table is left as it is. Allocation-free.</remarks>
internal static class Romaniser
{
    private const int ReadingsWithout = 2;

    public static void Read(ReadOnlySpan<char> token, Script script, Readings into)
    {
        into.Clear();
        var ways = script is Script.Latn or Script.Zyyy ? [] : LetterCosts.For(script);
        if (ways.IsEmpty)
        {
            if (MisreadDigits.IsIn(token)) MisreadDigits.Read(token, into);
            else into.Add(token, 0);
            return;
        }
        Span<char> letters = stackalloc char[LetterCosts.LettersMax];
        int count = SourceLetters.Spell(token, script, letters);
        int each = Math.Max(2, Readings.CountMax / ways.Length);
        foreach (var table in ways) into.Beam.Search(table, letters[..count], 0, into, each);
        if (ArabicArticle.Starts(token)) into.Beam.Search(ways[0], letters[ArabicArticle.Length..count], ArabicArticle.LeftOutCost, into, ReadingsWithout);
    }
}

/// <summary>Finds the cheapest spellings of a token by keeping the best few after each letter.</summary>
internal sealed class Beam
{
    private const int Width = Readings.CountMax * 2;
    private const int WaysMax = 6;

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Step(float Cost, int Before, LetterTable.Spelling Spelling);

    private readonly Step[] _steps = new Step[(LetterCosts.LettersMax + 1) * Width];
    private readonly int[] _counts = new int[LetterCosts.LettersMax + 1];

    /// <param name="cost">Nats that all of them cost beside what the table says.</param>
    /// <param name="most">Spellings to add.</param>
    public void Search(LetterTable table, ReadOnlySpan<char> letters, float cost, Readings into, int most)
    {
        _counts.AsSpan(0, letters.Length + 1).Clear();
        Keep(0, new Step(0, -1, default));
        for (int i = 0; i < letters.Length; i++)
        {
            for (int length = 1; length <= LetterTable.GroupMax; length++)
                Extend(table, table.Find(letters, i, length), i, length);
            if (_counts[i + 1] == 0 && !ReachesBeyond(table, letters, i)) Skip(i);
        }
        Write(letters.Length, into, table.OwnCost + cost, most);
    }

    private static bool ReachesBeyond(LetterTable table, ReadOnlySpan<char> letters, int at)
    {
        for (int from = Math.Max(0, at - 1); from <= at; from++)
            for (int length = at - from + 2; length <= LetterTable.GroupMax; length++)
                if (table.Find(letters, from, length).Exists) return true;
        return false;
    }

    private void Extend(LetterTable table, LetterTable.Group group, int at, int length)
    {
        if (!group.Exists) return;
        var spellings = table.SpellingsOf(group);
        if (spellings.Length > WaysMax) spellings = spellings[..WaysMax];
        for (int k = 0; k < _counts[at]; k++)
        {
            int before = (at * Width) + k;
            if (group.Silent < float.MaxValue) Keep(at + length, new Step(_steps[before].Cost + group.Silent, before, default));
            foreach (ref readonly var spelling in spellings)
                Keep(at + length, new Step(_steps[before].Cost + spelling.Cost, before, spelling));
        }
    }

    /// <summary>A letter that no group covers is passed over.</summary>
    private void Skip(int at)
    {
        for (int k = 0; k < _counts[at]; k++)
            Keep(at + 1, new Step(_steps[(at * Width) + k].Cost + LetterTable.Missing, (at * Width) + k, default));
    }

    private void Keep(int at, Step step)
    {
        int count = _counts[at];
        var row = _steps.AsSpan(at * Width, Width);
        if (count == Width)
        {
            if (step.Cost >= row[Width - 1].Cost) return;
            count--;
        }
        int place = count;
        while (place > 0 && row[place - 1].Cost > step.Cost) (row[place], place) = (row[place - 1], place - 1);
        row[place] = step;
        _counts[at] = count + 1;
    }

    private void Write(int end, Readings into, float ownCost, int most)
    {
        Span<char> latin = stackalloc char[LetterCosts.LettersMax * LetterTable.LatinMax];
        for (int k = 0; k < _counts[end] && k < most; k++)
        {
            int start = latin.Length;
            for (int at = (end * Width) + k; at >= 0; at = _steps[at].Before)
                for (int i = _steps[at].Spelling.Length - 1; i >= 0; i--)
                    latin[--start] = (char)('a' - 1 + (int)((_steps[at].Spelling.Latin >> (i * 5)) & 31));
            into.Add(latin[start..], _steps[(end * Width) + k].Cost - _steps[end * Width].Cost + ownCost);
        }
    }
}
