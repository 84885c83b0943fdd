using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access;

/// <summary>First step of a sign-in: name and password.</summary>
internal sealed class SignIn(AmanaDb db, UserManager<Person> people, SignInDelays delays, SignInRules rules, Instance instance, JournalWriter journal, TimeProvider clock)
{
    /// <param name="Network">From <see cref="SignInDelays.NetworkOf"/>.</param>
    /// <param name="Device">From <see cref="DeviceName.Of"/>.</param>
    public sealed record Request(string? UserName, string? Password, string Network, string? Device = null);

    public async Task<Result<Entrance>> RunAsync(Request request, CancellationToken cancel)
    {
        string name = (request.UserName ?? "").Trim();
        if (name.Length is 0 or > 100 || request.Password is not { Length: > 0 and <= PasswordRules.LengthMax }) return AccessRefusals.SignInFailed;
        if (delays.WaitOf(name, request.Network) is { Ticks: > 0 } wait) return AccessRefusals.Wait(wait);

        if (await rules.ArePasswordsOffAsync(cancel)) return AccessRefusals.PasswordsOff;

        string normalized = people.NormalizeName(name);
        var person = await db.Set<Person>().SingleOrDefaultAsync(p => p.NormalizedUserName == normalized, cancel);
        bool right = await PasswordIsRightAsync(person, request.Password);
        if (person is null || !right || !person.MaySignIn || (person.IsSpecimen && !instance.IsTraining)
            || (person.SecondStepSealed is null && !person.IsSpecimen))
        {
            delays.Missed(name, request.Network);
            journal.Record(Actor.Server, "sign-in.failed", person?.Id, details: new { step = "password" }, content: new { request.Network });
            await db.SaveChangesAsync(cancel);
            return AccessRefusals.SignInFailed;
        }

        if (person.SecondStepSealed is not null) return new Entrance(person, null);
        delays.Succeeded(name, request.Network);
        person.SignedIn(clock.GetUtcNow());
        var session = await Sessions.BeginAsync(db, person, request.Device, clock, cancel);
        journal.Record(person.AsActor, "person.signed-in", person.Id, details: new { steps = "password" }, content: new { request.Network });
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return AccessRefusals.SignInOver; // the account was changed or closed at the same moment
        }

        return new Entrance(person, session);
    }

    // An unknown name costs as much time as a known one, so that names cannot be tried out.
    private async Task<bool> PasswordIsRightAsync(Person? person, string password)
    {
        if (person?.PasswordHash is not null) return await people.CheckPasswordAsync(person, password);
        people.PasswordHasher.HashPassword(person!, password);
        return false;
    }
}
