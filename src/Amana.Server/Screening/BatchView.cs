using Amana.Server.Foundation;

namespace Amana.Server.Screening;

/// <summary>A batch with its counts, its speed and what happens to it next.</summary>
internal sealed record BatchView
{
    public required string Reference { get; init; }
    public required string FileName { get; init; }
    public required long FileBytes { get; init; }
    public required string Sha256 { get; init; }
    public required string Purpose { get; init; }
    public required string AgreedBy { get; init; }
    public required string Dataset { get; init; }
    public required double Threshold { get; init; }
    public required int Limit { get; init; }
    public required BatchState State { get; init; }
    public required DateTimeOffset At { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public DateTimeOffset? ReportedAt { get; init; }
    public DateTimeOffset? ForgetAt { get; init; }
    /// <summary>Null until the file has been counted.</summary>
    public long? RowsInAll { get; init; }
    public required long RowsDone { get; init; }
    public required long Unreadable { get; init; }
    public required long Warned { get; init; }
    public required long WithHit { get; init; }
    public required long HitsFound { get; init; }
    /// <summary>People without a match: only this count of them is kept.</summary>
    public required long NoMatch { get; init; }
    /// <summary>Over the time since it was started, pauses included; null before there is anything to measure.</summary>
    public double? RowsPerSecond { get; init; }
    public double? SecondsLeft { get; init; }
    public string? FailedCode { get; init; }
    public string? FailedDetail { get; init; }

    public static BatchView From(Batch batch, DateTimeOffset now)
    {
        double? speed = batch.StartedAt is { } from && batch.RowsDone > 0 && ((batch.EndedAt ?? now) - from).TotalSeconds is > 0.05 and var seconds
            ? batch.RowsDone / seconds
            : null;
        return new BatchView
        {
            Reference = batch.Reference, FileName = batch.FileName, FileBytes = batch.FileBytes, Sha256 = batch.Sha256, Purpose = batch.Purpose,
            AgreedBy = batch.Words.AgreedBy, Dataset = batch.Dataset, Threshold = batch.Threshold, Limit = batch.Limit, State = batch.State, At = batch.At,
            StartedAt = batch.StartedAt, EndedAt = batch.EndedAt, ReportedAt = batch.ReportedAt, ForgetAt = batch.ForgetAt, RowsInAll = batch.RowsInAll,
            RowsDone = batch.RowsDone, Unreadable = batch.Unreadable, Warned = batch.Warned, WithHit = batch.WithHit, HitsFound = batch.HitsFound,
            NoMatch = batch.NoMatch, RowsPerSecond = speed is { } s ? Math.Round(s, 1) : null,
            SecondsLeft = batch.State is BatchState.Running && speed > 0 && batch.RowsInAll is { } all ? Math.Round((all - batch.RowsDone) / speed.Value, 1) : null,
            FailedCode = batch.FailedCode, FailedDetail = batch.FailedDetail,
        };
    }
}
