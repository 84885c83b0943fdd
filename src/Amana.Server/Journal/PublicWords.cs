namespace Amana.Server.Journal;

/// <summary>What an outsider reads in the place of a fact. Facts about the house keep their word; everything that touches data on persons, and
/// whatever is not named here, has one word, so that nobody learns from the public tree on which day somebody asked about own data, was watched
/// or was told on.</summary>
internal static class PublicWords
{
    /// <summary>In the place of the others.</summary>
    public const string Neutral = "data.handled";

    /// <summary>An act of nobody: <see cref="CoverActs"/>.</summary>
    public const string Cover = "journal.cover";

    /// <summary>Facts that not every reader of the journal may know of: they are not there, not counted, not hinted at. Among them acts of
    /// nobody, so that a number that is missing says nothing.</summary>
    public static readonly IReadOnlyList<string> OfRequests = ["request.", Cover];

    private static readonly string[] House =
    [
        "access.", "backup.", "bureau.", "import.", "journal.", "keys.", "list.", "news.", "openid.", "passkey.", "passwords.", "person.", "recovery.", "server.", "sign-in.", "source.", "token.",
        "unit.", "upload.", "witness.", "witnessed-log.",
    ];

    public static string Of(string fact) => fact != Cover && House.Any(word => fact.StartsWith(word, StringComparison.Ordinal)) ? fact : Neutral;

    /// <summary>Whether the public entry is under the pseudonym of the server itself: of a person's it could be seen that one of their acts is
    /// missing from what a reader may see.</summary>
    public static bool IsUnderTheServer(string fact) => OfRequests.Any(hidden => fact.StartsWith(hidden, StringComparison.Ordinal));
}
