using System.Collections.Concurrent;
using System.Data.Common;
using Amana.Matching;
using Amana.Matching.Numbers;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.LostAndStolen;

/// <summary>All numbers of reported items, ready to be asked: a mapped file of those up to some key, and beside it, in memory, those that came since.
/// It leads to rows and decides nothing: whoever asks compares what the row says, and a row that is gone answers nobody.</summary>
/// <remarks>The file can be made anew from the database at any time; it is written whole or not at all, and exchanged in one step.</remarks>
internal sealed class NumberShelf(Instance instance, IServiceScopeFactory scopes)
{
    /// <summary>Numbers beside the file from which on it is written anew, and above that the share of it.</summary>
    private const int AddedMax = 100_000;
    private const double AddedShare = 0.05;

    private readonly Lock _changing = new();
    private volatile State? _state;

    public bool IsReady => _state is not null;

    public long Count => _state is { } now ? (now.File?.Count ?? 0) + now.AddedCount : 0;

    public bool WantsWriting => _state is { } now && now.AddedCount > Math.Max(AddedMax, (now.File?.Count ?? 0) * AddedShare);

    private string Path => System.IO.Path.Combine(instance.Folder(Instance.IndexFolder), "items.numbers");

    private sealed record State(NumberIndex? File, ConcurrentDictionary<ulong, NumberEntry[]> Added)
    {
        private int _added;

        public int AddedCount => Volatile.Read(ref _added);

        public void Add(NumberEntry entry)
        {
            Added.AddOrUpdate(entry.Key.Hash, [entry], (_, there) => there.Any(e => e.Record == entry.Record) ? there : [.. there, entry]);
            Interlocked.Increment(ref _added);
        }
    }

    /// <summary>At start: the file, and what the database has beyond it.</summary>
    public async Task OpenAsync(CancellationToken cancel)
    {
        NumberIndex? file = null;
        try
        {
            if (File.Exists(Path)) file = NumberIndex.Open(Path);
        }
        catch (IndexFileException)
        {
            file = null; // all of it is in the database
        }
        if (file is not null && file.Through > (ulong)LastKey())
        {
            // It is of a later state than the database, which was restored: the same keys will be given again.
            file.Dispose();
            file = null;
            File.Delete(Path);
        }
        var state = new State(file, new());
        await Task.Factory.StartNew(() =>
        {
            long last = AddRows(state, (long)(file?.Through ?? 0), cancel);
            lock (_changing) // what was entered while the others were read
            {
                AddRows(state, last, cancel);
                _state = state;
            }
        }, cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Once they are saved.</summary>
    public void Add(IEnumerable<ItemNumber> numbers)
    {
        lock (_changing)
        {
            if (_state is not { } state) return; // the opening reads them
            foreach (var number in numbers) state.Add(EntryOf(number.Key, number.Kind, number.Value, number.Issuer));
        }
    }

    /// <summary>Writes the file anew with all there is, and switches to it. Questions and entries go on meanwhile.</summary>
    public async Task WriteAsync(CancellationToken cancel)
    {
        await Task.Factory.StartNew(() =>
        {
            long through = LastKey();
            NumberIndex.Write(Path, () => Rows(0, through, cancel), (ulong)through, cancel);
            var file = NumberIndex.Open(Path);
            lock (_changing)
            {
                var next = new State(file, new());
                foreach (var entry in _state?.Added.Values.SelectMany(e => e) ?? [])
                    if (entry.Record > through) next.Add(entry);
                _state = next; // whoever still asks the old one keeps it
            }
        }, cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Adds the keys of rows that may have this number.</summary>
    public void Find(NumberKey key, List<uint> found)
    {
        if (_state is not { } state) return;
        state.File?.Find(key, found);
        if (state.Added.TryGetValue(key.Hash, out var added)) Take(added, key.Tag, found);
    }

    /// <summary>The same of many numbers of one issuer.</summary>
    public void FindAny(ReadOnlySpan<ulong> hashes, byte tag, List<uint> found)
    {
        if (_state is not { } state) return;
        state.File?.FindAny(hashes, tag, found);
        if (state.Added.IsEmpty) return;
        foreach (ulong hash in hashes)
            if (state.Added.TryGetValue(hash, out var added)) Take(added, tag, found);
    }

    public static NumberKey KeyOf(ItemKind kind, string value, string? issuer) => NumberKey.Of((int)kind, value, issuer);

    private static void Take(NumberEntry[] added, byte tag, List<uint> found)
    {
        foreach (var entry in added)
            if (tag == 0 || entry.Key.Tag == 0 || entry.Key.Tag == tag) found.Add(entry.Record);
    }

    private static NumberEntry EntryOf(long key, ItemKind kind, string value, string? issuer) => new(KeyOf(kind, value, issuer), checked((uint)key));

    /// <returns>The last key that was read.</returns>
    private long AddRows(State state, long after, CancellationToken cancel)
    {
        foreach (var entry in Rows(after, long.MaxValue, cancel))
        {
            state.Add(entry);
            after = entry.Record;
        }
        return after;
    }

    private long LastKey()
    {
        using var scope = scopes.CreateScope();
        return scope.ServiceProvider.GetRequiredService<AmanaDb>().ItemNumbers.Max(n => (long?)n.Key) ?? 0;
    }

    /// <summary>Read as they come, without a thing for each.</summary>
    private IEnumerable<NumberEntry> Rows(long after, long through, CancellationToken cancel)
    {
        using var scope = scopes.CreateScope();
        var database = scope.ServiceProvider.GetRequiredService<AmanaDb>().Database;
        database.OpenConnection();
        using var command = database.GetDbConnection().CreateCommand();
        command.CommandText = "SELECT key, kind, value, issuer FROM item_numbers WHERE key > @after AND key <= @through ORDER BY key";
        foreach (var (name, value) in ((string, long)[])[("@after", after), ("@through", through)])
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            cancel.ThrowIfCancellationRequested();
            yield return EntryOf(rows.GetInt64(0), (ItemKind)rows.GetInt32(1), rows.GetString(2), rows.IsDBNull(3) ? null : rows.GetString(3));
        }
    }
}

/// <summary>Opens the numbers at the start, writes their file anew when much has come since, and deletes records whose time is over.</summary>
internal sealed partial class KeepNumbers(NumberShelf shelf, IServiceScopeFactory scopes, TimeProvider clock, ILogger<KeepNumbers> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10), Again = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            bool done = await TryAsync(stoppingToken);
            await Task.Delay(done ? Every : Again, clock, stoppingToken);
        }
    }

    private async Task<bool> TryAsync(CancellationToken cancel)
    {
        try
        {
            if (!shelf.IsReady) await shelf.OpenAsync(cancel);
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<DeleteOverdue>().DeleteAsync(cancel);
            if (shelf.WantsWriting) await shelf.WriteAsync(cancel);
            return true;
        }
        catch (Exception e) when (e is DbException or DbUpdateException or IOException)
        {
            Waits(log, e.GetType().Name);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Error, "The numbers of reported items wait for disk or database ({Why}); trying again")]
    private static partial void Waits(ILogger log, string why);
}
