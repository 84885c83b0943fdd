using Amana.Exchange.Handling;
using Amana.Vocabulary;

namespace Amana.Server.Threads;

/// <summary>Handling as an officer or a client says it.</summary>
/// <param name="Codes">Some of H1, H2, H3; none, or H0: free.</param>
/// <param name="Conditions">The texts of H3.</param>
/// <param name="Source">A, B, C or X.</param>
/// <param name="Information">1 to 4.</param>
/// <param name="Level">official, restricted or confidential.</param>
/// <param name="Only">For these bureaus only; null or empty: for all.</param>
internal sealed record HandlingForm(
    IReadOnlyList<string>? Codes = null, IReadOnlyList<string>? Conditions = null, string? Source = null, int? Information = null, string? Level = null,
    IReadOnlyList<string>? Only = null, IReadOnlyList<string>? Except = null, DateTimeOffset? Until = null)
{
    /// <returns>Null when it cannot be read.</returns>
    public ItemHandling? Read(BureauCode own, DateTimeOffset now)
    {
        var codes = HandlingCodes.None;
        foreach (string word in Codes ?? [])
        {
            if (!HandlingCodeWords.TryParse(word, out var code)) return null;
            codes |= code;
        }

        if (!Enum.TryParse<SourceGrade>(Source ?? "X", ignoreCase: false, out var source) || int.TryParse(Source, out _)) return null;
        var level = Enum.GetValues<ConfidentialityLevel>().Cast<ConfidentialityLevel?>().FirstOrDefault(l => HandlingJson.WordOf(l!.Value) == (Level ?? "official"));
        if (level is null || Bureaus(Only) is not { } only || Bureaus(Except) is not { } except || Until <= now) return null;
        return ItemHandling.Of([own], codes, Conditions ?? [], source, (InformationGrade)(Information ?? 4), level.Value, Audience.Of(only.Count == 0 ? null : only, except), Until);
    }

    public static List<BureauCode>? Bureaus(IReadOnlyList<string>? words)
    {
        var bureaus = new List<BureauCode>();
        foreach (string word in words ?? [])
        {
            if (!BureauCode.TryParse(word, null, out var bureau)) return null;
            if (!bureaus.Contains(bureau)) bureaus.Add(bureau);
        }

        return bureaus;
    }
}
