using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access;

/// <summary>A person changes the own password; every session ends, so that whoever else knew the old one is out.</summary>
internal sealed class ChangeOwnPassword(AmanaDb db, UserManager<Person> people, SignInDelays delays, JournalWriter journal)
{
    public sealed record Request(string? OldPassword, string? NewPassword, string Network);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (caller.Actor.Kind is not ActorKind.Person || !Guid.TryParse(caller.Actor.Key, out var id)) return AccessRefusals.OnlyPeople;
        var person = await db.Set<Person>().SingleOrDefaultAsync(p => p.Id == id, cancel);
        if (person is null) return AccessRefusals.PersonNotFound;
        if (person.IsSpecimen) return AccessRefusals.SpecimenFixed;
        if (delays.WaitOf(person.UserName!, request.Network) is { Ticks: > 0 } wait) return AccessRefusals.Wait(wait);
        if (request.OldPassword is not { Length: > 0 and <= PasswordRules.LengthMax } old || !await people.CheckPasswordAsync(person, old))
        {
            delays.Missed(person.UserName!, request.Network);
            return AccessRefusals.OldPasswordWrong;
        }

        if (PasswordRules.Check(request.NewPassword, person.UserName) is { } weak) return weak with { Field = "newPassword" };
        person.PasswordHash = people.PasswordHasher.HashPassword(person, request.NewPassword!);
        person.EndSessions();
        journal.Record(caller.Actor, "person.password-changed", person.Id);
        await db.SaveChangesAsync(cancel);
        return null;
    }
}
