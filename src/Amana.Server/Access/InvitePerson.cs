using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.AspNetCore.Identity;

namespace Amana.Server.Access;

/// <summary>Makes an account that a one-time link opens; its holder chooses password and second step.</summary>
internal sealed class InvitePerson(AmanaDb db, Gate gate, PeopleTurn turns, UserManager<Person> people, OneTimeLinks links, JournalWriter journal, TimeProvider clock)
{
    public sealed record Request(string? UserName, string? DisplayName, IReadOnlyCollection<Role> Roles);

    /// <param name="Link">Shown this once; good for seven days.</param>
    public sealed record Invited(Guid Person, string Link);

    public async Task<Result<Invited>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ManagePeople, cancel) is { } forbidden) return forbidden;
        if (!NewPerson.TryMake(request.UserName, request.DisplayName, clock, out var person, out var wrong)) return wrong;
        if (person.TakeRoles(request.Roles, caller.Actor, clock.GetUtcNow()) is { } refused) return refused;
        await using var turn = await turns.TakeAsync(cancel);
        if (await people.FindByNameAsync(person.UserName!) is not null) return AccessRefusals.UserNameWrong;

        db.Add(person);
        person.NormalizedUserName = people.NormalizeName(person.UserName);
        person.EndSessions();
        string link = await links.NewForAsync(person, LinkKind.Invitation, cancel);
        journal.Record(caller.Actor, "person.invited", person.Id, details: new { request.Roles });
        await db.SaveChangesAsync(cancel);
        await turn.CommitAsync(cancel);
        return new Invited(person.Id, link);
    }
}
