using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Watchlists;

namespace Amana.Server.Screening;

/// <summary>The other records of the same list that an entity names as its parent, owner and so on, and those that name it, by
/// property and in pages.</summary>
/// <remarks>Lists carry addresses, sanctions and relations between two others as values of the entity, not as entities: there is
/// nothing to find behind those.</remarks>
internal sealed class ReadAdjacent(AmanaDb db, Gate gate, JournalWriter journal, ListShelf shelf, ReadEntities entities)
{
    /// <summary>Of those that name one entity, the first so many are looked at: all that <c>offset</c> and <c>limit</c> can reach.</summary>
    private const int ThatNameMax = SearchText.OffsetMax + SearchText.LimitMax;

    public sealed record Request
    {
        public required string Id { get; init; }
        /// <summary>Null: all that the schema has.</summary>
        public string? Property { get; init; }
        public int Limit { get; init; } = SearchText.LimitDefault;
        public int Offset { get; init; }
        public IReadOnlyList<string> Sort { get; init; } = [];
        public string? Purpose { get; init; }
    }

    /// <returns>The entity's id differs from the one asked for when that was another name of it; nothing else is read then.</returns>
    public async Task<Result<AdjacentAnswer>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        var right = caller.Has(Right.ReadRecords) ? Right.ReadRecords : Right.Screen;
        if (!(await gate.CheckAsync(caller, right, request.Purpose, cancel)).Succeeded(out var purpose, out var refused)) return refused;
        if (request.Limit is < 0 or > SearchText.LimitMax) return ScreeningRefusals.OutOfRange("limit", "between 0 and 500");
        if (request.Offset is < 0 or > SearchText.OffsetMax) return ScreeningRefusals.OutOfRange("offset", "between 0 and 9499");
        if (!SearchOrder.TryRead(request.Sort, out var order)) return ScreeningRefusals.SortUnknown;
        if (!shelf.IsReady) return ScreeningRefusals.NotReady;

        var found = await entities.FindAsync(shelf.Current, caller, request.Id, cancel);
        if (found.OrderBy(f => f.Entity.Id != request.Id).FirstOrDefault() is not { } one) return ScreeningRefusals.EntityUnknown;
        var entity = EntityView.From(one);
        var answer = new AdjacentAnswer { Entity = entity, Adjacent = new Dictionary<string, AdjacentPage>(StringComparer.Ordinal) };
        if (entity.Id != request.Id) return answer;
        if (request.Property is { } property && !Links.Of(entity.Schema).Contains(property)) return ScreeningRefusals.LinkUnknown;

        var pages = new Dictionary<string, AdjacentPage>(StringComparer.Ordinal);
        var ways = request.Property is { } only ? [only] : Links.Of(entity.Schema);
        var back = ways.Any(Links.IsWayBack) ? await ThatNameAsync(one, cancel) : [];
        foreach (string way in ways)
        {
            var there = await NamedAsync(one, entity.Of(way), cancel);
            var page = PageOf([.. there.Concat(back.Where(b => b.Way == way).Select(b => b.Entity)).DistinctBy(e => e.Id)], order, request);
            if (page.Total.Value > 0 || request.Property is not null) pages[way] = page;
        }
        journal.Record(caller.Actor, "entity.read", $"{one.List.Name}/{entity.Id}", purpose,
            new { list = one.List.Name, version = one.List.Version, adjacent = pages.Values.Sum(p => p.Results.Count) });
        await db.SaveChangesAsync(cancel);
        return answer with { Adjacent = pages };
    }

    private async Task<IReadOnlyList<EntityView>> NamedAsync(FoundEntity from, IReadOnlyList<string> values, CancellationToken cancel)
    {
        List<string> ids = [.. values.Where(v => v != from.Entity.Id).Distinct(StringComparer.Ordinal).Take(ReadEntities.IdsMax)];
        var known = await entities.BulkAsync(from.List, ids, cancel);
        return [.. ids.Where(known.ContainsKey).Select(id => EntityView.From(known[id], from.List.Name))];
    }

    private async Task<IReadOnlyList<(string Way, EntityView Entity)>> ThatNameAsync(FoundEntity to, CancellationToken cancel)
    {
        var naming = await entities.ThatNameAsync(to.List, to.Entity.Id, ThatNameMax, cancel);
        return [.. naming.Where(e => e.Id != to.Entity.Id).Select(e => EntityView.From(e, to.List.Name))
            .SelectMany(e => Links.WaysBack(e, to.Entity.Id).Select(way => (way, e)))];
    }

    private static AdjacentPage PageOf(List<EntityView> there, SearchOrder? order, Request request)
    {
        if (order is not null) there = order.Sort(there);
        return new AdjacentPage
        {
            Limit = request.Limit, Offset = request.Offset, Total = new TotalView(there.Count), Results = [.. there.Skip(request.Offset).Take(request.Limit)],
        };
    }
}

/// <summary>The ways from an entity of some schema to others.</summary>
internal static class Links
{
    /// <summary>Of the schema and of what it is a kind of: its own properties, and the ways back from those that name it.</summary>
    public static IReadOnlyList<string> Of(string schema) =>
    [
        .. EntityLinks.All.Where(l => Schemata.IsKindOf(schema, l.Schema)).Select(l => l.Property)
            .Concat(EntityLinks.All.Where(l => Schemata.IsKindOf(schema, l.Range)).Select(l => l.Reverse))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    public static bool IsWayBack(string way) => EntityLinks.All.Any(l => l.Reverse == way);

    /// <summary>What <paramref name="id"/> calls the ways on which <paramref name="from"/> names it.</summary>
    public static IEnumerable<string> WaysBack(EntityView from, string id) =>
        EntityLinks.All.Where(l => Schemata.IsKindOf(from.Schema, l.Schema) && from.Of(l.Property).Contains(id, StringComparer.Ordinal)).Select(l => l.Reverse);
}

/// <summary>What <c>GET /entities/{id}/adjacent</c> answers.</summary>
internal sealed record AdjacentAnswer
{
    public required EntityView Entity { get; init; }
    /// <summary>By property; those behind which no entity of the list stands are left out.</summary>
    public required IReadOnlyDictionary<string, AdjacentPage> Adjacent { get; init; }
}

/// <summary>What <c>GET /entities/{id}/adjacent/{property}</c> answers.</summary>
internal sealed record AdjacentPage
{
    public required int Limit { get; init; }
    public required int Offset { get; init; }
    public required TotalView Total { get; init; }
    public required IReadOnlyList<EntityView> Results { get; init; }
}
