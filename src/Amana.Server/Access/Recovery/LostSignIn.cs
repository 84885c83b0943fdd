using Amana.Server.Access.OpenId;
using Amana.Server.Access.Passkeys;
using Amana.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access.Recovery;

/// <summary>Ends a sign-in and makes the link that gives a new one. The acts that may do so say who agreed.</summary>
internal sealed class LostSignIn(AmanaDb db, OneTimeLinks links, OpenIdAccounts accounts)
{
    /// <summary>Password, second step, passkeys, the link with a provider, and sessions are over. The caller saves.</summary>
    /// <returns>The link, shown once.</returns>
    public async Task<string> EndAsync(Person person, CancellationToken cancel)
    {
        person.LoseSignIn();
        db.RemoveRange(await db.Set<Passkey>().Where(p => p.PersonId == person.Id).ToListAsync(cancel));
        await accounts.UnlinkAsync(person.Id, cancel);
        db.RemoveRange(await db.Set<RecoveryRequest>().Where(r => r.PersonId == person.Id).ToListAsync(cancel));
        return await links.NewForAsync(person, person.JoinedAt is null ? LinkKind.Invitation : LinkKind.Recovery, cancel);
    }
}
