using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Screening;

/// <summary>The batches of the caller's bureau: one, or the newest of all. Counts only; nobody's name is in them.</summary>
internal sealed class ReadBatches(AmanaDb db, Gate gate, TimeProvider clock)
{
    private const int PageMax = 200;

    public async Task<Result<IReadOnlyList<BatchView>>> ListAsync(Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.Screen, cancel) is { } forbidden) return forbidden;
        var batches = await db.Batches.AsNoTracking().VisibleTo(caller).OrderByDescending(b => b.At).Take(PageMax).ToListAsync(cancel);
        return batches.ConvertAll(b => BatchView.From(b, clock.GetUtcNow()));
    }

    public async Task<Result<BatchView>> OneAsync(string reference, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.Screen, cancel) is { } forbidden) return forbidden;
        if (!Reference.TryRead(Reference.OfBatch, reference, out string? known)) return ScreeningRefusals.BatchUnknown;
        var batch = await db.Batches.AsNoTracking().VisibleTo(caller).SingleOrDefaultAsync(b => b.Reference == known, cancel);
        return batch is null ? ScreeningRefusals.BatchUnknown : BatchView.From(batch, clock.GetUtcNow());
    }

    /// <summary>Rows that could not be read or were read only in part, in the order of the file.</summary>
    public async Task<Result<IReadOnlyList<BatchNote>>> RowsAsync(string reference, int limit, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.Screen, cancel) is { } forbidden) return forbidden;
        if (!Reference.TryRead(Reference.OfBatch, reference, out string? known)) return ScreeningRefusals.BatchUnknown;
        var batch = await db.Batches.AsNoTracking().VisibleTo(caller).SingleOrDefaultAsync(b => b.Reference == known, cancel);
        if (batch is null) return ScreeningRefusals.BatchUnknown;
        var rows = await db.BatchRows.AsNoTracking().Where(r => r.Batch == batch.Id).OrderBy(r => r.Line).ThenBy(r => r.Position).Take(limit).ToListAsync(cancel);
        return rows.ConvertAll(r => new BatchNote(r.Line, r.IsError, r.Code, r.Field, r.Detail));
    }
}

/// <summary>What could not be read, or was not compared, in a row.</summary>
public sealed record BatchNote(long Line, bool IsError, string Code, string? Field, string Detail);
