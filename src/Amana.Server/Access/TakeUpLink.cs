using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access;

/// <summary>An invited person joins, or one who lost the sign-in gets a new one: password, second step, recovery codes.</summary>
internal sealed class TakeUpLink(
    AmanaDb db, OneTimeLinks links, UserManager<Person> people, SecondStep secondStep, JournalWriter journal, TimeProvider clock)
{
    /// <param name="Kind"><see cref="LinkKind.Invitation"/> or <see cref="LinkKind.Recovery"/>.</param>
    /// <param name="Enrolment"><see cref="SecondStep.Enrolment.Sealed"/>, as the page offered it.</param>
    public sealed record Request(string? Key, LinkKind Kind, string? Password, string? Enrolment, string? Code);

    /// <param name="RecoveryCodes">Shown this once.</param>
    public sealed record Done(Person Person, IReadOnlyList<string> RecoveryCodes);

    public async Task<Result<Done>> RunAsync(Request request, CancellationToken cancel)
    {
        if (request.Kind is LinkKind.SetUp || await links.FindAsync(request.Key, request.Kind, cancel) is not { } link) return AccessRefusals.LinkOver;
        var person = await db.Set<Person>().Include(p => p.RecoveryCodes).SingleOrDefaultAsync(p => p.Id == link.PersonId, cancel);
        if (person is null || person.ClosedAt is not null) return AccessRefusals.LinkOver;
        if (PasswordRules.Check(request.Password, person.UserName) is { } weak) return weak;
        if (secondStep.TakeUp(person, request.Enrolment, request.Code) is { } refused) return refused;

        var now = clock.GetUtcNow();
        link.UsedAt = now;
        person.JoinedAt ??= now;
        person.PasswordHash = people.PasswordHasher.HashPassword(person, request.Password!);
        person.EndSessions();
        var codes = SecondStep.NewRecoveryCodes(person);
        journal.Record(person.AsActor, request.Kind is LinkKind.Invitation ? "person.joined" : "person.recovered", person.Id);
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return AccessRefusals.LinkOver; // the link was used at the same moment elsewhere
        }

        return new Done(person, codes);
    }
}
