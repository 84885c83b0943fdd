namespace Amana.Server.Foundation;

/// <summary>Why something was refused: a rule, a right, the state, or malformed text. Never our own fault.</summary>
/// <param name="Kind">Decides the status code, in <see cref="Problems"/> alone.</param>
/// <param name="Code">Stable and unique, <c>module.reason</c>; pages translate it, clients act on it.</param>
/// <param name="Detail">One English sentence that says what to do about it where that is known.</param>
/// <param name="Rule">The legal or written rule behind it.</param>
/// <param name="Field">The field of the request at fault, as the client wrote it.</param>
/// <param name="Ask">Whom to ask instead: the name of a unit or a person of the own bureau.</param>
public sealed record Refusal(RefusalKind Kind, string Code, string Detail, string? Rule = null, string? Field = null, string? Ask = null);

public enum RefusalKind
{
    /// <summary>The text cannot be read: 400.</summary>
    Invalid,
    /// <summary>The text can be read, but a part that must be there is missing: 422.</summary>
    Incomplete,
    /// <summary>Nobody is signed in, or the token is over: 401.</summary>
    Unknown,
    /// <summary>The right is missing: 403.</summary>
    Forbidden,
    /// <summary>There is no such thing, or the caller may not see it: 404, one answer for both.</summary>
    NotFound,
    /// <summary>The state does not allow it: 409.</summary>
    Conflict,
    /// <summary>More than the limit: 413.</summary>
    TooLarge,
    /// <summary>Too often: 429.</summary>
    TooOften,
    /// <summary>Not now: 503.</summary>
    NotReady,
}
