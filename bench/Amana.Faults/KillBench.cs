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
        using var reader = ClientOf(last.Address, token);
        var taken = await Taken.ReadAsync(reader);
        int lost = acknowledged.Keys.Count(id => !taken.Found.Contains(id));
        double[] sorted = [.. ready.Order()];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"kills={rounds} acknowledged={acknowledged.Count} lost={lost} twice={taken.Twice} proved={taken.Fault ?? "all"} ready_p50_seconds={Options.At(sorted, 0.5):0.0} ready_max_seconds={sorted[^1]:0.0}"));
        return lost == 0 && taken.Twice == 0 && taken.Fault is null ? 0 : 1;
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

    private static HttpClient ClientOf(Uri address, string token) => new()
    {
        BaseAddress = address, Timeout = TimeSpan.FromSeconds(60), DefaultRequestHeaders = { Authorization = new("Bearer", token) },
    };
}
