using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.PublicNotices;

namespace Amana.Server.News;

/// <summary>Takes an item of news down; its address is empty from then on.</summary>
internal sealed class TakeDownNews(AmanaDb db, Gate gate, JournalWriter journal, NewsShelf shelf)
{
    public sealed record Request(string? Slug);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.PublishNews, cancel) is { } forbidden) return forbidden;
        if (!await shelf.RemoveAsync(request.Slug ?? "", cancel)) return NewsRefusals.Unknown;
        journal.Record(caller.Actor, "news.taken-down", request.Slug);
        await db.SaveChangesAsync(cancel);
        shelf.Show();
        return null;
    }
}
