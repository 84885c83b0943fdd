using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Amana.Lists;
using Amana.Matching;
using Amana.Server;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Watchlists;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Faults;

/// <summary>A list that the server keeps itself, such as the notices in force, is changed entry by entry while it is asked: how long until a change
/// answers, what it costs questions, and what it takes of memory.</summary>
internal static class ChangesBench
{
    private const string List = "bench-kept";
    private static readonly string[] Given = ["Anna", "Boris", "Carim", "Dalia", "Edvin", "Farid", "Gulnara", "Hamid", "Ilona", "Jamal", "Kerim", "Leyla", "Marek", "Nadia", "Omar", "Petra"];

    public static async Task<int> RunAsync(string[] args)
    {
        int entries = Options.Number(args, "--entries", 75_000), changes = Options.Number(args, "--changes", 3_000);
        string folder = Directory.CreateTempSubdirectory("amana-changes-").FullName;
        await using (var app = AmanaHost.Build(new StartOptions { DataFolder = folder, Urls = "http://127.0.0.1:0" }))
        {
            await app.Services.GetRequiredService<DataFolder>().OpenAsync(CancellationToken.None);
            await app.StartAsync();
            var shelf = app.Services.GetRequiredService<ListShelf>();
            await shelf.Opened;
            var watch = Stopwatch.StartNew();
            for (int done = 0; done < entries; done += 5_000) await ChangeAsync(app.Services, [.. Enumerable.Range(done, Math.Min(5_000, entries - done)).Select(Person)]);
            Say($"entries={shelf.Current.Set.Count} kept_seconds={watch.Elapsed.TotalSeconds:0.0} index_mb={shelf.Current.Set.Indexes.Sum(i => i.Bytes) / 1e6:0} rss_mb={Rss()}");

            var quiet = await AskAsync(shelf, entries, TimeSpan.FromSeconds(10));
            Say($"questions without changes: count={quiet.Length} p50_ms={Options.At(quiet, 0.5):0.000} p99_ms={Options.At(quiet, 0.99):0.000}");
            await MeasureAsync(app.Services, shelf, entries, changes);
            await app.StopAsync();
        }

        Directory.Delete(folder, recursive: true);
        return 0;
    }

    private static async Task MeasureAsync(IServiceProvider services, ListShelf shelf, int entries, int changes)
    {
        using var over = new CancellationTokenSource();
        int merges = 0;
        var last = shelf.Current.Lists[0].Index;
        shelf.OnChange(now => Interlocked.Add(ref merges, now.Lists[0].Index.Places < last.Places ? 1 : 0));
        shelf.OnChange(now => last = now.Lists[0].Index);
        var asking = AskAsync(shelf, entries, over.Token);
        var (times, rss) = (new double[changes], Rss());
        for (int i = 0; i < changes; i++)
        {
            // Half are new, half write an entry anew, and each tenth goes.
            var person = Person(i % 2 == 0 ? entries + i : i * 7 % entries) with { Caption = Name(2_000_000 + i), Properties = Named(Name(2_000_000 + i)) };
            var watch = Stopwatch.StartNew();
            await ChangeAsync(services, [person], i % 10 == 9 ? [Person(i * 13 % entries).Id] : []);
            var hits = shelf.Current.Set.Ask(new Question { Names = [person.Caption], Kind = SubjectKind.Person }, new AskOptions { Limit = 5 });
            times[i] = watch.Elapsed.TotalMilliseconds;
            if (!hits.Any(h => h.SubjectId == person.Id)) throw new InvalidOperationException($"Change {i} does not answer.");
            rss = Math.Max(rss, Rss());
        }
        await over.CancelAsync();
        double[] asked = await asking;
        Array.Sort(times);
        Say($"change until its answer: count={changes} p50_ms={Options.At(times, 0.5):0.0} p99_ms={Options.At(times, 0.99):0.0} longest_ms={times[^1]:0.0} merges={merges}");
        Say($"questions during changes: count={asked.Length} p50_ms={Options.At(asked, 0.5):0.000} p99_ms={Options.At(asked, 0.99):0.000} longest_ms={asked[^1]:0.0} rss_mb_most={rss}");
    }

    private static async Task ChangeAsync(IServiceProvider services, ListedEntity[] put, string[]? removed = null)
    {
        await using var scope = services.CreateAsyncScope();
        var kept = scope.ServiceProvider.GetRequiredService<KeptList>();
        await kept.ChangeAsync(List, "Bench", put, removed ?? [], CancellationToken.None);
        await scope.ServiceProvider.GetRequiredService<AmanaDb>().SaveChangesAsync(CancellationToken.None);
        await kept.ShowAsync(CancellationToken.None);
    }

    private static async Task<double[]> AskAsync(ListShelf shelf, int entries, TimeSpan time)
    {
        using var over = new CancellationTokenSource(time);
        return await AskAsync(shelf, entries, over.Token);
    }

    /// <returns>Milliseconds, sorted.</returns>
    private static Task<double[]> AskAsync(ListShelf shelf, int entries, CancellationToken over) => Task.Factory.StartNew(() =>
    {
        var times = new ConcurrentBag<double>();
        for (int i = 0; !over.IsCancellationRequested; i++)
        {
            long start = Stopwatch.GetTimestamp();
            shelf.Current.Set.Ask(new Question { Names = [Name(i * 31 % entries)], Kind = SubjectKind.Person }, new AskOptions { Limit = 10 });
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            Thread.Sleep(1);
        }
        return times.Order().ToArray();
    }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static ListedEntity Person(int number) => new() { Id = $"B-{number}", Schema = "Person", Caption = Name(number), Properties = Named(Name(number)) };

    private static Dictionary<string, IReadOnlyList<string>> Named(string name) => new(StringComparer.Ordinal) { ["name"] = [name], ["birthDate"] = ["1974-08-12"], ["nationality"] = ["ut"] };

    /// <summary>Some thousand family names of three syllables, and a few given ones that many share.</summary>
    private static string Name(int number)
    {
        uint mixed = (uint)number * 2_654_435_761;
        string family = string.Concat(Enumerable.Range(0, 3).Select(i => $"{"bdfgklmnprstvz"[(int)((mixed >> (i * 7)) % 14)]}{"aeiou"[(int)((mixed >> (i * 5 + 3)) % 5)]}"));
        return $"{Given[number % Given.Length]} {char.ToUpperInvariant(family[0])}{family[1..]} {Given[(int)(mixed % (uint)Given.Length)]}{(number > 1_000_000 ? $" Q{number % 9973}" : "")}";
    }

    private static long Rss() => Environment.WorkingSet / 1_000_000;

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
