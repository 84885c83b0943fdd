using Amana.Server.Data;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Watchlists;

/// <summary>Gives runs their references, one after the other.</summary>
internal sealed class RunNumbers(TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>Adds a run and saves it with all else that the context holds: both or neither.</summary>
    /// <param name="files">True when they are in the run's folder already.</param>
    public async Task<ImportRun> AddAsync(AmanaDb db, Id<ImportRun> id, int list, bool files, Actor who, Action<ImportRun> beforeSaving, CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            var now = clock.GetUtcNow();
            int last = await db.Runs.Where(r => r.Year == now.Year).MaxAsync(r => (int?)r.Serial, cancel) ?? 0;
            var trigger = who.Kind switch
            {
                ActorKind.Person => RunTrigger.Person,
                ActorKind.Token => RunTrigger.Program,
                _ => files ? RunTrigger.Server : RunTrigger.Schedule,
            };
            var run = new ImportRun
            {
                Id = id, Year = now.Year, Serial = last + 1, List = list, HasFiles = files, Trigger = trigger, StartedBy = who.ToString(), QueuedAt = now,
            };
            db.Runs.Add(run);
            beforeSaving(run);
            await db.SaveChangesAsync(cancel);
            return run;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();
}
