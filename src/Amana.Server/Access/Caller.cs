using System.Collections.Frozen;
using Amana.Server.Foundation;
using Amana.Vocabulary;

namespace Amana.Server.Access;

/// <summary>Who asks, for which bureau, with which rights. Made once per request from its credentials.</summary>
public sealed record Caller
{
    public required Actor Actor { get; init; }
    public required BureauCode Bureau { get; init; }
    public required FrozenSet<Right> Rights { get; init; }
    /// <summary>The purpose used when the request names none: a token's own, or the one chosen for the session.</summary>
    public string? DefaultPurpose { get; init; }

    public bool Has(Right right) => Rights.Contains(right);

    public static Caller OfServer(BureauCode bureau) =>
        new() { Actor = Actor.Server, Bureau = bureau, Rights = Enum.GetValues<Right>().ToFrozenSet() };
}
