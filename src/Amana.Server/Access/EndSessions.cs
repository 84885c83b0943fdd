using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access;

/// <summary>Ends every session of a person, everywhere: one's own, or another's with the right to manage people.</summary>
internal sealed class EndSessions(AmanaDb db, Gate gate, JournalWriter journal)
{
    public sealed record Request(Guid Person);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        bool own = caller.Actor == new Actor(ActorKind.Person, request.Person.ToString());
        if (!own && await gate.CheckAsync(caller, Right.ManagePeople, cancel) is { } forbidden) return forbidden;
        var person = await db.Set<Person>().SingleOrDefaultAsync(p => p.Id == request.Person, cancel);
        if (person is null) return AccessRefusals.PersonNotFound;

        person.EndSessions();
        journal.Record(caller.Actor, "person.sessions-ended", person.Id);
        await db.SaveChangesAsync(cancel);
        return null;
    }
}
