using Amana.Server.Foundation;
using Amana.Server.Keys;

namespace Amana.Server.Screening;

/// <summary>A file of questions, answered in the background. Its rows are forgotten a day after its report.</summary>
internal sealed class Batch : SealedRow
{
    public const int FileNameCharsMax = 200;
    /// <summary>Bytes of an uploaded file.</summary>
    public const long FileBytesMax = 4L << 30;
    public static readonly TimeSpan ForgetAfterReport = TimeSpan.FromHours(24);
    /// <summary>For a batch whose results nobody fetched.</summary>
    public static readonly TimeSpan ForgetAfterEnd = TimeSpan.FromDays(30);

    private BatchWords? _words;

    public required Id<Batch> Id { get; init; }
    public required string Reference { get; init; }
    public required string Bureau { get; init; }
    /// <summary><see cref="Actor"/> as text.</summary>
    public required string By { get; init; }
    public required string Purpose { get; init; }
    /// <summary>Sealed: who agreed, and the name of the file, which may be somebody's.</summary>
    public required BatchWords Words { get => _words ??= BatchWords.Of(Plain!); init => (_words, Plain) = (value, value.ToBytes()); }
    public string FileName => Words.FileName;
    public required long FileBytes { get; init; }
    public required string Sha256 { get; init; }
    public required string Dataset { get; init; }
    public required double Threshold { get; init; }
    /// <summary>Hits a row at most.</summary>
    public required int Limit { get; init; }
    public required DateTimeOffset At { get; init; }
    public BatchState State { get; private set; }
    public DateTimeOffset? StartedAt { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }
    public DateTimeOffset? ReportedAt { get; private set; }
    public DateTimeOffset? ForgottenAt { get; private set; }
    /// <summary>Rows counted in the file; null until it has been read through once.</summary>
    public long? RowsInAll { get; set; }
    /// <summary>Rows done, in the order of the file; the run goes on behind them.</summary>
    public long RowsDone { get; private set; }
    public long Unreadable { get; private set; }
    public long Warned { get; private set; }
    public long WithHit { get; private set; }
    public long HitsFound { get; private set; }
    public long NoMatch => RowsDone - Unreadable - WithHit;
    /// <summary>Why it failed: code and sentence.</summary>
    public string? FailedCode { get; private set; }
    public string? FailedDetail { get; private set; }
    public long Version { get; private set; } = 1;

    public bool IsOver => State is BatchState.Done or BatchState.Stopped or BatchState.Failed or BatchState.Forgotten;

    public void Start(DateTimeOffset at)
    {
        (State, StartedAt) = (BatchState.Running, StartedAt ?? at);
        Version++;
    }

    public void Advance(int rows, int unreadable, int warned, int withHit, int hits)
    {
        RowsDone += rows;
        Unreadable += unreadable;
        Warned += warned;
        WithHit += withHit;
        HitsFound += hits;
        Version++;
    }

    public void Finish(DateTimeOffset at) => End(BatchState.Done, at);

    public void Fail(string code, string detail, DateTimeOffset at)
    {
        (FailedCode, FailedDetail) = (code, detail);
        End(BatchState.Failed, at);
    }

    public Refusal? Pause()
    {
        if (State is not (BatchState.Queued or BatchState.Running)) return ScreeningRefusals.BatchNotRunning;
        State = BatchState.Paused;
        Version++;
        return null;
    }

    public Refusal? Resume()
    {
        if (State is not BatchState.Paused) return ScreeningRefusals.BatchNotPaused;
        State = BatchState.Queued;
        Version++;
        return null;
    }

    public Refusal? Stop(DateTimeOffset at)
    {
        if (IsOver) return ScreeningRefusals.BatchNotRunning;
        End(BatchState.Stopped, at);
        return null;
    }

    /// <summary>Its results were fetched: the day until it is forgotten begins.</summary>
    public void Report(DateTimeOffset at)
    {
        if (!IsOver || ReportedAt is not null) return;
        ReportedAt = at;
        Version++;
    }

    /// <summary>When its rows go; null while it is not over.</summary>
    public DateTimeOffset? ForgetAt => ForgottenAt ?? (ReportedAt is { } reported ? reported + ForgetAfterReport : EndedAt + ForgetAfterEnd);

    public void Forget(DateTimeOffset at)
    {
        (State, ForgottenAt) = (BatchState.Forgotten, at);
        Version++;
    }

    protected override string Place => $"batch/{Id}";

    private void End(BatchState state, DateTimeOffset at)
    {
        (State, EndedAt) = (state, at);
        Version++;
    }
}

/// <param name="AgreedBy">Who agreed to searching for everybody in the file.</param>
internal sealed record BatchWords(string AgreedBy, string FileName)
{
    public byte[] ToBytes() => FieldTexts.Join(AgreedBy, FileName);

    public static BatchWords Of(byte[] bytes) => FieldTexts.Split(bytes, 2) is [var agreed, var file] ? new(agreed, file) : throw new System.Diagnostics.UnreachableException();
}

public enum BatchState { Queued, Running, Paused, Done, Stopped, Failed, Forgotten }

/// <summary>What could not be read, or was not compared, in a row of a batch.</summary>
internal sealed class BatchRow : SealedRow
{
    public required Id<Batch> Batch { get; init; }
    /// <summary>From 1.</summary>
    public required long Line { get; init; }
    /// <summary>From 0 within the line.</summary>
    public required int Position { get; init; }
    /// <summary>True when the whole row was not asked.</summary>
    public required bool IsError { get; init; }
    public required string Code { get; init; }
    public string? Field { get; init; }
    /// <summary>Sealed: it repeats what stands in the row.</summary>
    public required string Detail { get => PlainText!; init => PlainText = value; }

    protected override string Place => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"batch-row/{Batch}/{Line}/{Position}");
}
