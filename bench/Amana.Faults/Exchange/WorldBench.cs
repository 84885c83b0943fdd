using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Amana.Server.Exchange;
using Amana.Server.Exchange.Post;
using Amana.Server.Foundation;
using Amana.Server.Notices;
using Amana.Server.Threads;
using Amana.Vocabulary;
using Amana.Exchange.Post;
using Microsoft.EntityFrameworkCore;

namespace Amana.Faults.Exchange;

/// <summary>As many whole bureaus as there are members, on one machine: letters a second among all of them, one letter and one notice to all others, and what all of them cost at rest.</summary>
internal static class WorldBench
{
    private const string Purpose = "investigation";

    public static async Task<int> RunAsync(string[] args)
    {
        int count = Options.Number(args, "--bureaus", 196), rate = Options.Number(args, "--rate", 200), seconds = Options.Number(args, "--seconds", 60), warm = Options.Number(args, "--warm", 30);
        string root = Options.Text(args, "--data") ?? Directory.CreateTempSubdirectory("amana-world-").FullName;
        var bureaus = new List<HostedBureau>();
        var watch = Stopwatch.StartNew();
        for (int i = 0; i < count; i++)
        {
            var code = BureauCode.Of(i == 0 ? "UTO" : $"P{(char)('A' + (i / 26))}{(char)('A' + (i % 26))}");
            bureaus.Add(new(code, Directory.CreateDirectory(Path.Combine(root, code.Value)).FullName));
            await bureaus[^1].StartAsync(specimens: i == 0);
        }

        Say($"bureaus={count} started_seconds={watch.Elapsed.TotalSeconds:0} memory_mib={Memory()}");
        watch.Restart();
        await HostedBureau.JoinAsync(bureaus);
        Say($"joined_seconds={watch.Elapsed.TotalSeconds:0} memory_mib={Memory()}");
        watch.Restart();
        await TestBureau.UntilAsync(() => bureaus[0].LookAsync(db => db.NoticeCopies.AnyAsync()), 60);
        await DrainAsync(bureaus);
        int copies = await bureaus[0].LookAsync(db => db.NoticeCopies.CountAsync());
        Say($"notices_in_force_sent={copies} drained_seconds={watch.Elapsed.TotalSeconds:0.0}");
        await RestAsync();
        await AmongAllAsync("warming_up", bureaus, rate, warm);
        await AmongAllAsync("among_all", bureaus, rate, seconds);
        for (int round = 0; round < 5; round++) await LetterToAllAsync(bureaus);
        for (int round = 0; round < 3; round++)
        {
            await NoticeToAllAsync(bureaus, NoticeEvent.Suspend, round);
            await NoticeToAllAsync(bureaus, NoticeEvent.Resume, round);
        }

        foreach (var bureau in bureaus) await bureau.DisposeAsync();
        if (Options.Text(args, "--data") is null) Directory.Delete(root, recursive: true);
        return 0;
    }

    // What they need when nobody does anything.
    private static async Task RestAsync()
    {
        await Task.Delay(10_000);
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        await Task.Delay(30_000);
        Say($"at_rest: processor_share={(Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds / 30:0.000} memory_mib={Memory()}");
    }

    /// <summary>Each bureau writes to two others in threads of their own; who is next is chance.</summary>
    private static async Task AmongAllAsync(string what, List<HostedBureau> bureaus, int rate, int seconds)
    {
        var since = DateTimeOffset.UtcNow;
        var pairs = bureaus.SelectMany((b, i) => new[] { (From: b, To: bureaus[(i + 1) % bureaus.Count]), (From: b, To: bureaus[(i + 77) % bureaus.Count]) }).Select(p => new Pair(p.From, p.To)).ToArray();
        var chance = new Random(7);
        var wrote = new ConcurrentBag<double>();
        var errors = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var processor = Process.GetCurrentProcess().TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        var running = new List<Task>();
        long sent = 0;
        while (watch.Elapsed.TotalSeconds < seconds)
        {
            running.RemoveAll(t => t.IsCompleted);
            for (long due = (long)(watch.Elapsed.TotalSeconds * rate); sent < due && running.Count < 64; sent++)
            {
                var pair = pairs[chance.Next(pairs.Length)];
                running.Add(Task.Run(() => pair.WriteAsync(wrote, errors)));
            }

            await Task.Delay(2);
        }

        await Task.WhenAll(running);
        double written = watch.Elapsed.TotalSeconds;
        await DrainAsync(bureaus);
        double all = watch.Elapsed.TotalSeconds, used = (Process.GetCurrentProcess().TotalProcessorTime - processor).TotalSeconds;
        double[] ways = [.. (await WaysAsync(bureaus, since)).Order()], acts = [.. wrote.Order()];
        Say($"{what}: letters={ways.Length} per_second={ways.Length / all:0.0} written_seconds={written:0.0} drained_after={all - written:0.0} p50_ms={Options.At(ways, 0.5):0} p95_ms={Options.At(ways, 0.95):0} p99_ms={Options.At(ways, 0.99):0} max_ms={ways[^1]:0} written_p50_ms={Options.At(acts, 0.5):0.0} written_p99_ms={Options.At(acts, 0.99):0.0} processor_ms_a_letter={1_000 * used / ways.Length:0.0} memory_mib={Memory()} errors={string.Join('|', errors.Select(e => $"{e.Key}×{e.Value}"))}");
    }

