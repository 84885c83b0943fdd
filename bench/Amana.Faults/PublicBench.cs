using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Amana.Tests.Shared;

namespace Amana.Faults;

/// <summary>Many readers of the public site at once, each on a connection of its own: lists, filters, extracts and portraits in four
/// languages. Loopback only; the readers take a part of the same cores.</summary>
internal static partial class PublicBench
{
    private static readonly string[] Languages = ["ar", "en", "fr", "es"];

    public static async Task<int> RunAsync(string[] args)
    {
        int readers = Options.Number(args, "--readers", 1000), seconds = Options.Number(args, "--seconds", 120), pause = Options.Number(args, "--pause", 3000);
        await using var server = await ServerProcess.StartAsync(demo: true);
        string[] pages;
        using (var first = new HttpClient { BaseAddress = server.Address }) pages = await PagesAsync(first);
        var times = new ConcurrentBag<double>();
        var errors = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        long bytes = 0;
        await Task.WhenAll(Enumerable.Range(0, readers).Select(async seed =>
        {
            using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, MaxConnectionsPerServer = 1 }) { BaseAddress = server.Address };
            var random = new Random(seed);
            while (!stop.IsCancellationRequested)
            {
                // Read for a while before the next page; nobody begins at the same moment.
                if (pause > 0) await Task.Delay(random.Next(pause / 2, pause * 3 / 2), CancellationToken.None);
                string page = random.Next(10) == 0 ? $"/{Languages[random.Next(4)]}/notices?name={(char)('a' + random.Next(26))}{(char)('a' + random.Next(26))}" : pages[random.Next(pages.Length)];
                long start = Stopwatch.GetTimestamp();
                try
                {
                    using var answer = await client.GetAsync(new Uri(page, UriKind.Relative), CancellationToken.None);
                    byte[] body = await answer.Content.ReadAsByteArrayAsync(CancellationToken.None);
                    times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                    Interlocked.Add(ref bytes, body.Length);
                    if (!answer.IsSuccessStatusCode) errors.AddOrUpdate($"{(int)answer.StatusCode}", 1, (_, n) => n + 1);
                }
                catch (HttpRequestException e)
                {
                    errors.AddOrUpdate($"{e.HttpRequestError}", 1, (_, n) => n + 1);
                }
            }
        }));
        double[] sorted = [.. times.Order()];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"readers={readers} pages={sorted.Length} per_second={sorted.Length / (double)seconds:0} mib_per_second={bytes / 1048576.0 / seconds:0.0} p50_ms={Options.At(sorted, 0.5):0.0} p95_ms={Options.At(sorted, 0.95):0.0} p99_ms={Options.At(sorted, 0.99):0.0} max_ms={(sorted.Length == 0 ? 0 : sorted[^1]):0}"));
        foreach (var (what, count) in errors) Console.WriteLine($"error {what}: {count}");
        return errors.IsEmpty ? 0 : 1;
    }

    // As a reader comes upon them: the lists, and every extract and portrait that their first pages lead to.
    private static async Task<string[]> PagesAsync(HttpClient client)
    {
        var pages = new HashSet<string>(StringComparer.Ordinal);
        foreach (string language in Languages)
        {
            foreach (string list in (string[])["", "/notices", "/notices?page=2", "/notices?page=3", "/notices?sexId=F", "/missing", "/un", "/news"])
            {
                string address = $"/{language}{list}", html = await client.GetStringAsync(new Uri(address, UriKind.Relative));
                pages.Add(address);
                foreach (Match link in Links().Matches(html)) pages.Add(link.Groups["address"].Value);
            }
        }

        return [.. pages];
    }

    [GeneratedRegex("(?:class=\"face\" href|class=\"portrait-p\" src)=\"(?<address>/[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Links();
}
