using System.Diagnostics;
using System.Globalization;

namespace Amana.Faults;

/// <summary>Feeds every reader with damaged input, for a time each. A reader may refuse; it may not throw what it does not promise, and not hang.</summary>
internal static class FuzzBench
{
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(2);

    public static async Task<int> RunAsync(string[] args)
    {
        int seconds = Options.Number(args, "--seconds", 20), seed = Options.Number(args, "--seed", 1);
        string? only = Options.Text(args, "--only");
        int faults = 0;
        foreach (var target in FuzzTarget.All.Where(t => only is null || t.Name.Contains(only, StringComparison.OrdinalIgnoreCase)))
        {
            faults += Run(target, TimeSpan.FromSeconds(seconds), new Random(seed));
        }

        if (only is null || only == "server") faults += await FuzzServer.RunAsync(TimeSpan.FromSeconds(seconds * 6), seed);
        Console.WriteLine($"faults={faults}");
        return faults == 0 ? 0 : 1;
    }

    private static int Run(FuzzTarget target, TimeSpan lasts, Random random)
    {
        var mutator = new Mutator(random);
        long runs = 0, taken = 0;
        int faults = 0;
        var kinds = new HashSet<string>(StringComparer.Ordinal);
        foreach (byte[] good in target.Good) Try(target, good, kinds, ref faults);
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < lasts)
        {
            byte[] input = mutator.Of(target.Good[random.Next(target.Good.Count)], target.Good);
            if (Try(target, input, kinds, ref faults)) taken++;
            runs++;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{target.Name}: runs={runs} taken={100.0 * taken / Math.Max(1, runs):0}% faults={faults}"));
        return faults;
    }

    private static bool Try(FuzzTarget target, byte[] input, HashSet<string> kinds, ref int faults)
    {
        long started = Stopwatch.GetTimestamp();
        string? wrong = null;
        bool taken = false;
        try
        {
            taken = target.Read(input);
        }
#pragma warning disable CA1031 // finding out what else is thrown is what this is for
        catch (Exception e)
#pragma warning restore CA1031
        {
            wrong = $"{e.GetType().Name} {e.StackTrace?.Split('\n').FirstOrDefault(l => l.Contains("Amana.", StringComparison.Ordinal) && !l.Contains("Faults", StringComparison.Ordinal))?.Trim()}";
        }

        if (wrong is null && Stopwatch.GetElapsedTime(started) > Slow) wrong = "slow";
        if (wrong is null) return taken;
        faults++;
        if (kinds.Add(wrong)) Console.WriteLine($"  {target.Name}: {wrong}\n    {Convert.ToBase64String(input.AsSpan(0, Math.Min(input.Length, 3000)))}");
        return taken;
    }
}
