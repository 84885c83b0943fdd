using Amana.Server.Data;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access;

/// <summary>The open sessions of a person, the last used first: one's own, or another's with the right to see people.</summary>
internal sealed class ReadSessions(AmanaDb db, Gate gate, TimeProvider clock)
{
    private const int Most = 200;

    public sealed record Request(Guid Person);

    /// <param name="Device">Null when the browser did not say.</param>
    /// <param name="IsThis">The session that asks.</param>
    public sealed record SessionView(Id<Session> Id, string? Device, DateTimeOffset OpenedAt, DateTimeOffset SeenAt, bool IsThis);

    public async Task<Result<IReadOnlyList<SessionView>>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        bool own = caller.Actor == new Actor(ActorKind.Person, request.Person.ToString());
        if (!own && await gate.CheckAsync(caller, Right.ReadPeople, cancel) is { } forbidden) return forbidden;
        var person = await db.Set<Person>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == request.Person, cancel);
        if (person is null) return AccessRefusals.PersonNotFound;

        var now = clock.GetUtcNow();
        var found = await db.Set<Session>().AsNoTracking().Where(s => s.PersonId == person.Id)
            .OrderByDescending(s => s.SeenAt).ThenBy(s => s.Id).Take(Most).ToListAsync(cancel);
        return found.Where(s => s.IsOpenFor(person, now)).Select(s => new SessionView(s.Id, s.Device, s.OpenedAt, s.SeenAt, s.Id == caller.Session)).ToList();
    }
}
