using System.Runtime.InteropServices;
using Amana.Matching.Index;

namespace Amana.Matching.Asking;

/// <summary>A subject that shares something with the question, and how much it may share at most.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct Candidate
{
    public int Place;
    public uint Matched;
    public float Evidence;
}

/// <summary>Collects the subjects worth a closer look from the posting lists, the rarest tokens first. Reused.</summary>
internal sealed class Candidates
{
    /// <summary>Distinct subjects that are looked at for one question in one index.</summary>
    public const int Max = 1 << 14;
    /// <summary>Places that are read from the lists of one unit.</summary>
    private const int PlacesOfUnitMax = 3_000;
    private const int PlacesOfPairMax = 3_000;
    private const int HalvesOfUnitMax = 8;

    private readonly int[] _slots = new int[Max * 2]; // candidate + 1
    private readonly Candidate[] _all = new Candidate[Max];
    private readonly List<(float Evidence, int Token)> _near = [];
    private readonly List<(uint Half, float Evidence)>[] _halves = [.. Enumerable.Range(0, 32).Select(_ => new List<(uint, float)>())];

    public int Count { get; private set; }
    public Span<Candidate> Span => _all.AsSpan(0, Count);

    public void Clear()
    {
        if (Count > 0) _slots.AsSpan().Clear();
        Count = 0;
    }

    /// <summary>Fills the list for one asked name.</summary>
    public void Collect(PackedIndex index, Asked asked, AskedName name, TokenMap map)
    {
        for (int u = name.FirstUnit; u < name.FirstUnit + name.UnitCount; u++) AddUnit(index, asked.Unit(u), u, map, u - name.FirstUnit);
        for (int i = 0; i < name.TokenCount; i++)
            for (int j = i + 1; j < name.TokenCount; j++)
                AddPairs(index, _halves[i], _halves[j], (1u << i) | (1u << j));
    }

    public void AddPlace(int place, uint covers, float evidence)
    {
        int slot = SlotOf(place);
        if (_slots[slot] == 0)
        {
            if (Count == Max) return;
            _all[Count] = new Candidate { Place = place };
            _slots[slot] = ++Count;
        }
        ref var candidate = ref _all[_slots[slot] - 1];
        if ((candidate.Matched & covers) == covers) return;
        candidate.Matched |= covers;
        candidate.Evidence += evidence;
    }

    private void AddUnit(PackedIndex index, Unit unit, int number, TokenMap map, int nth)
    {
        _near.Clear();
        for (int e = 0; e < map.Count; e++)
            if (map[e].Unit == number) _near.Add((unit.EvidenceAt(map[e].Step), map[e].Token));
        _near.Sort(static (a, b) => b.Evidence.CompareTo(a.Evidence));
        int left = PlacesOfUnitMax;
        foreach (var (evidence, token) in _near)
        {
            var places = index.PlacesOf(token);
            if (places.Length > left) break;
            left -= places.Length;
            foreach (int place in places) AddPlace(place, unit.Covers, evidence);
        }
        if (nth >= _halves.Length || unit.Kind is not UnitKind.Token) return;
        var halves = _halves[nth];
        halves.Clear();
        foreach (var (evidence, token) in _near)
        {
            uint half = index.Tokens[token].PairHalf;
            bool known = false;
            foreach (var (other, _) in halves) known |= other == half;
            if (!known) halves.Add((half, evidence));
            if (halves.Count == HalvesOfUnitMax) break;
        }
    }

    private void AddPairs(PackedIndex index, List<(uint Half, float Evidence)> first, List<(uint Half, float Evidence)> second, uint covers)
    {
        int left = PlacesOfPairMax;
        foreach (var (a, evidenceA) in first)
            foreach (var (b, evidenceB) in second)
            {
                var pairs = index.WithPair(PairLists.Key(a, b));
                if (pairs.Length > left) pairs = pairs[..left];
                left -= pairs.Length;
                foreach (ulong pair in pairs) AddPlace((int)(uint)pair, covers, evidenceA + evidenceB);
            }
    }

    private int SlotOf(int place)
    {
        int mask = _slots.Length - 1;
        int slot = (int)((uint)place * 0x9E3779B1u >> 8) & mask;
        while (_slots[slot] is > 0 and var found && _all[found - 1].Place != place) slot = (slot + 1) & mask;
        return slot;
    }
}
