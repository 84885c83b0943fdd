using System.Buffers;
using Amana.Lists;
using Amana.Matching;
using Amana.Server.Watchlists;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Server.Tests.Screening;

/// <summary>Puts a small list of specimens on the shelf of a test server, as an import would.</summary>
internal static class TestLists
{
    public static ListedEntity Person(string id, string name, params (string Property, string Value)[] more) => Entity(id, "Person", name, more);

    public static ListedEntity Entity(string id, string schema, string name, params (string Property, string Value)[] more) => new()
    {
        Id = id, Schema = schema, Caption = name,
        Properties = more.Prepend(("name", name)).GroupBy(m => m.Item1).ToDictionary(g => g.Key, g => (IReadOnlyList<string>)[.. g.Select(m => m.Item2)]),
    };

    /// <summary>The next version of the list.</summary>
    public static async Task<LoadedList> PutListAsync(this AmanaServer server, string name, params ListedEntity[] entities)
    {
        await using var db = await server.OpenDbAsync();
        var list = await db.Set<WatchList>().SingleOrDefaultAsync(l => l.Name == name);
        if (list is null) db.Add(list = new WatchList { Name = name, Title = $"List {name}", MadeAt = DateTimeOffset.UtcNow });
        int version = list.BeginVersion();
        list.Publish(version);
        await db.SaveChangesAsync();
        await db.Set<StoredEntity>().Where(e => e.List == list.Number && e.ToVersion == null).ExecuteUpdateAsync(e => e.SetProperty(s => s.ToVersion, version));

        var buffer = new ArrayBufferWriter<byte>();
        var facts = new PlaceFactsBuilder();
        foreach (var entity in entities)
        {
            byte[] hash = EntityBody.Write(entity, buffer);
            db.Add(new StoredEntity { List = list.Number, Id = entity.Id, Hash = hash, Body = buffer.WrittenSpan.ToArray(), FromVersion = version, LastSeen = entity.LastSeen?.UtcTicks });
            facts.Add(entity);
        }
        await db.SaveChangesAsync();
        var loaded = new LoadedList
        {
            Name = name, Title = $"List {name}", Version = ListVersion.LabelOf(DateTimeOffset.UtcNow, version), VersionNumber = version, EntityCount = entities.Length,
            UpdatedAt = DateTimeOffset.UtcNow, Index = MatchIndex.Build(entities.Select(Subjects.Of)), Places = facts.Build(), ListNumber = list.Number,
        };
        var shelf = server.Services.GetRequiredService<ListShelf>();
        shelf.Put(loaded);
        shelf.AllTried();
        return loaded;
    }
}
