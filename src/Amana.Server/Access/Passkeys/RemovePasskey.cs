using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access.Passkeys;

/// <summary>A passkey opens nothing any more: one's own, or, by who manages people, anybody's that was lost.</summary>
internal sealed class RemovePasskey(AmanaDb db, Gate gate, PeopleTurn turns, JournalWriter journal, SignInRules rules)
{
    /// <param name="Key"><see cref="Passkey.Key"/>.</param>
    public sealed record Request(Guid Person, string? Key);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        bool own = caller.Actor == new Actor(ActorKind.Person, request.Person.ToString());
        if (!own && await gate.CheckAsync(caller, Right.ManagePeople, cancel) is { } forbidden) return forbidden;
        if (own && gate.CheckFresh(caller) is { } stale) return stale;
        await using var turn = await turns.TakeAsync(cancel);
        var passkeys = await db.Set<Passkey>().Where(p => p.PersonId == request.Person).ToListAsync(cancel);
        if (passkeys.Find(p => p.Key == request.Key) is not { } passkey) return AccessRefusals.PasskeyNotFound;
        if (own && passkeys.Count == 1 && await rules.ArePasswordsOffAsync(cancel)) return AccessRefusals.LastPasskey;

        db.Remove(passkey);
        journal.Record(caller.Actor, "passkey.removed", request.Person, details: new { passkey.Key });
        await db.SaveChangesAsync(cancel);
        await turn.CommitAsync(cancel);
        return null;
    }
}
