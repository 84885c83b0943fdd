using Amana.Vocabulary;

namespace Amana.Server.Notices;

/// <summary>What the checks need beside the request itself. Given, never looked up, so that a rule is tested without a database.</summary>
internal sealed record CheckFacts
{
    public required DateOnly Today { get; init; }
    public required BureauCode Bureau { get; init; }
    public NoticeForm Form { get; init; }
    /// <summary>Pictures of the request.</summary>
    public int Pictures { get; init; }
    /// <summary>The bureau may send no requests at present.</summary>
    public bool BureauSuspended { get; init; }
    /// <summary>Somebody of the same name and birth, or the same document, is protected against the requesting bureau.</summary>
    public bool Protected { get; init; }
    /// <summary>Refused requests that look like this one; own ones that this draft continues are left out.</summary>
    public IReadOnlyList<EarlierRefusal> EarlierRefusals { get; init; } = [];
    /// <summary>Whether the notice that the request names is there for the requester.</summary>
    public bool RelatedIsKnown { get; init; } = true;

    /// <summary>What is known before anything was looked up: for a first look while somebody types.</summary>
    public static CheckFacts Of(BureauCode bureau, DateOnly today) => new() { Bureau = bureau, Today = today };
}

/// <param name="SameCase">The same warrant, facts or document, and not only the same name.</param>
internal sealed record EarlierRefusal(string Reference, NoticeColour Colour, string Reason, bool SameCase);
