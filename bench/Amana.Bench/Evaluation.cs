using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Amana.Matching;

namespace Amana.Bench;

/// <summary>A question of the screening evaluation, and whom it means.</summary>
internal sealed record EvaluationQuery(string Id, string Group, string Kind, SubjectKind Schema, string Name, HashSet<string> Expected)
{
    /// <summary>Kinds that no algorithm can solve by name, and that the headline leaves out.</summary>
    private static readonly string[] Unsolvable = ["alias_unrelated", "alias_single", "org_alias_unrelated", "org_alias_single"];

    public bool IsNegative => Group == "negative";
    public bool IsHeadline => !Unsolvable.Contains(Kind);
    public bool IsLookalike => Kind == "neg_lookalike";
    public bool IsAcross => Kind.StartsWith("xs_", StringComparison.Ordinal) || Kind.StartsWith("org_xs_", StringComparison.Ordinal);

    /// <summary>Whether a score can learn from it: not from names that have nothing in common, nor from strangers made to look alike.</summary>
    public bool IsInstructive => !IsLookalike && !Kind.EndsWith("alias_unrelated", StringComparison.Ordinal);

    /// <param name="small">The part to read; both when null.</param>
    public static IEnumerable<EvaluationQuery> Read(string path, bool? small) => CorpusFile.Lines(path).Select(line => Parse(line, small)).OfType<EvaluationQuery>();

    private static EvaluationQuery? Parse(string line, bool? small)
    {
        using var document = JsonDocument.Parse(line);
        var q = document.RootElement;
        if (small is { } part && q.GetProperty("small").GetBoolean() != part) return null;
        return new EvaluationQuery(
            Text(q, "qid"), Text(q, "group"), Text(q, "kind"), CorpusFile.KindOf(Text(q, "schema")), Text(q, "q"),
            [.. q.GetProperty("expected").EnumerateArray().Select(e => e.GetString()!)]);
    }

    private static string Text(JsonElement query, string field) => query.GetProperty(field).GetString()!;
}

/// <summary>A system's answer to a question: ids, best first, and how long it took.</summary>
internal sealed record Answer(IReadOnlyList<(string Id, double Score)> Hits, double Microseconds)
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static Dictionary<string, Answer> Read(string path) => CorpusFile.Lines(path).Select(Parse).ToDictionary(a => a.Id, a => a.Answer, StringComparer.Ordinal);

    /// <summary>As the evaluation's scorer reads it.</summary>
    public string Line(string query) => string.Create(
        CultureInfo.InvariantCulture, $"{{\"qid\":\"{query}\",\"hits\":[{string.Join(',', Hits.Select(Pair))}],\"us\":{Microseconds:F1}}}");

    private static string Pair((string Id, double Score) hit) => string.Create(CultureInfo.InvariantCulture, $"[{JsonSerializer.Serialize(hit.Id, Json)},{hit.Score:R}]");

    private static (string Id, Answer Answer) Parse(string line)
    {
        using var document = JsonDocument.Parse(line);
        var a = document.RootElement;
        var hits = a.GetProperty("hits").EnumerateArray().Select(h => (h[0].GetString()!, h[1].GetDouble())).ToArray();
        return (a.GetProperty("qid").GetString()!, new Answer(hits, a.GetProperty("us").GetDouble()));
    }
}
