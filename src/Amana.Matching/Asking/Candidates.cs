using System.Numerics;
using System.Runtime.InteropServices;
using Amana.Matching.Index;
using Amana.Matching.Scoring;
using Amana.Matching.Scripts;

namespace Amana.Matching.Asking;

/// <summary>A subject that shares something with the question, and how much it may share.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct Candidate
{
    public int Place;
    public int Slot;
    public uint Matched;
    /// <summary>Nats that it promises.</summary>
    public float Evidence;
    /// <summary>Nats that the tokens met would prove of the record's name.</summary>
    public float Met;
}

/// <summary>Collects the subjects worth a closer look from the posting lists, the rarest tokens first. Reused.</summary>
internal sealed class Candidates
{
    /// <summary>Distinct subjects that are looked at for one question in one index.</summary>
    public const int Max = 1 << 13;
    /// <summary>Places that are read from the lists of one unit, and of one pair of units.</summary>
    private const int PlacesOfUnitMax = 700, PlacesOfOtherMax = 400, PlacesOfPairMax = 1_000;
    /// <summary>Nats: what promises less is not worth the reading.</summary>
    private const float PromiseMin = 1f;
    /// <summary>Nats against a token being two in the record, when nothing but the list says that it may be.</summary>
    private const float PartsCost = 3f;
    private const int UnreadMax = 24, PartsMax = 4, ElementsMax = 12, SyllablesMax = 20, UnitsPairedMax = 8;
    private const int Steps = 768, StepsBelowZero = 128;
    private const float StepsPerNat = 8, CostShare = Limits.CostShare, LeftShare = Limits.AskedLeftShare;

    private readonly int[] _slots = new int[Max * 2]; // candidate + 1
    private readonly Candidate[] _all = new Candidate[Max];
    private readonly Candidate[] _best = new Candidate[Max];
    private readonly int[] _starts = new int[Steps];
    private readonly List<Promised>[] _near = [.. Enumerable.Range(0, 64).Select(_ => new List<Promised>())];
    /// <summary>Of each unit, the nearest tokens whose lists were not read.</summary>
    private readonly List<Unread>[] _unread = [.. Enumerable.Range(0, 64).Select(_ => new List<Unread>())];

    /// <summary>A token near a unit: what it promises, and what it would prove of the record's name.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Promised(float Evidence, float Weight, int Token);

    /// <summary>A near token whose list was not read; <see cref="Outlines"/> tell whether a subject may have it.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Unread(Promised Promised, ulong Bits, bool IsCommon);

    public int Count { get; private set; }

    public void Clear()
    {
        foreach (ref readonly var candidate in _all.AsSpan(0, Count)) _slots[candidate.Slot] = 0;
        Count = 0;
    }

    /// <summary>The most promising ones, best first to an eighth of a nat, then in the order they were met.</summary>
    public Span<Candidate> Best(int count)
    {
        var all = _all.AsSpan(0, Count);
        _starts.AsSpan().Clear();
        foreach (ref readonly var candidate in all) _starts[StepDown(candidate.Evidence)]++;
        int before = 0;
        for (int step = 0; step < _starts.Length; step++) (before, _starts[step]) = (before + _starts[step], before);
        int kept = Math.Min(count, Count);
        for (int i = 0; i < all.Length; i++)
            if (_starts[StepDown(all[i].Evidence)]++ is var at && at < kept) _best[at] = all[i];
        return _best.AsSpan(0, kept);
    }

    private static int StepDown(float evidence) => Steps - 1 - Math.Clamp((int)(evidence * StepsPerNat) + StepsBelowZero, 0, Steps - 1);

    /// <summary>Once all are met: a subject may have a token whose list was not read, and what its name has beside the tokens met
    /// speaks against it.</summary>
    /// <param name="from">The first candidate of the layer.</param>
    private void TakeLeftOver(PackedIndex index, int units, int from)
    {
        foreach (ref var candidate in _all.AsSpan(from, Count - from))
        {
            ulong outline = index.OutlineOf(candidate.Place);
            for (int u = 0; u < units; u++)
                if ((candidate.Matched & (1u << u)) == 0) TakeUnread(ref candidate, outline, CollectionsMarshal.AsSpan(_unread[u]));
            candidate.Evidence -= Limits.ListedLeftShare * Math.Max(0, Outlines.WeightOf(outline) - candidate.Met);
        }
    }

    private static void TakeUnread(ref Candidate candidate, ulong outline, ReadOnlySpan<Unread> nearest)
    {
        foreach (ref readonly var unread in nearest)
        {
            if (!Outlines.MayHave(outline, unread.Bits)) continue;
            candidate.Evidence += unread.Promised.Evidence;
            candidate.Met += unread.Promised.Weight;
            return;
        }
    }

    /// <summary>Fills the list for one asked name.</summary>
    public void Collect(PackedIndex index, Asked asked, AskedName name, TokenMap map)
    {
        int units = Math.Min(name.UnitCount, _near.Length);
        for (int u = 0; u < units; u++) _near[u].Clear();
        for (int e = 0; e < map.Count; e++)
        {
            if (map[e].Unit - name.FirstUnit is not (>= 0 and var u) || u >= units) continue;
            index.PrefetchPlaces(map[e].Token);
            _near[u].Add(new(Promise(asked.Unit(map[e].Unit), map[e].Step), Weights.Of(index.TokenAt(map[e].Token), asked.LogPopulation), map[e].Token));
        }
        for (int layer = index.LayerCount - 1; layer >= 0; layer--) Collect(new Lists(index, layer), asked, name, units); // what changed has room
    }

