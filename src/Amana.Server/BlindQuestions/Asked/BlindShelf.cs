using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text;
using Amana.Exchange.Private;
using Amana.Matching;
using Amana.Matching.Fields;
using Amana.Server.Keys;
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
    /// <param name="ByRecord">Prints of the records that are not for everybody.</param>
    public sealed record Epoch(long Number, BlindKey Key, SealedList All, IReadOnlyList<LoadedList> Lists, FrozenDictionary<(string List, string Id), ulong[]> ByRecord)
    {
        internal ConcurrentDictionary<BureauCode, byte[]> Given { get; } = new();
    }

    private volatile Epoch? _now;

    /// <summary>Null before the first is made, and when no list is open.</summary>
    public Epoch? Now => _now;

    public void Close() => _now = null;

    /// <summary>Makes the epoch's key and list; some twenty thousand keys a second and processor.</summary>
    public Epoch Make(IReadOnlyCollection<string> open, long number, CancellationToken cancel)
    {
        var key = BlindKey.Of(secrets.Secret("blind-seed", SeedBytes), Encoding.ASCII.GetBytes($"amana/blind/{number}"));
        var loaded = lists.Current.Lists.Where(l => open.Contains(l.Name)).ToList();
        var prints = new ConcurrentBag<ulong>();
        var byRecord = new ConcurrentDictionary<(string, string), ulong[]>();
        foreach (var list in loaded)
        {
            var limited = audiences.LimitedIn(list);
            // One processor in two stays free for questions that wait.
            var some = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, Environment.ProcessorCount / 2), CancellationToken = cancel };
            Parallel.ForEach(list.Index.Subjects(), some, subject =>
            {
                ulong[] own = [.. KeysOf(subject).Select(k => SealedList.PrintOf(key.OutputOf(Encoding.UTF8.GetBytes(k))))];
                foreach (ulong print in own) prints.Add(print);
                if (own.Length > 0 && limited.Contains(subject.Id)) byRecord[(list.Name, subject.Id)] = own;
            });
        }

        return _now = new(number, key, SealedList.Of(prints), loaded, byRecord.ToFrozenDictionary());
    }

    /// <summary>The list as one bureau gets it: without the records that it may not know of, unless another record that it may know of has the same print.</summary>
    public byte[] ListFor(BureauCode bureau, Epoch epoch)
    {
        ArgumentNullException.ThrowIfNull(epoch);
        return epoch.Given.GetOrAdd(bureau, b =>
        {
            var hidden = epoch.Lists.SelectMany(l => audiences.HiddenFrom(b.Value, l).Select(id => (l.Name, id))).SelectMany(r => epoch.ByRecord.GetValueOrDefault(r) ?? []).ToHashSet();
            return epoch.All.Without(hidden).ToBytes();
        });
    }

    private static IReadOnlyList<string> KeysOf(Subject subject) =>
        MeetingKeys.Of(subject.Names.Select(n => n.Text), subject.BirthDates, subject.IdNumbers.Select(n => DocumentNumber.TryRead(n, out var number, out _) ? number : null).OfType<DocumentNumber>().Select(n => (n, (string?)null)));
}
