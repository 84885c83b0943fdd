using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Amana.Tests.Shared;

namespace Amana.Faults;

/// <summary>A working day at once: officers who are signed in and open pages, and systems that ask at a steady pace. Loopback only.</summary>
internal static partial class LoadBench
{
    private static readonly string[] Pages = ["/", "/search?q=Specimen&purpose=training", "/hits", "/search?q=Eriksson+Anna&purpose=training", "/search/batches"];
    private static readonly string[] Names = ["Anna Maria Eriksson", "Viktor Pavlenko", "محمد الخطيب", "Mital Ennamoudaji", "陈伟明", "Zebulon Quartermain", "Jose Garcia Lopez", "Иван Петров"];

    public static async Task<int> RunAsync(string[] args)
    {
        int officers = Options.Number(args, "--officers", 200), questions = Options.Number(args, "--questions", 500), seconds = Options.Number(args, "--seconds", 600);
        await using var server = await ServerProcess.StartAsync(demo: true);
        string token = await server.TokenAsync("screen");
        var pages = new ConcurrentBag<double>();
        var asked = new ConcurrentBag<double>();
        var errors = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        HttpClient[] people = await Task.WhenAll(Enumerable.Range(0, officers).Select(_ => SignInAsync(server.Address)));
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        Task[] work = [.. people.Select((p, i) => OpenPagesAsync(p, i, pages, errors, stop.Token)), AskAsync(server.Address, token, questions, asked, errors, stop.Token)];
        await Task.WhenAll(work);
        Say("pages", pages, seconds);
        Say("questions", asked, seconds);
        foreach (var (what, count) in errors) Console.WriteLine($"error {what}: {count}");
        foreach (var person in people) person.Dispose();
        return errors.IsEmpty ? 0 : 1;
    }

    private static void Say(string what, ConcurrentBag<double> times, int seconds)
    {
        double[] sorted = [.. times.Order()];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what}={sorted.Length} per_second={sorted.Length / (double)seconds:0.0} p50_ms={Options.At(sorted, 0.5):0.0} p99_ms={Options.At(sorted, 0.99):0.0} max_ms={(sorted.Length == 0 ? 0 : sorted[^1]):0}"));
    }

    private static async Task<HttpClient> SignInAsync(Uri address)
    {
        var client = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = true }) { BaseAddress = address };
        string form = await client.GetStringAsync(new Uri("sign-in", UriKind.Relative));
        string antiforgery = Hidden().Match(form).Groups["value"].Value;
        using var answer = await client.PostAsync(new Uri("access/sign-in", UriKind.Relative), new FormUrlEncodedContent(
        [
            new("__RequestVerificationToken", antiforgery), new("userName", "officer"), new("password", "utopia-training-only"), new("return", "/"),
        ]));
        answer.EnsureSuccessStatusCode();
        return client;
    }

    // Each looks at a page for five to fifteen seconds before the next.
    private static async Task OpenPagesAsync(HttpClient client, int seed, ConcurrentBag<double> times, ConcurrentDictionary<string, int> errors, CancellationToken stop)
    {
        var random = new Random(seed);
        try
        {
            while (!stop.IsCancellationRequested)
            {
                await Task.Delay(random.Next(5_000, 15_000), stop);
                string page = Pages[random.Next(Pages.Length)];
                await TimedAsync(() => client.GetAsync(new Uri(page, UriKind.Relative), CancellationToken.None), "page", times, errors);
            }
        }
        catch (OperationCanceledException)
        {
            // the time is up
        }
    }

    /// <summary>At a steady pace, whatever the answers take: a slow server is not asked less.</summary>
    private static async Task AskAsync(Uri address, string token, int perSecond, ConcurrentBag<double> times, ConcurrentDictionary<string, int> errors, CancellationToken stop)
    {
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64 }) { BaseAddress = address, DefaultRequestHeaders = { Authorization = new("Bearer", token) } };
        var open = new List<Task>();
        var watch = Stopwatch.StartNew();
        long sent = 0;
        while (!stop.IsCancellationRequested)
        {
            long due = (long)(watch.Elapsed.TotalSeconds * perSecond);
            for (; sent < due; sent++)
            {
                string name = Names[sent % Names.Length];
                open.Add(TimedAsync(() => client.PostAsJsonAsync("match/default", new { queries = new { q = new { schema = "Person", properties = new { name = new[] { name } } } } }, CancellationToken.None), "question", times, errors));
            }

            open.RemoveAll(t => t.IsCompleted);
            await Task.Delay(5, CancellationToken.None);
        }

        await Task.WhenAll(open);
    }

    private static async Task TimedAsync(Func<Task<HttpResponseMessage>> send, string what, ConcurrentBag<double> times, ConcurrentDictionary<string, int> errors)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            using var answer = await send();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if (!answer.IsSuccessStatusCode) errors.AddOrUpdate($"{what} {(int)answer.StatusCode}", 1, (_, n) => n + 1);
        }
        catch (HttpRequestException e)
        {
            errors.AddOrUpdate($"{what} {e.HttpRequestError}", 1, (_, n) => n + 1);
        }
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<value>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Hidden();
}
