using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Amana.Exchange.Directory;
using Amana.Vocabulary;
using Microsoft.Data.Sqlite;

namespace Amana.Faults.Exchange;

/// <summary>How much two real servers carry between them in a directory of many: letters written by the API at a steady pace, one letter to all, and the same while a very long queue
/// waits for a bureau that is away. Times are from the writing, before it is sealed, to the receipt that the writer's server has stored.</summary>
internal static class ExchangeLoadBench
{
    private const int ThreadsEach = 16;

    public static async Task<int> RunAsync(string[] args)
    {
        int rate = Options.Number(args, "--rate", 200), seconds = Options.Number(args, "--seconds", 60), count = Options.Number(args, "--peers", 194), queued = Options.Number(args, "--queued", 1_000_000);
        string root = Directory.CreateTempSubdirectory("amana-exchange-load-").FullName;
        var codes = Enumerable.Range(0, count).Select(i => BureauCode.Of($"P{(char)('A' + (i / 26))}{(char)('A' + (i % 26))}")).ToList();
        var away = BureauCode.Of("ZZ");
        await using var peers = await MinimalPeers.StartAsync(codes);
        await using TestBureau one = new("UTO", Directory.CreateDirectory(Path.Combine(root, "UTO")).FullName), other = new("QST", Directory.CreateDirectory(Path.Combine(root, "QST")).FullName);
        foreach (var bureau in new[] { one, other }) await bureau.StartAsync();
        await TestBureau.JoinAsync([one, other]);
        peers.Know([await CardAsync(one), await CardAsync(other)]);
        foreach (var address in peers.Addresses) await one.AddAsync(address);
        await using (var gone = await MinimalPeers.StartAsync([away])) await one.AddAsync(gone.Addresses[0]);
        await TestBureau.UntilAsync(async () => (await other.GetAsync("api/v1/bureaus")).GetProperty("bureaus").GetArrayLength() == count + 3, 300);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"bureaus={count + 3} memory_mib={one.Memory().Now}+{other.Memory().Now}"));

        await PairAsync("warming_up", one, other, rate, Options.Number(args, "--warm", 20));
        await PairAsync("both_ways", one, other, rate, seconds);
        for (int round = 0; round < 5; round++) await ToAllAsync(one, [other.Code, .. codes.Select(c => c.Value)]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"taken_by_peers={peers.Taken} faults={peers.Faults}"));

        await one.KillAsync();
        var watch = Stopwatch.StartNew();
        await QueueAsync(Path.Combine(one.Folder, "amana.db"), away, queued);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"queued={queued} written_seconds={watch.Elapsed.TotalSeconds:0} database_mib={new FileInfo(Path.Combine(one.Folder, "amana.db")).Length / 1048576}"));
        watch.Restart();
        await one.StartAsync();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ready_seconds={watch.Elapsed.TotalSeconds:0.0}"));
        await PairAsync("with_long_queue_warming_up", one, other, rate, Options.Number(args, "--warm", 20));
        await PairAsync("with_long_queue", one, other, rate, seconds);
        watch.Restart();
        await one.GetAsync("api/v1/bureaus");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"page_of_bureaus_ms={watch.Elapsed.TotalMilliseconds:0}"));
        return 0;
    }

    private static async Task<BureauEntry> CardAsync(TestBureau bureau) =>
        BureauCard.Read(await bureau.Client.GetStringAsync(new Uri("exchange/v1/card", UriKind.Relative))) ?? throw new InvalidOperationException($"{bureau.Code} has no card.");

    /// <summary>Half of the rate from each to the other, each in threads of its own.</summary>
    private static async Task PairAsync(string what, TestBureau one, TestBureau other, int rate, int seconds)
    {
        var since = DateTimeOffset.UtcNow;
        var asked = new ConcurrentBag<double>();
        var errors = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        double used = one.ProcessorSeconds() + other.ProcessorSeconds();
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(WriteAsync(one, other.Code, rate / 2, seconds, asked, errors), WriteAsync(other, one.Code, rate - (rate / 2), seconds, asked, errors));
        double written = watch.Elapsed.TotalSeconds;
        while ((await WaitingAsync(one, other)) + (await WaitingAsync(other, one)) > 0) await Task.Delay(500);
        double all = watch.Elapsed.TotalSeconds;
        used = one.ProcessorSeconds() + other.ProcessorSeconds() - used;
        double[] ways = [.. (await WaysAsync(one, other.Code, since)).Concat(await WaysAsync(other, one.Code, since)).Order()], api = [.. asked.Order()];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what}: letters={ways.Length} per_second={ways.Length / all:0.0} written_seconds={written:0.0} drained_after={all - written:0.0} p50_ms={Options.At(ways, 0.5):0} p95_ms={Options.At(ways, 0.95):0} p99_ms={Options.At(ways, 0.99):0} max_ms={ways[^1]:0} api_p50_ms={Options.At(api, 0.5):0.0} api_p99_ms={Options.At(api, 0.99):0.0} processor_ms_a_letter={1_000 * used / ways.Length:0.0} memory_mib={one.Memory()}+{other.Memory()} errors={string.Join('|', errors.Select(e => $"{e.Key}×{e.Value}"))}"));
    }

    private static async Task WriteAsync(TestBureau from, string to, int perSecond, int seconds, ConcurrentBag<double> asked, ConcurrentDictionary<string, int> errors)
    {
        string?[] threads = new string?[ThreadsEach];
        for (int i = 0; i < ThreadsEach; i++) threads[i] = await SendAsync(from, null, [to], i, asked, errors);
        // Whoever writes in a thread waits for the answer before the next in it, as officers do; a thread that is not ready is passed over.
        var busy = new Task<string?>?[ThreadsEach];
        var watch = Stopwatch.StartNew();
        long sent = 0;
        while (watch.Elapsed.TotalSeconds < seconds)
        {
            for (long due = (long)(watch.Elapsed.TotalSeconds * perSecond); sent < due; sent++)
            {
                int free = Array.FindIndex(busy, b => b is null || b.IsCompleted);
                if (free < 0) break;
                busy[free] = SendAsync(from, threads[free], [to], sent, asked, errors);
            }

            await Task.Delay(2);
        }

        await Task.WhenAll(busy.OfType<Task>());
    }

    private static async Task<string?> SendAsync(TestBureau from, string? thread, IReadOnlyList<string> to, long number, ConcurrentBag<double> asked, ConcurrentDictionary<string, int> errors)
    {
        object body = new
        {
            to, subject = "Load", text = string.Create(CultureInfo.InvariantCulture, $"{from.Code} {number}: {new string('x', 1_000)}"), purpose = "investigation", handling = new { source = "B", information = 2 },
        };
        long start = Stopwatch.GetTimestamp();
        using var answer = await from.Client.PostAsJsonAsync(thread is null ? "api/v1/threads" : $"api/v1/threads/{thread}/messages", body);
        asked.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        var said = await answer.Content.ReadFromJsonAsync<JsonElement>();
        if (answer.IsSuccessStatusCode) return said.GetProperty("reference").GetString();
        errors.AddOrUpdate($"{(int)answer.StatusCode} {said.GetProperty("code").GetString()}", 1, (_, n) => n + 1);
        return thread;
    }

    private static async Task ToAllAsync(TestBureau from, IReadOnlyList<string> all)
    {
        var since = DateTimeOffset.UtcNow;
        var asked = new ConcurrentBag<double>();
        var errors = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        await SendAsync(from, null, all, 0, asked, errors);
        List<double> ways = [];
        await TestBureau.UntilAsync(async () => (ways = await WaysAsync(from, null, since)).Count >= all.Count || !errors.IsEmpty, 120);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"one_to_all: recipients={ways.Count} written_ms={asked.First():0} last_ms={ways.DefaultIfEmpty().Max():0} first_ms={ways.DefaultIfEmpty().Min():0} errors={string.Join('|', errors.Keys)}"));
    }

    private static async Task<int> WaitingAsync(TestBureau at, TestBureau to) =>
        (await at.GetAsync($"api/v1/deliveries?part=waiting&bureau={to.Code}")).GetProperty("total").GetInt32();

    /// <summary>Milliseconds of each letter that was queued since then and is delivered.</summary>
    private static async Task<List<double>> WaysAsync(TestBureau at, string? to, DateTimeOffset since)
    {
        var ways = new List<double>();
        for (int page = 1; ; page++)
        {
            var rows = (await at.GetAsync($"api/v1/deliveries?part=delivered{(to is null ? "" : $"&bureau={to}")}&page={page}")).GetProperty("rows");
            var times = rows.EnumerateArray().Select(r => (Queued: r.GetProperty("queuedAt").GetDateTimeOffset(), Delivered: r.GetProperty("deliveredAt").GetDateTimeOffset())).ToList();
            ways.AddRange(times.Where(t => t.Queued >= since).Select(t => (t.Delivered - t.Queued).TotalMilliseconds));
            if (times.Count == 0 || times.TrueForAll(t => t.Queued < since)) return ways;
        }
    }

    // As the outbox writes them, but for the envelope, which nobody opens while it waits: 64 bytes.
    private static async Task QueueAsync(string database, BureauCode to, int count)
    {
        await using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandTimeout = 600;
        command.CommandText = """
            BEGIN;
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $count)
            INSERT INTO letters_out (Id, Kind, WrittenAt, Bytes, Envelope) SELECT printf('%08X-0000-7000-8000-%012X', i, i), 'message', $at, 64, randomblob(64) FROM n;
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $count)
            INSERT INTO deliveries (Letter, Peer, QueuedAt, NextAt, State, Attempts) SELECT printf('%08X-0000-7000-8000-%012X', i, i), $to, $at, $at, $state, 0 FROM n;
            COMMIT;
            """;
        command.Parameters.AddWithValue("$count", count);
        command.Parameters.AddWithValue("$at", DateTimeOffset.UtcNow.UtcTicks);
        command.Parameters.AddWithValue("$to", to.Value);
        command.Parameters.AddWithValue("$state", nameof(Amana.Exchange.Post.DeliveryState.Waiting));
        await command.ExecuteNonQueryAsync();
    }
}
