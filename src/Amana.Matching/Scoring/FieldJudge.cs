using System.Globalization;
using Amana.Matching.Fields;

namespace Amana.Matching.Scoring;

/// <summary>What one field beside the name says.</summary>
internal readonly record struct FieldVerdict(Effect Effect, double LogOdds, double? Score, string Reason, string? Asked, string? Listed);

/// <summary>Compares the fields beside the name and lets them move its score.</summary>
/// <remarks>The moves are in log-odds, so that they matter where a name is doubtful and little where it is certain. A
/// field that only agrees never lifts a score above what the name deserves: agreement is capped at
/// <see cref="LiftMax"/>, and a birth date alone lifts nothing.</remarks>
internal static class FieldJudge
{
    private const double LiftMax = 1.0;

    public static bool HasFields(Question q) =>
        q.BirthDates.Count > 0 || q.Countries.Count > 0 || q.Sex is not Sex.Unknown || q.IdNumbers.Count > 0;

    public readonly record struct Verdicts(FieldVerdict Born, FieldVerdict Country, FieldVerdict Sex, FieldVerdict Number);

    public static Verdicts Judge(Question q, Index.SubjectFields s) =>
        new(BirthDates.Judge(q.BirthDates, s.BirthDates), JudgeCountries(q.Countries, s.Countries), JudgeSex(q.Sex, s.Sex), JudgeNumbers(q.IdNumbers, s.IdNumbers));

    /// <summary>The name's score, moved.</summary>
    public static double Apply(double name, in Verdicts v)
    {
        double down = Math.Min(0, v.Born.LogOdds) + Math.Min(0, v.Country.LogOdds) + Math.Min(0, v.Sex.LogOdds) + Math.Min(0, v.Number.LogOdds);
        if (v.Number.Effect is Effect.Supports)
        {
            double lifted = Math.Max(Move(name, v.Number.LogOdds), NumberAlone * v.Number.Score!.Value);
            return v.Number.Score == 1 ? lifted : Move(lifted, down); // a number that may only be misread yields to what speaks against it
        }
        if (down < 0) return Move(name, down);
        double up = v.Country.LogOdds + v.Sex.LogOdds + v.Number.LogOdds;
        if (up > 0) up += v.Born.LogOdds; // a birth date alone never lifts
        return Move(name, Math.Min(up, LiftMax));
    }

    /// <summary>A document number that agrees is worth showing under any name; one that may be misread a little less.</summary>
    private const double NumberAlone = 0.75;

    private static double Move(double score, double logOdds)
    {
        if (logOdds == 0 || score <= 0) return score;
        double odds = Math.Min(score, 0.9999) / (1 - Math.Min(score, 0.9999)) * Math.Exp(logOdds);
        return logOdds < 0 ? odds / (1 + odds) : Math.Max(score, odds / (1 + odds));
    }

    private static FieldVerdict JudgeCountries(IReadOnlyList<string> asked, string[] listed)
    {
        if (asked.Count == 0 || listed.Length == 0) return new(Effect.Silent, 0, null, "country.not-given", Join(asked), Join(listed));
        foreach (string a in asked)
            if (listed.Contains(a, StringComparer.OrdinalIgnoreCase)) return new(Effect.SupportsALittle, 0.5, 1, "country.same", Join(asked), Join(listed));
        return new(Effect.SpeaksAgainst, -0.7, 0, "country.differs", Join(asked), Join(listed));
    }

    private static FieldVerdict JudgeSex(Sex asked, Sex listed)
    {
        if (asked is Sex.Unknown || listed is Sex.Unknown) return new(Effect.Silent, 0, null, "sex.not-given", Name(asked), Name(listed));
        return asked == listed
            ? new(Effect.SupportsALittle, 0.1, 1, "sex.same", Name(asked), Name(listed))
            : new(Effect.SpeaksAgainst, -1.8, 0, "sex.differs", Name(asked), Name(listed));
    }

    private static FieldVerdict JudgeNumbers(IReadOnlyList<string> asked, string[] listed)
    {
        if (asked.Count == 0 || listed.Length == 0) return new(Effect.Silent, 0, null, "id-number.not-given", Join(asked), Join(listed));
        var best = (Agreement: NumberAgreement.Differs, Asked: Join(asked), Listed: Join(listed));
        foreach (string a in asked)
            foreach (string b in listed)
                if (DocumentNumber.TryRead(a, out var x, out _) && DocumentNumber.TryRead(b, out var y, out _) && x.IsTelling && y.IsTelling && x.Compare(y) is var agreement && agreement < best.Agreement)
                    best = (agreement, a, b);
        var (effect, logOdds, score) = WorthOf(best.Agreement);
        return new(effect, logOdds, score, best.Agreement.Code, best.Asked, best.Listed);
    }

    private static (Effect Effect, double LogOdds, double Score) WorthOf(NumberAgreement agreement) => agreement switch
    {
        NumberAgreement.Same => (Effect.Supports, 4, 1),
        NumberAgreement.SameButLookalikes or NumberAgreement.SameButCheckDigit => (Effect.Supports, 3.5, 0.95),
        NumberAgreement.OneOff => (Effect.SupportsALittle, 0.3, 0.6), // the next passport of the pile is one off as well
        _ => (Effect.SpeaksAgainst, -0.3, 0),
    };

    private static string? Name(Sex sex) => sex is Sex.Unknown ? null : sex.ToString().ToLower(CultureInfo.InvariantCulture);

    private static string? Join(IReadOnlyList<string> texts) => texts.Count == 0 ? null : string.Join(", ", texts);

    /// <summary>One line for each field that either side gave.</summary>
    public static void Explain(Question q, Index.SubjectFields s, double name, List<Evidence> all)
    {
        var v = Judge(q, s);
        Add("birthDate", v.Born);
        Add("country", v.Country);
        Add("sex", v.Sex);
        Add("idNumber", v.Number);

        void Add(string field, FieldVerdict verdict)
        {
            if (verdict.Asked is null && verdict.Listed is null) return;
            double alone = verdict.LogOdds == 0 || (field == "birthDate" && verdict.LogOdds > 0) ? 0 : Move(name, verdict.LogOdds) - name;
            all.Add(new Evidence
            {
                Field = field, Effect = verdict.Effect, Score = verdict.Score, Reason = verdict.Reason,
                Asked = verdict.Asked, Listed = verdict.Listed, Contribution = alone,
            });
        }
    }
}
