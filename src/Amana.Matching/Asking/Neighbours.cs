using System.Runtime.InteropServices;
using Amana.Matching.Index;
using Amana.Matching.Names;
using Amana.Matching.Scripts;

namespace Amana.Matching.Asking;

/// <summary>Finds the tokens of an index that may be another spelling of a unit. Reused.</summary>
/// <remarks>Tokens come from the skeletons that the unit may have and from the deletion of letters, and are compared by sound,
/// many at once. Where a script has learned letter costs, those decide about the nearest by sound.</remarks>
internal sealed class Neighbours
{
    private const int SeenSlots = 1 << 13;
    /// <summary>Readings compared by sound, and tokens whose letters are looked at.</summary>
    private const int ReadingsMax = 4, LettersMax = 160;
    /// <summary>Steps that the letters may save on what the sounds cost.</summary>
    private const int SoundSlack = 12;
    /// <summary>Steps that a likeness by sound alone costs more where letters have costs.</summary>
    private const int BySoundAlone = 12;
    /// <summary>Tokens ahead whose letters are fetched from memory.</summary>
    private const int Ahead = 3;
    /// <summary>Steps: two spellings that sound the same are still two.</summary>
    private const int SameSound = 3;

    /// <summary>A round above a token.</summary>
    private readonly ulong[] _seen = new ulong[SeenSlots];
    private uint _round;
    private readonly ulong[] _keys = new ulong[Skeleton.KeysMax];
    private readonly uint[] _deletions = new uint[Deletions.KeysMax];
    private readonly SoundDistance _distance = new();
    private readonly Gathered _written = new(SoundCosts.Written), _unwritten = new(SoundCosts.Unwritten);
    private readonly SoundCodes[] _readings = new SoundCodes[ReadingsMax];
    private readonly byte[] _ownCosts = new byte[ReadingsMax];
    private int _readingCount;
    /// <summary>Tokens met by the deletion of letters.</summary>
    private readonly List<int> _deleted = [];
    /// <summary>A step above a token.</summary>
    private readonly List<ulong> _found = [];
    /// <summary>A cost by sound above a script above a token.</summary>
    private readonly List<ulong> _spelled = [];
    private readonly List<Neighbour> _near = [];
    /// <summary>Sets of given names that the unit belongs to.</summary>
    private ushort[] _ownSets = [];

    /// <summary>See <see cref="Asking.Search.ComparesEveryToken"/>.</summary>
    internal bool ComparesEveryToken { get; set; }

    /// <summary>Adds to the map each token near the unit, and counts its subjects.</summary>
    public void Find(PackedIndex index, Asked asked, int number, TokenMap map)
    {
        var unit = asked.Unit(number);
        var cost = unit.Cost;
        var entry = ComparesEveryToken ? null : index.Recent.Find(cost.Token, cost.Script, unit.Kind);
        if (entry is null)
        {
            Search(index, unit);
            float beyond = Rarity.Beyond(cost.Readings);
            Cut(index, beyond);
            entry = new RecentNeighbours.Entry(cost.Token.ToString(), cost.Script, unit.Kind, beyond, [.. _near]);
            if (!ComparesEveryToken) index.Recent.Keep(entry);
        }
        unit.Beyond = entry.Beyond;
        foreach (ref readonly var near in entry.Near.AsSpan())
        {
            index.PrefetchToken(near.Token);
            if (IsNearWithFewer(asked, unit, near, map) || map.Add(near.Token, number, near.Step)) unit.Count(near.Step, near.Subjects);
        }
    }

    /// <summary>Whether fewer of the tokens that were joined are as near by themselves: then the others have no part in it.</summary>
    private static bool IsNearWithFewer(Asked asked, Unit joined, in Neighbour near, TokenMap map)
    {
        if (joined.Kind is not UnitKind.Joined) return false;
        for (int e = map.First(near.Token); e >= 0; e = map[e].Next)
            if (map[e].Step <= near.Step && asked.Unit(map[e].Unit) is { IsPart: false } fewer
                && fewer.AskedName == joined.AskedName && (fewer.Covers & ~joined.Covers) == 0) return true;
        return false;
    }

