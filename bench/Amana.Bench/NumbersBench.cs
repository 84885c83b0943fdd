using System.Diagnostics;
using System.Globalization;
using Amana.Matching.Numbers;

namespace Amana.Bench;

/// <summary>Checks of document numbers against many: how many a second, and how long one takes. Numbers are made, nobody's.</summary>
internal static class NumbersBench
{
    private const int Group = 1, Issuers = 190;

    public static int Run(string[] args)
    {
        long count = Number(args, "--count", 100_000_000), checks = Number(args, "--checks", 2_000_000);
        string path = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"amana-numbers-{Environment.ProcessId}.numbers"));
        var watch = Stopwatch.StartNew();
        try
        {
            NumberIndex.Write(path, () => Entries(count), (ulong)count);
            Say($"numbers={count} written_seconds={watch.Elapsed.TotalSeconds:F0} file_mb={new FileInfo(path).Length / 1e6:F0} bytes_a_number={new FileInfo(path).Length / (double)count:F1} peak_mb={Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:F0}");
            watch.Restart();
            using var index = NumberIndex.Open(path);
            Say($"opened_and_checked_seconds={watch.Elapsed.TotalSeconds:F1}");
            foreach (int threads in (int[])[1, Environment.ProcessorCount])
            {
                Measure("exact", index, count, checks, threads, oneOff: false);
                Measure("one-off", index, count, checks / 10, threads, oneOff: true);
            }
        }
        finally
        {
            File.Delete(path);
        }
        return 0;
    }

    /// <summary>One check in a hundred is of a number that is there; at borders it is one in ten thousand.</summary>
    private static void Measure(string what, NumberIndex index, long count, long checks, int threads, bool oneOff)
    {
        var times = new double[threads][];
        var hits = new long[threads];
        var led = new long[threads];
        var watch = Stopwatch.StartNew();
        var workers = Enumerable.Range(0, threads).Select(t => Task.Factory.StartNew(() =>
        {
            var (found, keys, mine) = (new List<uint>(), new OneOff(), new double[checks / threads]);
            Span<char> number = stackalloc char[9];
            for (int i = 0; i < mine.Length; i++)
            {
                long asked = (i * (long)threads) + t;
                long made = i % 100 == 0 ? asked * 7919 % count : count + asked;
                Make(made, number);
                long start = Stopwatch.GetTimestamp();
                found.Clear();
                var key = NumberKey.Of(Group, number, IssuerOf(made));
                index.Find(key, found);
                if (oneOff) index.FindAny(keys.Of(Group, number), key.Tag, found);
                mine[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
                led[t] += found.Count;
                if (i % 100 == 0 && found.Contains((uint)made + 1)) hits[t]++;
            }
            times[t] = mine;
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        Task.WaitAll(workers);
        double seconds = watch.Elapsed.TotalSeconds;
        double[] all = [.. times.SelectMany(t => t)];
        Array.Sort(all);
        Say($"{what}: threads={threads} checks={all.Length} per_second={all.Length / seconds:F0} p50_us={all[all.Length / 2]:F2} p99_us={all[(int)(all.Length * 0.99)]:F2} p999_us={all[(int)(all.Length * 0.999)]:F1} longest_us={all[^1]:F0} found={hits.Sum()} of={all.Length / 100} led_to={led.Sum()} rss_mb={Environment.WorkingSet / 1e6:F0}");
    }

    private static IEnumerable<NumberEntry> Entries(long count)
    {
        char[] number = new char[9];
        for (long i = 0; i < count; i++)
        {
            Make(i, number);
            yield return new NumberEntry(NumberKey.Of(Group, number, IssuerOf(i)), (uint)i + 1);
        }
    }

    private static readonly string[] Codes = [.. Enumerable.Range(0, Issuers).Select(i => $"Q{(char)('A' + (i / 26))}{(char)('A' + (i % 26))}")];

    private static string IssuerOf(long number) => Codes[(int)(Mixed(number) % Issuers)];

    /// <summary>A letter or two and seven or eight digits, as passports have.</summary>
    private static void Make(long number, Span<char> into)
    {
        ulong mixed = Mixed(number) / Issuers;
        into[0] = (char)('A' + (mixed % 26));
        mixed /= 26;
        into[1] = mixed % 36 < 10 || number % 3 > 0 ? (char)('0' + (mixed % 10)) : (char)('A' + (mixed % 26));
        mixed /= 36;
        for (int i = 2; i < into.Length; i++) (into[i], mixed) = ((char)('0' + (mixed % 10)), mixed / 10);
    }

    private static ulong Mixed(long number)
    {
        ulong x = (ulong)number * 0x9E3779B97F4A7C15;
        x ^= x >> 32;
        x *= 0xD6E8FEB86659FD93;
        return x ^ (x >> 32);
    }

    private static long Number(string[] args, string name, long byDefault) =>
        Array.IndexOf(args, name) is var at and >= 0 ? long.Parse(args[at + 1], CultureInfo.InvariantCulture) : byDefault;

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
