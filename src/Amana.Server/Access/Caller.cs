using System.Collections.Frozen;
using Amana.Server.Foundation;
using Amana.Vocabulary;

namespace Amana.Server.Access;

/// <summary>Who asks, for which bureau, with which rights. Made once per request from its credentials; endpoints and
/// pages take it as a parameter or inject it.</summary>
public sealed record Caller
{
    public required Actor Actor { get; init; }
    public required BureauCode Bureau { get; init; }
    public required FrozenSet<Right> Rights { get; init; }
    /// <summary>For the person's own eyes, never for the journal: display name, or the token's name.</summary>
    public string Name { get; init; } = "";
    public IReadOnlyList<Role> Roles { get; init; } = [];
    /// <summary>The purpose of this request when the act is given none: the header <c>Amana-Purpose</c>, else the
    /// token's own.</summary>
    public string? DefaultPurpose { get; init; }

    /// <summary>Of a person: the sign-in before this one, shown so that misuse is noticed.</summary>
    public DateTimeOffset? EarlierSignInAt { get; init; }

    /// <summary>Of a person: the session that asks.</summary>
    public Id<Session>? Session { get; init; }

    /// <summary>Of a person: when the session's owner last proved to be there.</summary>
    public DateTimeOffset? ProvedAt { get; init; }

    /// <summary>Whoever may import may also see the lists and follow the runs.</summary>
    public bool Has(Right right) => Rights.Contains(right) || (right is Right.ReadLists && Rights.Contains(Right.Import));

    public static Caller OfServer(BureauCode bureau) =>
        new() { Actor = Actor.Server, Bureau = bureau, Rights = Enum.GetValues<Right>().ToFrozenSet(), Name = "server" };

    /// <summary>Who asks before anyone has signed in: no right at all.</summary>
    internal static Caller Nobody(BureauCode bureau) =>
        new() { Actor = new Actor(ActorKind.Server, "nobody"), Bureau = bureau, Rights = [] };
}
