using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Amana.Matching.Asking;
using Amana.Matching.Index;
using Amana.Matching.Scripts;

namespace Amana.Matching.Scoring;

/// <summary>What is measured of an alignment, in the order of the model's columns. Nats unless said otherwise.</summary>
internal enum Feature
{
    /// <summary>Evidence of the rungs, above what a list of this size gives by chance: minus the logarithm of how many of its subjects
    /// would come this near.</summary>
    Surprise,
    /// <summary>Evidence of the rungs, and of the strongest and the weakest of them.</summary>
    Matched, Strongest, Weakest,
    /// <summary>Spelling difference of all rungs, and of the worst.</summary>
    Cost, WorstCost,
    /// <summary>Of the worst rung of one script, what the rarer of its two spellings would prove by itself: a slip makes a word that
    /// nobody is called, and two words that many are called are two names. <see cref="NameFeatures.NoSlip"/> where nothing differs.</summary>
    Oddest,
    /// <summary>Weight of the tokens that nothing answers, of the question, of the record, and the lesser of the two.</summary>
    AskedLeft, ListedLeft, Clash,
    /// <summary>Counts of such tokens.</summary>
    AskedLeftTokens, ListedLeftTokens,
    /// <summary>Shares of each side's weight that are answered, 0 to 1.</summary>
    AskedShare, ListedShare,
    /// <summary>Rungs with the same letters; initials; tokens joined or split.</summary>
    Exact, Initials, Joined,
    /// <summary>Rungs from one script to another.</summary>
    Across,
    /// <summary>Tokens of both sides.</summary>
    AskedTokens, ListedTokens,
    /// <summary>1 when the tokens stand in the same order.</summary>
    InOrder,
    /// <summary>1 for an organisation, vessel or aircraft.</summary>
    IsThing,
    Count,
}

[InlineArray((int)Feature.Count)]
internal struct NameFeatures
{
    public const float NoSlip = 16;

    /// <summary>Beside a given and a family name that are answered, a patronymic left out counts for this share of what it would.</summary>
    private const float PatronymicLeftShare = 0.4f;
    private const int NamesBesidePatronymic = 2;

    private float _first;

    public float this[Feature feature]
    {
        readonly get => this[(int)feature];
        set => this[(int)feature] = value;
    }

    public readonly ReadOnlySpan<float> Span => MemoryMarshal.CreateReadOnlySpan(in _first, (int)Feature.Count);

    /// <summary>Whether both are the same tokens, in whatever order.</summary>
    public readonly bool IsSame => this[Feature.Exact] == this[Feature.AskedTokens] && this[Feature.Exact] == this[Feature.ListedTokens];

    public static NameFeatures Of(PackedIndex index, Asked asked, AskedName name, ReadOnlySpan<int> listed, Alignment alignment, SubjectKind kind)
    {
        var f = new NameFeatures();
        f.AddRungs(alignment);
        f[Feature.Oddest] = OddestOf(index, asked, name, listed, alignment);
        f.AddAsked(asked, name, alignment.AskedMatched);
        f.AddListed(index, listed, alignment.ListedMatched, asked.LogPopulation);
        f[Feature.Surprise] = f[Feature.Matched] - Rarity.LogOf(asked.Population);
        f[Feature.Clash] = Math.Min(f[Feature.AskedLeft], f[Feature.ListedLeft]);
        f[Feature.InOrder] = IsInOrder(alignment) ? 1 : 0;
        f[Feature.IsThing] = kind is SubjectKind.Organization or SubjectKind.Vessel or SubjectKind.Aircraft ? 1 : 0;
        return f;
    }

    private void AddRungs(Alignment alignment)
    {
        float weakest = float.MaxValue;
        foreach (ref readonly var rung in alignment.Rungs)
        {
            this[Feature.Matched] += rung.Evidence;
            this[Feature.Strongest] = Math.Max(this[Feature.Strongest], rung.Evidence);
            weakest = Math.Min(weakest, rung.Evidence);
            this[Feature.Cost] += rung.Cost;
            this[Feature.WorstCost] = Math.Max(this[Feature.WorstCost], rung.Cost);
            this[Feature.Exact] += rung.IsExact ? 1 : 0;
            this[Feature.Initials] += rung.Relation is Relation.Initial ? 1 : 0;
            this[Feature.Joined] += rung.Relation is Relation.Joined ? 1 : 0;
            this[Feature.Across] += rung.IsAcross ? 1 : 0;
        }
        this[Feature.Weakest] = alignment.Count == 0 ? 0 : weakest;
    }

    private static float OddestOf(PackedIndex index, Asked asked, AskedName name, ReadOnlySpan<int> listed, Alignment alignment)
    {
        float worst = 0, oddest = NoSlip;
        foreach (ref readonly var rung in alignment.Rungs)
        {
            if (rung.Relation is not Relation.Spelling || rung.Cost <= worst) continue;
            worst = rung.Cost;
            var unit = asked.Unit(name.Tokens[BitOperations.TrailingZeroCount(rung.Asked)].Unit);
            float other = asked.LogPopulation - index.TokenAt(listed[BitOperations.TrailingZeroCount(rung.Listed)]).LogCommon;
            oddest = Math.Clamp(Math.Max(unit.Rarity, other), 0, NoSlip);
        }
        return oddest;
    }

    private void AddAsked(Asked asked, AskedName name, uint matched)
    {
        float answered = 0;
        bool mayLackPatronymic = BitOperations.PopCount(matched) >= NamesBesidePatronymic;
        for (int i = 0; i < name.TokenCount; i++)
        {
            var unit = asked.Unit(name.Tokens[i].Unit);
            if ((matched & (1u << i)) != 0) answered += unit.Weight;
            else
            {
                float share = mayLackPatronymic && NameTables.IsPatronymic(unit.Cost.Readings.Main) ? PatronymicLeftShare : 1;
                this[Feature.AskedLeft] += share * unit.Weight;
                this[Feature.AskedLeftTokens] += share * unit.Own;
            }
        }
        this[Feature.AskedTokens] = name.TokenCount;
        this[Feature.AskedShare] = answered / Math.Max(answered + this[Feature.AskedLeft], 1e-3f);
    }

    private void AddListed(PackedIndex index, ReadOnlySpan<int> listed, uint matched, float logPopulation)
    {
        float answered = 0;
        int count = Math.Min(listed.Length, Names.NameLimits.TokensMax);
        for (int at = 0; at < count; at++)
        {
            float weight = Weights.Of(index.TokenAt(listed[at]), logPopulation);
            if ((matched & (1u << at)) != 0) answered += weight;
            else
            {
                this[Feature.ListedLeft] += weight;
                this[Feature.ListedLeftTokens] += index.TokenAt(listed[at]).Own * 0.01f;
            }
        }
        this[Feature.ListedTokens] = count;
        this[Feature.ListedShare] = answered / Math.Max(answered + this[Feature.ListedLeft], 1e-3f);
    }

    /// <summary>Whether the rungs cross nowhere.</summary>
    private static bool IsInOrder(Alignment alignment)
    {
        foreach (ref readonly var a in alignment.Rungs)
            foreach (ref readonly var b in alignment.Rungs)
                if (BitOperations.TrailingZeroCount(a.Asked) < BitOperations.TrailingZeroCount(b.Asked) && a.Listed > b.Listed) return false;
        return true;
    }
}
