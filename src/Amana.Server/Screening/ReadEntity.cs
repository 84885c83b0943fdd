using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Watchlists;

namespace Amana.Server.Screening;

/// <summary>Opens one whole entity by its id, or by an id under which it was published before.</summary>
internal sealed class ReadEntity(AmanaDb db, Gate gate, JournalWriter journal, ListShelf shelf, ReadEntities entities)
{
    public sealed record Request(string Id, string? Purpose);

    /// <returns>The entity; its id differs from the one asked for when that was another name of it.</returns>
    public async Task<Result<EntityView>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        var right = caller.Has(Right.ReadRecords) ? Right.ReadRecords : Right.Screen;
        if (!(await gate.CheckAsync(caller, right, request.Purpose, cancel)).Succeeded(out var purpose, out var refused)) return refused;
        if (!shelf.IsReady) return ScreeningRefusals.NotReady;

        var snapshot = shelf.Current;
        var found = await entities.FindAsync(snapshot, caller, request.Id, cancel);
        // The entity of that id before one that only was published under it.
        if (found.OrderBy(f => f.Entity.Id != request.Id).FirstOrDefault() is not { } one) return ScreeningRefusals.EntityUnknown;
        if (one.Entity.Id == request.Id)
        {
            journal.Record(caller.Actor, "entity.read", $"{one.List.Name}/{one.Entity.Id}", purpose, new { list = one.List.Name, version = one.List.Version });
            await db.SaveChangesAsync(cancel);
        }
        return EntityView.From(one);
    }
}
