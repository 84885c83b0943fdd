using Amana.Server.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access.Passkeys;

/// <summary>Where ASP.NET Core Identity looks for people and their passkeys. It only reads: acts change them.</summary>
internal sealed class PeopleStore(AmanaDb db) : UserOnlyStore<Person, AmanaDb, Guid>(db)
{
    public override async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Person user, CancellationToken cancellationToken) =>
        [.. (await Context.Set<Passkey>().AsNoTracking().Where(p => p.PersonId == user.Id).ToListAsync(cancellationToken)).Select(p => p.ToInfo())];

    public override async Task<Person?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        await Context.Set<Passkey>().Where(p => p.CredentialId == credentialId).Join(Context.Set<Person>(), p => p.PersonId, p => p.Id, (_, person) => person)
            .SingleOrDefaultAsync(cancellationToken);

    public override async Task<UserPasskeyInfo?> FindPasskeyAsync(Person user, byte[] credentialId, CancellationToken cancellationToken) =>
        (await Context.Set<Passkey>().AsNoTracking().SingleOrDefaultAsync(p => p.PersonId == user.Id && p.CredentialId == credentialId, cancellationToken))?.ToInfo();

    public override Task AddOrUpdatePasskeyAsync(Person user, UserPasskeyInfo passkey, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The acts AddPasskey and SignInWithPasskey change passkeys.");

    public override Task RemovePasskeyAsync(Person user, byte[] credentialId, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The act RemovePasskey removes passkeys.");
}
