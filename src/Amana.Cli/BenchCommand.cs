using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Amana.Cli.Screening;
using Amana.Cli.Server;
using Amana.Lists;
using Amana.Lists.Questions;
using Amana.Matching;

namespace Amana.Cli;

/// <summary><c>amana bench</c>: how fast this machine, or a server, answers the questions of a file.</summary>
internal static class BenchCommand
{
    private const int QuestionsMax = 100_000;

    private const string Summary = "Measure how fast questions are answered: here on files, or by a server over HTTP.";

    private const string More = """
        Examples
          amana bench questions.ndjson.gz --against lists.amana --threads 1
          amana bench questions.ndjson.gz --server http://127.0.0.1:5080 --threads 8 --seconds 20
        """;

    public static Command Make(Terminal terminal)
    {
        var queries = Options.OneFile("QUERIES", "Questions, CSV or NDJSON; asked over and over until the time is up");
        var against = Options.Against();
        against.Required = false;
        var mapping = Options.ExistingFile("--mapping", "Which column is what, for lists that are plain CSV");
        var server = Options.Server();
        var token = Options.Token();
        var threads = Options.Number("--threads", "Threads here, or connections to the server", 1, 1, 256);
        var seconds = Options.Number("--seconds", "How long to measure, after a tenth of that to warm up", 10, 1, 600);
        var command = new TaughtCommand("bench", Summary, More) { queries, against, mapping, server, token, threads, seconds };
        command.SetAction(async (parsed, cancel) =>
        {
            var questions = Questions(parsed.GetRequiredValue(queries), terminal, cancel);
            var load = new Load(parsed.GetValue(threads), TimeSpan.FromSeconds(parsed.GetValue(seconds)));
            var output = new OutputStream(terminal.Out);
            if (parsed.GetValue(against) is { Length: > 0 } files)
            {
                using var corpus = new CorpusLoad(terminal, MappingFile.Read(parsed.GetValue(mapping))).Load(files, cancel);
                await output.WriteLineAsync(Memory(corpus), cancel);
                var options = new AskOptions();
                await output.WriteLineAsync(await load.RunAsync(questions.Count, (_, at, _) => { corpus.Lists.Ask(questions[at], options); return Task.CompletedTask; }, cancel), cancel);
                return ExitCode.Done;
            }
            await output.WriteLineAsync(await OverHttpAsync(parsed.GetValue(server), parsed.GetValue(token), questions, load, terminal, cancel), cancel);
            return ExitCode.Done;
        });
        return command;
    }

    private static List<Question> Questions(string path, Terminal terminal, CancellationToken cancel)
    {
        var file = path == Options.FromStandardInput ? new ListFile("standard input", terminal.In, null) : CorpusLoad.FileOf(path);
        var questions = QuestionFile.Read(file, cancel).Select(q => q.Question).OfType<Question>().Take(QuestionsMax).ToList();
        return questions.Count > 0 ? questions : throw new CommandEndException(ExitCode.InputRefused, $"{path} holds no question that can be read.");
    }

    private static string Memory(Corpus corpus) => string.Create(CultureInfo.InvariantCulture,
        $"entries={corpus.Lists.Count} load_seconds={corpus.LoadTime.TotalSeconds:0.000} resident_mib={Environment.WorkingSet / 1048576.0:0}");

    private static async Task<string> OverHttpAsync(string? server, string? token, List<Question> questions, Load load, Terminal terminal, CancellationToken cancel)
    {
        using var clients = new Clients(load.Threads, () => ServerClient.Of(server, token, terminal));
        return await load.RunAsync(questions.Count, async (connection, at, stop) =>
        {
            using var content = new ByteArrayContent(Body(questions[at]));
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var answer = await clients[connection].PostAsync("match/default", content, stop);
        }, cancel);
    }

    // yente's shape, so that the same measurement runs against other servers.
    private static byte[] Body(Question question)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteStartObject("queries");
            json.WriteStartObject("q");
            json.WriteString("schema", question.Kind switch { SubjectKind.Person => "Person", SubjectKind.Organization => "Organization", SubjectKind.Vessel => "Vessel", SubjectKind.Aircraft => "Airplane", _ => "Thing" });
            json.WriteStartObject("properties");
            json.WriteStartArray("name");
            foreach (string name in question.Names) json.WriteStringValue(name);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return body.ToArray();
    }

    /// <summary>One connection each.</summary>
    private sealed class Clients(int count, Func<ServerClient> make) : IDisposable
    {
        private readonly ServerClient[] _clients = [.. Enumerable.Range(0, count).Select(_ => make())];

        public ServerClient this[int at] => _clients[at];

        public void Dispose()
        {
            foreach (var client in _clients) client.Dispose();
        }
    }

    /// <summary>Asks from several threads until the time is up, and keeps the time of each answer.</summary>
    private sealed record Load(int Threads, TimeSpan Time)
    {
        public async Task<string> RunAsync(int questions, Func<int, int, CancellationToken, Task> ask, CancellationToken cancel)
        {
            int next = -1;
            await EachAsync(Time / 10, [], questions, () => Interlocked.Increment(ref next), ask, cancel);
            var times = Enumerable.Range(0, Threads).Select(_ => new List<double>(1 << 16)).ToArray();
            var watch = Stopwatch.StartNew();
            await EachAsync(Time, times, questions, () => Interlocked.Increment(ref next), ask, cancel);
            double seconds = watch.Elapsed.TotalSeconds;
            double[] all = [.. times.SelectMany(t => t).Order()];
            return string.Create(CultureInfo.InvariantCulture,
                $"threads={Threads} queries={all.Length} seconds={seconds:0.000} per_second={all.Length / seconds:0} p50_us={At(all, 0.5):0} p99_us={At(all, 0.99):0} max_us={all[^1]:0}");
        }

        private Task EachAsync(TimeSpan time, List<double>[] times, int questions, Func<int> next, Func<int, int, CancellationToken, Task> ask, CancellationToken cancel)
        {
            var end = Stopwatch.StartNew();
            return Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(async () =>
            {
                do
                {
                    long start = Stopwatch.GetTimestamp();
                    await ask(thread, (int)((uint)next() % questions), cancel);
                    if (times.Length > 0) times[thread].Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
                }
                while (end.Elapsed < time && !cancel.IsCancellationRequested);
            }, cancel)));
        }

        private static double At(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
    }
}
