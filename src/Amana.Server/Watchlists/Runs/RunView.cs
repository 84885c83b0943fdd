namespace Amana.Server.Watchlists;

/// <summary>A run as people and programs see it; of one at work, as it stands this second.</summary>
internal sealed record RunView
{
    /// <summary>Such as <c>RUN-26-22041</c>.</summary>
    public required string Ref { get; init; }
    public required string List { get; init; }
    public required string Title { get; init; }
    public required RunState State { get; init; }
    public required RunStage Stage { get; init; }
    public required RunTrigger Trigger { get; init; }
    public required string StartedBy { get; init; }
    public required DateTimeOffset QueuedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public required long Bytes { get; init; }
    /// <summary>Entities read.</summary>
    public required long Rows { get; init; }
    public required int Added { get; init; }
    public required int Changed { get; init; }
    public required int Removed { get; init; }
    /// <summary>Rows and values set aside.</summary>
    public required long Rejected { get; init; }
    /// <summary>How many the list had.</summary>
    public required int Before { get; init; }
    /// <summary>Of the whole run, 0 to 1.</summary>
    public required double Share { get; init; }
    /// <summary>Of the stage, 0 to 1.</summary>
    public required double StageShare { get; init; }
    /// <summary>Now; bytes a second while fetching. 0 when it does not work.</summary>
    public required double RowsPerSecond { get; init; }
    public required double BestRowsPerSecond { get; init; }
    /// <summary>Null while too little is known, and when it does not work.</summary>
    public double? SecondsLeft { get; init; }
    public required IReadOnlyList<StageView> Stages { get; init; }
    /// <summary>Rows a second over time.</summary>
    public required IReadOnlyList<double> Rates { get; init; }
    /// <summary>The share of the list that would go, and the share from which a person is asked; 0 to 1.</summary>
    public required double LossShare { get; init; }
    public required double GuardShare { get; init; }
    /// <summary>Label of the version it made; null before publication.</summary>
    public string? Version { get; init; }
    public string? EndCode { get; init; }
    public string? EndDetail { get; init; }
    public string? EndFile { get; init; }
    public long? EndLine { get; init; }
    public string? ConfirmedBy { get; init; }
    public string? ConfirmReason { get; init; }
    public DateTimeOffset? UndoneAt { get; init; }
    public required bool CanUndo { get; init; }

    public static RunView Of(ImportRun run, WatchList list, double guardShare, string? version, RunAtWork? atWork)
    {
        var live = atWork?.Progress.Read();
        double[] seconds = live is null ? RunProgress.Split(run.StageSeconds) : [.. live.StageSeconds];
        var now = atWork?.Progress;
        int removed = now?.Removed ?? run.Removed;
        return new RunView
        {
            Ref = run.Reference.ToString(), List = list.Name, Title = list.Title, State = run.State, Stage = run.Stage, Trigger = run.Trigger,
            StartedBy = run.StartedBy, QueuedAt = run.QueuedAt, StartedAt = run.StartedAt, EndedAt = run.EndedAt,
            Bytes = now?.Bytes ?? run.Bytes, Rows = now?.Rows ?? run.Rows, Added = now?.Added ?? run.Added, Changed = now?.Changed ?? run.Changed,
            Removed = removed, Rejected = now?.Rejected ?? run.Rejected, Before = run.Before,
            Share = run.State is RunState.Done or RunState.Unchanged ? 1 : live?.Share ?? 0, StageShare = live?.StageShare ?? 0,
            RowsPerSecond = run.State is RunState.Running ? live?.Rate ?? 0 : 0, BestRowsPerSecond = live?.BestRate ?? run.BestRate,
            SecondsLeft = run.State is RunState.Running ? live?.SecondsLeft : null,
            Stages = [.. Enum.GetValues<RunStage>().Select((stage, i) => new StageView(stage, StateOf(run, stage), i < seconds.Length ? seconds[i] : 0))],
            Rates = live?.Rates ?? RunProgress.Split(run.Rates),
            LossShare = run.Before == 0 ? 0 : (double)removed / run.Before, GuardShare = guardShare,
            Version = run.State is RunState.Done ? version : null,
            EndCode = run.EndCode, EndDetail = run.EndDetail, EndFile = run.EndFile, EndLine = run.EndLine,
            ConfirmedBy = run.ConfirmedBy, ConfirmReason = run.ConfirmReason, UndoneAt = run.UndoneAt,
            CanUndo = run.State is RunState.Done && run.UndoneAt is null && list.CurrentVersion == run.Version && list.PreviousVersion == run.BasedOn,
        };
    }

    private static StageState StateOf(ImportRun run, RunStage stage)
    {
        if (run.State is RunState.Done) return StageState.Done;
        if (run.State is RunState.Queued && run.StartedAt is null) return StageState.Ahead;
        if (stage < run.Stage) return StageState.Done;
        if (stage > run.Stage) return StageState.Ahead;
        return run.State switch
        {
            RunState.Unchanged => StageState.Done,
            RunState.Refused or RunState.Failed or RunState.Stopped => StageState.Ended,
            RunState.Waiting or RunState.Paused or RunState.Queued => StageState.Waits,
            _ => StageState.Now,
        };
    }
}

/// <param name="Seconds">Spent in it.</param>
internal sealed record StageView(RunStage Stage, StageState State, double Seconds);

internal enum StageState { Done, Now, Waits, Ended, Ahead }
