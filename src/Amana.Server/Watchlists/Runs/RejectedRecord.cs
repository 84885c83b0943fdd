using Amana.Server.Foundation;

namespace Amana.Server.Watchlists;

/// <summary>A row, or one value of it, that a run set aside. Kept as long as the run.</summary>
internal sealed class RejectedRecord
{
    public long Key { get; private set; }
    public required Id<ImportRun> Run { get; init; }
    public required string File { get; init; }
    public required long Line { get; init; }
    public string? Column { get; init; }
    public required string Code { get; init; }
    public required string Reason { get; init; }
    public required string Excerpt { get; init; }
    /// <summary>Only the value was set aside, or taken cleaned; the rest of the row was taken.</summary>
    public required bool RestTaken { get; init; }
}

/// <summary>What a run did to one entity. Kept as long as the run, longer than the entity's old state.</summary>
internal sealed class ListChange
{
    public long Key { get; private set; }
    public required Id<ImportRun> Run { get; init; }
    public required ChangeKind Kind { get; init; }
    /// <summary>The entity's id in the list.</summary>
    public required string Entity { get; init; }
}

internal enum ChangeKind { Added, Changed, Removed }

/// <summary>A line of a run's log: what happened when, as a code that pages translate.</summary>
internal sealed class RunLogLine
{
    public long Key { get; private set; }
    public required Id<ImportRun> Run { get; init; }
    public required DateTimeOffset At { get; init; }
    public required RunStage Stage { get; init; }
    /// <summary>Such as <c>stage-began</c>, <c>held</c>, <c>paused</c>.</summary>
    public required string Code { get; init; }
    /// <summary>What the text of the code puts into its gaps, one a line: counts, file names, addresses' hosts.</summary>
    public string Values { get; init; } = "";
}
