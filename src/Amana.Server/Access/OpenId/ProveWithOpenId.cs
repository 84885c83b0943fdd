using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access.OpenId;

/// <summary>Who is signed in proves to be there still, at the provider, which asks the person anew.</summary>
internal sealed class ProveWithOpenId(AmanaDb db, OpenIdAccounts accounts, JournalWriter journal, TimeProvider clock)
{
    /// <summary>How long ago the provider may have asked: the way there and back, and clocks that differ.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(5);

    public sealed record Request(OpenIdProof Proof, string Network);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        var owner = await accounts.OwnerAsync(request.Proof, cancel);
        var session = caller.Session is { } id ? await db.Set<Session>().SingleOrDefaultAsync(s => s.Id == id, cancel) : null;
        if (session is null) return AccessRefusals.SessionOver;
        bool good = owner?.AsActor == caller.Actor && request.Proof.TwoFactors && request.Proof.ProvedAt is { } at && (clock.GetUtcNow() - at).Duration() <= Recent;
        if (good) session.ProvedAt = clock.GetUtcNow();
        if (good) journal.Record(caller.Actor, "person.proved-again", session.PersonId, details: new { steps = "openid" });
        else journal.Record(caller.Actor, "sign-in.failed", session.PersonId, details: new { step = "again" }, content: new { request.Network });
        await db.SaveChangesAsync(cancel);
        return good ? null : OpenIdRefusals.NotAskedAnew;
    }
}
