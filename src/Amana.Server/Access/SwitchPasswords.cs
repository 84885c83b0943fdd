using Amana.Server.Access.Passkeys;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access;

/// <summary>Switches the sign-in with password and code off, or on again, for everybody.</summary>
internal sealed class SwitchPasswords(AmanaDb db, Gate gate, PeopleTurn turns, JournalWriter journal)
{
    public sealed record Request(bool Off);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ManagePeople, cancel) is { } forbidden) return forbidden;
        await using var turn = await turns.TakeAsync(cancel);
        var instance = await db.Set<InstanceRecord>().SingleOrDefaultAsync(cancel);
        if (instance is null || instance.PasswordsOff == request.Off) return null;
        // Whoever locks the door first makes sure to have a key.
        if (request.Off && await db.Set<Person>().CountAsync(p => p.JoinedAt != null && p.ClosedAt == null && p.Roles.Any(r => r.Role == Role.Administrator)
            && db.Set<Passkey>().Count(k => k.PersonId == p.Id) >= 2, cancel) == 0) return AccessRefusals.NoAdministratorWithPasskeys;

        instance.PasswordsOff = request.Off;
        journal.Record(caller.Actor, request.Off ? "passwords.switched-off" : "passwords.switched-on");
        await db.SaveChangesAsync(cancel);
        await turn.CommitAsync(cancel);
        return null;
    }
}
