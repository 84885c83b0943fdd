using Amana.Server.Data;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access;

/// <summary>How people of this bureau may sign in.</summary>
internal sealed class SignInRules(AmanaDb db)
{
    /// <summary>Whether passwords open nothing here: passkeys alone do.</summary>
    public async Task<bool> ArePasswordsOffAsync(CancellationToken cancel) => await db.Set<InstanceRecord>().AnyAsync(i => i.PasswordsOff, cancel);
}