    private static async Task LetterToAllAsync(List<HostedBureau> bureaus)
    {
        var since = DateTimeOffset.UtcNow;
        var watch = Stopwatch.StartNew();
        await SendAsync(bureaus[0], null, [.. bureaus.Skip(1).Select(b => b.Code.Value)], "To all of you.");
        double written = watch.Elapsed.TotalMilliseconds;
        await AllDeliveredAsync(bureaus[0], since, bureaus.Count - 1);
        var ways = await WaysAsync([bureaus[0]], since);
        Say($"letter_to_all: recipients={ways.Count} written_ms={written:0} last_ms={written + ways.Max():0} first_ms={written + ways.Min():0}");
    }

    /// <summary>A notice in force is suspended, or its suspension ends: from the officer's act until the last bureau has signed that it has it so.</summary>
    private static async Task NoticeToAllAsync(List<HostedBureau> bureaus, NoticeEvent move, int round)
    {
        var from = bureaus[0];
        var state = move is NoticeEvent.Suspend ? NoticeState.Published : NoticeState.Suspended;
        var own = from.Code;
        // One that all others have.
        string reference = await from.LookAsync(async db => (await db.Notices.AsNoTracking().Where(n => n.Bureau == own && n.State == state && n.Amends == null && db.Set<NoticeCopy>().Count(c => c.Notice == n.Id && !c.IsRecalled) == bureaus.Count - 1).OrderBy(n => n.ChangedAt).ToListAsync())[0].Reference);
        var since = DateTimeOffset.UtcNow;
        var watch = Stopwatch.StartNew();
        var moved = await from.DoAsync<MoveNotice, Result<Notice>>(act => act.RunAsync(new(reference, move, string.Create(CultureInfo.InvariantCulture, $"Measured, round {round}: the court looks at it again.")), from.Caller, default));
        if (!moved.Succeeded(out _, out var refused)) throw new InvalidOperationException($"{refused.Code}: {refused.Detail}");
        double acted = watch.Elapsed.TotalMilliseconds;
        await AllDeliveredAsync(from, since, bureaus.Count - 1);
        var last = await from.LookAsync(async db => (await db.Set<Delivery>().AsNoTracking().Where(d => d.QueuedAt >= since).ToListAsync()).Max(d => d.DeliveredAt!.Value));
        int taken = 0;
        foreach (var bureau in bureaus.Skip(1)) taken += await bureau.LookAsync(async db => (await db.Notices.AsNoTracking().SingleAsync(n => n.Reference == reference)).State == state ? 0 : 1);
        Say($"notice_to_all: {move} recipients={bureaus.Count - 1} act_ms={acted:0} last_ms={(last - since).TotalMilliseconds:0} changed_there={taken}");
    }

    private static Task AllDeliveredAsync(HostedBureau from, DateTimeOffset since, int count) =>
        TestBureau.UntilAsync(() => from.LookAsync(async db => await db.Set<Delivery>().CountAsync(d => d.QueuedAt >= since && d.State == DeliveryState.Delivered) >= count), 120);

    private static async Task<List<double>> WaysAsync(IEnumerable<HostedBureau> bureaus, DateTimeOffset since)
    {
        var ways = new List<double>();
        foreach (var bureau in bureaus)
        {
            var rows = await bureau.LookAsync(db => db.Set<Delivery>().AsNoTracking().Where(d => d.QueuedAt >= since && d.DeliveredAt != null).Select(d => new { d.QueuedAt, d.DeliveredAt }).ToListAsync());
            ways.AddRange(rows.Select(d => (d.DeliveredAt!.Value - d.QueuedAt).TotalMilliseconds));
        }

        return ways;
    }

    private static async Task DrainAsync(List<HostedBureau> bureaus)
    {
        var watch = Stopwatch.StartNew();
        foreach (var bureau in bureaus)
        {
            while (await bureau.LookAsync(db => db.Set<Delivery>().CountAsync(d => d.State == DeliveryState.Waiting)) is var waiting and > 0)
            {
                if (watch.Elapsed.TotalSeconds > 1_200) throw new TimeoutException($"{waiting} letters of {bureau.Code} still wait.");
                await Task.Delay(300);
            }
        }
    }

    private static async Task<string> SendAsync(HostedBureau from, string? thread, IReadOnlyList<string> to, string text)
    {
        var sent = await from.DoAsync<SendMessage, Result<SendMessage.Sent>>(act => act.RunAsync(new(thread, to, thread is null ? "Load" : null, text, new(Source: "B", Information: 2), Purpose: Purpose), from.Caller, default));
        return sent.Succeeded(out var known, out var refused) ? known.Reference : throw new InvalidOperationException(refused.Code);
    }

    private static long Memory() => Process.GetCurrentProcess().WorkingSet64 / 1048576;

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    /// <summary>One writer and one thread, in which one letter is written after the other.</summary>
    private sealed class Pair(HostedBureau from, HostedBureau to)
    {
        private readonly Lock _turn = new();
        private Task _last = Task.CompletedTask;
        private string? _thread;

        public Task WriteAsync(ConcurrentBag<double> wrote, ConcurrentDictionary<string, int> errors)
        {
            lock (_turn) return _last = NextAsync(_last, wrote, errors);
        }

        private async Task NextAsync(Task last, ConcurrentBag<double> wrote, ConcurrentDictionary<string, int> errors)
        {
            await last;
            try
            {
                long start = Stopwatch.GetTimestamp();
                _thread = await SendAsync(from, _thread, [to.Code.Value], new string('x', 1_000));
                wrote.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
            catch (InvalidOperationException e)
            {
                errors.AddOrUpdate(e.Message, 1, (_, n) => n + 1);
            }
        }
    }
}
