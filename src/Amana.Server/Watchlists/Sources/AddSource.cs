using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Watchlists;

/// <summary>Makes a list and says where its files will come from. It answers nothing before its first run is published.</summary>
internal sealed class AddSource(AmanaDb db, Gate gate, JournalWriter journal, ImportFolders folders, Instance instance, TimeProvider clock)
{
    public sealed record Request(string? Name, SourceSettings Settings);

    /// <returns>The list's name.</returns>
    public async Task<Result<string>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.Import, cancel) is { } forbidden) return forbidden;

        string? name = request.Name?.Trim();
        if (!WatchList.IsName(name)) return WatchlistRefusals.ListName;
        if (await db.Lists.AsNoTracking().SingleOrDefaultAsync(l => l.Name == name, cancel) is { } other)
        {
            return other.IsKept ? WatchlistRefusals.ListKept : other.RemovedAt is null ? WatchlistRefusals.ListExists : WatchlistRefusals.ListRemoved;
        }

        var now = clock.GetUtcNow();
        var list = new WatchList { Name = name, Title = name, MadeAt = now };
        var source = new ListSource { Kind = SourceKind.Upload, MadeAt = now };
        var settings = string.IsNullOrWhiteSpace(request.Settings.Title) ? request.Settings with { Title = name } : request.Settings;
        if (settings.ApplyTo(list, source, folders, instance, now) is { } refused) return refused;

        db.Lists.Add(list);
        source.BelongTo(list);
        db.ListSources.Add(source);
        journal.Record(caller.Actor, "source.added", name, details: new { source.Kind, source.GuardShare, schedule = source.Schedule?.ToString() });
        await db.SaveChangesAsync(cancel);
        return name;
    }
}