    private void Search(PackedIndex index, Unit unit)
    {
        _round++;
        _near.Clear();
        _found.Clear();
        _written.Clear();
        _unwritten.Clear();
        var cost = unit.Cost;
        _ownSets = NameTables.GivenNameSets(cost.Token);
        if (index.Find(cost.Token) is >= 0 and var same && IsNew(same)) Keep(index, same, 0);
        if (cost.Token.Length == 1 && cost.Script.HasInitials) return; // an initial
        if (unit.Kind is UnitKind.Token or UnitKind.Joined || unit.IsElement) ByGivenName(index, cost.Script);
        if (unit.Kind is UnitKind.Token or UnitKind.Joined && cost.Script.RunsTogether) BySyllablesSwapped(index, cost.Token);
        ReadSounds(cost.Readings, cost.Script);
        if (_readingCount == 0) return;
        var skeletons = _keys.AsSpan(0, Skeleton.Keys(cost.Readings, _keys));
        var deletions = _deletions.AsSpan(0, unit.Kind is UnitKind.Token ? Deletions.Of(cost.Readings.Main, _deletions) : 0);
        index.PrefetchKeys(skeletons, deletions);
        BySkeleton(index, unit, skeletons);
        ByDeletion(index, unit, deletions);
        if (ComparesEveryToken) ByNothing(index, unit);
        Take(index, unit, _written);
        Take(index, unit, _unwritten);
    }

    /// <summary>Of what was found, each token once at its lowest cost, without the tail that so many subjects bear at such a cost
    /// that it says nothing.</summary>
    private void Cut(PackedIndex index, float beyond)
    {
        double within = beyond, most = 0;
        int kept = 0, lastStep = -1;
        var found = CollectionsMarshal.AsSpan(_found);
        found.Sort();
        _round++;
        foreach (ulong one in found)
        {
            var (token, step) = ((int)(uint)one, (byte)(one >> 32));
            if (!IsNew(token)) continue;
            ref readonly var facts = ref index.TokenAt(token);
            float subjects = facts.Subjects + (step == 0 ? 0 : facts.Beyond); // the asked token's own are there already
            _near.Add(new Neighbour { Token = token, Step = step, Subjects = subjects });
            within += subjects;
            if (step != lastStep) most = Rarity.SubjectsFor(Limits.WorthMin + (Limits.CostShare * step / Unit.StepsPerNat), index.Subjects);
            lastStep = step;
            if (within <= most) kept = _near.Count;
        }
        _near.RemoveRange(kept, _near.Count - kept);
    }

    /// <summary>Short forms, and the name's forms in other languages.</summary>
    private void ByGivenName(PackedIndex index, Script script)
    {
        foreach (ushort set in _ownSets)
            foreach (string name in NameTables.NamesOfSet(set).AsSpan())
                if (index.Find(name) is >= 0 and var form) Keep(index, form, index.TokenAt(form).Script == script ? Limits.GivenNameForm : Limits.GivenNameFormAcross);
    }

    /// <summary>A given name of two syllables, the second first: lists disagree which comes first.</summary>
    private void BySyllablesSwapped(PackedIndex index, ReadOnlySpan<char> token)
    {
        if (token.Length == 2 && index.Find([token[1], token[0]]) is >= 0 and var swapped) Keep(index, swapped, Limits.SyllablesSwapped);
    }

    private void ReadSounds(Readings readings, Script script)
    {
        _readingCount = 0;
        for (int r = 0; r < readings.Count && _readingCount < ReadingsMax; r++)
        {
            _readings[_readingCount] = Sounds.Of(readings[r], script);
            if (_readings[_readingCount].Length == 0) continue;
            _ownCosts[_readingCount++] = (byte)Math.Min(byte.MaxValue, readings.Cost(r) * SoundCosts.StepsPerNat);
        }
    }

    private void BySkeleton(PackedIndex index, Unit unit, ReadOnlySpan<ulong> keys)
    {
        int length = _readings[0].Length, differ = unit.IsPart && !unit.IsElement ? Limits.PartLengthsDiffer : Limits.LengthsDiffer;
        foreach (ulong key in keys)
        {
            ushort check = TokenReadings.CheckOf(key);
            for (int layer = 0; layer < index.LayerCount; layer++)
                foreach (ref readonly var entry in index.WithSkeleton(layer, key))
                    if (entry.Check == check && Math.Abs(entry.Sounds.Length - length) <= differ && index.TryWhole(layer, entry.Token, out int token)
                        && (IsNew(token) || entry.Sounds.Script is not Script.Latn)) Side(unit, entry.Sounds.Script).Add(token, entry.Sounds);
        }
    }

