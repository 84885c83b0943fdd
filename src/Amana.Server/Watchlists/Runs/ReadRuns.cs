using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Watchlists;

/// <summary>Runs, the newest first; or one by its reference.</summary>
internal sealed class ReadRuns(AmanaDb db, Gate gate, RunsAtWork atWork)
{
    public const int PageMax = 200;

    /// <param name="List">Null: of all lists.</param>
    /// <param name="Run">Null: a page.</param>
    /// <param name="Skip">How many of the newest to leave out.</param>
    public sealed record Request(string? List = null, RunReference? Run = null, int Skip = 0, int Take = 50);

    public sealed record Page(IReadOnlyList<RunView> Runs, int Total);

    public async Task<Result<Page>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ReadLists, cancel) is { } forbidden) return forbidden;

        var runs = db.Runs.AsNoTracking().Join(db.Lists, r => r.List, l => l.Number, (r, l) => new { Run = r, List = l })
            .Where(x => request.List == null || x.List.Name == request.List);
        if (request.Run is { } one) runs = runs.Where(x => x.Run.Year == one.Year && x.Run.Serial == one.Serial);
        int total = await runs.CountAsync(cancel);
        if (request.Run is not null && total == 0) return WatchlistRefusals.RunUnknown;
        var (sources, versions) = (db.ListSources, db.ListVersions);
        var rows = await runs.OrderByDescending(x => x.Run.QueuedAt).ThenByDescending(x => x.Run.Serial)
            .Skip(Math.Max(0, request.Skip)).Take(Math.Clamp(request.Take, 1, PageMax))
            .Select(x => new
            {
                x.Run, x.List,
                Guard = sources.Where(s => s.List == x.List.Number).Select(s => s.GuardShare).First(),
                Label = versions.Where(v => v.List == x.List.Number && v.Number == x.Run.Version).Select(v => v.Label).FirstOrDefault(),
            }).ToListAsync(cancel);
        return new Page(rows.ConvertAll(x => RunView.Of(x.Run, x.List, x.Guard, x.Label, atWork.TryFind(x.Run.Id, out var work) ? work : null)), total);
    }
}
