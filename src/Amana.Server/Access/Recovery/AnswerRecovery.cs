using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access.Recovery;

/// <summary>The second officer's word: the old sign-in is over and a link gives a new one, or nothing happens.</summary>
internal sealed class AnswerRecovery(AmanaDb db, Gate gate, PeopleTurn turns, LostSignIn lost, JournalWriter journal, TimeProvider clock)
{
    /// <param name="Agreed">Whether whoever asks was seen or called, and is who has lost the sign-in.</param>
    public sealed record Request(Guid Person, bool Agreed);

    /// <param name="Link">Shown this once, to the second officer, who hands it to the person; null when not agreed.</param>
    public sealed record Answered(string? Link);

    public async Task<Result<Answered>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.AgreeToRecovery, cancel) is { } forbidden) return forbidden;
        await using var turn = await turns.TakeAsync(cancel);
        var open = await db.Set<RecoveryRequest>().SingleOrDefaultAsync(r => r.PersonId == request.Person, cancel);
        if (open is null || !open.IsOpenAt(clock.GetUtcNow())) return AccessRefusals.RecoveryOver;
        if (open.AskedBy == caller.Actor.ToString()) return AccessRefusals.SecondPerson;
        var person = await db.Set<Person>().Include(p => p.RecoveryCodes).SingleAsync(p => p.Id == request.Person, cancel);
        if (person.AsActor == caller.Actor) return AccessRefusals.NotOneself;
        if (person.ClosedAt is not null) return AccessRefusals.AccountClosed;

        string? link = null;
        if (request.Agreed) link = await lost.EndAsync(person, cancel);
        else db.Remove(open);
        journal.Record(caller.Actor, request.Agreed ? "person.sign-in-reset" : "recovery.refused", person.Id, details: new { open.AskedBy });
        await db.SaveChangesAsync(cancel);
        await turn.CommitAsync(cancel);
        return new Answered(link);
    }

    /// <summary>Who asked for it and when, for the person's page; null when nothing is open.</summary>
    public async Task<Result<OpenView?>> FindAsync(Guid person, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ReadPeople, cancel) is { } forbidden) return forbidden;
        var open = await db.Set<RecoveryRequest>().AsNoTracking().SingleOrDefaultAsync(r => r.PersonId == person, cancel);
        if (open is null || !open.IsOpenAt(clock.GetUtcNow())) return (OpenView?)null;
        var names = await db.NamesOfAsync([open.AskedBy], cancel);
        return new OpenView(open.AskedAt, open.AskedBy, names.GetValueOrDefault(open.AskedBy));
    }

    /// <param name="AskedByName">Null for the server.</param>
    public sealed record OpenView(DateTimeOffset AskedAt, string AskedBy, string? AskedByName);
}