    /// <summary>One layer of an index: its lists, and its places counted as the whole does.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Lists(PackedIndex Index, int Layer)
    {
        public int FirstPlace => Index.FirstPlace(Layer);
        public ReadOnlySpan<int> PlacesOf(int token) => Index.PlacesOf(Layer, token);
        public ReadOnlySpan<ulong> WithPair(int a, int b) => Index.WithPair(Layer, a, b);
    }

    private void Collect(in Lists lists, Asked asked, AskedName name, int units)
    {
        int from = Count;
        for (int u = units - 1; u >= 0; u--) // what covers several tokens comes first
        {
            var unit = asked.Unit(name.FirstUnit + u);
            if (!unit.IsPart) AddUnit(lists, unit, _near[u], _unread[u]);
            else if (unit.IsFirstPart && u + 1 < units)
                AddParts(lists, unit, asked.Unit(name.Tokens[BitOperations.TrailingZeroCount(unit.Covers)].Unit).Weight, _near[u], _near[u + 1]);
        }
        int paired = Math.Min(name.TokenCount, UnitsPairedMax);
        for (int i = 0; i < paired; i++)
            for (int j = i + 1; j < paired; j++) AddPairs(lists, _unread[i], _unread[j], 1u << i, 1u << j);
        TakeLeftOver(lists.Index, paired, from);
    }

    /// <summary>What a token at this cost promises: its evidence, less the cost, and that its unit is not left unanswered.</summary>
    private static float Promise(Unit unit, int step) =>
        unit.EvidenceAt(step) - (CostShare * step / Unit.StepsPerNat) + (unit.IsPart ? 0 : LeftShare * unit.Weight);

    /// <param name="own">As the layer counts it.</param>
    private void AddPlace(in Lists lists, int own, uint covers, float evidence, float met)
    {
        int place = lists.FirstPlace + own;
        int mask = _slots.Length - 1;
        int slot = (int)((uint)place * 0x9E3779B1u >> 8) & mask;
        while (_slots[slot] is > 0 and var found && _all[found - 1].Place != place) slot = (slot + 1) & mask;
        if (_slots[slot] == 0)
        {
            if (Count == Max || lists.Index.IsDropped(place)) return;
            _all[Count] = new Candidate { Place = place, Slot = slot };
            _slots[slot] = ++Count;
            lists.Index.PrefetchOutline(place);
        }
        ref var candidate = ref _all[_slots[slot] - 1];
        if ((candidate.Matched & covers) != 0) return;
        candidate.Matched |= covers;
        candidate.Evidence += evidence;
        candidate.Met += met;
    }

    private void AddUnit(in Lists lists, Unit unit, List<Promised> near, List<Unread> unread)
    {
        unread.Clear();
        int left = unit.Kind is UnitKind.Token ? PlacesOfUnitMax : PlacesOfOtherMax;
        float least = (LeftShare * unit.Weight) + PromiseMin;
        foreach (var promised in near)
        {
            if (promised.Evidence < least) return;
            var places = lists.PlacesOf(promised.Token);
            if (places.Length > left)
            {
                if (unread.Count < UnreadMax) unread.Add(new(promised, Outlines.BitsOf(promised.Token), places.Length >= PairLists.CommonFrom));
                continue;
            }
            left -= places.Length;
            foreach (int place in places) AddPlace(lists, place, unit.Covers, promised.Evidence, promised.Weight);
        }
    }

    private void AddPairs(in Lists lists, List<Unread> first, List<Unread> second, uint coversA, uint coversB)
    {
        int left = PlacesOfPairMax;
        foreach (var (a, _, isCommonA) in first)
            foreach (var (b, _, isCommonB) in second)
            {
                if (!isCommonA || !isCommonB) continue;
                var pairs = lists.WithPair(a.Token, b.Token);
                if (pairs.Length > left) pairs = pairs[..left];
                left -= pairs.Length;
                foreach (ulong pair in pairs)
                {
                    AddPlace(lists, (int)(uint)pair, coversA, a.Evidence, a.Weight);
                    AddPlace(lists, (int)(uint)pair, coversB, b.Evidence, b.Weight);
                }
                if (left == 0) return;
            }
    }

    /// <summary>Both parts of a token must stand in the record.</summary>
    private void AddParts(in Lists lists, Unit unit, float whole, List<Promised> first, List<Promised> second)
    {
        uint covers = unit.Covers;
        int most = unit.Cost.Script.RunsTogether ? SyllablesMax : unit.IsElement ? ElementsMax : PartsMax;
        float cost = unit.IsElement ? 0 : PartsCost;
        foreach (var a in Nearest(first, most))
            foreach (var b in Nearest(second, most))
            {
                var (rare, other) = lists.PlacesOf(a.Token).Length <= lists.PlacesOf(b.Token).Length ? (a, b) : (b, a);
                var places = lists.PlacesOf(rare.Token);
                float evidence = a.Evidence + b.Evidence + (LeftShare * whole) - cost;
                if (places.Length >= PairLists.CommonFrom)
                {
                    var pairs = lists.WithPair(a.Token, b.Token);
                    foreach (ulong pair in pairs[..Math.Min(pairs.Length, PlacesOfOtherMax)]) AddPlace(lists, (int)(uint)pair, covers, evidence, a.Weight + b.Weight);
                    continue;
                }
                foreach (int place in places)
                    if (lists.PlacesOf(other.Token).BinarySearch(place) >= 0) AddPlace(lists, place, covers, evidence, a.Weight + b.Weight);
            }
    }

    private static Span<Promised> Nearest(List<Promised> near, int most) => CollectionsMarshal.AsSpan(near)[..Math.Min(near.Count, most)];
}
