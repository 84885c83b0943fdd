using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;

namespace Amana.Server.Access;

/// <summary>Takes down that a person ended the session; the cookie is taken back by the address that calls this.</summary>
internal sealed class SignOut(AmanaDb db, JournalWriter journal)
{
    public async Task RunAsync(Caller caller, CancellationToken cancel)
    {
        if (caller.Actor.Kind is not ActorKind.Person) return;
        journal.Record(caller.Actor, "person.signed-out", caller.Actor.Key);
        await db.SaveChangesAsync(cancel);
    }
}
