using Amana.Server.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access.OpenId;

/// <summary>Which account at a provider belongs to which person here.</summary>
internal sealed class OpenIdAccounts(AmanaDb db)
{
    /// <summary>Tracked; null when nobody has linked that account.</summary>
    public async Task<Person?> OwnerAsync(OpenIdProof proof, CancellationToken cancel) =>
        await db.Set<IdentityUserLogin<Guid>>().Where(l => l.LoginProvider == proof.Issuer && l.ProviderKey == proof.Subject)
            .Join(db.Set<Person>(), l => l.UserId, p => p.Id, (_, person) => person).SingleOrDefaultAsync(cancel);

    public async Task<bool> HasAsync(Guid person, CancellationToken cancel) => await db.Set<IdentityUserLogin<Guid>>().AnyAsync(l => l.UserId == person, cancel);

    /// <summary>In place of the one before. The caller saves.</summary>
    public async Task LinkAsync(Person person, OpenIdProof proof, CancellationToken cancel)
    {
        await UnlinkAsync(person.Id, cancel);
        db.Add(new IdentityUserLogin<Guid> { LoginProvider = proof.Issuer, ProviderKey = proof.Subject, UserId = person.Id });
    }

    /// <summary>The caller saves.</summary>
    public async Task UnlinkAsync(Guid person, CancellationToken cancel) =>
        db.RemoveRange(await db.Set<IdentityUserLogin<Guid>>().Where(l => l.UserId == person).ToListAsync(cancel));
}
