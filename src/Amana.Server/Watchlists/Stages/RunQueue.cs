using System.Data.Common;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Amana.Server.Watchlists;

/// <summary>Takes runs from the queue, never two of one list; begins scheduled ones when they are due.</summary>
internal sealed class RunQueue(
    IServiceScopeFactory scopes, RunsAtWork atWork, RunFiles files, RunNumbers numbers, RunEnd end, RunLedger ledger,
    ListShelf shelf, WriteTurns turns, IOptions<WatchlistsOptions> options, TimeProvider clock, ILogger<RunQueue> log) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SaveEvery = TimeSpan.FromSeconds(2);
    private readonly List<Task> _working = [];
    private bool _away;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!await TryAsync(PickUpAsync, stoppingToken)) await Task.Delay(Tick, clock, stoppingToken);
        await shelf.Opened.WaitAsync(stoppingToken);
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                if (await TryAsync(QueueDueAsync, stoppingToken)) await TryAsync(StartNextAsync, stoppingToken);
                await atWork.ListenAsync(Tick, stoppingToken);
                _working.RemoveAll(t => t.IsCompleted);
            }
        }
        finally
        {
            // Each ends at its next row or byte; what it had written is taken up or taken back at the next start.
            await Task.WhenAll(_working);
        }
    }

    /// <returns>False when the database did not take part; said once, and tried again.</returns>
    private async Task<bool> TryAsync(Func<CancellationToken, Task> step, CancellationToken cancel)
    {
        try
        {
            await step(cancel);
            _away = false;
            return true;
        }
        catch (Exception e) when (e is DbException or DbUpdateException)
        {
            if (!_away) log.QueueWaits(e.GetType().Name);
            _away = true;
            return false;
        }
    }

    /// <summary>What was at work when the server was stopped or killed goes back to the queue.</summary>
    private async Task PickUpAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
        foreach (var run in await db.Runs.Where(r => r.State == RunState.Running).ToListAsync(cancel)) run.BackToQueue();
        await db.SaveChangesAsync(cancel);
        var open = await db.Runs.Where(r => r.State == RunState.Queued || r.State == RunState.Paused).Select(r => r.Id).ToListAsync(cancel);
        files.ClearAllBut(open.ToHashSet());
    }

    private async Task QueueDueAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
        foreach (var source in await db.ListSources.Where(s => s.DueAt != null && s.DueAt <= now).ToListAsync(cancel))
        {
            source.PlanNext(now);
            bool open = await db.Runs.NotOver().AnyAsync(r => r.List == source.List, cancel);
            if (open || source.Kind is SourceKind.Upload)
            {
                await db.SaveChangesAsync(cancel);
                continue;
            }
            var journal = scope.ServiceProvider.GetRequiredService<JournalWriter>();
            await numbers.AddAsync(db, Id<ImportRun>.New(clock), source.List, files: false, Actor.Server,
                run => journal.Record(Actor.Server, "import.started", run.Reference, details: new { trigger = run.Trigger }), cancel);
        }
    }

    private async Task StartNextAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
        var inUse = db.Lists.InUse().Select(l => l.Number);
        var queued = await db.Runs.AsNoTracking().Where(r => r.State == RunState.Queued && inUse.Contains(r.List)).OrderBy(r => r.QueuedAt).Take(100).ToListAsync(cancel);
        if (queued.Count == 0) return;
        var busy = (await db.Runs.Where(r => r.State == RunState.Waiting || r.State == RunState.Paused).Select(r => r.List).ToListAsync(cancel)).ToHashSet();
        busy.UnionWith(atWork.All.Select(w => w.List));
        foreach (var run in queued)
        {
            if (atWork.All.Count(w => !w.IsPaused) >= options.Value.RunsAtOnce) return;
            if (!busy.Add(run.List)) continue;
            var work = new RunAtWork(run.Id, run.List, turns, cancel);
            atWork.Add(work);
            _working.Add(Task.Run(() => WorkAsync(work, work.Cancel), CancellationToken.None));
        }
    }

    private async Task WorkAsync(RunAtWork work, CancellationToken cancel)
    {
        using var over = new CancellationTokenSource();
        var watching = WatchAsync(work, over.Token);
        await end.CarryToEndAsync(work, cancel);
        await over.CancelAsync();
        await watching;
        atWork.Remove(work);
        work.Dispose();
        atWork.Ring();
    }

    /// <summary>Notes the speed every second, and writes the progress down every other.</summary>
    private async Task WatchAsync(RunAtWork work, CancellationToken cancel)
    {
        var saved = clock.GetTimestamp();
        using var timer = new PeriodicTimer(Tick, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(cancel))
            {
                if (!work.IsPaused) work.Progress.Sample();
                if (clock.GetElapsedTime(saved) < SaveEvery) continue;
                saved = clock.GetTimestamp();
                await ledger.SaveProgressAsync(work, cancel);
            }
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
        catch (DbException)
        {
            // The disk is full or the database busy: the run itself meets that too and says so.
        }
    }
}
