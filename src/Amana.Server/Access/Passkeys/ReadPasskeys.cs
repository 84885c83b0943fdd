using Amana.Server.Data;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access.Passkeys;

/// <summary>The passkeys of a person, oldest first: one's own, or with the right to see people.</summary>
internal sealed class ReadPasskeys(AmanaDb db, Gate gate)
{
    public sealed record PasskeyView(string Key, string Name, DateTimeOffset AddedAt, DateTimeOffset? UsedAt, bool MayBeCopied);

    public async Task<Result<IReadOnlyList<PasskeyView>>> RunAsync(Guid person, Caller caller, CancellationToken cancel)
    {
        bool own = caller.Actor == new Actor(ActorKind.Person, person.ToString());
        if (!own && await gate.CheckAsync(caller, Right.ReadPeople, cancel) is { } forbidden) return forbidden;
        var found = await db.Set<Passkey>().AsNoTracking().Where(p => p.PersonId == person).OrderBy(p => p.AddedAt).Take(Passkey.Most).ToListAsync(cancel);
        return found.ConvertAll(p => new PasskeyView(p.Key, p.Name, p.AddedAt, p.UsedAt, p.MayBeCopied));
    }
}
