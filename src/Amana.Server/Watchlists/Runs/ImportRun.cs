using Amana.Server.Foundation;

namespace Amana.Server.Watchlists;

/// <summary>One attempt to make a new version of a list from files.</summary>
internal sealed class ImportRun
{
    public required Id<ImportRun> Id { get; init; }
    public required int Year { get; init; }
    /// <summary>From 1 within the year.</summary>
    public required int Serial { get; init; }
    public required int List { get; init; }
    public required RunTrigger Trigger { get; init; }
    /// <summary>Who started it, as in the journal.</summary>
    public required string StartedBy { get; init; }
    public required DateTimeOffset QueuedAt { get; init; }
    /// <summary>Its files came with it, whatever the list's source is.</summary>
    public bool HasFiles { get; init; }
    public RunState State { get; private set; } = RunState.Queued;
    /// <summary>The stage it is in, ended in, or goes on with.</summary>
    public RunStage Stage { get; private set; } = RunStage.Fetch;
    public DateTimeOffset? StartedAt { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }
    /// <summary>The version it makes; null before its number is given.</summary>
    public int? Version { get; private set; }
    /// <summary>The version that answered when it began; 0 when none did.</summary>
    public int BasedOn { get; private set; }

    public long Bytes { get; set; }
    /// <summary>Entities read, without the rows set aside.</summary>
    public long Rows { get; set; }
    public int Added { get; set; }
    public int Changed { get; set; }
    public int Removed { get; set; }
    public long Rejected { get; set; }
    /// <summary>How many the list had before: what the guard's share is of.</summary>
    public int Before { get; set; }
    /// <summary>Rows a second, on average and at best.</summary>
    public double Rate { get; set; }
    public double BestRate { get; set; }
    /// <summary>Rows a second over time, at most 120 whole numbers with commas between: the line of the chart.</summary>
    public string Rates { get; set; } = "";
    /// <summary>Seconds spent in each stage, in their order, with commas between.</summary>
    public string StageSeconds { get; set; } = "";
    /// <summary>SHA-256 of the fetched files and how they are read; becomes the source's own with publication.</summary>
    public string? ContentHash { get; set; }
    public string? Validators { get; set; }

    /// <summary>Why it was refused or failed; the code of a <see cref="Refusal"/> or of the reader.</summary>
    public string? EndCode { get; private set; }
    public string? EndDetail { get; private set; }
    public string? EndFile { get; private set; }
    public long? EndLine { get; private set; }
    public string? ConfirmedBy { get; private set; }
    public string? ConfirmReason { get; private set; }
    public DateTimeOffset? UndoneAt { get; private set; }

    public const int ReasonCharsMax = 1_000;

    public RunReference Reference => new(Year, Serial);

    public bool IsOver => State is RunState.Done or RunState.Unchanged or RunState.Refused or RunState.Failed or RunState.Stopped;

    /// <summary>The share of the list that would go, 0 to 1.</summary>
    public double LossShare => Before == 0 ? 0 : (double)Removed / Before;

    public Refusal? Pause()
    {
        if (State is not (RunState.Running or RunState.Queued)) return WatchlistRefusals.NotRunning;
        if (Stage is RunStage.Publish) return WatchlistRefusals.Publishing;
        State = RunState.Paused;
        return null;
    }

    /// <param name="held">True when the run's work waits in this process; false when it has to begin its stage anew.</param>
    public Refusal? Resume(bool held)
    {
        if (State is not RunState.Paused) return WatchlistRefusals.NotPaused;
        State = held ? RunState.Running : RunState.Queued;
        return null;
    }

    public Refusal? Stop(DateTimeOffset at)
    {
        if (IsOver) return WatchlistRefusals.RunIsOver;
        if (State is RunState.Running && Stage is RunStage.Publish) return WatchlistRefusals.Publishing;
        (State, EndedAt) = (RunState.Stopped, at);
        return null;
    }

    /// <summary>Its list is taken out of use, whatever the run is at; the switch of lists keeps a publication away meanwhile.</summary>
    public void StopWithList(DateTimeOffset at) => (State, EndedAt) = (RunState.Stopped, at);

    /// <summary>A person takes the loss that the guard stopped at.</summary>
    public Refusal? Confirm(Actor who, string? reason)
    {
        if (State is not RunState.Waiting) return WatchlistRefusals.NotWaiting;
        if (string.IsNullOrWhiteSpace(reason)) return WatchlistRefusals.ReasonMissing;
        if (reason.Length > ReasonCharsMax) return WatchlistRefusals.ReasonTooLong;
        (State, Stage, ConfirmedBy, ConfirmReason) = (RunState.Queued, RunStage.Index, who.ToString(), reason.Trim());
        return null;
    }

    /// <summary>Takes it from the queue. What came before its stage is kept; <see cref="RunStage.Read"/> and compare begin together.</summary>
    /// <returns>False when a person paused or stopped it before its work began; it is then unchanged.</returns>
    public bool Begin(DateTimeOffset at)
    {
        if (State is not (RunState.Queued or RunState.Running)) return false;
        State = RunState.Running;
        StartedAt ??= at;
        if (Stage is RunStage.Compare or RunStage.Guard) Stage = RunStage.Read;
        if (Stage is RunStage.Publish) Stage = RunStage.Index;
        return true;
    }

    /// <summary>After a kill or a shutdown: what was at work goes back to the queue.</summary>
    public void BackToQueue() => State = RunState.Queued;

    public void Enter(RunStage stage) => Stage = stage;

    public void Makes(int version, int basedOn) => (Version, BasedOn) = (version, basedOn);

    public void WaitForPerson() => (State, Stage) = (RunState.Waiting, RunStage.Guard);

    public void Publish(DateTimeOffset at) => (State, Stage, EndedAt) = (RunState.Done, RunStage.Publish, at);

    public void EndUnchanged(DateTimeOffset at) => (State, EndedAt) = (RunState.Unchanged, at);

    public void Refuse(DateTimeOffset at, string code, string detail, string? file = null, long? line = null)
    {
        (State, EndedAt) = (RunState.Refused, at);
        (EndCode, EndDetail, EndFile, EndLine) = (code, detail, file, line);
    }

    public void Fail(DateTimeOffset at, string code, string detail)
    {
        Refuse(at, code, detail);
        State = RunState.Failed;
    }

    public void MarkUndone(DateTimeOffset at) => UndoneAt = at;
}

internal enum RunTrigger { Person, Program, Schedule, Server }

/// <summary>Stages, in order. See README.</summary>
internal enum RunStage { Fetch, Read, Compare, Guard, Index, Publish }

/// <summary>States. See README.</summary>
internal enum RunState { Queued, Running, Paused, Waiting, Done, Unchanged, Refused, Failed, Stopped }
