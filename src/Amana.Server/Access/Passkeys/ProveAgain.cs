using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access.Passkeys;

/// <summary>Who is signed in proves to be there still, before an act that a passer-by at an open desk must not do.</summary>
internal sealed class ProveAgain(
    AmanaDb db, PasskeyProof proof, UserManager<Person> people, SecondStep secondStep, SignInDelays delays, JournalWriter journal, TimeProvider clock)
{
    /// <param name="Answer">Of a passkey, as JSON; null: password and code.</param>
    public sealed record Request(string? Answer, string? Password, string? Code, HttpContext Http, string Network);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (caller.Session is not { } id || await db.OwnAsync(caller, cancel) is not { } person) return AccessRefusals.OnlyPeople;
        string name = person.UserName ?? "";
        if (delays.WaitOf(name, request.Network) is { Ticks: > 0 } wait) return AccessRefusals.Wait(wait);
        var session = await db.Set<Session>().SingleOrDefaultAsync(s => s.Id == id, cancel);
        if (session is null) return AccessRefusals.SessionOver;

        string? step = await StepOfAsync(person, request, cancel);
        if (step is null)
        {
            delays.Missed(name, request.Network);
            journal.Record(caller.Actor, "sign-in.failed", person.Id, details: new { step = "again" }, content: new { request.Network });
            await db.SaveChangesAsync(cancel);
            return request.Answer is null ? AccessRefusals.SignInFailed : AccessRefusals.PasskeyNotAccepted;
        }

        delays.Succeeded(name, request.Network);
        session.ProvedAt = clock.GetUtcNow();
        journal.Record(caller.Actor, "person.proved-again", person.Id, details: new { steps = step });
        await db.SaveChangesAsync(cancel);
        return null;
    }

    private async Task<string?> StepOfAsync(Person person, Request request, CancellationToken cancel)
    {
        if (request.Answer is not null)
        {
            if (await proof.TakeKnownAsync(request.Answer, request.Http) is not { } by || by.Person.Id != person.Id) return null;
            var passkey = await db.Set<Passkey>().SingleOrDefaultAsync(p => p.CredentialId == by.Passkey.CredentialId, cancel);
            passkey?.Used(by.Passkey, clock.GetUtcNow());
            return passkey is null ? null : "passkey";
        }

        if (request.Password is not { Length: > 0 and <= PasswordRules.LengthMax } || person.PasswordHash is null || !await people.CheckPasswordAsync(person, request.Password)) return null;
        if (person.SecondStepSealed is null) return person.IsSpecimen ? "password" : null;
        if (!secondStep.Accept(person, request.Code)) return null;
        person.Changed(); // a code is good once
        return "password and code";
    }
}
