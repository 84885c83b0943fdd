using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access;

/// <summary>Ends sessions of a person, from the next request on: one, all but the one that asks, or every one everywhere. One's
/// own, or another's with the right to manage people.</summary>
internal sealed class EndSessions(AmanaDb db, Gate gate, JournalWriter journal)
{
    /// <param name="Only">This session alone.</param>
    /// <param name="AllBut">Every session but this one. Without either: all of them.</param>
    public sealed record Request(Guid Person, Id<Session>? Only = null, Id<Session>? AllBut = null);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        bool own = caller.Actor == new Actor(ActorKind.Person, request.Person.ToString());
        if (!own && await gate.CheckAsync(caller, Right.ManagePeople, cancel) is { } forbidden) return forbidden;
        var person = await db.Set<Person>().SingleOrDefaultAsync(p => p.Id == request.Person, cancel);
        if (person is null) return AccessRefusals.PersonNotFound;

        var sessions = await db.Set<Session>().Where(s => s.PersonId == person.Id).ToListAsync(cancel);
        var ended = request.Only is { } only ? sessions.FindAll(s => s.Id == only)
            : request.AllBut is { } kept ? sessions.FindAll(s => s.Id != kept)
            : sessions;
        if (request.Only is not null && ended.Count == 0) return AccessRefusals.SessionOver;
        if (request is { Only: null, AllBut: null }) person.EndSessions();
        db.RemoveRange(ended);
        journal.Record(caller.Actor, "person.sessions-ended", person.Id,
            details: new { which = request.Only is not null ? "one" : request.AllBut is not null ? "others" : "all", count = ended.Count });
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return AccessRefusals.SessionOver; // one of them ended at the same moment elsewhere; nothing was changed
        }

        return null;
    }
}
