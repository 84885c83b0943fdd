using Amana.Server.Access.Passkeys;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access;

/// <summary>For a lost phone or a forgotten password: the old sign-in is over, and a one-time link gives a new one. For
/// a person who has not joined yet: a new invitation.</summary>
internal sealed class ResetSignIn(AmanaDb db, Gate gate, OneTimeLinks links, JournalWriter journal)
{
    public sealed record Request(Guid Person);

    /// <param name="Link">Shown this once; good for seven days.</param>
    public sealed record Reset(string Link);

    public async Task<Result<Reset>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ManagePeople, cancel) is { } forbidden) return forbidden;
        var person = await db.Set<Person>().Include(p => p.RecoveryCodes).SingleOrDefaultAsync(p => p.Id == request.Person, cancel);
        if (person is null) return AccessRefusals.PersonNotFound;
        if (person.AsActor == caller.Actor) return AccessRefusals.NotOneself;
        if (person.ClosedAt is not null) return AccessRefusals.AccountClosed;
        if (person.IsSpecimen) return AccessRefusals.SpecimenFixed;

        person.LoseSignIn();
        await db.Set<Passkey>().Where(p => p.PersonId == person.Id).ForEachAsync(p => db.Remove(p), cancel);
        string link = await links.NewForAsync(person, person.JoinedAt is null ? LinkKind.Invitation : LinkKind.Recovery, cancel);
        journal.Record(caller.Actor, "person.sign-in-reset", person.Id);
        await db.SaveChangesAsync(cancel);
        return new Reset(link);
    }
}
