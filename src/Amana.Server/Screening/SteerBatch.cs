using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Screening;

/// <summary>What an officer may do to a batch that is not over, and to one that is.</summary>
internal enum BatchOrder { Pause, Resume, Stop, Forget }

/// <summary>Pauses, resumes, stops or forgets a batch.</summary>
internal sealed class SteerBatch(AmanaDb db, BatchTurn turn, Gate gate, JournalWriter journal, BatchSignal signal, ForgetBatch forget, TimeProvider clock)
{
    public async Task<Result<BatchView>> RunAsync(string reference, BatchOrder order, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.Screen, cancel) is { } forbidden) return forbidden;
        if (!Reference.TryRead(Reference.OfBatch, reference, out string? known)) return ScreeningRefusals.BatchUnknown;
        using var mine = await turn.TakeAsync(cancel);
        var batch = await db.Batches.VisibleTo(caller).SingleOrDefaultAsync(b => b.Reference == known, cancel);
        if (batch is null) return ScreeningRefusals.BatchUnknown;
        if (!(await gate.CheckAsync(caller, Right.Screen, batch.Purpose, cancel)).Succeeded(out var purpose, out var refused)) return refused;
        if (await ApplyAsync(batch, order, cancel) is { } no) return no;
        journal.Record(caller.Actor, $"batch.{order.ToString().ToLowerInvariant()}", batch.Reference, purpose, new { batch.RowsDone });
        await db.SaveChangesAsync(cancel);
        if (order is BatchOrder.Forget) forget.DeleteFile(batch);
        signal.Wake();
        return BatchView.From(batch, clock.GetUtcNow());
    }

    private async Task<Refusal?> ApplyAsync(Batch batch, BatchOrder order, CancellationToken cancel)
    {
        if (batch.State is BatchState.Forgotten) return ScreeningRefusals.BatchForgotten;
        switch (order)
        {
            case BatchOrder.Pause: return batch.Pause();
            case BatchOrder.Resume: return batch.Resume();
            case BatchOrder.Stop: return batch.Stop(clock.GetUtcNow());
            default:
                if (!batch.IsOver) return ScreeningRefusals.BatchStillRunning;
                await forget.MarkAsync(batch, cancel);
                return null;
        }
    }
}
