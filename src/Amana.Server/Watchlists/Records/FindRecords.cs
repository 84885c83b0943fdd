using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Watchlists;

/// <summary>A page of the records of one list, in the order of the list, or those whose identifier begins so. Names are asked for
/// with a screening, not here.</summary>
internal sealed class FindRecords(AmanaDb db, Gate gate, JournalWriter journal, ListShelf shelf)
{
    public const int PageRows = 50;

    /// <param name="List">Null: the first list that the caller may see.</param>
    /// <param name="IdBegins">Null: all.</param>
    /// <param name="AfterId">The last identifier of the page before; null for the first page.</param>
    public sealed record Request(string? List, string? IdBegins, string? AfterId, string? Purpose);

    /// <param name="NextAfter">Null on the last page.</param>
    public sealed record Page(string List, string ListTitle, IReadOnlyList<RecordEntry> Records, string? NextAfter);

    public async Task<Result<Page>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (!(await gate.CheckAsync(caller, Right.ReadRecords, request.Purpose, cancel)).Succeeded(out var purpose, out var forbidden)) return forbidden;

        if (request.IdBegins?.Length > StoredEntity.IdCharsMax || request.IdBegins?.Contains('\0', StringComparison.Ordinal) is true) return WatchlistRefusals.RecordSearch;
        var visible = shelf.Current.VisibleTo(caller);
        var list = request.List is null ? (visible.Count > 0 ? visible[0] : null) : visible.FirstOrDefault(l => l.Name == request.List);
        if (list is null) return WatchlistRefusals.ListUnknown;

        var rows = db.StoredEntities.AsNoTracking().In(list.ListNumber, list.VersionNumber);
#pragma warning disable CA1309 // these become comparisons in the database
        if (request.IdBegins is { Length: > 0 } begins)
        {
            string end = begins + '\uffff';
            rows = rows.Where(e => string.Compare(e.Id, begins) >= 0 && string.Compare(e.Id, end) < 0);
        }
        var hidden = shelf.Audiences.HiddenFrom(caller.Bureau.Value, list);
        if (hidden.Count > 0) rows = rows.Where(e => !hidden.Contains(e.Id));
        if (request.AfterId is { } after) rows = rows.Where(e => string.Compare(e.Id, after) > 0);
#pragma warning restore CA1309
        var page = await rows.OrderBy(e => e.Id).Take(PageRows + 1).AsAt(list.VersionNumber).ToListAsync(cancel);
        bool more = page.Count > PageRows;
        var shown = page.Take(PageRows).Select(r => RecordEntry.Of(new FoundEntity(list, r.Read()))).ToList();

        journal.Record(caller.Actor, "records.listed", list.Name, purpose, new { list.Version, shown = shown.Count });
        await db.SaveChangesAsync(cancel);
        return new Page(list.Name, list.Title, shown, more ? shown[^1].Id : null);
    }
}
