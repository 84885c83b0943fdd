using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Amana.Tests.Shared;

namespace Amana.Faults;

/// <summary>A disk that fills to the last blocks while a server writes, at several levels, and is made free again. Reads go on, writes are refused in
/// words, and nothing that was acknowledged is lost. Needs root: the disk is a small one in memory.</summary>
internal static class FullDiskBench
{
    private const int DiskMegabytes = 64, WritesAtEachLevel = 40;
    private static readonly string[] Rights = ["screen"];

    public static async Task<int> RunAsync(string[] args)
    {
        int levels = Options.Number(args, "--levels", 20);
        string disk = await SmallDisk.MountAsync(DiskMegabytes) ?? throw new InvalidOperationException("This account cannot mount a disk in memory.");
        try
        {
            return await FillAsync(disk, levels);
        }
        finally
        {
            await SmallDisk.UnmountAsync(disk);
        }
    }

    private static async Task<int> FillAsync(string disk, int levels)
    {
        var server = await ServerProcess.StartAsync(demo: false, Directory.CreateDirectory(Path.Combine(disk, "data")).FullName);
        string token = await server.TokenAsync("manage-tokens", "read-journal");
        using var client = new HttpClient { BaseAddress = server.Address, Timeout = TimeSpan.FromSeconds(60), DefaultRequestHeaders = { Authorization = new("Bearer", token) } };
        var acknowledged = new List<string>();
        var answers = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        int readsFailed = 0, notRecovered = 0;
        string ballast = Path.Combine(disk, "ballast");
        for (int level = 0; level < levels; level++)
        {
            // From nothing left to about two megabytes left, in blocks that are not those of the database.
            SmallDisk.Fill(disk, ballast, leave: level * 104_729L);
            for (int i = 0; i < WritesAtEachLevel; i++)
            {
                var (status, code, id) = await WriteAsync(client);
                answers.AddOrUpdate(status is HttpStatusCode.OK ? "200" : $"{(int)status} {code}", 1, (_, n) => n + 1);
                if (id is not null) acknowledged.Add(id);
                using var read = await client.GetAsync(new Uri("api/v1/journal?limit=5", UriKind.Relative));
                if (!read.IsSuccessStatusCode) readsFailed++;
            }

            File.Delete(ballast);
            var watch = Stopwatch.StartNew();
            while (true)
            {
                var (status, _, id) = await WriteAsync(client);
                if (id is not null) acknowledged.Add(id);
                if (status is HttpStatusCode.OK) break;
                if (watch.Elapsed > TimeSpan.FromSeconds(10))
                {
                    notRecovered++;
                    break;
                }

                await Task.Delay(50);
            }
        }

        var taken = await Taken.ReadAsync(client);
        int lost = acknowledged.Count(id => !taken.Found.Contains(id));
        bool proved = taken.Fault is null;
        await server.DisposeAsync();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"levels={levels} acknowledged={acknowledged.Count} lost={lost} reads_failed={readsFailed} not_recovered={notRecovered} proved={proved} answers: {string.Join(", ", answers.Select(a => $"{a.Key} × {a.Value}"))}"));
        return lost == 0 && readsFailed == 0 && notRecovered == 0 && proved && answers.Keys.All(k => k == "200" || k.StartsWith("503 ", StringComparison.Ordinal)) ? 0 : 1;
    }

    private static async Task<(HttpStatusCode Status, string? Code, string? Id)> WriteAsync(HttpClient client)
    {
        using var answer = await client.PostAsJsonAsync("api/v1/tokens", new { name = "full disk", rights = Rights });
        var said = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return (answer.StatusCode, said.TryGetProperty("code", out var code) ? code.GetString() : null, answer.IsSuccessStatusCode ? said.GetProperty("id").GetString() : null);
    }
}
