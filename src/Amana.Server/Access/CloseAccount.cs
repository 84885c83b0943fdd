using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access;

/// <summary>A person leaves: sessions end at once, links are over, the name stays for the journal.</summary>
internal sealed class CloseAccount(AmanaDb db, Gate gate, PeopleTurn turns, JournalWriter journal, TimeProvider clock)
{
    public sealed record Request(Guid Person);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ManagePeople, cancel) is { } forbidden) return forbidden;
        await using var turn = await turns.TakeAsync(cancel);
        var person = await db.Set<Person>().Include(p => p.Roles).SingleOrDefaultAsync(p => p.Id == request.Person, cancel);
        if (person is null) return AccessRefusals.PersonNotFound;
        if (person.AsActor == caller.Actor) return AccessRefusals.NotOneself;
        if (person.ClosedAt is not null) return AccessRefusals.AccountClosed;
        if (await db.IsLastAdministratorAsync(person, cancel)) return AccessRefusals.LastAdministrator;

        person.Close(clock.GetUtcNow());
        journal.Record(caller.Actor, "person.closed", person.Id);
        await db.SaveChangesAsync(cancel);
        await turn.CommitAsync(cancel);
        return null;
    }
}
