using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access.Recovery;

/// <summary>For a lost key, phone or password: asks for a new sign-in, to which a second officer agrees. Nothing changes before.</summary>
/// <remarks>Where nobody else could agree, in a bureau of one administrator, the administrator does it alone, and the journal says so. For
/// a person who has not joined yet there is nothing to take away: a new invitation is made at once.</remarks>
internal sealed class AskRecovery(AmanaDb db, Gate gate, PeopleTurn turns, LostSignIn lost, JournalWriter journal, TimeProvider clock)
{
    public sealed record Request(Guid Person);

    /// <param name="Link">Shown this once, good for seven days; null while a second officer's word is awaited.</param>
    public sealed record Asked(string? Link);

    public async Task<Result<Asked>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ManagePeople, cancel) is { } forbidden) return forbidden;
        await using var turn = await turns.TakeAsync(cancel);
        var person = await db.Set<Person>().Include(p => p.RecoveryCodes).SingleOrDefaultAsync(p => p.Id == request.Person, cancel);
        if (person is null) return AccessRefusals.PersonNotFound;
        if (person.AsActor == caller.Actor) return AccessRefusals.NotOneself;
        if (person.ClosedAt is not null) return AccessRefusals.AccountClosed;
        if (person.IsSpecimen) return AccessRefusals.SpecimenFixed;

        string? link = null;
        if (person.JoinedAt is null || !await AnotherMayAgreeAsync(person, caller, cancel))
        {
            link = await lost.EndAsync(person, cancel);
            journal.Record(caller.Actor, "person.sign-in-reset", person.Id, details: new { alone = true, invited = person.JoinedAt is null });
        }
        else
        {
            var open = await db.Set<RecoveryRequest>().SingleOrDefaultAsync(r => r.PersonId == person.Id, cancel);
            if (open is null) db.Add(open = new RecoveryRequest { PersonId = person.Id, AskedBy = "", AskedAt = default });
            (open.AskedBy, open.AskedAt) = (caller.Actor.ToString(), clock.GetUtcNow());
            journal.Record(caller.Actor, "recovery.asked", person.Id);
        }

        await db.SaveChangesAsync(cancel);
        await turn.CommitAsync(cancel);
        return new Asked(link);
    }

    private async Task<bool> AnotherMayAgreeAsync(Person person, Caller caller, CancellationToken cancel)
    {
        var roles = Enum.GetValues<Role>().Where(r => RoleTable.RightsOf(r).Contains(Right.AgreeToRecovery)).ToList();
        var asking = Guid.TryParse(caller.Actor.Key, out var key) ? key : Guid.Empty; // the server has no such key
        return await db.Set<Person>().AnyAsync(p => p.Id != person.Id && p.Id != asking && p.JoinedAt != null && p.ClosedAt == null && p.Roles.Any(r => roles.Contains(r.Role)), cancel);
    }
}
