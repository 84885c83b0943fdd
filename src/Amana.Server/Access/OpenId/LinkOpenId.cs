using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access.OpenId;

/// <summary>A person links the own account with the one at the country's provider, or takes the link back; after a fresh proof.</summary>
internal sealed class LinkOpenId(AmanaDb db, Gate gate, OpenIdAccounts accounts, JournalWriter journal)
{
    /// <param name="Proof">Null takes the link back.</param>
    public sealed record Request(OpenIdProof? Proof);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (gate.CheckFresh(caller) is { } stale) return stale;
        if (await db.OwnAsync(caller, cancel) is not { } person) return AccessRefusals.OnlyPeople;
        if (person.IsSpecimen) return AccessRefusals.SpecimenFixed;
        if (request.Proof is not { } proof)
        {
            // Whoever has no other way in would be locked out.
            if (person.PasswordHash is null && !await db.Set<Passkeys.Passkey>().AnyAsync(p => p.PersonId == person.Id, cancel)) return OpenIdRefusals.LastWayIn;
            await accounts.UnlinkAsync(person.Id, cancel);
        }
        else
        {
            if (await accounts.OwnerAsync(proof, cancel) is { } owner && owner.Id != person.Id) return OpenIdRefusals.AnotherPerson;
            await accounts.LinkAsync(person, proof, cancel);
        }

        person.Changed();
        journal.Record(caller.Actor, request.Proof is null ? "openid.unlinked" : "openid.linked", person.Id);
        try
        {
            await db.SaveChangesAsync(cancel);
            return null;
        }
        catch (DbUpdateException)
        {
            return OpenIdRefusals.AnotherPerson; // linked by somebody else at the same moment
        }
    }
}
