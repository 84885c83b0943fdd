using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access;

/// <summary>A person ends the session: what holds a copy of its cookie opens nothing from then on. The cookie itself is taken
/// back by the address that calls this.</summary>
internal sealed class SignOut(AmanaDb db, JournalWriter journal)
{
    public async Task RunAsync(Caller caller, CancellationToken cancel)
    {
        if (caller.Actor.Kind is not ActorKind.Person) return;
        if (caller.Session is { } id && await db.Set<Session>().SingleOrDefaultAsync(s => s.Id == id, cancel) is { } session) db.Remove(session);
        journal.Record(caller.Actor, "person.signed-out", caller.Actor.Key);
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Sent twice at the same moment: the other one has signed out and taken it down.
        }
    }
}
