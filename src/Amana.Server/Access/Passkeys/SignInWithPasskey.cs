using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access.Passkeys;

/// <summary>The normal way in: one step, no password.</summary>
internal sealed class SignInWithPasskey(AmanaDb db, PasskeyProof proof, Instance instance, JournalWriter journal, TimeProvider clock)
{
    /// <param name="Answer">The browser's, as JSON.</param>
    /// <param name="Network">From <see cref="SignInDelays.NetworkOf"/>.</param>
    public sealed record Request(string? Answer, HttpContext Http, string Network, string? Device = null);

    public async Task<Result<Session>> RunAsync(Request request, CancellationToken cancel)
    {
        var proved = await proof.TakeKnownAsync(request.Answer, request.Http);
        if (proved is not { } by || !by.Person.MaySignIn || (by.Person.IsSpecimen && !instance.IsTraining)
            || await db.Set<Passkey>().SingleOrDefaultAsync(p => p.CredentialId == by.Passkey.CredentialId, cancel) is not { } passkey)
        {
            journal.Record(Actor.Server, "sign-in.failed", proved?.Person.Id, details: new { step = "passkey" }, content: new { request.Network });
            await db.SaveChangesAsync(cancel);
            return AccessRefusals.PasskeyNotAccepted;
        }

        var (person, now) = (by.Person, clock.GetUtcNow());
        passkey.Used(by.Passkey, now);
        person.SignedIn(now);
        var session = await Sessions.BeginAsync(db, person, request.Device, clock, cancel);
        journal.Record(person.AsActor, "person.signed-in", person.Id, details: new { steps = "passkey", passkey.Key }, content: new { request.Network });
        await db.SaveChangesAsync(cancel);
        return session;
    }
}
