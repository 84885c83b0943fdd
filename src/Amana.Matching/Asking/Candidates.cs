using System.Numerics;
using System.Runtime.InteropServices;
using Amana.Matching.Index;

namespace Amana.Matching.Asking;

/// <summary>A subject that shares something with the question, and how much it may share.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct Candidate
{
    public int Place;
    public int Slot;
    public uint Matched;
    public float Evidence;
}

/// <summary>Collects the subjects worth a closer look from the posting lists, the rarest tokens first. Reused.</summary>
internal sealed class Candidates
{
    /// <summary>Distinct subjects that are looked at for one question in one index.</summary>
    public const int Max = 1 << 14;
    /// <summary>Places that are read from the lists of one unit, and of one pair of units.</summary>
    private const int PlacesOfUnitMax = 1_500, PlacesOfOtherMax = 400, PlacesOfPairMax = 1_000;
    /// <summary>Nats: what promises less is not worth the reading.</summary>
    private const float PromiseMin = 1f;
    /// <summary>Nats against a token being two in the record.</summary>
    private const float PartsCost = 3f;
    private const int HalvesOfUnitMax = 6, UnitsPairedMax = 8;
    private const float StepsPerNat = 8, CostShare = Limits.CostShare, LeftShare = 0.5f;

    private readonly int[] _slots = new int[Max * 2]; // candidate + 1
    private readonly Candidate[] _all = new Candidate[Max];
    private readonly int[] _histogram = new int[512];
    private readonly List<(float Evidence, int Token)>[] _near = [.. Enumerable.Range(0, 64).Select(_ => new List<(float, int)>())];
    private readonly List<(uint Half, float Evidence)>[] _halves = [.. Enumerable.Range(0, UnitsPairedMax).Select(_ => new List<(uint, float)>())];

    public int Count { get; private set; }

    public void Clear()
    {
        foreach (ref readonly var candidate in _all.AsSpan(0, Count)) _slots[candidate.Slot] = 0;
        Count = 0;
    }

    /// <summary>The most promising ones, best first; of those that promise the same, the first met.</summary>
    public Span<Candidate> Best(int count)
    {
        var all = _all.AsSpan(0, Count);
        if (Count > count) all = all[..MoveBest(all, count)];
        all.Sort(static (a, b) => a.Evidence != b.Evidence ? b.Evidence.CompareTo(a.Evidence) : a.Place.CompareTo(b.Place));
        return all;
    }

    /// <summary>Brings the most promising to the front without sorting the rest.</summary>
    private int MoveBest(Span<Candidate> all, int count)
    {
        _histogram.AsSpan().Clear();
        foreach (ref readonly var candidate in all) _histogram[Step(candidate.Evidence)]++;
        int step = _histogram.Length, above = 0;
        while (above + _histogram[step - 1] <= count) above += _histogram[--step];
        int ofNext = count - above, next = 0; // the step below holds more than there is room for
        for (int i = 0; i < all.Length && next < count; i++)
        {
            int at = Step(all[i].Evidence);
            if (at < step && (at < step - 1 || ofNext-- <= 0)) continue;
            (all[next], all[i], next) = (all[i], all[next], next + 1);
        }
        return next;
    }

    private int Step(float evidence) => Math.Clamp((int)(evidence * StepsPerNat), 0, _histogram.Length - 1);

    /// <summary>Fills the list for one asked name.</summary>
    public void Collect(PackedIndex index, Asked asked, AskedName name, TokenMap map)
    {
        int units = Math.Min(name.UnitCount, _near.Length);
        for (int u = 0; u < units; u++) _near[u].Clear();
        for (int e = 0; e < map.Count; e++)
            if (map[e].Unit - name.FirstUnit is >= 0 and var u && u < units)
                _near[u].Add((Promise(asked.Unit(map[e].Unit), map[e].Step), map[e].Token));
        for (int u = units - 1; u >= 0; u--) // what covers several tokens comes first
        {
            _near[u].Sort(static (a, b) => b.Evidence.CompareTo(a.Evidence));
            var unit = asked.Unit(name.FirstUnit + u);
            if (!unit.IsPart) AddUnit(index, unit, _near[u]);
            else if (unit.Kind is UnitKind.FirstPart && u + 1 < units) AddParts(index, asked, name, unit.Covers, _near[u], _near[u + 1]);
        }
        int paired = Math.Min(name.TokenCount, UnitsPairedMax);
        for (int i = 0; i < paired; i++) FillHalves(index, _near[i], _halves[i]);
        for (int i = 0; i < paired; i++)
            for (int j = i + 1; j < paired; j++) AddPairs(index, _halves[i], _halves[j], 1u << i, 1u << j);
    }

