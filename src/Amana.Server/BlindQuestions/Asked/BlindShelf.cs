using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text;
using Amana.Exchange.Private;
using Amana.Matching;
using Amana.Matching.Fields;
using Amana.Server.Keys;
using Amana.Server.LostAndStolen;
using Amana.Server.Watchlists;
using Amana.Vocabulary;

namespace Amana.Server.BlindQuestions.Asked;

/// <summary>What this bureau answers blind questions with: the key of the epoch and the list of prints made with it. In memory; the key comes of a secret and the
/// epoch's number, so a restart makes the same again.</summary>
internal sealed class BlindShelf(KeyFolder secrets, ListShelf lists, ListAudiences audiences)
{
    private const int SeedBytes = 32;

    /// <param name="Number">Minutes since 1970 in which it began: rises with each.</param>
    /// <param name="All">Of every record of the open lists.</param>
    /// <param name="ByRecord">Prints of the records that are not for everybody, without those that a record for everybody has too.</param>
    /// <param name="Documents">Prints of the lost and stolen documents in force; null when nobody may ask about them.</param>
    /// <param name="DocumentsStamp">Which documents those are; null with them.</param>
    public sealed record Epoch(
        long Number, BlindKey Key, SealedList All, IReadOnlyList<LoadedList> Lists, FrozenDictionary<(string List, string Id), ulong[]> ByRecord, SealedList? Documents, string? DocumentsStamp)
    {
        internal ConcurrentDictionary<(BureauCode, bool), byte[]> Given { get; } = new();
    }

    /// <summary>Numbers of lost and stolen documents, to be read once.</summary>
    public sealed record DocumentNumbers(string Stamp, IAsyncEnumerable<DocumentsToAsk.Number> All);

    private volatile Epoch? _now;
    private long _last;

    /// <summary>Null before the first is made, and when no list is open.</summary>
    public Epoch? Now => _now;

    public void Close() => _now = null;

    /// <summary>Makes the epoch's key and list; some twenty thousand keys a second and processor.</summary>
    /// <param name="open">Names of the lists.</param>
    /// <param name="documents">Null: nobody may ask about them.</param>
    /// <param name="number">At least; the epoch gets a later one than all before.</param>
    public async Task<Epoch> MakeAsync(IReadOnlyCollection<string> open, DocumentNumbers? documents, long number, CancellationToken cancel)
    {
        // Also when the one before was closed a moment ago: never the same key again.
        number = _last = Math.Max(number, _last + 1);
        var key = BlindKey.Of(secrets.Secret("blind-seed", SeedBytes), Encoding.ASCII.GetBytes($"amana/blind/{number}"));
        var loaded = lists.Current.Lists.Where(l => open.Contains(l.Name)).ToList();
        var forAll = new ConcurrentBag<ulong>();
        var byRecord = new ConcurrentDictionary<(string, string), ulong[]>();
        foreach (var list in loaded)
        {
            var limited = audiences.LimitedIn(list);
            Parallel.ForEach(list.Index.Subjects(), Some(cancel), subject =>
            {
                ulong[] own = [.. KeysOf(subject).Select(k => SealedList.PrintOf(key.OutputOf(Encoding.UTF8.GetBytes(k))))];
                if (limited.Contains(subject.Id)) byRecord[(list.Name, subject.Id)] = own;
                else foreach (ulong print in own) forAll.Add(print);
            });
        }

        var numbers = documents is null ? null : await PrintsOfAsync(documents.All, key, cancel);
        // Two people of one name and birthday have one print: it is left out for nobody when one of the records is for everybody.
        var ofLimited = byRecord.Values.SelectMany(p => p).ToHashSet();
        var shared = forAll.Where(ofLimited.Contains).ToHashSet();
        var alone = byRecord.ToFrozenDictionary(r => r.Key, r => r.Value.Where(p => !shared.Contains(p)).ToArray());
        return _now = new(number, key, SealedList.Of(forAll.Concat(ofLimited)), loaded, alone, numbers, documents?.Stamp);
    }

    /// <summary>The list as one bureau gets it: without what only records have that it may not know of, and with the documents if its terms say so.</summary>
    public byte[] ListFor(BureauCode bureau, bool withDocuments, Epoch epoch)
    {
        ArgumentNullException.ThrowIfNull(epoch);
        return epoch.Given.GetOrAdd((bureau, withDocuments), _ =>
        {
            var records = epoch.Lists.SelectMany(l => audiences.HiddenFrom(bureau.Value, l).Select(id => (l.Name, id))).ToHashSet();
            var hidden = records.SelectMany(r => epoch.ByRecord.GetValueOrDefault(r) ?? []).ToHashSet();
            // What another record has too that it may know of stays: else that one would be denied.
            if (hidden.Count > 0) hidden.ExceptWith(epoch.ByRecord.Where(r => !records.Contains(r.Key)).SelectMany(r => r.Value));
            var list = epoch.All.Without(hidden);
            return (withDocuments && epoch.Documents is { } documents ? list.With(documents) : list).ToBytes();
        });
    }

    // Of the issuer alone: the same number of another country's document is another document.
    private static async Task<SealedList> PrintsOfAsync(IAsyncEnumerable<DocumentsToAsk.Number> numbers, BlindKey key, CancellationToken cancel)
    {
        var prints = new ConcurrentBag<ulong>();
        await Parallel.ForEachAsync(numbers, Some(cancel), (number, stopped) =>
        {
            foreach (string k in DocumentNumber.TryRead(number.Value, out var read, out FieldRefusal? _) ? MeetingKeys.Of([], [], [(read, number.Issuer)]) : []) prints.Add(SealedList.PrintOf(key.OutputOf(Encoding.UTF8.GetBytes(k))));
            return ValueTask.CompletedTask;
        });
        return SealedList.Of(prints);
    }

    // One processor in two stays free for questions that wait.
    private static ParallelOptions Some(CancellationToken cancel) => new() { MaxDegreeOfParallelism = Math.Max(1, Environment.ProcessorCount / 2), CancellationToken = cancel };

    private static IReadOnlyList<string> KeysOf(Subject subject) =>
        MeetingKeys.Of(subject.Names.Select(n => n.Text), subject.BirthDates, subject.IdNumbers.Select(n => DocumentNumber.TryRead(n, out var number, out _) ? number : null).OfType<DocumentNumber>().Select(n => (n, (string?)null)));
}
