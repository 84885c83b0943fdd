using System.Text.Json;
using Amana.Bench;
using Amana.Matching;

namespace Amana.Peers;

/// <summary>A question of the screening evaluation, and whom it means.</summary>
internal sealed record EvaluationQuery(string Id, string Group, string Kind, SubjectKind Schema, string Name, HashSet<string> Expected)
{
    /// <summary>Kinds that no algorithm can solve by name, and that the headline leaves out.</summary>
    private static readonly string[] Unsolvable = ["alias_unrelated", "alias_single", "org_alias_unrelated", "org_alias_single"];

    public bool IsNegative => Group == "negative";
    public bool IsHeadline => !Unsolvable.Contains(Kind);
    public bool IsLookalike => Kind == "neg_lookalike";
    public bool IsAcross => Kind.StartsWith("xs_", StringComparison.Ordinal) || Kind.StartsWith("org_xs_", StringComparison.Ordinal);

    public static IReadOnlyList<EvaluationQuery> Read(string path, bool onlySmall) => [.. CorpusFile.Lines(path).Select(l => Parse(l, onlySmall)).OfType<EvaluationQuery>()];

    private static EvaluationQuery? Parse(string line, bool onlySmall)
    {
        using var document = JsonDocument.Parse(line);
        var q = document.RootElement;
        if (onlySmall && !q.GetProperty("small").GetBoolean()) return null;
        return new EvaluationQuery(
            q.GetProperty("qid").GetString()!, q.GetProperty("group").GetString()!, q.GetProperty("kind").GetString()!,
            CorpusFile.KindOf(q.GetProperty("schema").GetString()), q.GetProperty("q").GetString()!,
            [.. q.GetProperty("expected").EnumerateArray().Select(e => e.GetString()!)]);
    }
}

/// <summary>A system's answer to a question: at most ten ids, best first, and how long it took.</summary>
internal sealed record Answer(IReadOnlyList<(string Id, double Score)> Hits, double Microseconds)
{
    public static Dictionary<string, Answer> Read(string path) => CorpusFile.Lines(path).Select(Parse).ToDictionary(a => a.Id, a => a.Answer);

    private static (string Id, Answer Answer) Parse(string line)
    {
        using var document = JsonDocument.Parse(line);
        var a = document.RootElement;
        var hits = a.GetProperty("hits").EnumerateArray().Select(h => (h[0].GetString()!, h[1].GetDouble())).ToArray();
        return (a.GetProperty("qid").GetString()!, new Answer(hits, a.GetProperty("us").GetDouble()));
    }
}
