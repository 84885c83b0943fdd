using System.Globalization;
using System.Text.Json;
using Amana.Bench;

namespace Amana.Peers;

/// <summary>What one system answered and what that cost.</summary>
internal sealed record Measured(string System, Quality Quality, Cost Cost);

/// <summary>Asks every system, each in a process of its own and one after the other, scores the answers and writes the tables.</summary>
internal static class Comparison
{
    public static int Run(Options options)
    {
        string folder = options.Out ?? Directory.CreateTempSubdirectory("amana-peers").FullName;
        Directory.CreateDirectory(folder);
        string loadBefore = Machine.Load;
        var queries = EvaluationQuery.Read(options.Queries, options.SmallPart).ToList();
        var measured = new List<Measured>();
        foreach (string system in options.Only)
        {
            string answers = Path.Combine(folder, system + ".ndjson");
            if (Ask(system, options, answers) is not { } cost) return 1;
            var quality = new Quality(queries, Answer.Read(answers));
            if (options.Scorer is { } scorer && !OtherScorer.Agrees(scorer, options, answers, quality)) return 1;
            measured.Add(new Measured(system, quality, cost));
            Console.WriteLine(Tables.Row(measured[^1]));
        }
        string section = Tables.Section(measured, options, $"{loadBefore} before, {Machine.Load} after");
        Console.WriteLine(section);
        if (options.Results is { } results) Tables.Replace(results, section);
        if (options.Out is null) Directory.Delete(folder, recursive: true);
        return 0;
    }

    private static Cost? Ask(string system, Options options, string answers)
    {
        var (code, printed) = Called.Itself(
            ["ask", system, .. options.Corpora, "--queries", options.Queries, "--small", options.Small.ToString(), "--port", options.Port.ToString(CultureInfo.InvariantCulture), "--out", answers]);
        if (code == 0) return JsonSerializer.Deserialize<Cost>(printed);
        Console.Error.WriteLine($"{system} ended with {code}; what it printed stands above.");
        return null;
    }
}
