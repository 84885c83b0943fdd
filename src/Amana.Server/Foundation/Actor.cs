namespace Amana.Server.Foundation;

/// <summary>Who acts: a person at a desk, a machine with a token, or the server itself.</summary>
/// <param name="Key">Stable and unique within the instance; never a name or a mail address.</param>
public sealed record Actor(ActorKind Kind, string Key)
{
    public static readonly Actor Server = new(ActorKind.Server, "server");

    public override string ToString() => $"{Kind.ToString().ToLowerInvariant()}:{Key}";
}

public enum ActorKind { Person, Token, Server }
