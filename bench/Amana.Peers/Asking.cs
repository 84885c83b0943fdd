using System.Diagnostics;
using System.Text.Json;
using Amana.Bench;
using Amana.Matching;
using Amana.Peers.Systems;

namespace Amana.Peers;

/// <summary>A system that finds subjects by name.</summary>
internal interface ISystem : IDisposable
{
    /// <summary>Takes in the subjects, read once and in order.</summary>
    void Load(IEnumerable<Subject> subjects);

    /// <summary>At most ten ids, best first; higher scores are better.</summary>
    IReadOnlyList<(string Id, double Score)> Ask(string name, SubjectKind kind);

    /// <summary>Processor time spent so far, in every process that works for it.</summary>
    TimeSpan Spent { get; }

    /// <summary>The most memory that the answering process had, in bytes.</summary>
    long Peak { get; }
}

/// <summary>What a run cost.</summary>
internal sealed record Cost(double LoadSeconds, double CpuMicroseconds, double PeakMegabytes);

/// <summary>Asks one system all questions, in a process of its own, on one thread.</summary>
internal static class Asking
{
    public static readonly IReadOnlyList<string> Systems = ["amana", "lucene", "lucene-trigrams", "lucene-fuzzy", "pg-gin", "pg-gist"];
    private const int Warming = 200;

    private static ISystem Make(string system, Options options) => system switch
    {
        "amana" => new AmanaSystem(),
        "lucene" => new LuceneSystem(LuceneWay.Terms),
        "lucene-trigrams" => new LuceneSystem(LuceneWay.Trigrams),
        "lucene-fuzzy" => new LuceneSystem(LuceneWay.Fuzzy),
        "pg-gin" => new PostgresSystem(TrigramIndex.Gin, options.Port),
        "pg-gist" => new PostgresSystem(TrigramIndex.Gist, options.Port),
        _ => throw new ArgumentOutOfRangeException(nameof(system), system, "No such system."),
    };

    /// <summary>Writes the answers to the file that the options name, and prints the cost as one line of JSON.</summary>
    public static int Run(string name, Options options)
    {
        var queries = EvaluationQuery.Read(options.Queries, options.SmallPart).ToList();
        using var system = Make(name, options);
        var clock = Stopwatch.StartNew();
        system.Load(CorpusFile.Subjects(options.Corpora));
        double load = clock.Elapsed.TotalSeconds;
        foreach (var query in queries.Take(Warming)) system.Ask(query.Name, query.Schema);
        var before = system.Spent;
        using (var output = new StreamWriter(options.Out!))
            foreach (var query in queries)
            {
                long start = Stopwatch.GetTimestamp();
                var hits = system.Ask(query.Name, query.Schema);
                double us = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
                output.WriteLine(new Answer(hits, us).Line(query.Id));
            }
        double cpu = (system.Spent - before).TotalMicroseconds / Math.Max(1, queries.Count);
        Console.WriteLine(JsonSerializer.Serialize(new Cost(load, cpu, system.Peak / 1e6)));
        return 0;
    }
}
