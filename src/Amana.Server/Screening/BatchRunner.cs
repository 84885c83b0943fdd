using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Watchlists;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Screening;

/// <summary>Works through the batches one after the other, and forgets those whose day is over.</summary>
internal sealed partial class BatchRunner(IServiceScopeFactory scopes, BatchSignal signal, BatchTurn turn, ListShelf shelf, TimeProvider clock, ILogger<BatchRunner> log)
    : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await shelf.Opened.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ForgetDueAsync(stoppingToken);
                while (await NextAsync(stoppingToken) is { } batch) await RunAsync(batch, stoppingToken);
            }
            catch (Exception failed) when (failed is not OperationCanceledException)
            {
                LogFailed(log, failed.GetType().Name); // the outermost edge of the job; the next look tries again
            }
            await signal.WaitAsync(LookEvery, stoppingToken);
        }
    }

    private async Task<Id<Batch>?> NextAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
        // Running ones first: the server was stopped in the middle of them.
        var waiting = await db.Batches.AsNoTracking().Where(b => b.State == BatchState.Queued || b.State == BatchState.Running)
            .OrderBy(b => b.State == BatchState.Queued).ThenBy(b => b.At).FirstOrDefaultAsync(cancel);
        return waiting?.Id;
    }

    private async Task RunAsync(Id<Batch> id, CancellationToken cancel)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            long rows = await scope.ServiceProvider.GetRequiredService<BatchRun>().RunAsync(id, scopes, cancel);
            LogRan(log, rows);
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            LogFailed(log, failed.GetType().Name);
            await FailAsync(id, cancel);
        }
    }

    // Disk, database or our own fault: the batch is not tried for ever.
    private async Task FailAsync(Id<Batch> id, CancellationToken cancel)
    {
        using var mine = await turn.TakeAsync(cancel);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
        if (await db.Batches.SingleOrDefaultAsync(b => b.Id == id, cancel) is not { IsOver: false } batch) return;
        batch.Fail("batch.failed", "The server could not go on with this batch. What it had found is kept.", clock.GetUtcNow());
        await db.SaveChangesAsync(cancel);
    }

    private async Task ForgetDueAsync(CancellationToken cancel)
    {
        using var mine = await turn.TakeAsync(cancel);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
        var over = await db.Batches.Where(b => b.State == BatchState.Done || b.State == BatchState.Stopped || b.State == BatchState.Failed).ToListAsync(cancel);
        foreach (var batch in over.Where(b => b.ForgetAt <= clock.GetUtcNow()))
        {
            var forget = scope.ServiceProvider.GetRequiredService<ForgetBatch>();
            await forget.MarkAsync(batch, cancel);
            scope.ServiceProvider.GetRequiredService<JournalWriter>().Record(Actor.Server, "batch.forgotten", batch.Reference, details: new { batch.RowsDone, batch.Sha256 });
            await db.SaveChangesAsync(cancel);
            forget.DeleteFile(batch);
        }
    }

    [LoggerMessage(LogLevel.Information, "A batch worked through {Rows} rows")]
    private static partial void LogRan(ILogger log, long rows);

    [LoggerMessage(LogLevel.Error, "A batch could not go on: {Kind}")]
    private static partial void LogFailed(ILogger log, string kind);
}