    private void ByDeletion(PackedIndex index, Unit unit, ReadOnlySpan<uint> keys)
    {
        _deleted.Clear();
        foreach (uint key in keys)
            for (int layer = 0; layer < index.LayerCount; layer++)
                foreach (int own in index.WithDeletion(layer, key))
                {
                    if (!index.TryWhole(layer, own, out int token) || !IsNew(token)) continue;
                    index.PrefetchSounds(token);
                    _deleted.Add(token);
                }
        foreach (int token in _deleted)
        {
            ref readonly var sounds = ref index.SoundsAt(token);
            if (sounds.Length > 0 && Math.Abs(sounds.Length - _readings[0].Length) <= 2) Side(unit, sounds.Script).Add(token, sounds);
        }
    }

    /// <summary>Every token, as it is usually read.</summary>
    private void ByNothing(PackedIndex index, Unit unit)
    {
        foreach (int token in index.AllTokens())
        {
            ref readonly var sounds = ref index.SoundsAt(token);
            if (sounds.Length > 0) Side(unit, sounds.Script).Add(token, sounds);
        }
    }

    private Gathered Side(Unit unit, Script script) => script.LeavesVowelsOut || unit.Cost.Script.LeavesVowelsOut ? _unwritten : _written;

    private void Take(PackedIndex index, Unit unit, Gathered gathered)
    {
        gathered.Compare(_distance, _readings.AsSpan(0, _readingCount), _ownCosts.AsSpan(0, _readingCount));
        var limits = new StepLimits(index, unit);
        bool isLatin = unit.Cost.Script is Script.Latn;
        int lettersWithin = ComparesEveryToken ? limits.Most + SoundSlack : gathered.Within(LettersMax, limits.Most + SoundSlack);
        _spelled.Clear();
        for (int i = 0; i < gathered.Count; i++)
        {
            int sound = gathered.CostOf(i);
            if (sound > limits.Most + SoundSlack) continue;
            int token = gathered[i];
            var script = gathered.ScriptOf(i);
            if (isLatin && script is Script.Latn or Script.Zyyy)
            {
                if (limits.Allow(sound, token)) Keep(index, token, Math.Max(sound, SameSound));
            }
            else if (!isLatin && script is not Script.Latn && script != unit.Cost.Script)
            {
                if (limits.Allow(sound + BySoundAlone, token)) Keep(index, token, sound + BySoundAlone);
            }
            else if (sound <= lettersWithin)
            {
                index.PrefetchText(token);
                _spelled.Add(((ulong)sound << 40) | ((ulong)script << 32) | (uint)token);
            }
        }
        ByLetters(index, unit, limits);
    }

    /// <summary>Those whose letters decide, each by its nearest reading.</summary>
    private void ByLetters(PackedIndex index, Unit unit, StepLimits limits)
    {
        var spelled = CollectionsMarshal.AsSpan(_spelled);
        spelled.Sort();
        _round++;
        for (int i = 0; i < spelled.Length; i++)
        {
            if (i + Ahead < spelled.Length) index.PrefetchLetters((int)(uint)spelled[i + Ahead]);
            var (token, script, sound) = ((int)(uint)spelled[i], (Script)(byte)(spelled[i] >> 32), (int)(spelled[i] >> 40));
            if (!IsNew(token)) continue;
            float most = Math.Min(limits.MostNats, (sound + BySoundAlone) / SoundCosts.StepsPerNat);
            float cost = unit.Cost.To(index.TokenText(token), script, most, index.ReadingOf(token));
            int step = Math.Min(cost > most ? int.MaxValue : Unit.StepOf(cost), sound + BySoundAlone);
            if (script == unit.Cost.Script) step = Math.Max(step, SameSound);
            if (limits.Allow(step, token)) Keep(index, token, step);
        }
    }

    private void Keep(PackedIndex index, int token, int step)
    {
        if (_ownSets.Length > 0 && step > SameSound && IsAnotherName(index, token) && (step += Limits.AnotherName) > Limits.AnotherNameMost) return;
        index.PrefetchToken(token);
        _found.Add(((ulong)Math.Min(step, Unit.CostSteps - 1) << 32) | (uint)token);
    }

    /// <summary>Whether both are well-known given names, and not forms of one: Maria is no slip for Mario.</summary>
    private bool IsAnotherName(PackedIndex index, int token)
    {
        var sets = NameTables.GivenNameSets(index.TokenText(token));
        return sets.Length > 0 && sets.AsSpan().IndexOfAny(_ownSets) < 0;
    }

    /// <summary>Whether the token was not looked at for this unit yet. A full table forgets the oldest.</summary>
    private bool IsNew(int token)
    {
        int slot = (int)((uint)token * 0x9E3779B1u >> 19);
        ulong now = ((ulong)_round << 32) | (uint)token;
        if (_seen[slot] == now) return false;
        _seen[slot] = now;
        return true;
    }
}
