using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access.OpenId;

/// <summary>An invited person, or one who lost the sign-in, takes up the link with the account at the country's provider: no password here.</summary>
internal sealed class JoinWithOpenId(AmanaDb db, OneTimeLinks links, OpenIdAccounts accounts, JournalWriter journal, TimeProvider clock)
{
    /// <param name="Key">Of the one-time link.</param>
    public sealed record Request(string? Key, LinkKind Kind, OpenIdProof Proof, string? Device);

    public async Task<Result<Session>> RunAsync(Request request, CancellationToken cancel)
    {
        if (request.Kind is LinkKind.SetUp || await links.FindAsync(request.Key, request.Kind, cancel) is not { } link) return AccessRefusals.LinkOver;
        var person = await db.Set<Person>().SingleOrDefaultAsync(p => p.Id == link.PersonId, cancel);
        if (person is null || person.ClosedAt is not null) return AccessRefusals.LinkOver;
        if (!request.Proof.TwoFactors) return OpenIdRefusals.OneFactor;
        if (await accounts.OwnerAsync(request.Proof, cancel) is { } owner && owner.Id != person.Id) return OpenIdRefusals.AnotherPerson;

        var now = clock.GetUtcNow();
        link.UsedAt = now;
        person.JoinedAt ??= now;
        person.EndSessions();
        person.SignedIn(now);
        await accounts.LinkAsync(person, request.Proof, cancel);
        var session = await Sessions.BeginAsync(db, person, request.Device, clock, cancel);
        journal.Record(person.AsActor, request.Kind is LinkKind.Invitation ? "person.joined" : "person.recovered", person.Id, details: new { steps = "openid" });
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException)
        {
            return AccessRefusals.LinkOver; // the link, or the account there, was used at the same moment elsewhere
        }

        return session;
    }
}
