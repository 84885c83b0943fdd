using System.Numerics;
using System.Runtime.InteropServices;

namespace Amana.Matching.Scripts;

/// <summary>How the letters of one script are spelled in Latin names, and how often each way.</summary>
/// <remarks>Made from data/letters/*.tsv: a group of one to three source letters, what it becomes (nothing to eight Latin
/// letters), and the probability of that when the group is met. Latin has a table too: how one spelling of a name
/// becomes another. Immutable after it is read.</remarks>
internal sealed class LetterTable
{
    public const int GroupMax = 3;
    public const int LatinMax = 8;
    /// <summary>Ways to read one script: Han in five languages, and foreign names in it.</summary>
    public const int WaysMax = 6;
    /// <summary>Nats for a letter that the table does not foresee: written for another, left out, or put in.</summary>
    public const float Wrong = 4.5f, Missing = 4.0f, Extra = 4.0f;

    /// <summary>Open addressing: a key and its group each, 0 where free.</summary>
    private readonly (ulong Key, Group Group)[] _slots;
    private readonly Spelling[] _spellings;

    private LetterTable(Dictionary<ulong, Group> groups, Spelling[] spellings, float ownCost)
    {
        (_spellings, OwnCost) = (spellings, ownCost);
        _slots = new (ulong, Group)[1 << (BitOperations.Log2((uint)groups.Count) + 2)];
        foreach (var (key, group) in groups)
        {
            int slot = SlotOf(key);
            while (_slots[slot].Key != 0) slot = (slot + 1) & (_slots.Length - 1);
            _slots[slot] = (key, group);
        }
    }

    /// <summary>One way to write a group: up to eight Latin letters of five bits, first letter lowest.</summary>
    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct Spelling(ulong Latin, byte Length, float Cost);

    /// <summary>The ways to write one group, cheapest first.</summary>
    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct Group(int Start, int Count, uint FirstLetters, float Silent, float Cheapest, bool Exists)
    {
        /// <summary>Longer groups start with this letter.</summary>
        public bool StartsLonger { get; init; }
    }

    /// <summary>Nats that this way of reading its script costs beside the commonest way.</summary>
    public float OwnCost { get; }

    public ReadOnlySpan<Spelling> SpellingsOf(Group group) => _spellings.AsSpan(group.Start, group.Count);

    /// <summary>The group of <paramref name="length"/> letters at <paramref name="at"/>; none that exists when there is none.</summary>
    public Group Find(ReadOnlySpan<char> letters, int at, int length)
    {
        if (at + length > letters.Length) return default;
        ulong key = KeyOf(letters.Slice(at, length));
        for (int slot = SlotOf(key); _slots[slot].Key != 0; slot = (slot + 1) & (_slots.Length - 1))
            if (_slots[slot].Key == key) return _slots[slot].Group;
        return default;
    }

    private int SlotOf(ulong key) => (int)((key * 0x9E3779B97F4A7C15) >> 40) & (_slots.Length - 1);

    /// <summary>a to z are 1 to 26, a digit or anything else 27 to 31.</summary>
    public static uint CodeOf(char c) => c is >= 'a' and <= 'z' ? (uint)(c - 'a' + 1) : 27u + (c % 5u);

    /// <param name="ownCost">See <see cref="OwnCost"/>.</param>
    public static LetterTable Read(IEnumerable<LetterRows.Row> rows, float ownCost)
    {
        var bySource = new Dictionary<string, List<(string Latin, float Cost)>>();
        foreach (var row in rows)
        {
            if (row.Letters.Length is 0 or > GroupMax || row.Latin.Length > LatinMax || row.Share is <= 0 or > 1)
                throw new InvalidOperationException($"The letter table row {row} is out of bounds.");
            if (!bySource.TryGetValue(row.Letters, out var list)) bySource[row.Letters] = list = [];
            list.Add((row.Latin, -MathF.Log((float)row.Share)));
        }
        var spellings = new List<Spelling>();
        var groups = new Dictionary<ulong, Group>();
        foreach (var (source, list) in bySource)
        {
            int start = spellings.Count;
            float silent = float.MaxValue;
            uint firsts = 0;
            foreach (var (latin, cost) in list.OrderBy(s => s.Cost))
            {
                if (latin.Length == 0) silent = cost;
                else spellings.Add(new Spelling(Pack(latin), (byte)latin.Length, cost));
                if (latin.Length > 0) firsts |= 1u << (int)CodeOf(latin[0]);
            }
            float cheapest = spellings.Count > start ? Math.Min(spellings[start].Cost, silent) : silent;
            groups[KeyOf(source)] = new Group(start, spellings.Count - start, firsts, silent, cheapest, Exists: true);
        }
        foreach (string longer in bySource.Keys.Where(source => source.Length > 1))
            groups[KeyOf(longer.AsSpan(0, 1))] = groups.GetValueOrDefault(KeyOf(longer.AsSpan(0, 1))) with { StartsLonger = true };
        return new LetterTable(groups, [.. spellings], ownCost);
    }

    private static ulong KeyOf(ReadOnlySpan<char> group)
    {
        ulong key = 0;
        foreach (char c in group) key = (key << 16) | c;
        return key;
    }

    private static ulong Pack(string latin)
    {
        ulong packed = 0;
        for (int i = latin.Length - 1; i >= 0; i--) packed = (packed << 5) | CodeOf(latin[i]);
        return packed;
    }
}
