using System.Diagnostics;
using System.Globalization;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;

namespace Amana.Server.Upkeep;

/// <summary>How the server is, for who keeps it running. Holds no content and no names.</summary>
internal sealed class ReadHealth(
    Gate gate, IDatabaseEngine engine, Instance instance, JournalProof proof, ReadJournal journal, RequestTimes times, IEnumerable<IReadyWhen> parts,
    IEnumerable<IWorkQueue> queues, ReadTokens tokens, TimeProvider clock)
{
    private const int BackupsShown = 14;
    private const double DiskShareMin = 0.10;
    private const long DiskBytesMin = 1L << 30;
    private static readonly TimeSpan BackupLate = TimeSpan.FromHours(48), JournalLate = TimeSpan.FromMinutes(10), QueueLate = TimeSpan.FromHours(1), EndsSoon = TimeSpan.FromDays(14);

    public async Task<Result<HealthView>> RunAsync(Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ReadHealth, cancel) is { } forbidden) return forbidden;
        var now = clock.GetUtcNow();
        var made = await journal.RunAsync(new ReadJournal.Request(What: "backup.made", Limit: BackupsShown), withContent: false, cancel);
        if (!made.Succeeded(out var page, out var refused)) return refused;
        var drive = new DriveInfo(instance.DataFolder);
        using var process = Process.GetCurrentProcess();
        var standing = proof.Now;
        var view = new HealthView
        {
            At = now,
            Version = BuildVersion.Number,
            StartedAt = new DateTimeOffset(process.StartTime.ToUniversalTime(), TimeSpan.Zero),
            MemoryBytes = process.WorkingSet64,
            Processors = Environment.ProcessorCount,
            Database = await OfDatabaseAsync(cancel),
            Journal = new JournalHealth(standing.Size, standing.SignedAt, standing.Broken),
            Disk = new DiskHealth(drive.AvailableFreeSpace, drive.TotalSize),
            Requests = times.Speeds,
            Backups = [.. page.Entries.Select(e => e.At)],
            Queues = await DepthsAsync(cancel),
            TokensEnding = await tokens.EndingAsync(now, now + EndsSoon, cancel),
            Waiting = [.. parts.Where(p => !p.IsReady).Select(p => p.What)],
            ToDo = [],
        };
        return view with { ToDo = [.. ToDo(view)] };
    }

    /// <summary>What a person should do something about, worst first.</summary>
    internal IEnumerable<HealthToDo> ToDo(HealthView view)
    {
        if (view.Journal.Broken is not null) yield return new("journal-broken", IsDanger: true);
        if (view.Disk.FreeBytes < Math.Max(DiskBytesMin, (long)(view.Disk.Bytes * DiskShareMin))) yield return new("disk", IsDanger: view.Disk.FreeBytes < DiskBytesMin);
        if (view.Journal.Broken is null && view.StartedAt < view.At - JournalLate && view.Journal.Size is null) yield return new("journal-late", IsDanger: true);
        if (!instance.IsTraining && instance.IsSetUp && (view.Backups.Count == 0 || view.Backups[0] < view.At - BackupLate)) yield return new("backup", IsDanger: false);
        if (view.Queues.Any(q => q.OldestSince < view.At - QueueLate)) yield return new("queue-late", IsDanger: false);
        if (view.TokensEnding.Count > 0) yield return new("tokens-end", IsDanger: false);
        if (view.Waiting.Count > 0) yield return new("waiting", IsDanger: false);
    }

    private async Task<IReadOnlyList<QueueHealth>> DepthsAsync(CancellationToken cancel)
    {
        var depths = new List<QueueHealth>();
        foreach (var queue in queues)
        {
            var depth = await queue.DepthAsync(cancel);
            depths.Add(new(queue.Word, depth.Waiting, depth.AtWork, depth.OldestSince));
        }

        return depths;
    }

    private async Task<DatabaseHealth> OfDatabaseAsync(CancellationToken cancel)
    {
        long started = clock.GetTimestamp();
        await using var connection = await engine.OpenAsync(cancel);
        await connection.ReadOneAsync("SELECT 1", cancel);
        double milliseconds = clock.GetElapsedTime(started).TotalMilliseconds;
        long bytes = Convert.ToInt64(await connection.ReadOneAsync(engine.SizeQuestion, cancel), CultureInfo.InvariantCulture);
        return new DatabaseHealth(engine.Name, connection.ServerVersion, Math.Round(milliseconds, 2), bytes);
    }
}

/// <summary>How the server is at one moment.</summary>
public sealed record HealthView
{
    public required DateTimeOffset At { get; init; }
    public required string Version { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required long MemoryBytes { get; init; }
    public required int Processors { get; init; }
    public required DatabaseHealth Database { get; init; }
    public required JournalHealth Journal { get; init; }
    public required DiskHealth Disk { get; init; }
    /// <summary>Of the last hour.</summary>
    public required IReadOnlyList<RequestSpeed> Requests { get; init; }
    /// <summary>When the latest were made, newest first.</summary>
    public required IReadOnlyList<DateTimeOffset> Backups { get; init; }
    /// <summary>Work in the background, each kind with how much of it waits.</summary>
    public required IReadOnlyList<QueueHealth> Queues { get; init; }
    /// <summary>Tokens of machines that end within 14 days, the next first.</summary>
    public required IReadOnlyList<ReadTokens.EndingToken> TokensEnding { get; init; }
    /// <summary>What is still being loaded.</summary>
    public required IReadOnlyList<string> Waiting { get; init; }
    /// <summary>Worst first; empty when all is well.</summary>
    public required IReadOnlyList<HealthToDo> ToDo { get; init; }
}

/// <param name="Milliseconds">To open a connection and ask something.</param>
public sealed record DatabaseHealth(string Engine, string Version, double Milliseconds, long Bytes);

/// <param name="Size">Entries under the newest checkpoint; null before the first.</param>
/// <param name="SignedAt">Null when nothing was signed since the start.</param>
/// <param name="Broken">Code of what is wrong; null while all is well.</param>
public sealed record JournalHealth(long? Size, DateTimeOffset? SignedAt, string? Broken);

/// <summary>Of the data folder's file system.</summary>
public sealed record DiskHealth(long FreeBytes, long Bytes);

/// <param name="Word"><c>imports</c>, <c>batches</c> and so on.</param>
/// <param name="OldestSince">When the oldest waiting piece came; null when none waits.</param>
public sealed record QueueHealth(string Word, int Waiting, int AtWork, DateTimeOffset? OldestSince);

/// <param name="Code"><c>journal-broken</c>, <c>journal-late</c>, <c>disk</c>, <c>backup</c>, <c>queue-late</c>, <c>tokens-end</c>, <c>waiting</c>.</param>
public sealed record HealthToDo(string Code, bool IsDanger);
