using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Web;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Screening;

/// <summary>Open hits beside the menu entry, on the Desk and in the command box.</summary>
internal sealed class HitsAtWork(AmanaDb db, Gate gate) : IMenuCounter, IDeskSource, IPaletteSource
{
    private const int QueueMax = 50;

    public string Address => "/hits";

    public async Task<MenuCount> CountAsync(Caller caller, CancellationToken cancel) => new(await OpenAsync(caller, cancel));

    /// <summary>The caller's own and everybody's, strongest first; the Desk sorts by time left, and hits have no limit yet.</summary>
    public async Task<DeskPart> AtAsync(Caller caller, Texts texts, CancellationToken cancel)
    {
        if (!caller.Has(Right.DecideHits)) return new DeskPart();
        var hits = await gate.Reach(db.Hits.AsNoTracking().VisibleTo(caller), caller).Where(h => h.State == HitState.Open)
            .OrderByDescending(h => h.Score).ThenBy(h => h.Id).Take(QueueMax).ToListAsync(cancel);
        int open = await OpenAsync(caller, cancel);
        return new DeskPart
        {
            Counters = open == 0 ? [] : [new DeskCounter(texts["menu.hits"], "git-compare-arrows", open, "/hits")],
            Queue = [.. hits.Select(h => new QueueItem
            {
                Work = texts["hits.to-decide"], Icon = "git-compare-arrows", Subject = h.Content.Caption, SubjectSecond = h.Content.AskedName, Reference = h.Reference,
                Address = $"/hits/{h.Reference}", Since = h.FoundAt,
            })],
        };
    }

    /// <summary>A reference opens its page; any other text is searched with all fields.</summary>
    public Task<IReadOnlyList<PaletteItem>> FindAsync(string query, Caller caller, Texts texts, CancellationToken cancel)
    {
        var items = new List<PaletteItem>();
        if (caller.Has(Right.Screen) && query.Length > 0)
        {
            if (Reference.TryRead(Reference.OfHit, query, out string? hit)) items.Add(new("command.work", "git-compare-arrows", hit, texts["hits.hit"], $"/hits/{hit}"));
            else if (Reference.TryRead(Reference.OfBatch, query, out string? batch)) items.Add(new("command.work", "files", batch, texts["menu.batches"], $"/search/batches/{batch}"));
            else if (query.Length >= 2) items.Add(new("command.do", "search", query, texts["command.full-search"], "/search" + QueryString.Create("q", query)));
        }
        return Task.FromResult<IReadOnlyList<PaletteItem>>(items);
    }

    private Task<int> OpenAsync(Caller caller, CancellationToken cancel) =>
        caller.Has(Right.Screen) ? gate.Reach(db.Hits.AsNoTracking().VisibleTo(caller), caller).CountAsync(h => h.State == HitState.Open, cancel) : Task.FromResult(0);
}
