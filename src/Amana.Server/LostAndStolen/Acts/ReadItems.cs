using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.LostAndStolen;

/// <summary>The records of the own bureau as a list, or one record whole. Whoever wants to know of another's number checks it.</summary>
internal sealed class ReadItems(AmanaDb db, Gate gate, JournalWriter journal)
{
    public const int LimitMax = 200, OffsetMax = 10_000;

    public sealed record Request(ItemKind? Kind, int Limit, int Offset);

    public sealed record Listed(int Total, IReadOnlyList<ItemView> Items);

    public async Task<Result<Listed>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.EnterItems, cancel) is { } forbidden) return forbidden;
        var own = db.Items.AsNoTracking().Where(i => i.Bureau == caller.Bureau && (request.Kind == null || i.Kind == request.Kind));
        var page = await own.OrderByDescending(i => i.EnteredAt).ThenByDescending(i => i.Reference)
            .Skip(Math.Clamp(request.Offset, 0, OffsetMax)).Take(Math.Clamp(request.Limit, 1, LimitMax)).ToListAsync(cancel);
        return new Listed(await own.CountAsync(cancel), page.ConvertAll(i => ItemViews.Of(i, caller.Bureau)));
    }

    /// <param name="reference">Such as <c>UTO-TD-2026-000017</c>.</param>
    public async Task<Result<ItemView>> OneAsync(string reference, string? purposeCode, Caller caller, CancellationToken cancel)
    {
        if (!(await gate.CheckAsync(caller, Right.Screen, purposeCode, cancel)).Succeeded(out var purpose, out var forbidden)) return forbidden;
        var item = await db.Items.AsNoTracking().VisibleTo(caller).SingleOrDefaultAsync(i => i.Reference == reference, cancel);
        if (item is null) return ItemRefusals.Unknown;
        journal.Record(caller.Actor, "item.read", item.Reference, purpose);
        await db.SaveChangesAsync(cancel);
        return ItemViews.Of(item, caller.Bureau);
    }
}
