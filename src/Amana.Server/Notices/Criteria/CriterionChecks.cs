using System.Globalization;

namespace Amana.Server.Notices;

/// <summary>The checks that <c>criteria.json</c> names. Each answers one criterion from the request and the facts alone.</summary>
internal static class CriterionChecks
{
    private const string Today = "today";
    private const string Picture = "picture";

    public static IReadOnlyDictionary<string, Func<Criterion, NoticeContent, CheckFacts, Finding>> ByName { get; } =
        new Dictionary<string, Func<Criterion, NoticeContent, CheckFacts, Finding>>(StringComparer.Ordinal)
        {
            ["filled"] = Filled,
            ["one-of"] = OneOf,
            ["not"] = Not,
            ["at-least"] = AtLeast,
            ["not-over"] = NotOver,
            ["in-order"] = InOrder,
            ["age-at"] = AgeAt,
            ["adult-needs"] = AdultNeeds,
            ["ask"] = (criterion, _, _) => Ask(criterion, "ask"),
            ["protected"] = (criterion, _, facts) => facts.Protected ? NotMet(criterion, "protected") : Met(criterion, "not-protected"),
            ["in-standing"] = (criterion, _, facts) => facts.BureauSuspended ? NotMet(criterion, "bureau-suspended", facts.Bureau.Value) : Met(criterion),
            ["reference-known"] = ReferenceKnown,
            ["not-refused"] = NotRefused,
            ["recipients"] = (criterion, content, _) => content.Has(criterion.Field) ? Met(criterion) : NotMet(criterion, "missing", criterion.Field),
        };

    private static Finding Met(Criterion criterion, string reason = "met") => new(criterion, Outcome.Met, reason, []);
    private static Finding NotMet(Criterion criterion, string reason, params string[] about) => new(criterion, Outcome.NotMet, reason, about);
    private static Finding Ask(Criterion criterion, string reason, params string[] about) => new(criterion, Outcome.NeedsHuman, reason, about);

    // Of several sets, what is missing is told of the one that lacks least.
    private static Finding Filled(Criterion criterion, NoticeContent content, CheckFacts facts)
    {
        string[]? least = null;
        foreach (var set in criterion.Sets)
        {
            string[] missing = [.. set.Where(term => !term.Split('|').Any(field => IsThere(field, content, facts)))];
            if (missing.Length == 0) return Met(criterion);
            if (least is null || missing.Length < least.Length) least = missing;
        }

        return NotMet(criterion, "missing", least ?? []);
    }

    private static bool IsThere(string field, NoticeContent content, CheckFacts facts) => field == Picture ? facts.Pictures > 0 : content.Has(field);

    private static Finding OneOf(Criterion criterion, NoticeContent content, CheckFacts facts) =>
        content.Text(criterion.Field) is not { } value ? NotMet(criterion, "missing", criterion.Field)
        : criterion.Values.Contains(value) ? Met(criterion) : NotMet(criterion, "wrong-value", criterion.Field);

    private static Finding Not(Criterion criterion, NoticeContent content, CheckFacts facts)
    {
        if (content.Text(criterion.Field) is not { } value) return NotMet(criterion, "missing", criterion.Field);
        if (value != criterion.Value) return Met(criterion);
        return criterion.Unless is { } unless && content.Has(unless) ? Ask(criterion, "exception-claimed", unless) : NotMet(criterion, "excluded", criterion.Field);
    }

    private static Finding AtLeast(Criterion criterion, NoticeContent content, CheckFacts facts)
    {
        if (criterion.OrFlag is { } flag && content.Has(flag)) return Met(criterion);
        if (!criterion.Fields.Any(content.Has)) return NotMet(criterion, "missing", string.Join('|', criterion.Fields));
        int most = criterion.Fields.Max(f => content.Number(f) ?? 0);
        if (most >= criterion.Least) return Met(criterion);
        string[] about = [Say(most), Say(criterion.Least)];
        return criterion.Waiver is { } waiver && content.Has(waiver) ? Ask(criterion, "waiver-asked", about) : NotMet(criterion, "below", about);
    }

    private static Finding NotOver(Criterion criterion, NoticeContent content, CheckFacts facts) =>
        content.Date(criterion.Field) is { } end && end.Latest < facts.Today ? NotMet(criterion, "over", end.ToString()) : Met(criterion);

    private static Finding InOrder(Criterion criterion, NoticeContent content, CheckFacts facts)
    {
        (string Field, PartialDate Date)? before = null;
        foreach (string field in criterion.Fields)
        {
            var date = field == Today ? new PartialDate(facts.Today.Year, facts.Today.Month, facts.Today.Day) : content.Date(field);
            if (date is not { } known) continue;
            if (before is { } earlier && earlier.Date.Earliest > known.Latest) return NotMet(criterion, "order", earlier.Field, field);
            before = (field, known);
        }

        return Met(criterion);
    }

    private static Finding AgeAt(Criterion criterion, NoticeContent content, CheckFacts facts)
    {
        if (content.Date(criterion.Field) is not { } born) return Ask(criterion, "age-unknown");
        // Who was below the age when the acts ended may have been younger still when they began.
        if (content.Date(criterion.At) is not { } at) return NotMet(criterion, "missing", criterion.At);
        if (Years(born.Earliest, at.Latest) < criterion.Least) return NotMet(criterion, "child", Say(Years(born.Earliest, at.Latest)), Say(criterion.Least));
        return Years(born.Latest, at.Earliest) >= criterion.Least ? Met(criterion) : Ask(criterion, "age-unsure", Say(criterion.Least));
    }

    private static Finding AdultNeeds(Criterion criterion, NoticeContent content, CheckFacts facts)
    {
        if (criterion.OrFlag is { } flag && content.Has(flag)) return Met(criterion);
        if (content.Date(criterion.Field) is not { } born) return Ask(criterion, "age-unknown");
        return Years(born.Earliest, facts.Today) < criterion.Least ? Met(criterion, "is-child") : NotMet(criterion, "missing", criterion.OrFlag!);
    }

    private static Finding ReferenceKnown(Criterion criterion, NoticeContent content, CheckFacts facts) =>
        content.Has(criterion.Field) && !facts.RelatedIsKnown ? NotMet(criterion, "reference-unknown", content.Text(criterion.Field)!) : Met(criterion);

    // The same case, refused for what lies in it, is not taken again under any colour. Refused for what can be mended, or
    // another case of the same person: a person looks.
    private static Finding NotRefused(Criterion criterion, NoticeContent content, CheckFacts facts)
    {
        if (facts.EarlierRefusals.Count == 0) return Met(criterion);
        var found = facts.EarlierRefusals.FirstOrDefault(r => r.SameCase && IsLasting(r)) ?? facts.EarlierRefusals.FirstOrDefault(r => r.SameCase) ?? facts.EarlierRefusals[0];
        string[] about = [found.Reference, found.Reason];
        if (!found.SameCase) return Ask(criterion, "refused-person", about);
        return IsLasting(found) ? NotMet(criterion, "refused-case", about) : Ask(criterion, "refused-before", about);
    }

    private static bool IsLasting(EarlierRefusal refusal) => NoticeRules.Own.FindReason(refusal.Reason, EndReason.Lasting) is not null;

    private static int Years(DateOnly from, DateOnly to) => to.Year - from.Year - (to < from.AddYears(to.Year - from.Year) ? 1 : 0);

    private static string Say(int number) => number.ToString(CultureInfo.InvariantCulture);
}
