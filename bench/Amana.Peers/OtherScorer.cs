using System.Text.Json;

namespace Amana.Peers;

/// <summary>The screening evaluation's own scorer, a Python program, over the same answers: the same to the fourth decimal, or it is said.</summary>
internal static class OtherScorer
{
    public static bool Agrees(string scorer, Options options, string answers, Quality quality)
    {
        string[] small = options.Small ? ["--small"] : [];
        var (code, printed) = Called.Program("python3", [scorer, options.Queries, answers, "--perkind", .. small]);
        if (code != 0) return false;
        using var theirs = JsonDocument.Parse(printed);
        var groups = new Dictionary<string, Shares>
        {
            ["headline"] = quality.Headline, ["real"] = quality.Real, ["synthetic"] = quality.Synthetic, ["xs"] = quality.Across, ["same_script"] = quality.SameScript,
        };
        var differences = groups.SelectMany(g => Differences(g.Key, g.Value, theirs.RootElement.GetProperty(g.Key)))
            .Concat(quality.Kinds.SelectMany(k => Differences(k.Key, k.Value, theirs.RootElement.GetProperty("kinds").GetProperty(k.Key)))).ToArray();
        foreach (string difference in differences) Console.Error.WriteLine($"{Path.GetFileName(answers)}: {difference}");
        return differences.Length == 0;
    }

    private static IEnumerable<string> Differences(string group, Shares ours, JsonElement theirs)
    {
        (string Name, double Value)[] figures = [("n", ours.Count), ("r1", ours.First), ("r10", ours.Ten), ("far1", ours.Far1), ("far5", ours.Far5)];
        return figures.Where(f => Math.Abs(f.Value - theirs.GetProperty(f.Name).GetDouble()) > 0.00005001).Select(f => $"{group} {f.Name} is {f.Value} here and {theirs.GetProperty(f.Name)} there");
    }
}
