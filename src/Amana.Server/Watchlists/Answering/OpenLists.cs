using System.Data.Common;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Watchlists;

/// <summary>At start: opens the saved index of every published list; then the shelf is ready.</summary>
internal sealed class OpenLists(IServiceScopeFactory scopes, ListShelf shelf, IndexFiles indexes, ILogger<OpenLists> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
        var published = await db.Lists.AsNoTracking().InUse().Where(l => l.CurrentVersion > 0)
            .Join(db.ListVersions, l => new { A = l.Number, B = l.CurrentVersion }, v => new { A = v.List, B = v.Number }, (l, v) => new { List = l, Version = v })
            .ToListAsync(stoppingToken);
        foreach (var one in published) await OpenAsync(one.List, one.Version, stoppingToken);
        shelf.AllTried();
    }

    private async Task OpenAsync(WatchList list, ListVersion version, CancellationToken cancel)
    {
        try
        {
            var (opened, rebuilt) = await indexes.OpenOrBuildAsync(list, version, cancel);
            if (rebuilt) log.Rebuilt(list.Name);
            log.Opened(list.Name, version.Label, opened.EntityCount);
            shelf.Put(opened);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException or DbException)
        {
            log.NotOpened(list.Name, e);
            shelf.Miss(list.Name);
        }
    }
}
