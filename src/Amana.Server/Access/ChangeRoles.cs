using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access;

/// <summary>Gives and ends roles. They count from the person's next request on.</summary>
internal sealed class ChangeRoles(AmanaDb db, Gate gate, PeopleTurn turns, JournalWriter journal, TimeProvider clock)
{
    /// <param name="Roles">All that the person has afterwards.</param>
    public sealed record Request(Guid Person, IReadOnlyCollection<Role> Roles);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ManagePeople, cancel) is { } forbidden) return forbidden;
        await using var turn = await turns.TakeAsync(cancel);
        var person = await db.Set<Person>().Include(p => p.Roles).SingleOrDefaultAsync(p => p.Id == request.Person, cancel);
        if (person is null) return AccessRefusals.PersonNotFound;
        if (person.AsActor == caller.Actor) return AccessRefusals.NotOneself;
        if (person.ClosedAt is not null) return AccessRefusals.AccountClosed;
        if (!request.Roles.Contains(Role.Administrator) && await db.IsLastAdministratorAsync(person, cancel)) return AccessRefusals.LastAdministrator;

        Role[] before = [.. person.Roles.Select(r => r.Role).Order()];
        if (person.TakeRoles(request.Roles, caller.Actor, clock.GetUtcNow()) is { } refused) return refused;
        journal.Record(caller.Actor, "person.roles-changed", person.Id, details: new { before, after = request.Roles.Distinct().Order() });
        await db.SaveChangesAsync(cancel);
        await turn.CommitAsync(cancel);
        return null;
    }
}
