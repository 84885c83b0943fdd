using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Amana.Bench;

/// <summary>Questions a second of a running server, on several connections at once, as its clients ask them.</summary>
internal static class HttpBench
{
    /// <summary>Rows in one call of the stream.</summary>
    private const int BulkRows = 10_000;

    /// <summary>One question in the forms that the server is asked in.</summary>
    private sealed record Asked(byte[] Match, byte[] Screening);

    public static async Task<int> RunAsync(string[] args)
    {
        if (Options.Parse(args) is not { } options)
        {
            Console.Error.WriteLine("http needs --server URL, --token T (or AMANA_TOKEN) and --queries FILE; --connections and --seconds are numbers above 0");
            return 1;
        }
        if (!File.Exists(options.Queries))
        {
            Console.Error.WriteLine($"there is no file {options.Queries}");
            return 1;
        }
        var questions = CorpusFile.Lines(options.Queries).Select(Parse).ToList();
        if (questions.Count == 0)
        {
            Console.Error.WriteLine($"{options.Queries} holds no question");
            return 1;
        }
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = options.Connections };
        using var client = new HttpClient(handler) { BaseAddress = options.Server, DefaultRequestVersion = HttpVersion.Version11, Timeout = TimeSpan.FromMinutes(10) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.Token);
        Say($"server={options.Server} connections={options.Connections} questions={questions.Count}");
        try
        {
            await SinglesAsync("match", options, questions, at => PostAsync(client, "match/default", questions[at].Match));
            if (options.Update is { } file) await DuringUpdatesAsync(client, options, questions, file);
            await SinglesAsync("screenings", options, questions, at => PostAsync(client, "api/v1/screenings", questions[at].Screening));
            await BulkAsync(client, options, questions);
        }
        catch (HttpRequestException refused)
        {
            Console.Error.WriteLine($"the server refused or did not answer: {refused.Message}");
            return 1;
        }
        return 0;
    }

    /// <summary>One question a call, until the time is up; a tenth of the time before it warms the server.</summary>
    private static async Task SinglesAsync(string what, Options options, List<Asked> questions, Func<int, Task<bool>> ask)
    {
        int next = -1, refused = 0;
        async Task AskNext()
        {
            if (!await ask((int)((uint)Interlocked.Increment(ref next) % questions.Count))) Interlocked.Increment(ref refused);
        }
        await EachConnectionAsync(options.Connections, options.Time / 10, AskNext);
        refused = 0;
        var watch = Stopwatch.StartNew();
        double[] times = await EachConnectionAsync(options.Connections, options.Time, AskNext);
        double seconds = watch.Elapsed.TotalSeconds;
        Say($"{what}: calls={times.Length} per_second={times.Length / seconds:F0} p50_ms={At(times, 0.5):F2} p99_ms={At(times, 0.99):F2} max_ms={times[^1]:F1} refused={refused}");
    }

    /// <summary>The same questions while a list is replaced without a pause.</summary>
    private static async Task DuringUpdatesAsync(HttpClient client, Options options, List<Asked> questions, string file)
    {
        using var sender = new HttpClient { BaseAddress = options.Server, Timeout = client.Timeout };
        sender.DefaultRequestHeaders.Authorization = client.DefaultRequestHeaders.Authorization;
        using var over = new CancellationTokenSource();
        var updates = Task.Run(() => new ListUpdates(sender, "bench-updates", file).RunAsync(over.Token));
        await SinglesAsync("match during updates", options, questions, at => PostAsync(client, "match/default", questions[at].Match));
        await over.CancelAsync();
        Say($"updates: published={await updates}");
    }

    /// <summary>A stream of questions on each connection; a line out is an answer.</summary>
    private static async Task BulkAsync(HttpClient client, Options options, List<Asked> questions)
    {
        var body = new MemoryStream();
        for (int i = 0; i < BulkRows; i++)
        {
            body.Write(questions[i % questions.Count].Screening);
            body.WriteByte((byte)'\n');
        }
        byte[] lines = body.ToArray();
        long rows = 0;
        var watch = Stopwatch.StartNew();
        double[] calls = await EachConnectionAsync(options.Connections, options.Time, async () => Interlocked.Add(ref rows, await StreamAsync(client, lines)));
        double seconds = watch.Elapsed.TotalSeconds;
        Say($"bulk: calls={calls.Length} rows={rows} rows_per_second={rows / seconds:F0}");
    }

    private static async Task<long> StreamAsync(HttpClient client, byte[] lines)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/screenings/bulk") { Content = new ByteArrayContent(lines) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        await using var stream = await answer.Content.ReadAsStreamAsync();
        byte[] buffer = new byte[1 << 16];
        long rows = 0;
        for (int read; (read = await stream.ReadAsync(buffer)) > 0;) rows += buffer.AsSpan(0, read).Count((byte)'\n');
        return rows;
    }

    /// <returns>False when the question itself was refused, as one without a letter is.</returns>
    private static async Task<bool> PostAsync(HttpClient client, string address, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var answer = await client.PostAsync(new Uri(address, UriKind.Relative), content);
        if (answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity) return false;
        answer.EnsureSuccessStatusCode();
        return true;
    }

    /// <returns>The time of each call in milliseconds, shortest first.</returns>
    private static async Task<double[]> EachConnectionAsync(int connections, TimeSpan time, Func<Task> call)
    {
        var all = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            var times = new List<double>();
            var watch = Stopwatch.StartNew();
            do
            {
                long start = Stopwatch.GetTimestamp();
                await call();
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
            while (watch.Elapsed < time);
            return times;
        })));
        return [.. all.SelectMany(t => t).Order()];
    }

    // A line of the screening evaluation (qid, q) or of `amana screen` (id, name).
    private static Asked Parse(string line)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        string name = (root.TryGetProperty("q", out var q) ? q : root.GetProperty("name")).GetString()!;
        string schema = root.TryGetProperty("schema", out var s) && s.GetString() is { } given ? given : "Person";
        return new Asked(
            JsonSerializer.SerializeToUtf8Bytes(new { queries = new { q = new { schema, properties = new { name = new[] { name } } } } }),
            JsonSerializer.SerializeToUtf8Bytes(new { id = "q", name, schema }));
    }

    private static double At(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private sealed record Options(Uri Server, string Token, string Queries, int Connections, TimeSpan Time, string? Update)
    {
        /// <returns>Null when something is missing or no number.</returns>
        public static Options? Parse(string[] args)
        {
            if (args.Length % 2 != 0) return null;
            var given = args.Chunk(2).GroupBy(a => a[0], a => a[1], StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last(), StringComparer.Ordinal);
            string? token = given.GetValueOrDefault("--token") ?? Environment.GetEnvironmentVariable("AMANA_TOKEN");
            bool whole = Uri.TryCreate(given.GetValueOrDefault("--server"), UriKind.Absolute, out var server)
                & int.TryParse(given.GetValueOrDefault("--connections", "8"), NumberStyles.None, CultureInfo.InvariantCulture, out int connections)
                & double.TryParse(given.GetValueOrDefault("--seconds", "20"), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds);
            return whole && token is not null && given.TryGetValue("--queries", out string? queries) && connections > 0 && seconds > 0
                ? new Options(new Uri(server!.ToString().TrimEnd('/') + "/"), token, queries, connections, TimeSpan.FromSeconds(seconds), given.GetValueOrDefault("--update"))
                : null;
        }
    }
}
