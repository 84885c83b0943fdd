using System.Diagnostics;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Amana.Matching;

namespace Amana.Bench;

/// <summary>Speed and answers of the engine over a corpus, on one thread.</summary>
internal static class MatchBench
{
    private sealed record Query(string Id, Question Question);

    public static int Run(string[] args)
    {
        var options = Options.Parse(args);
        var clock = Stopwatch.StartNew();
        using var index = options.Index is { } saved && options.Corpora.Count == 0 ? MatchIndex.Open(saved) : MatchIndex.Build(CorpusFile.Subjects(options.Corpora));
        double load = clock.Elapsed.TotalSeconds;
        Say($"subjects={index.Count} load_seconds={load:F2} rows_a_second={index.Count / load:F0} bytes_a_subject={(double)index.Bytes / Math.Max(1, index.Count):F0}");
        if (options.Index is { } target && options.Corpora.Count > 0)
        {
            clock.Restart();
            index.Save(target);
            Say($"save_seconds={clock.Elapsed.TotalSeconds:F2} file_mb={new FileInfo(target).Length / 1e6:F0}");
        }
        if (options.Queries is null) return 0;
        var queries = CorpusFile.Lines(options.Queries).Select(l => Parse(l, options)).OfType<Query>().ToList();
        using var output = options.Output is null ? null : new StreamWriter(options.Output);
        Warm(index, queries);
        var times = new List<double>(queries.Count);
        var ask = new AskOptions { Limit = 10, MinScore = options.MinScore, Explain = false };
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        foreach (var query in queries)
        {
            long start = Stopwatch.GetTimestamp();
            var hits = index.Ask(query.Question, ask);
            double us = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            times.Add(us);
            output?.WriteLine(Line(query, hits, us));
        }
        double cpuMs = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalMilliseconds;
        times.Sort();
        double sum = times.Sum();
        using var self = Process.GetCurrentProcess();
        Say($"queries={times.Count} per_second={times.Count / sum * 1e6:F0} cpu_us={cpuMs * 1000 / times.Count:F1} mean_us={sum / times.Count:F1} p50_us={times[times.Count / 2]:F1} p99_us={times[(int)(times.Count * 0.99)]:F1} max_us={times[^1]:F0} peak_mb={self.PeakWorkingSet64 / 1e6:F0}");
        return 0;
    }

    /// <summary>The first questions of a process pay for its compilation, not for the engine.</summary>
    private static void Warm(MatchIndex index, List<Query> queries)
    {
        foreach (var query in queries.Take(200)) index.Ask(query.Question, new AskOptions { Limit = 10, MinScore = 0, Explain = false });
    }

    private static Query? Parse(string line, Options options)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        if (options.Small is { } small && root.GetProperty("small").GetBoolean() != small) return null;
        return new Query(root.GetProperty("qid").GetString()!, new Question
        {
            Names = [root.GetProperty("q").GetString()!], Kind = CorpusFile.KindOf(root.GetProperty("schema").GetString()),
        });
    }

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private static string Line(Query query, IReadOnlyList<Hit> hits, double us) =>
        $"{{\"qid\":\"{query.Id}\",\"hits\":[{string.Join(',', hits.Select(h => string.Create(CultureInfo.InvariantCulture, $"[{JsonSerializer.Serialize(h.SubjectId, Json)},{h.Score:F6}]")))}],\"us\":{us.ToString("F1", CultureInfo.InvariantCulture)}}}";

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private sealed record Options(List<string> Corpora, string? Queries, string? Output, string? Index, bool? Small, double MinScore)
    {
        public static Options Parse(string[] args)
        {
            var options = new Options([], null, null, null, null, 0);
            for (int i = 0; i < args.Length; i++)
                options = args[i] switch
                {
                    "--queries" => options with { Queries = args[++i] },
                    "--out" => options with { Output = args[++i] },
                    "--index" => options with { Index = args[++i] },
                    "--small" => options with { Small = bool.Parse(args[++i]) },
                    "--min-score" => options with { MinScore = double.Parse(args[++i], CultureInfo.InvariantCulture) },
                    var file => options.With(file),
                };
            return options;
        }

        private Options With(string corpus)
        {
            Corpora.Add(corpus);
            return this;
        }
    }
}
