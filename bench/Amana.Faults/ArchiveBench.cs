using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Amana.Exchange.Handling;
using Amana.Server;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Keys;
using Amana.Server.Threads;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Faults;

/// <summary>An archive of many messages, sealed as always: how long it takes to find threads by words of their subject, to list the newest, and to open one,
/// with the journal entry that each of them writes.</summary>
internal static class ArchiveBench
{
    private const int PerThread = 4;
    private static readonly BureauCode Self = BureauCode.Of("UTO"), Other = BureauCode.Of("QMR");
    private static readonly JsonElement Handling = ThreadLetter.Of(ItemHandling.Of(Other, HandlingCodes.NotPassedOn, [], SourceGrade.B, InformationGrade.KnownToSource));
    private static readonly string[] Common = ["vehicle", "passport", "fingerprint", "account", "request", "identity", "witness", "harbour", "border", "phone"];

    public static async Task<int> RunAsync(string[] args)
    {
        int messages = Options.Number(args, "--messages", 1_000_000), rounds = Options.Number(args, "--rounds", 200), threads = messages / PerThread;
        string? given = Options.Text(args, "--data");
        string folder = given ?? Directory.CreateTempSubdirectory("amana-archive-").FullName;
        var options = new StartOptions { DataFolder = folder, Urls = "http://127.0.0.1:0" };
        await using (var app = AmanaHost.Build(options))
        {
            await app.Services.GetRequiredService<DataFolder>().OpenAsync(CancellationToken.None);
            await app.Services.GetRequiredService<TrainingInstance>().FoundAsync("UTO", CancellationToken.None);
            var watch = Stopwatch.StartNew();
            if (!await HasThreadsAsync(app.Services)) await FillAsync(app.Services, threads);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"messages={threads * PerThread} threads={threads} written_seconds={watch.Elapsed.TotalSeconds:0} database_mib={new FileInfo(Path.Combine(folder, "amana.db")).Length / 1048576}"));
            var chance = new Random(1);
            await MeasureAsync(app.Services, "rare_word", rounds, () => Word(chance.Next(threads)));
            await MeasureAsync(app.Services, "common_word", rounds, () => Common[chance.Next(Common.Length)]);
            await MeasureAsync(app.Services, "common_and_rare", rounds, () => { int n = chance.Next(threads); return $"{Common[n % Common.Length]} {Word(n)}"; });
            await MeasureAsync(app.Services, "two_common", rounds, () => $"{Common[chance.Next(5)]} {Common[5 + chance.Next(5)]}");
            await MeasureAsync(app.Services, "no_such_word", rounds, () => $"nobody{chance.Next()}");
            await MeasureAsync(app.Services, "newest", rounds, () => null);
            await OpenAsync(app.Services, rounds, threads, chance);
        }

        if (given is null) Directory.Delete(folder, recursive: true);
        return 0;
    }

    private static async Task<bool> HasThreadsAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AmanaDb>().Set<CaseThread>().AnyAsync();
    }

    // On a busy machine the time of a call says how busy it was; what the process itself needed says more.
    private static double CpuMs => Environment.CpuUsage.TotalTime.TotalMilliseconds;

    private static string Word(int number) => "case" + number.ToString("x", CultureInfo.InvariantCulture);

    private static async Task FillAsync(IServiceProvider services, int threads)
    {
        const int batch = 2_000;
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
        var index = scope.ServiceProvider.GetRequiredService<SubjectIndex>();
        var engine = services.GetRequiredService<IDatabaseEngine>();
        var sealer = services.GetRequiredService<FieldSealer>();
        await using var connection = await engine.OpenAsync(CancellationToken.None);
        Table<CaseThread> threadRows = new(db, engine, connection);
        Table<ThreadMessage> messageRows = new(db, engine, connection);
        Table<ThreadWord> wordRows = new(db, engine, connection);
        for (int done = 0; done < threads; done += batch)
        {
            var some = Enumerable.Range(done, Math.Min(batch, threads - done)).Select(n => ThreadOf(n, threads, services.GetRequiredService<TimeProvider>())).ToList();
            var messages = some.SelectMany(MessagesOf).ToList();
            foreach (var row in some.Concat<SealedRow>(messages)) row.SealWith(sealer);
            await using var transaction = await connection.BeginTransactionAsync();
            threadRows.Write(some, transaction);
            messageRows.Write(messages, transaction);
            wordRows.Write([.. some.SelectMany(t => index.PrintsOf(string.Join(' ', t.Content.About.Prepend(t.Content.Subject)), SubjectIndex.WordsMost).Select(w => new ThreadWord { Word = w, Number = t.Number }))], transaction);
            await transaction.CommitAsync();
        }

        await engine.LookAtAllAsync(connection, CancellationToken.None);
    }

    // Ten years, one after the other.
    private static CaseThread ThreadOf(int number, int threads, TimeProvider clock)
    {
        var at = clock.GetUtcNow().AddYears(-10).AddMinutes(number * (10.0 * 525_600 / threads));
        return new()
        {
            Id = Id<CaseThread>.New(clock), Key = Guid.CreateVersion7(at), Reference = ThreadReference.Of(at.Year, number + 1), Number = number + 1, Opener = Other.Value, Members = CaseThread.Join([Self, Other]),
            Purpose = "investigation", OpenedAt = at, LastAt = at.AddDays(3), Messages = PerThread, Codes = HandlingCodes.NotPassedOn,
            Content = new($"{Common[number % Common.Length]} {Common[number / 7 % Common.Length]} of {Word(number)} and others", [$"UTO-R-{at.Year}-{number % 10_000:0000}"], Guid.CreateVersion7(at), Handling),
        };
    }

    private static IEnumerable<ThreadMessage> MessagesOf(CaseThread thread) => Enumerable.Range(0, PerThread).Select(i => new ThreadMessage
    {
        Id = Guid.CreateVersion7(thread.OpenedAt.AddHours(i)), Thread = thread.Id, Kind = MessageKind.Message, Sender = (i % 2 == 0 ? Other : Self).Value, Recipients = CaseThread.Join([i % 2 == 0 ? Self : Other]),
        WrittenAt = thread.OpenedAt.AddHours(i), ArrivedAt = i % 2 == 0 ? thread.OpenedAt.AddHours(i) : null, ReadAt = thread.OpenedAt.AddHours(i), Urgency = Urgency.None, Codes = HandlingCodes.NotPassedOn, Handled = true,
        Content = new() { Text = $"Message {i} about {thread.Content.Subject}: we found nothing further in our files and thank you for your answer of yesterday.", Handling = Handling },
    });

    /// <summary>Rows of the model, written as the entity framework would write them and much faster.</summary>
    private sealed class Table<T> where T : class
    {
        private readonly IReadOnlyList<IProperty> _properties;
        private readonly IRowWriter _rows;

        public Table(AmanaDb db, IDatabaseEngine engine, DbConnection connection)
        {
            var type = db.Model.FindEntityType(typeof(T))!;
            _properties = [.. type.GetProperties()];
            _rows = engine.WriteRows(connection, type.GetTableName()!, [.. _properties.Select(p => p.GetColumnName())]);
        }

        public void Write(IReadOnlyCollection<T> rows, DbTransaction transaction) => _rows.Write([.. rows.Select(RowOf)], transaction);

        private object?[] RowOf(T row) => [.. _properties.Select(p => p.GetGetter().GetClrValue(row) is { } value ? p.GetTypeMapping().Converter?.ConvertToProvider(value) ?? value : null)];
    }

    private static async Task MeasureAsync(IServiceProvider services, string what, int rounds, Func<string?> query)
    {
        var times = new double[rounds];
        long found = 0;
        double cpu = 0;
        var caller = Caller.OfServer(Self);
        for (int i = -5; i < rounds; i++)
        {
            await using var scope = services.CreateAsyncScope();
            var act = scope.ServiceProvider.GetRequiredService<ListThreads>();
            var watch = Stopwatch.StartNew();
            if (!(await act.RunAsync(new(null, query()), caller, CancellationToken.None)).Succeeded(out var view, out var refusal)) throw new InvalidOperationException(refusal.Detail);
            if (i < 0)
            {
                cpu = CpuMs; // warm from here on
                continue;
            }

            times[i] = watch.Elapsed.TotalMilliseconds;
            found += view.Total;
        }

        Array.Sort(times);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: p50_ms={Options.At(times, 0.5):0.0} p99_ms={Options.At(times, 0.99):0.0} cpu_ms={(CpuMs - cpu) / rounds:0.0} found_each={(double)found / rounds:0.0}"));
    }

    private static async Task OpenAsync(IServiceProvider services, int rounds, int threads, Random chance)
    {
        var times = new double[rounds];
        double cpu = 0;
        var caller = Caller.OfServer(Self);
        for (int i = -5; i < rounds; i++)
        {
            if (i == 0) cpu = CpuMs;
            await using var scope = services.CreateAsyncScope();
            int number = chance.Next(threads) + 1;
            string reference = await scope.ServiceProvider.GetRequiredService<AmanaDb>().Set<CaseThread>().Where(t => t.Number == number).Select(t => t.Reference).SingleAsync();
            var act = scope.ServiceProvider.GetRequiredService<ReadThread>();
            var watch = Stopwatch.StartNew();
            if (!(await act.RunAsync(new(reference, "investigation"), caller, CancellationToken.None)).Succeeded(out var view, out var refusal)) throw new InvalidOperationException(refusal.Detail);
            if (view.Messages.Count != PerThread) throw new InvalidOperationException("Not all messages were opened.");
            if (i >= 0) times[i] = watch.Elapsed.TotalMilliseconds;
        }

        Array.Sort(times);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"open: p50_ms={Options.At(times, 0.5):0.0} p99_ms={Options.At(times, 0.99):0.0} cpu_ms={(CpuMs - cpu) / rounds:0.0}"));
    }
}
