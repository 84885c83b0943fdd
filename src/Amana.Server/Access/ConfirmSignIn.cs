using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access;

/// <summary>Second step of a sign-in: the code of the app, or a recovery code.</summary>
internal sealed class ConfirmSignIn(AmanaDb db, SecondStep secondStep, SignInDelays delays, JournalWriter journal, TimeProvider clock)
{
    /// <param name="Person">From the short-lived cookie that the first step gave.</param>
    /// <param name="Stamp">The same; a person whose sessions were ended meanwhile begins again.</param>
    public sealed record Request(Guid Person, string Stamp, string? Code, string Network, string? Device = null);

    public async Task<Result<Session>> RunAsync(Request request, CancellationToken cancel)
    {
        var person = await db.Set<Person>().Include(p => p.RecoveryCodes).SingleOrDefaultAsync(p => p.Id == request.Person, cancel);
        if (person is null || !person.MaySignIn || person.SecurityStamp != request.Stamp) return AccessRefusals.SignInOver;
        string name = person.UserName ?? "";
        if (delays.WaitOf(name, request.Network) is { Ticks: > 0 } wait) return AccessRefusals.Wait(wait);

        if (!secondStep.Accept(person, request.Code))
        {
            delays.Missed(name, request.Network);
            journal.Record(Actor.Server, "sign-in.failed", person.Id, details: new { step = "code" }, content: new { request.Network });
            await db.SaveChangesAsync(cancel);
            return AccessRefusals.CodeWrong;
        }

        delays.Succeeded(name, request.Network);
        person.SignedIn(clock.GetUtcNow());
        person.Changed(); // a code is good once
        var session = await Sessions.BeginAsync(db, person, request.Device, clock, cancel);
        journal.Record(person.AsActor, "person.signed-in", person.Id, details: new { steps = "password and code" }, content: new { request.Network });
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return AccessRefusals.CodeWrong; // the same code, sent twice at the same moment: one of them wins
        }

        return session;
    }
}
