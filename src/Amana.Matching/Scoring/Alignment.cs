using System.Numerics;
using Amana.Matching.Asking;
using Amana.Matching.Index;
using Amana.Matching.Names;
using Amana.Matching.Scripts;

namespace Amana.Matching.Scoring;

internal enum Relation : byte { Same, Spelling, Romanisation, Initial, Joined }

/// <summary>Asked tokens beside the tokens of the record that are taken for the same.</summary>
internal struct Rung
{
    public uint Asked, Listed;
    public float Evidence;
    /// <summary>Nats of spelling difference.</summary>
    public float Cost;
    /// <summary>How much of its weight the word keeps, which <see cref="Evidence"/> is less by: little for a particle or title.</summary>
    public float Own;
    public Relation Relation;
    public bool IsExact;
    /// <summary>From one script to another.</summary>
    public bool IsAcross;
}

/// <summary>Lays an asked name beside a listed one: which token answers which, by the strongest evidence first. Reused.</summary>
internal sealed class Alignment
{
    /// <summary>What a matching initial proves, of what its full token would.</summary>
    private const float InitialShare = 0.25f;
    private const int MovesMax = 512;

    private readonly Rung[] _moves = new Rung[MovesMax];
    private int _moveCount;
    private readonly Rung[] _rungs = new Rung[NameLimits.TokensMax * 2];
    /// <summary>Of each listed token without an answer: what it would prove by itself, and its first letter.</summary>
    private readonly float[] _weights = new float[NameLimits.TokensMax];
    private readonly byte[] _firsts = new byte[NameLimits.TokensMax];

    public int Count { get; private set; }
    public ReadOnlySpan<Rung> Rungs => _rungs.AsSpan(0, Count);
    public uint AskedMatched { get; private set; }
    public uint ListedMatched { get; private set; }

    public void Align(PackedIndex index, Asked asked, AskedName name, ReadOnlySpan<int> listed, TokenMap map)
    {
        if (listed.Length > NameLimits.TokensMax) listed = listed[..NameLimits.TokensMax];
        (Count, _moveCount, AskedMatched, ListedMatched) = (0, 0, 0, 0);
        FindMoves(index, asked, name, listed, map);
        TakeBest();
        uint initials = ReadLeft(index, asked, listed);
        TakeInitials(asked, name, listed.Length, initials);
    }

    private void FindMoves(PackedIndex index, Asked asked, AskedName name, ReadOnlySpan<int> listed, TokenMap map)
    {
        int last = name.FirstUnit + name.UnitCount;
        for (int at = 0; at < listed.Length; at++)
        {
            int first = map.First(listed[at]);
            if (first < 0) continue;
            var script = index.TokenAt(listed[at]).Script;
            for (int e = first; e >= 0; e = map[e].Next)
            {
                ref readonly var entry = ref map[e];
                if (entry.Unit < name.FirstUnit || entry.Unit >= last) continue;
                var unit = asked.Unit(entry.Unit);
                if (unit.IsFirstPart) AddParts(asked, entry.Unit, entry.Step, listed, at, map);
                else if (!unit.IsSecondPart) AddMove(MoveOf(unit, entry.Step, at, script));
            }
        }
    }

    private static Rung MoveOf(Unit unit, byte step, int at, Script script)
    {
        bool isAcross = script != unit.Cost.Script;
        var relation = unit.Kind is UnitKind.Joined ? Relation.Joined
            : isAcross ? Relation.Romanisation
            : step == 0 ? Relation.Same : Relation.Spelling;
        return new Rung
        {
            Asked = unit.Covers, Listed = 1u << at, Evidence = unit.EvidenceAt(step), Own = unit.Own, Relation = relation,
            Cost = step / Unit.StepsPerNat, IsExact = relation is Relation.Same, IsAcross = isAcross,
        };
    }

    /// <summary>The token's two parts stand beside each other in the record, or with one short token between them; two syllables of a
    /// given name also in the other order.</summary>
    private void AddParts(Asked asked, int unit, int step, ReadOnlySpan<int> listed, int at, TokenMap map)
    {
        if (at > 0 && asked.Unit(unit).Cost.Script.RunsTogether) AddParts(asked, unit, step, listed, at, at - 1, Limits.SyllablesSwapped, map);
        for (int next = at + 1; next < listed.Length && next <= at + 2; next++) AddParts(asked, unit, step, listed, at, next, 0, map);
    }

