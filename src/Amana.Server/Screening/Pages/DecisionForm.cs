using Amana.Server.Web;

namespace Amana.Server.Screening.Pages;

/// <summary>What the decision bar posts, made a verdict and a reason: a usual reason by its words, any other text as "other".</summary>
internal static class DecisionForm
{
    public static Verdict? VerdictOf(string? posted) => posted switch
    {
        "same" => Verdict.SamePerson,
        "not-same" => Verdict.NotTheSame,
        "cannot-tell" => Verdict.CannotTell,
        _ => null,
    };

    /// <summary>The usual reasons as the reader's language says them; "other" is the free text itself.</summary>
    public static IReadOnlyList<string> Reasons(Texts texts) =>
        [.. DecisionReason.All.Where(r => r.Code != DecisionReason.Other).Select(r => texts[$"screening.reason.{r.Code}"])];

    public static (string? Reason, string? Text) ReasonOf(string? posted, Verdict? verdict, Texts texts)
    {
        if (string.IsNullOrWhiteSpace(posted)) return (null, null);
        string text = posted.Trim();
        var usual = DecisionReason.All.FirstOrDefault(r => r.Code != DecisionReason.Other
            && texts[$"screening.reason.{r.Code}"].Equals(text, StringComparison.OrdinalIgnoreCase));
        // A usual reason of another verdict is kept as the officer's own words.
        return usual is not null && (verdict is not { } said || usual.For.Contains(said)) ? (usual.Code, null) : (DecisionReason.Other, text);
    }
}
