using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;

namespace Amana.Server.Access.OpenId;

/// <summary>In through the country's own identity provider. Who showed one factor there shows the second step here.</summary>
internal sealed class SignInWithOpenId(AmanaDb db, OpenIdAccounts accounts, JournalWriter journal, TimeProvider clock)
{
    /// <param name="Network">From <see cref="SignInDelays.NetworkOf"/>.</param>
    public sealed record Request(OpenIdProof Proof, string Network, string? Device);

    public async Task<Result<Entrance>> RunAsync(Request request, CancellationToken cancel)
    {
        var person = await accounts.OwnerAsync(request.Proof, cancel);
        var refusal = person is not { MaySignIn: true, IsSpecimen: false } ? OpenIdRefusals.Unknown
            : !request.Proof.TwoFactors && person.SecondStepSealed is null ? OpenIdRefusals.OneFactor : null;
        if (person is null || refusal is not null)
        {
            journal.Record(Actor.Server, "sign-in.failed", person?.Id, details: new { step = "openid", refusal?.Code }, content: new { request.Network });
            await db.SaveChangesAsync(cancel);
            return refusal!;
        }

        if (!request.Proof.TwoFactors) return new Entrance(person, null);
        person.SignedIn(clock.GetUtcNow());
        var session = await Sessions.BeginAsync(db, person, request.Device, clock, cancel);
        journal.Record(person.AsActor, "person.signed-in", person.Id, details: new { steps = "openid" }, content: new { request.Network });
        await db.SaveChangesAsync(cancel);
        return new Entrance(person, session);
    }
}
