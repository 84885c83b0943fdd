namespace Amana.Server.Screening;

/// <summary>What an officer says of a possible answer.</summary>
public enum Verdict
{
    SamePerson,
    NotTheSame,
    CannotTell,
}

/// <summary>Why an officer decided so: a closed set, so that decisions can be counted, beside a text of the officer's own.</summary>
/// <param name="Code">Stable; pages translate it as <c>screening.reason.CODE</c>.</param>
/// <param name="For">The verdicts it can stand for.</param>
internal sealed record DecisionReason(string Code, params Verdict[] For)
{
    /// <summary>The one that needs a text.</summary>
    public const string Other = "other";

    public static IReadOnlyList<DecisionReason> All { get; } =
    [
        new("fingerprints-agree", Verdict.SamePerson),
        new("face-agrees", Verdict.SamePerson),
        new("document-agrees", Verdict.SamePerson),
        new("details-agree", Verdict.SamePerson),
        new("owner-confirmed", Verdict.SamePerson),
        new("fingerprints-differ", Verdict.NotTheSame),
        new("face-differs", Verdict.NotTheSame),
        new("birth-date-differs", Verdict.NotTheSame),
        new("document-differs", Verdict.NotTheSame),
        new("sex-differs", Verdict.NotTheSame),
        new("name-differs", Verdict.NotTheSame),
        new("details-differ", Verdict.NotTheSame),
        new("too-few-details", Verdict.CannotTell),
        new("waits-for-owner", Verdict.CannotTell),
        new("waits-for-fingerprints", Verdict.CannotTell),
        new(Other, Verdict.SamePerson, Verdict.NotTheSame, Verdict.CannotTell),
    ];

    public static DecisionReason? Find(string? code) => All.FirstOrDefault(r => r.Code == code);
}
