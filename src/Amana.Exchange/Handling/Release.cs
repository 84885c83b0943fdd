using Amana.Vocabulary;

namespace Amana.Exchange.Handling;

/// <summary>What an originator has allowed about one item, on request: this act, by this bureau, for these recipients, until then, and nothing else.</summary>
public sealed record Release
{
    public required BureauCode Originator { get; init; }
    /// <summary>Who may.</summary>
    public required BureauCode To { get; init; }
    public required HandlingAct Act { get; init; }
    /// <summary>Whom it may be given to; empty: it stays in that house.</summary>
    public required IReadOnlyCollection<BureauCode> Recipients { get; init; }
    public required bool ForCourt { get; init; }
    public required DateTimeOffset From { get; init; }
    /// <summary>From then on not any more; null: without an end, but never beyond the item's own.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Whether just this was asked. More recipients than were named, another act or the court where it was not asked for are not.</summary>
    public bool Covers(HandlingAsk ask)
    {
        ArgumentNullException.ThrowIfNull(ask);
        return ask.Act == Act && ask.By == To && (!ask.ForCourt || ForCourt) && ask.At >= From && (Until is not { } until || ask.At < until)
            && ask.To.All(r => Recipients.Contains(r) || ask.Holders.Contains(r));
    }
}
