namespace Amana.Exchange.Handling;

/// <summary>Whether an act on an item may happen. The table is in docs/specs/handling.md, and a test compares them.</summary>
public static class HandlingRules
{
    /// <summary>Words of grounds beside the handling codes.</summary>
    public const string Expired = "expired", NotForUs = "not-for-us", NotForThem = "not-for-them", Confidential = "confidential";

    /// <summary>All grounds that speak against it; the originator's own item has none.</summary>
    public static HandlingAnswer Decide(ItemHandling handling, HandlingAsk ask)
    {
        ArgumentNullException.ThrowIfNull(handling);
        ArgumentNullException.ThrowIfNull(ask);
        if (handling.Originators.Count == 1 && handling.Originators.Contains(ask.By)) return HandlingAnswer.Yes;
        if (handling.Until <= ask.At) return new([new(Expired, "It was given until a day that is past; it is deleted and no longer used.")]);
        if (!handling.Audience.Has(ask.By) && !handling.Originators.Contains(ask.By)) return new([new(NotForUs, "It is not for this bureau.")]);
        bool released = handling.Originators.Where(o => o != ask.By).All(o => ask.Releases.Any(r => r.Originator == o && r.Covers(ask)));
        var grounds = new List<HandlingGround>();
        if (!released) grounds.AddRange(OfCodes(handling, ask));
        grounds.AddRange(OfConditions(handling, ask));
        return grounds.Count == 0 ? HandlingAnswer.Yes : new(grounds);
    }

    /// <summary>Of several items in one act: allowed when it is for each.</summary>
    public static HandlingAnswer Decide(IEnumerable<(ItemHandling Handling, HandlingAsk Ask)> items) =>
        new([.. items.SelectMany(i => Decide(i.Handling, i.Ask).Grounds).Distinct()]);

    private static IEnumerable<HandlingGround> OfCodes(ItemHandling handling, HandlingAsk ask)
    {
        bool leaves = ask.To.Any(to => !ask.Holders.Contains(to) && !handling.Originators.Contains(to));
        bool outsiders = ask.To.Any(to => !handling.Audience.Has(to) && !handling.Originators.Contains(to));
        if (ask.ForCourt && handling.Codes.HasFlag(HandlingCodes.NotInCourt)) yield return new(HandlingCodeWords.NotInCourt, "Not in judicial proceedings without the originator's permission.");
        if (leaves && handling.Codes.HasFlag(HandlingCodes.NotPassedOn)) yield return new(HandlingCodeWords.NotPassedOn, "Not passed on without the originator's permission.");
        if (outsiders) yield return new(NotForThem, "One of the recipients is not among those that the originator wrote it for.");
        if (leaves && ask.Act is HandlingAct.Statistics && handling.Level is ConfidentialityLevel.Confidential) yield return new(Confidential, "What is confidential is not counted for others.");
    }

    // A machine cannot say whether a sentence is met. Where something leaves the screen, a person who has read it says so.
    private static IEnumerable<HandlingGround> OfConditions(ItemHandling handling, HandlingAsk ask) =>
        ask.Act is HandlingAct.Forward or HandlingAct.Reply or HandlingAct.Export or HandlingAct.Print || (ask.Act is HandlingAct.Graph or HandlingAct.Statistics && ask.To.Count > 0)
            ? handling.Conditions.Where(c => !ask.Confirmed.Contains(c)).Select(c => new HandlingGround(HandlingCodeWords.Conditions, "A written condition applies; say that it is met.", c))
            : [];
}