    private void AddParts(Asked asked, int unit, int step, ReadOnlySpan<int> listed, int at, int next, int swapped, TokenMap map)
    {
        for (int e = map.First(listed[next]); e >= 0; e = map[e].Next)
            if (map[e].Unit == unit + 1 && !IsMetWhole(asked, unit, step + map[e].Step, listed[at], map) && !IsMetWhole(asked, unit, step + map[e].Step, listed[next], map))
                AddMove(new Rung
                {
                    Asked = asked.Unit(unit).Covers, Listed = (1u << at) | (1u << next), Relation = Relation.Joined,
                    Evidence = asked.Unit(unit).EvidenceAt(step) + asked.Unit(unit + 1).EvidenceAt(map[e].Step),
                    Cost = (step + map[e].Step + swapped) / Unit.StepsPerNat, Own = Math.Min(asked.Unit(unit).Own, asked.Unit(unit + 1).Own),
                });
    }

    /// <summary>Whether the whole token is as near to one of the two by itself: then the other has no part in it.</summary>
    private static bool IsMetWhole(Asked asked, int part, int step, int listed, TokenMap map)
    {
        for (int e = map.First(listed); e >= 0; e = map[e].Next)
            if (map[e].Step <= step && asked.Unit(map[e].Unit) is { Kind: UnitKind.Token } whole
                && whole.AskedName == asked.Unit(part).AskedName && whole.Covers == asked.Unit(part).Covers) return true;
        return false;
    }

    private void AddMove(Rung rung)
    {
        if (_moveCount == MovesMax) return;
        int at = _moveCount++;
        while (at > 0 && IsBetter(rung, _moves[at - 1])) (_moves[at], at) = (_moves[at - 1], at - 1);
        _moves[at] = rung;
    }

    /// <summary>A first estimate, in nats: evidence less spelling costs and what is left unanswered on both sides.</summary>
    public float Net(Asked asked, AskedName name, int listed)
    {
        float net = 0;
        foreach (ref readonly var rung in Rungs) net += rung.Evidence - (Limits.CostShare * rung.Cost);
        for (uint left = name.AllTokens & ~AskedMatched; left != 0; left &= left - 1)
            net -= Limits.AskedLeftShare * asked.Unit(name.Tokens[BitOperations.TrailingZeroCount(left)].Unit).Weight;
        for (int at = 0; at < listed && at < NameLimits.TokensMax; at++)
            if ((ListedMatched & (1u << at)) == 0) net -= Limits.ListedLeftShare * _weights[at];
        return net;
    }

    private static bool IsBetter(in Rung a, in Rung b) => a.Evidence > b.Evidence || (a.Evidence == b.Evidence && a.Cost < b.Cost);

    private void TakeBest()
    {
        foreach (ref readonly var move in _moves.AsSpan(0, _moveCount))
            if ((move.Asked & AskedMatched) == 0 && (move.Listed & ListedMatched) == 0) Take(move);
    }

    private void Take(in Rung rung)
    {
        _rungs[Count++] = rung;
        AskedMatched |= rung.Asked;
        ListedMatched |= rung.Listed;
    }

    /// <returns>Which listed tokens without an answer are initials, a bit each.</returns>
    private uint ReadLeft(PackedIndex index, Asked asked, ReadOnlySpan<int> listed)
    {
        uint initials = 0;
        for (int at = 0; at < listed.Length; at++)
        {
            if ((ListedMatched & (1u << at)) != 0) continue;
            ref readonly var facts = ref index.TokenAt(listed[at]);
            _weights[at] = Weights.Of(facts, asked.LogPopulation);
            _firsts[at] = facts.First;
            if (facts.Length == 1 && facts.Script.HasInitials) initials |= 1u << at;
        }
        return initials;
    }

    private void TakeInitials(Asked asked, AskedName name, int listed, uint initials)
    {
        for (uint left = name.AllTokens & ~AskedMatched; left != 0; left &= left - 1)
        {
            int i = BitOperations.TrailingZeroCount(left);
            ref readonly var token = ref name.Tokens[i];
            if (token.First == 0 || (token.Initial == 0 && initials == 0)) continue;
            for (int at = 0; at < listed; at++)
            {
                uint one = 1u << at;
                if ((ListedMatched & one) != 0 || _firsts[at] != token.First || (token.Initial == 0 && (initials & one) == 0)) continue;
                float whole = token.Initial != 0 ? _weights[at] : asked.Unit(token.Unit).Weight;
                Take(new Rung { Asked = 1u << i, Listed = one, Own = 1, Relation = Relation.Initial, Evidence = Math.Min(whole * InitialShare, 2.5f) });
                break;
            }
        }
    }
}

/// <summary>What a listed token would prove by itself.</summary>
internal static class Weights
{
    public static float Of(in Token facts, float logPopulation) => facts.Own * 0.01f * Math.Max(0, logPopulation - facts.LogCommon);
}
