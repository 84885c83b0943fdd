using System.Numerics;
using Amana.Matching.Asking;
using Amana.Matching.Index;
using Amana.Matching.Scripts;

namespace Amana.Matching.Scoring;

/// <summary>Writes an alignment down for people: one rung a token.</summary>
internal static class NameLadder
{
    /// <summary>Nats from which two forms of a given name are no longer two spellings.</summary>
    private const float NicknameCost = 2f;
    /// <summary>A word that keeps less of its weight than this is no name.</summary>
    public const float LightBelow = 0.5f;

    public static Evidence Write(PackedIndex index, Asked asked, AskedName name, int listedName, Alignment alignment, SubjectKind kind, double score)
    {
        var text = new NameText();
        string listed = index.NameText(listedName);
        text.Read(listed);
        if (kind is SubjectKind.Organization) text.JoinCompanyForms();
        var tokens = index.TokensOf(listedName);
        double total = 0;
        for (int i = 0; i < name.TokenCount; i++) total += WeightOf(asked, name, 1u << i);
        for (int at = 0; at < tokens.Length; at++)
            if ((alignment.ListedMatched & (1u << at)) == 0) total += Weights.Of(index.TokenAt(tokens[at]), asked.LogPopulation);
        total = Math.Max(total, 1e-9);
        var rungs = new List<TokenEvidence>();
        for (int i = 0; i < name.TokenCount; i++)
            if (Answering(alignment, i) is not { } rung) rungs.Add(Unanswered(asked, name, i, total));
            else if (BitOperations.TrailingZeroCount(rung.Asked) == i) rungs.Add(Rung(index, asked, name, text, tokens, rung, total));
        for (int at = 0; at < tokens.Length && at < text.Count; at++)
            if ((alignment.ListedMatched & (1u << at)) == 0)
                rungs.Add(new TokenEvidence
                {
                    Listed = text.Raw(at).ToString(), ListedRomanised = Romanised(index, tokens[at]), Relation = "only-listed", Similarity = 0,
                    Weight = Weights.Of(index.TokenAt(tokens[at]), asked.LogPopulation) / total,
                });
        return new Evidence
        {
            Field = "name", Score = score, Contribution = score, Asked = name.Raw, Listed = listed, Tokens = rungs,
            PeopleInMillion = kind is SubjectKind.Person or SubjectKind.Any ? Namesakes.InMillion(asked, name, alignment.Rungs) : null,
            Effect = score >= 0.7 ? Effect.Supports : score >= 0.3 ? Effect.SupportsALittle : Effect.SpeaksAgainst,
            Reason = score >= 0.9 ? "name.same" : score >= 0.5 ? "name.similar" : "name.shares-little",
        };
    }

    private static Rung? Answering(Alignment alignment, int token)
    {
        foreach (var rung in alignment.Rungs)
            if ((rung.Asked & (1u << token)) != 0) return rung;
        return null;
    }

    private static TokenEvidence Unanswered(Asked asked, AskedName name, int token, double total) => new()
    {
        Asked = Written(name, 1u << token), AskedRomanised = Romanised(asked.Unit(name.Tokens[token].Unit).Cost), Relation = "only-asked",
        Similarity = 0, Weight = WeightOf(asked, name, 1u << token) / total,
    };

    private static TokenEvidence Rung(PackedIndex index, Asked asked, AskedName name, NameText text, ReadOnlySpan<int> tokens, in Rung rung, double total)
    {
        var listed = new List<string>();
        var romanised = new List<string>();
        for (int at = 0; at < tokens.Length && at < text.Count; at++)
            if ((rung.Listed & (1u << at)) != 0)
            {
                listed.Add(text.Raw(at).ToString());
                if (Romanised(index, tokens[at]) is { } latin) romanised.Add(latin);
            }
        int first = BitOperations.TrailingZeroCount(rung.Asked);
        return new TokenEvidence
        {
            Asked = Written(name, rung.Asked), Listed = string.Join(' ', listed),
            AskedRomanised = Romanised(asked.Unit(name.Tokens[first].Unit).Cost), ListedRomanised = romanised.Count == 0 ? null : string.Join(' ', romanised),
            Relation = Word(rung, asked.Unit(name.Tokens[first].Unit).Cost.Token, index.TokenText(tokens[BitOperations.TrailingZeroCount(rung.Listed)])), Similarity = rung.Relation is Relation.Initial ? 0.5 : Math.Exp(-rung.Cost / 8), Weight = WeightOf(asked, name, rung.Asked) / total,
        };
    }

    private static string Word(in Rung rung, ReadOnlySpan<char> asked, ReadOnlySpan<char> listed) => rung.Relation switch
    {
        Relation.Joined => "joined",
        Relation.Initial => "initial",
        _ when LightWord(asked) is { } word => word,
        Relation.Same => "same",
        Relation.Spelling when rung.Cost >= NicknameCost && NameTables.AreGivenNameForms(asked, listed) => "nickname",
        Relation.Spelling => "spelling",
        _ => "romanisation",
    };

    /// <summary>What kind of word it is when it says little by itself; null for a name.</summary>
    private static string? LightWord(ReadOnlySpan<char> word) =>
        NameTables.CompanyForm(word) != 0 ? "company-form"
        : NameTables.TitleWeight(word) < LightBelow ? "title"
        : NameTables.ParticleWeight(word) < LightBelow ? "particle"
        : null;

    private static double WeightOf(Asked asked, AskedName name, uint tokens)
    {
        double sum = 0;
        for (int i = 0; i < name.TokenCount; i++)
            if ((tokens & (1u << i)) != 0) sum += asked.Unit(name.Tokens[i].Unit).Weight;
        return sum;
    }

    private static string Written(AskedName name, uint tokens)
    {
        int first = BitOperations.TrailingZeroCount(tokens), last = 31 - BitOperations.LeadingZeroCount(tokens);
        int start = name.Tokens[first].RawStart, end = name.Tokens[last].RawStart + name.Tokens[last].RawLength;
        return name.Raw[start..Math.Min(end, name.Raw.Length)].Trim();
    }

    private static string? Romanised(TokenCost cost) => cost.Script is Script.Latn || cost.Readings.Count == 0 ? null : cost.Readings.Main.ToString();

    private static string? Romanised(PackedIndex index, int token) =>
        index.TokenAt(token).Script is Script.Latn or Script.Zyyy || index.ReadingOf(token).IsEmpty ? null : index.ReadingOf(token).ToString();
}
