using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Amana.Tests.Shared;

namespace Amana.Faults;

/// <summary>A server that is killed at random moments while clients make it write. What was acknowledged must be there, once.</summary>
internal static class KillBench
{
    private const int Writers = 4;
    private static readonly string[] Rights = ["screen"];

    public static async Task<int> RunAsync(string[] args)
    {
        int rounds = Options.Number(args, "--rounds", 200), seed = Options.Number(args, "--seed", 20_261_127);
        var random = new Random(seed);
        string folder = Directory.CreateTempSubdirectory("amana-kills-").FullName;
        var acknowledged = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var ready = new List<double>();
        string token = "";
        for (int round = 0; round < rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            var server = await ServerProcess.StartAsync(demo: false, folder);
            ready.Add(watch.Elapsed.TotalSeconds);
            if (round == 0) token = await server.TokenAsync("manage-tokens", "read-journal", "read-journal-content");
            using var stop = new CancellationTokenSource();
            var writers = Enumerable.Range(0, Writers).Select(_ => WriteAsync(server.Address, token, acknowledged, round, stop.Token)).ToArray();
            await Task.Delay(random.Next(20, 900));
            await server.KillAsync();
            await stop.CancelAsync();
            await Task.WhenAll(writers);
            if (round % 20 == 19) Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{round + 1} kills, {acknowledged.Count} acts acknowledged"));
        }

        await using var last = await ServerProcess.StartAsync(demo: false, folder);
        var (found, twice) = await FindAsync(last.Address, token);
        int lost = acknowledged.Keys.Count(id => !found.Contains(id));
        string fault = await ProveAsync(last.Address, token);
        double[] sorted = [.. ready.Order()];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"kills={rounds} acknowledged={acknowledged.Count} lost={lost} twice={twice} proved={fault} ready_p50_seconds={Options.At(sorted, 0.5):0.0} ready_max_seconds={sorted[^1]:0.0}"));
        return lost == 0 && twice == 0 && fault == "all" ? 0 : 1;
    }

    private static async Task WriteAsync(Uri address, string token, ConcurrentDictionary<string, int> acknowledged, int round, CancellationToken stop)
    {
        using var client = ClientOf(address, token);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var answer = await client.PostAsJsonAsync("api/v1/tokens", new { name = "kill test", rights = Rights }, CancellationToken.None);
                if (!answer.IsSuccessStatusCode) continue;
                var made = await answer.Content.ReadFromJsonAsync<JsonElement>(CancellationToken.None);
                acknowledged[made.GetProperty("id").GetString()!] = round;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException or JsonException)
            {
                // Killed in the middle of an answer: not acknowledged.
                await Task.Delay(20, CancellationToken.None);
            }
        }
    }

    /// <summary>The references of all acts in the journal, and how many stand there more than once.</summary>
    private static async Task<(HashSet<string> Found, int Twice)> FindAsync(Uri address, string token)
    {
        using var client = ClientOf(address, token);
        var found = new HashSet<string>(StringComparer.Ordinal);
        int twice = 0;
        long? before = null;
        do
        {
            var page = await client.GetFromJsonAsync<JsonElement>($"api/v1/journal?what=token.made&limit=500{(before is null ? "" : $"&before={before}")}");
            foreach (var entry in page.GetProperty("entries").EnumerateArray())
            {
                if (!found.Add(entry.GetProperty("onWhat").GetString()!)) twice++;
            }

            before = page.GetProperty("before").ValueKind is JsonValueKind.Number ? page.GetProperty("before").GetInt64() : null;
        }
        while (before is not null);
        return (found, twice);
    }

    private static async Task<string> ProveAsync(Uri address, string token)
    {
        using var client = ClientOf(address, token);
        using var answer = await client.PostAsync(new Uri("api/v1/journal/check", UriKind.Relative), null);
        var found = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return found.GetProperty("fault").ValueKind is JsonValueKind.Null ? "all" : found.ToString();
    }

    private static HttpClient ClientOf(Uri address, string token) => new()
    {
        BaseAddress = address, Timeout = TimeSpan.FromSeconds(60), DefaultRequestHeaders = { Authorization = new("Bearer", token) },
    };
}
