using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Threads;

/// <summary>What time alone does to threads: tells the house that an answer will be late and that it is, and lets go what its originator gave until a day
/// that is past. Looks every minute.</summary>
internal sealed class ThreadClock(IServiceScopeFactory scopes, TimeProvider clock, ILogger<ThreadClock> log) : TimedWork(Every, clock, log)
{
    private const int AtOnce = 200;
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    protected override Task RoundAsync(CancellationToken cancel) => LookAsync(cancel);

    /// <returns>How many threads and messages were changed.</returns>
    public async Task<int> LookAsync(CancellationToken cancel)
    {
        int done = 0;
        var now = Clock.GetUtcNow();
        foreach (var id in await IdsAsync(db => db.CaseThreads.Where(t => t.State == ThreadState.Open && ((t.NearAt <= now && t.Escalation == Escalation.None) || (t.DueAt <= now && t.Escalation != Escalation.Past)))
            .OrderBy(t => t.DueAt).Select(t => t.Id), cancel)) done += await ChangeAsync((db, journal, _) => TellAsync(db, journal, id, now, cancel), cancel);
        foreach (var id in await IdsAsync(db => db.ThreadMessages.Where(m => m.Until <= now).OrderBy(m => m.Until).Select(m => m.Id), cancel))
        {
            done += await ChangeAsync((db, journal, book) => LetGoAsync(db, journal, book, id, now, cancel), cancel);
        }

        foreach (var id in await IdsAsync(db => db.CaseThreads.Where(t => !t.IsEmptied && t.SubjectUntil <= now).OrderBy(t => t.SubjectUntil).Select(t => t.Id), cancel))
        {
            done += await ChangeAsync((db, journal, book) => EmptyAsync(db, journal, book, id, cancel), cancel);
        }

        return done;
    }

    private static async Task TellAsync(AmanaDb db, JournalWriter journal, Id<CaseThread> id, DateTimeOffset now, CancellationToken cancel)
    {
        var thread = await db.CaseThreads.SingleAsync(t => t.Id == id, cancel);
        bool past = thread.DueAt <= now;
        thread.Escalation = past ? Escalation.Past : Escalation.Near;
        thread.Changed();
        journal.Record(Actor.Server, past ? "thread.overdue" : "thread.due-near", thread.Reference, details: new { thread.DueAt, thread.AssignedTo });
    }

    private static async Task LetGoAsync(AmanaDb db, JournalWriter journal, ThreadBook book, Guid id, DateTimeOffset now, CancellationToken cancel)
    {
        var message = await db.ThreadMessages.SingleAsync(m => m.Id == id, cancel);
        string reference = await db.CaseThreads.Where(t => t.Id == message.Thread).Select(t => t.Reference).SingleAsync(cancel);
        bool whole = message.LeaveAt(now);
        if (whole)
        {
            await book.LeaveFilesAsync(id, cancel);
            foreach (var ask in await db.ThreadAsks.Where(a => a.Message == id).ToListAsync(cancel)) ask.Leave();
        }

        journal.Record(Actor.Server, "message.expired", reference, details: new { letter = id, whole });
    }

    private static async Task EmptyAsync(AmanaDb db, JournalWriter journal, ThreadBook book, Id<CaseThread> id, CancellationToken cancel)
    {
        var thread = await db.CaseThreads.SingleAsync(t => t.Id == id, cancel);
        await book.EmptyAsync(thread, cancel);
        journal.Record(Actor.Server, "thread.emptied", thread.Reference);
    }

    private async Task<List<T>> IdsAsync<T>(Func<AmanaDb, IQueryable<T>> of, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await of(scope.ServiceProvider.GetRequiredService<AmanaDb>()).Take(AtOnce).ToListAsync(cancel);
    }

    private async Task<int> ChangeAsync(Func<AmanaDb, JournalWriter, ThreadBook, Task> change, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
        await change(db, scope.ServiceProvider.GetRequiredService<JournalWriter>(), scope.ServiceProvider.GetRequiredService<ThreadBook>());
        try
        {
            await db.SaveChangesAsync(cancel);
            return 1;
        }
        catch (DbUpdateConcurrencyException)
        {
            return 0; // somebody wrote in that moment; the next look sees what is left to do
        }
    }
}