    /// <summary>What a token at this cost promises: its evidence, less the cost, and that its unit is not left unanswered.</summary>
    private static float Promise(Unit unit, int step) =>
        unit.EvidenceAt(step) - (CostShare * step / Unit.StepsPerNat) + (unit.IsPart ? 0 : LeftShare * unit.Weight);

    public void AddPlace(int place, uint covers, float evidence)
    {
        int mask = _slots.Length - 1;
        int slot = (int)((uint)place * 0x9E3779B1u >> 8) & mask;
        while (_slots[slot] is > 0 and var found && _all[found - 1].Place != place) slot = (slot + 1) & mask;
        if (_slots[slot] == 0)
        {
            if (Count == Max) return;
            _all[Count] = new Candidate { Place = place, Slot = slot };
            _slots[slot] = ++Count;
        }
        ref var candidate = ref _all[_slots[slot] - 1];
        if ((candidate.Matched & covers) != 0) return;
        candidate.Matched |= covers;
        candidate.Evidence += evidence;
    }

    private void AddUnit(PackedIndex index, Unit unit, List<(float Evidence, int Token)> near)
    {
        int left = unit.Kind is UnitKind.Token ? PlacesOfUnitMax : PlacesOfOtherMax;
        float least = LeftShare * unit.Weight + PromiseMin;
        foreach (var (evidence, token) in near)
        {
            if (evidence < least) return;
            var places = index.PlacesOf(token);
            if (places.Length > left) continue; // a common name: pairs find it
            left -= places.Length;
            foreach (int place in places) AddPlace(place, unit.Covers, evidence);
        }
    }

    /// <summary>Both parts of a token must stand in the name.</summary>
    private void AddParts(PackedIndex index, Asked asked, AskedName name, uint covers, List<(float Evidence, int Token)> first, List<(float Evidence, int Token)> second)
    {
        FillHalves(index, first, _halves[0]);
        FillHalves(index, second, _halves[1]);
        float whole = LeftShare * asked.Unit(name.Tokens[BitOperations.TrailingZeroCount(covers)].Unit).Weight;
        AddPairs(index, _halves[0], _halves[1], covers, covers, whole - PartsCost);
    }

    private static void FillHalves(PackedIndex index, List<(float Evidence, int Token)> near, List<(uint Half, float Evidence)> halves)
    {
        halves.Clear();
        foreach (var (evidence, token) in near)
        {
            uint half = index.Tokens[token].PairHalf;
            bool known = false;
            foreach (var (other, _) in halves) known |= other == half;
            if (!known) halves.Add((half, evidence));
            if (halves.Count == HalvesOfUnitMax) break;
        }
    }

    private void AddPairs(PackedIndex index, List<(uint Half, float Evidence)> first, List<(uint Half, float Evidence)> second, uint coversA, uint coversB, float extra = 0)
    {
        int left = PlacesOfPairMax;
        foreach (var (a, evidenceA) in first)
            foreach (var (b, evidenceB) in second)
            {
                var pairs = index.WithPair(PairLists.Key(a, b));
                if (pairs.Length > left) pairs = pairs[..left];
                left -= pairs.Length;
                foreach (ulong pair in pairs)
                {
                    AddPlace((int)(uint)pair, coversA, coversA == coversB ? evidenceA + evidenceB + extra : evidenceA);
                    AddPlace((int)(uint)pair, coversB, evidenceB);
                }
                if (left == 0) return;
            }
    }
}
