using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Amana.Bench;

/// <summary>An import into a published server as a process of its own, seen from outside as a person sees it: when progress
/// shows, rows a second, memory; then the same server started anew.</summary>
internal static class ImportBench
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    public static async Task<int> RunAsync(string[] args)
    {
        string server = Path.GetFullPath(args[0]), file = Path.GetFullPath(args[1]);
        string address = args.Length > 2 ? args[2] : "http://127.0.0.1:5139";
        string folder = Directory.CreateTempSubdirectory("amana-bench-").FullName;
        try
        {
            string token = Token(server, folder);
            using var client = new HttpClient { BaseAddress = new Uri(address), Timeout = TimeSpan.FromHours(3) };
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using (var process = Start(server, folder, address))
            {
                await ReadyAsync(client);
                Say($"empty: resident_mb={Memory(process, "VmRSS")}");
                await ImportAsync(client, process, file);
                await StopAsync(process);
            }
            long clock = Stopwatch.GetTimestamp();
            using var again = Start(server, folder, address);
            await ReadyAsync(client);
            Say($"restart: ready_seconds={Stopwatch.GetElapsedTime(clock).TotalSeconds:F1} resident_mb={Memory(again, "VmRSS")}");
            await AskAsync(client, 500);
            Say($"after 500 searches: resident_mb={Memory(again, "VmRSS")} peak_mb={Memory(again, "VmHWM")}");
            await StopAsync(again);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task ImportAsync(HttpClient client, Process process, string file)
    {
        long clock = Stopwatch.GetTimestamp();
        await using var content = File.OpenRead(file);
        using var body = new StreamContent(content);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var sent = await client.PostAsync(new Uri($"/api/v1/lists/bench/files?file={Path.GetFileName(file)}", UriKind.Relative), body);
        var run = await JsonAsync(sent);
        string reference = run.GetProperty("ref").GetString()!;
        double uploaded = Stopwatch.GetElapsedTime(clock).TotalSeconds;
        clock = Stopwatch.GetTimestamp();
        double? visible = null;
        while (run.GetProperty("state").GetString() is "queued" or "running")
        {
            await Task.Delay(Look);
            using var answer = await client.GetAsync(new Uri($"/api/v1/runs/{reference}", UriKind.Relative));
            run = await JsonAsync(answer);
            if (run.GetProperty("rows").GetInt64() > 0) visible ??= Stopwatch.GetElapsedTime(clock).TotalSeconds;
        }
        double whole = Stopwatch.GetElapsedTime(clock).TotalSeconds;
        long rows = run.GetProperty("rows").GetInt64();
        var seconds = run.GetProperty("stages").EnumerateArray().ToDictionary(s => s.GetProperty("stage").GetString()!, s => s.GetProperty("seconds").GetDouble());
        Say($"import: state={run.GetProperty("state").GetString()} rows={rows} rejected={run.GetProperty("rejected").GetInt64()} upload_seconds={uploaded:F1} progress_visible_seconds={visible:F1} whole_seconds={whole:F1}");
        Say($"stages: {string.Join(' ', seconds.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Key}={s.Value:F1}")))}");
        Say($"rows_a_second: durable={rows / seconds["read"]:F0} into_index={rows / seconds["index"]:F0} whole={rows / whole:F0}");
        Say($"memory: peak_mb={Memory(process, "VmHWM")} resident_mb={Memory(process, "VmRSS")}");
    }

    private static async Task AskAsync(HttpClient client, int count)
    {
        client.DefaultRequestHeaders.TryAddWithoutValidation("Amana-Purpose", "border-check");
        for (int i = 0; i < count; i++)
        {
            using var answer = await client.GetAsync(new Uri($"/search/default?q=Maria%20Kowalska%20{i}", UriKind.Relative));
            answer.EnsureSuccessStatusCode();
        }
    }

    private static string Token(string server, string folder)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet",
            [server, "token", "create", "--data", folder, "--name", "bench", "--right", "import", "--right", "read-lists", "--right", "screen", "--purpose", "border-check"])
        { RedirectStandardOutput = true, UseShellExecute = false })!;
        string printed = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return printed.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)[^1];
    }

    private static Process Start(string server, string folder, string address) =>
        Process.Start(new ProcessStartInfo("dotnet", [server, "--data", folder, "--urls", address]) { UseShellExecute = false })!;

    private static async Task StopAsync(Process process)
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync();
    }

    private static async Task ReadyAsync(HttpClient client)
    {
        for (int tried = 0; tried < 6_000; tried++)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri("/readyz", UriKind.Relative));
                if (answer.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }
            await Task.Delay(20);
        }
        throw new TimeoutException("The server does not become ready.");
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage answer)
    {
        string text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonDocument.Parse(text).RootElement : throw new InvalidOperationException(text);
    }

    /// <summary>From the kernel's own account, MB.</summary>
    private static long Memory(Process process, string what) =>
        long.Parse(File.ReadLines($"/proc/{process.Id}/status").First(l => l.StartsWith(what + ":", StringComparison.Ordinal)).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1_000;

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
