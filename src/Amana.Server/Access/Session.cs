using Amana.Server.Foundation;

namespace Amana.Server.Access;

/// <summary>One sign-in of a person on one device. While it is there and open, its cookie opens; without it, nothing does.</summary>
public sealed class Session
{
    public required Id<Session> Id { get; init; }
    public required Guid PersonId { get; init; }
    /// <summary>The person's stamp at the sign-in: a new stamp ends every session at once.</summary>
    public required string Stamp { get; init; }
    /// <summary>As <see cref="DeviceName.Of"/> reads it, <c>Firefox · Linux</c>; null when the browser does not say.</summary>
    public string? Device { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    /// <summary>The last request, to the minute.</summary>
    public required DateTimeOffset SeenAt { get; init; }
    /// <summary>When the person last proved to be there: at the sign-in, or again since.</summary>
    public required DateTimeOffset ProvedAt { get; set; }

    /// <summary>Whether it opens anything at that moment.</summary>
    public bool IsOpenFor(Person person, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(person);
        return person.Id == PersonId && person.MaySignIn && Stamp == (person.SecurityStamp ?? "")
            && now - OpenedAt <= Sessions.Longest && now - SeenAt <= Sessions.Idle + Sessions.NoteEvery;
    }

    internal static Session Of(Person person, string? device, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        return new()
        {
            Id = Id<Session>.New(clock), PersonId = person.Id, Stamp = person.SecurityStamp ?? "", Device = device, OpenedAt = now, SeenAt = now, ProvedAt = now,
        };
    }
}
