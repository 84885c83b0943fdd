using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access.Passkeys;

/// <summary>A person adds a passkey to the own account, in a session that was proved a moment ago.</summary>
internal sealed class AddPasskey(AmanaDb db, Gate gate, PeopleTurn turns, PasskeyProof proof, JournalWriter journal, TimeProvider clock)
{
    /// <param name="Name">1 to 60 letters.</param>
    /// <param name="Answer">The browser's, as JSON.</param>
    public sealed record Request(string? Name, string? Answer, HttpContext Http);

    /// <summary>Options for the browser.</summary>
    public async Task<Result<string>> AskAsync(HttpContext http, Caller caller, CancellationToken cancel)
    {
        if (gate.CheckFresh(caller) is { } stale) return stale;
        var person = await db.OwnAsync(caller, cancel);
        if (person is null) return AccessRefusals.OnlyPeople;
        if (person.IsSpecimen) return AccessRefusals.SpecimenFixed;
        return await proof.AskForNewAsync(person, http);
    }

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (gate.CheckFresh(caller) is { } stale) return stale;
        await using var turn = await turns.TakeAsync(cancel);
        var person = await db.OwnAsync(caller, cancel);
        if (person is null) return AccessRefusals.OnlyPeople;
        if (person.IsSpecimen) return AccessRefusals.SpecimenFixed;
        string name = (request.Name ?? "").Trim();
        if (name.Length is 0 or > Passkey.NameLongest || name.Any(char.IsControl)) return AccessRefusals.PasskeyName;
        if (await db.Set<Passkey>().CountAsync(p => p.PersonId == person.Id, cancel) >= Passkey.Most) return AccessRefusals.PasskeysTooMany;
        if (await proof.TakeNewAsync(person, request.Answer, request.Http) is not { } made) return AccessRefusals.PasskeyNotTaken;

        var passkey = Passkey.Of(made, person, name, clock.GetUtcNow());
        db.Add(passkey);
        person.Changed();
        journal.Record(caller.Actor, "passkey.added", person.Id, details: new { passkey.Key, passkey.MayBeCopied });
        await db.SaveChangesAsync(cancel);
        await turn.CommitAsync(cancel);
        return null;
    }
}
