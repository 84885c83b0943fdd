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
        TakeInitials(index, asked, name, listed);
    }

    private void FindMoves(PackedIndex index, Asked asked, AskedName name, ReadOnlySpan<int> listed, TokenMap map)
    {
        int last = name.FirstUnit + name.UnitCount;
        for (int at = 0; at < listed.Length; at++)
            for (int e = map.First(listed[at]); e >= 0; e = map[e].Next)
            {
                var entry = map[e];
                if (entry.Unit < name.FirstUnit || entry.Unit >= last) continue;
                var unit = asked.Unit(entry.Unit);
                if (unit.Kind is UnitKind.SecondPart) continue;
                if (unit.Kind is UnitKind.FirstPart)
                {
                    AddParts(asked, entry.Unit, entry.Step, listed, at, map);
                    continue;
                }
                bool exact = entry.Step == 0;
                var relation = unit.Kind is UnitKind.Joined ? Relation.Joined
                    : index.Tokens[listed[at]].Script != unit.Cost.Script ? Relation.Romanisation
                    : exact ? Relation.Same : Relation.Spelling;
                AddMove(new Rung
                {
                    Asked = unit.Covers, Listed = 1u << at, Evidence = unit.EvidenceAt(entry.Step), Relation = relation,
                    Cost = entry.Step / Unit.StepsPerNat, IsExact = exact && relation is Relation.Same,
                    IsAcross = index.Tokens[listed[at]].Script != unit.Cost.Script,
                });
            }
    }

    /// <summary>The token's two parts stand beside each other in the record, or with one short token between them.</summary>
    private void AddParts(Asked asked, int unit, int step, ReadOnlySpan<int> listed, int at, TokenMap map)
    {
        for (int next = at + 1; next < listed.Length && next <= at + 2; next++)
            for (int e = map.First(listed[next]); e >= 0; e = map[e].Next)
                if (map[e].Unit == unit + 1)
                    AddMove(new Rung
                    {
                        Asked = asked.Unit(unit).Covers, Listed = (1u << at) | (1u << next), Relation = Relation.Joined,
                        Evidence = asked.Unit(unit).EvidenceAt(step) + asked.Unit(unit + 1).EvidenceAt(map[e].Step),
                        Cost = (step + map[e].Step) / Unit.StepsPerNat,
                    });
    }

    private void AddMove(Rung rung)
    {
        if (_moveCount == MovesMax) return;
        int at = _moveCount++;
        while (at > 0 && IsBetter(rung, _moves[at - 1])) (_moves[at], at) = (_moves[at - 1], at - 1);
        _moves[at] = rung;
    }

    /// <summary>A first estimate, in nats: evidence less spelling costs and what is left unanswered on both sides.</summary>
    public float Net(PackedIndex index, Asked asked, AskedName name, ReadOnlySpan<int> listed)
    {
        float net = 0;
        foreach (ref readonly var rung in Rungs) net += rung.Evidence - (Limits.CostShare * rung.Cost);
        for (uint left = name.AllTokens & ~AskedMatched; left != 0; left &= left - 1)
            net -= Limits.AskedLeftShare * asked.Unit(name.Tokens[BitOperations.TrailingZeroCount(left)].Unit).Weight;
        for (int at = 0; at < listed.Length && at < NameLimits.TokensMax; at++)
            if ((ListedMatched & (1u << at)) == 0) net -= Limits.ListedLeftShare * Weights.Of(index.Tokens.Span[listed[at]], asked.LogPopulation);
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

    private void TakeInitials(PackedIndex index, Asked asked, AskedName name, ReadOnlySpan<int> listed)
    {
        for (int i = 0; i < name.TokenCount; i++)
        {
            if ((AskedMatched & (1u << i)) != 0) continue;
            ref readonly var token = ref name.Tokens[i];
            for (int at = 0; at < listed.Length; at++)
            {
                if ((ListedMatched & (1u << at)) != 0) continue;
                var other = index.Tokens[listed[at]];
                if (other.First == 0 || other.First != token.First || (token.Initial == 0 && (other.Length != 1 || !other.Script.HasInitials))) continue;
                float whole = token.Initial != 0 ? Weights.Of(other, asked.LogPopulation) : asked.Unit(token.Unit).Weight;
                Take(new Rung { Asked = 1u << i, Listed = 1u << at, Relation = Relation.Initial, Evidence = Math.Min(whole * InitialShare, 2.5f) });
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
