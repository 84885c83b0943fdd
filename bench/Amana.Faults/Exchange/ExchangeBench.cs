using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Amana.Faults.Exchange;

/// <summary>Three bureaus as real servers, a fourth that is reached by way of a relay, and the relay, whose people write nothing. They write to each other while their ways are cut,
/// requests are lost, doubled and late, servers are killed, a disk is full and a clock is wrong. In the end all is healed: then every letter must be where it was sent, once and in
/// order, and the relay must have nothing that it could read.</summary>
internal static class ExchangeBench
{
    private const int DrainsWithinSeconds = 60, DiskMegabytes = 256;
    private const string Relay = "QRL", FullDisk = "QMR";
    private static readonly (string Code, string? Relay)[] Bureaus = [("UTO", null), ("QST", null), (FullDisk, null), (Relay, null), ("QNR", Relay)];

    public static async Task<int> RunAsync(string[] args)
    {
        int seconds = Options.Number(args, "--seconds", 180), seed = Options.Number(args, "--seed", 20_261_128), pause = Options.Number(args, "--pause", 800);
        string root = Directory.CreateTempSubdirectory("amana-exchange-").FullName;
        string? disk = await SmallDisk.MountAsync(DiskMegabytes);
        var plan = new FaultPlan(seed);
        var bureaus = Bureaus.Select(b => new TestBureau(b.Code, Directory.CreateDirectory(Path.Combine(b.Code == FullDisk && disk is not null ? disk : root, b.Code)).FullName, b.Relay)).ToList();
        try
        {
            foreach (var bureau in bureaus)
            {
                bureau.Way = await FaultProxy.StartAsync(bureau.Code, plan);
                await bureau.StartAsync();
            }

            await TestBureau.JoinAsync(bureaus);
            Console.Error.WriteLine("joined");
            return await PlayAsync(bureaus, plan, disk, seconds, seed, pause);
        }
        finally
        {
            foreach (var bureau in bureaus) await bureau.DisposeAsync();
            if (disk is not null) await SmallDisk.UnmountAsync(disk);
            Directory.Delete(root, recursive: true);
        }
    }

    private static async Task<int> PlayAsync(List<TestBureau> bureaus, FaultPlan plan, string? disk, int seconds, int seed, int pause)
    {
        var writers = new LetterWriters([.. bureaus.Where(b => b.Code != Relay)], pause);
        using var stop = new CancellationTokenSource();
        var writing = writers.RunAsync(seed, stop.Token);
        plan.Begin();
        var nemesis = new ExchangeNemesis(bureaus, plan, disk, new Random(seed));
        await nemesis.RunAsync(TimeSpan.FromSeconds(seconds));
        await stop.CancelAsync();
        await writing;
        plan.Heal();
        int waiting = (await LeftAsync(bureaus)).Waiting;
        var (drained, still) = await DrainAsync(bureaus);
        var relay = await RelayCheck.RunAsync(bureaus, writers, () => DrainAsync(bureaus));
        var left = await LeftAsync(bureaus);
        var check = await ExchangeCheck.RunAsync(bureaus, writers.Acknowledged, relay.Faults);
        var answers = bureaus.SelectMany(b => b.Way!.Answers).GroupBy(a => a.Key).ToDictionary(g => g.Key, g => g.Sum(a => a.Value), StringComparer.Ordinal);
        foreach (string fault in check.Faults) Console.WriteLine($"fault: {fault}");
        Say("between servers", answers);
        Say("to writers, not 200", writers.Refused);
        string[] broken = [.. answers.Keys.Concat(writers.Refused.Keys).Where(IsBroken)];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"seed={seed} seconds={seconds} {nemesis} requests={plan.Requests} lost={plan.LostOnes} doubled={plan.DoubledOnes} acknowledged={writers.Acknowledged.Count} sent={check.Sent} delivered={check.Delivered} waiting_at_heal={waiting} drained_seconds={drained:0.0} still_at_most={still:0.0} relayed={relay.Relayed} held_and_tried={relay.Tried} left={left.Waiting} stuck={left.Stuck} faults={check.Faults.Count} broken={string.Join('|', broken)}"));
        return check.Faults.Count == 0 && left is { Waiting: 0, Stuck: 0 } && drained <= DrainsWithinSeconds && broken.Length == 0 ? 0 : 1;
    }

    /// <returns>After how many seconds nothing waited, and for how many at most nothing moved: the second is what waits between attempts cost, the rest is the machine's speed.</returns>
    private static async Task<(double Seconds, double Still)> DrainAsync(List<TestBureau> bureaus)
    {
        var watch = Stopwatch.StartNew();
        double still = 0, moved = 0;
        for (int before = int.MaxValue; watch.Elapsed.TotalSeconds < 5 * DrainsWithinSeconds; await Task.Delay(200))
        {
            int waiting = (await LeftAsync(bureaus)).Waiting;
            double now = watch.Elapsed.TotalSeconds;
            still = Math.Max(still, now - moved);
            if (waiting < before) moved = now;
            before = waiting;
            if (waiting == 0) break;
        }

        return (watch.Elapsed.TotalSeconds, still);
    }

    private static async Task<(int Waiting, int Stuck)> LeftAsync(List<TestBureau> bureaus)
    {
        var each = await Task.WhenAll(bureaus.Select(b => b.LettersAsync()));
        return (each.Sum(e => e.Waiting), each.Sum(e => e.Stuck));
    }

    // 503 and 507 are what a full disk is said with.
    private static bool IsBroken(string answer) => answer.StartsWith('5') && !answer.StartsWith("503", StringComparison.Ordinal) && !answer.StartsWith("507", StringComparison.Ordinal);

    private static void Say(string what, ConcurrentDictionary<string, int> answers) => Say(what, (IReadOnlyDictionary<string, int>)answers);

    private static void Say(string what, IReadOnlyDictionary<string, int> answers) =>
        Console.WriteLine($"{what}: {string.Join(", ", answers.OrderByDescending(a => a.Value).Select(a => string.Create(CultureInfo.InvariantCulture, $"{a.Key} × {a.Value}")))}");
}
