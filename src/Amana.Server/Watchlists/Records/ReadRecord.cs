using Amana.Lists;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;

namespace Amana.Server.Watchlists;

/// <summary>Opens a whole record: what every list that answers says of that identifier. Each opening is journaled, with its
/// purpose.</summary>
internal sealed class ReadRecord(AmanaDb db, Gate gate, JournalWriter journal, ListShelf shelf, ReadEntities entities)
{
    /// <param name="Purpose">Null: the session's or token's own.</param>
    public sealed record Request(string Id, string? Purpose);

    public async Task<Result<RecordView>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (!(await gate.CheckAsync(caller, Right.ReadRecords, request.Purpose, cancel)).Succeeded(out var purpose, out var forbidden)) return forbidden;

        var found = await entities.FindAsync(shelf.Current, caller, request.Id, cancel);
        journal.Record(caller.Actor, "record.read", found.Count > 0 ? found[0].Entity.Id : null, purpose,
            new { found = found.Count, versions = found.Select(f => new { list = f.List.Name, version = f.List.Version }) });
        await db.SaveChangesAsync(cancel);
        return found.Count == 0 ? WatchlistRefusals.RecordUnknown : new RecordView(found[0].Entity.Id, [.. found.Select(RecordEntry.Of)]);
    }
}

/// <param name="Id">As asked for, or the one that took its place.</param>
/// <param name="Entries">One a list.</param>
internal sealed record RecordView(string Id, IReadOnlyList<RecordEntry> Entries)
{
    private const int ReferentsMost = 50;

    /// <summary>Under which the journal knows it: opened as a record, read as an entity of a list, or once published otherwise.</summary>
    public IReadOnlyList<string> NamesInJournal =>
        [Id, .. Entries.Select(e => $"{e.List}/{e.Id}"), .. Entries.SelectMany(e => e.Referents.Take(ReferentsMost).SelectMany(r => new[] { r, $"{e.List}/{r}" }))];
}

/// <summary>What one list says.</summary>
internal sealed record RecordEntry(string List, string ListTitle, string Version, DateTimeOffset UpdatedAt, string Id, string Schema, string Caption,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Properties, IReadOnlyList<string> Referents, bool Target,
    DateTimeOffset? FirstSeen, DateTimeOffset? LastSeen, DateTimeOffset? LastChange)
{
    public static RecordEntry Of(FoundEntity found) => Of(found.List, found.Entity);

    private static RecordEntry Of(LoadedList list, ListedEntity entity) => new(list.Name, list.Title, list.Version, list.UpdatedAt, entity.Id, entity.Schema,
        entity.Caption, entity.Properties, entity.Referents, entity.Target, entity.FirstSeen, entity.LastSeen, entity.LastChange);
}
