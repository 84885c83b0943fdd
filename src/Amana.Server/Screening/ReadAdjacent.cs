using System.Collections.Frozen;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Watchlists;

namespace Amana.Server.Screening;

/// <summary>The other records of the same list that an entity names as its parent, owner and so on, by property and in pages.</summary>
/// <remarks>Lists carry addresses, sanctions and relations between two others as values of the entity, not as entities, so
/// what can be found is what an entity points to itself.</remarks>
internal sealed class ReadAdjacent(AmanaDb db, Gate gate, JournalWriter journal, ListShelf shelf, ReadEntities entities)
{
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
        foreach (string link in request.Property is { } only ? [only] : Links.Of(entity.Schema))
        {
            var page = await PageAsync(one, entity.Of(link), order, request, cancel);
            if (page.Total.Value > 0 || request.Property is not null) pages[link] = page;
        }
        journal.Record(caller.Actor, "entity.read", $"{one.List.Name}/{entity.Id}", purpose,
            new { list = one.List.Name, version = one.List.Version, adjacent = pages.Values.Sum(p => p.Results.Count) });
        await db.SaveChangesAsync(cancel);
        return answer with { Adjacent = pages };
    }

    private async Task<AdjacentPage> PageAsync(FoundEntity from, IReadOnlyList<string> values, SearchOrder? order, Request request, CancellationToken cancel)
    {
        List<string> ids = [.. values.Where(v => v != from.Entity.Id).Distinct(StringComparer.Ordinal).Take(ReadEntities.IdsMax)];
        var known = await entities.BulkAsync(from.List, ids, cancel);
        List<EntityView> there = [.. ids.Where(known.ContainsKey).Select(id => EntityView.From(known[id], from.List.Name))];
        if (order is not null) there = order.Sort(there);
        return new AdjacentPage
        {
            Limit = request.Limit, Offset = request.Offset, Total = new TotalView(there.Count), Results = [.. there.Skip(request.Offset).Take(request.Limit)],
        };
    }
}

/// <summary>Which properties of FollowTheMoney hold the id of another entity.</summary>
/// <remarks>Source: https://followthemoney.tech/explorer/ (properties of type entity, read 2026-11); those whose other end
/// Amana does not keep, such as addresses and passports, are there too and have nothing behind them.</remarks>
internal static class Links
{
    private static readonly FrozenDictionary<string, string[]> Own = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        [Schemata.Thing] = ["addressEntity", "proof"],
        ["LegalEntity"] = ["parent", "subsidiaries", "passport"],
        ["Vehicle"] = ["owner", "operator"],
        ["Security"] = ["issuer"],
        ["CryptoWallet"] = ["holder"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Of the schema and of what it is a kind of.</summary>
    public static IReadOnlyList<string> Of(string schema) => [.. Own.Where(o => Schemata.IsKindOf(schema, o.Key)).SelectMany(o => o.Value).Order(StringComparer.Ordinal)];
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
