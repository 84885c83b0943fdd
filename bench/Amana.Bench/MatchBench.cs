using System.Diagnostics;
using System.Globalization;
using Amana.Matching;

namespace Amana.Bench;

/// <summary>Speed and answers of the engine over a corpus, on one thread.</summary>
internal static class MatchBench
{
    public static int Run(string[] args)
    {
        var options = Options.Parse(args);
        var clock = Stopwatch.StartNew();
        var indexes = options.Corpora.Count > 0 || options.Indexes.Count == 0 ? [MatchIndex.Build(CorpusFile.Subjects(options.Corpora))] : options.Indexes.ConvertAll(MatchIndex.Open);
        var set = new MatchSet(indexes);
        double load = clock.Elapsed.TotalSeconds;
        Say($"subjects={set.Count} load_seconds={load:F2} rows_a_second={set.Count / load:F0} bytes_a_subject={indexes.Sum(i => (double)i.Bytes) / Math.Max(1, set.Count):F0}");
        if (options.Indexes is [var target] && options.Corpora.Count > 0)
        {
            clock.Restart();
            indexes[0].Save(target);
            Say($"save_seconds={clock.Elapsed.TotalSeconds:F2} file_mb={new FileInfo(target).Length / 1e6:F0}");
        }
        Ask(set, options);
        foreach (var index in indexes) index.Dispose();
        return 0;
    }

    private static void Ask(MatchSet set, Options options)
    {
        var queries = Queries(options).ToList();
        if (queries.Count == 0) return;
        using var output = options.Output is null ? null : new StreamWriter(options.Output);
        Warm(set, queries);
        var times = new List<double>(queries.Count);
        var ask = new AskOptions { Limit = 10, MinScore = options.MinScore, Explain = false };
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        foreach (var query in queries)
        {
            long start = Stopwatch.GetTimestamp();
            var hits = set.Ask(query.Question, ask);
            double us = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            times.Add(us);
            output?.WriteLine(new Answer([.. hits.Select(h => (h.SubjectId, h.Score))], us).Line(query.Id));
        }
        double cpuMs = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalMilliseconds;
        times.Sort();
        double sum = times.Sum();
        using var self = Process.GetCurrentProcess();
        Say($"queries={times.Count} per_second={times.Count / sum * 1e6:F0} cpu_us={cpuMs * 1000 / times.Count:F1} mean_us={sum / times.Count:F1} p50_us={times[times.Count / 2]:F1} p99_us={times[(int)(times.Count * 0.99)]:F1} max_us={times[^1]:F0} peak_mb={self.PeakWorkingSet64 / 1e6:F0}");
    }

    private static IEnumerable<(string Id, Question Question)> Queries(Options options) =>
        options.Queries is { } queries ? EvaluationQuery.Read(queries, options.Small).Select(q => (q.Id, new Question { Names = [q.Name], Kind = q.Schema }))
        : options.People is { } people ? CorpusFile.Subjects([people]).Select(s => (s.Id, new Question { Names = [s.Names[0].Text], Kind = s.Kind }))
        : [];

    /// <summary>The first questions of a process pay for its compilation, not for the engine.</summary>
    private static void Warm(MatchSet set, List<(string Id, Question Question)> queries)
    {
        foreach (var query in queries.Take(200)) set.Ask(query.Question, new AskOptions { Limit = 10, MinScore = 0, Explain = false });
    }

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    /// <param name="Indexes">One to save to or to open; several are opened and asked as one.</param>
    /// <param name="People">Subjects of whom each is asked by name, as travellers are.</param>
    private sealed record Options(List<string> Corpora, string? Queries, string? People, string? Output, List<string> Indexes, bool? Small, double MinScore)
    {
        public static Options Parse(string[] args)
        {
            var options = new Options([], null, null, null, [], null, 0);
            for (int i = 0; i < args.Length; i++)
                options = args[i] switch
                {
                    "--queries" => options with { Queries = args[++i] },
                    "--people" => options with { People = args[++i] },
                    "--out" => options with { Output = args[++i] },
                    "--index" => options with { Indexes = [.. options.Indexes, args[++i]] },
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
