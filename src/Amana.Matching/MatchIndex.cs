using System.Collections.Concurrent;
using Amana.Matching.Asking;
using Amana.Matching.Index;

namespace Amana.Matching;

/// <summary>The subjects of one list version, packed for asking. Immutable; safe for any number of threads.</summary>
/// <remarks>Lives in one block of memory: built here, or mapped from a file that <see cref="Save"/> wrote.</remarks>
public sealed class MatchIndex : IDisposable
{
    private readonly MatchIndex[] _alone;

    private MatchIndex(PackedIndex packed)
    {
        Packed = packed;
        _alone = [this];
    }

    internal PackedIndex Packed { get; }

    /// <summary>Subjects that answer.</summary>
    public int Count => Packed.Subjects;

    /// <summary>One past the last place. The same as <see cref="Count"/> but for an index <see cref="With"/> changes, where some places
    /// are dropped.</summary>
    public int Places => Packed.Places;

    /// <summary>Size of the index in memory and on disk.</summary>
    public long Bytes => Packed.Bytes;

    /// <summary>Packs the subjects, read once and in order: a subject's place is its position in the stream.</summary>
    public static MatchIndex Build(IEnumerable<Subject> subjects, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(subjects);
        var builder = new IndexBuilder();
        foreach (var subject in subjects)
        {
            if ((builder.Count & 0xFF) == 0) cancel.ThrowIfCancellationRequested();
            builder.Add(subject);
        }
        return new MatchIndex(new PackedIndex(new PackedPart(builder.Finish(cancel))));
    }

    /// <summary>This index and what has changed since it was built, asked as one: it answers as an index would that is built of the
    /// same records. This one stays as it is, and must live as long as the other.</summary>
    /// <param name="added">New records, and those written anew; their places follow those of this index. The new index gives it back
    /// when it is disposed.</param>
    /// <param name="dropped">Places of this index that no longer answer: records that are gone or written anew.</param>
    /// <exception cref="ArgumentException">This index has changes already.</exception>
    /// <remarks>Takes time and memory for the changes, and a bit for each place and token of this index. Where a common name has more bearers than are looked
    /// at, dropped ones still take up room in the lists: when changes pass a few percent, <see cref="Merge"/>.</remarks>
    public MatchIndex With(MatchIndex added, IEnumerable<int> dropped)
    {
        ArgumentNullException.ThrowIfNull(added);
        ArgumentNullException.ThrowIfNull(dropped);
        if (Packed.Added is not null || added.Packed.Added is not null) throw new ArgumentException("An index takes changes once; merge it first.", nameof(added));
        return Held(this, index => Held(added, _ => new MatchIndex(new PackedIndex(index.Packed.Base, new IndexChanges(index.Packed.Base, added.Packed.Base, dropped)))));
    }

    /// <summary>Builds one index of all that answers, in the order of the places.</summary>
    public MatchIndex Merge(CancellationToken cancel = default) => Held(this, index => Build(index.Subjects(), cancel));

    /// <summary>Whether no question finds the place, because its record is gone or stands at another place now.</summary>
    public bool IsDropped(int place) => Packed.IsDropped(place);

    /// <summary>The places of the subjects with these ids that answer. Reads the ids of all places.</summary>
    public IReadOnlyList<int> PlacesOf(IEnumerable<string> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var wanted = new IdSet(ids);
        return Held(this, index => wanted.In(index.Packed));
    }

    /// <summary>Writes the index as one file, whole or not at all.</summary>
    /// <exception cref="InvalidOperationException">It has changes beside its base; <see cref="Merge"/> it first.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Packed.Added is not null) throw new InvalidOperationException("An index with changes is merged before it is saved.");
        Held(this, index =>
        {
            IndexFile.Save(index.Packed.Base.Memory, path);
            return true;
        });
    }

    /// <summary>Maps a saved index; it answers at once. The file must not be changed while it is open, only replaced.</summary>
    /// <exception cref="IndexFileException">Not an index, of another version, or damaged.</exception>
    public static MatchIndex Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new MatchIndex(new PackedIndex(new PackedPart(IndexFile.Open(path))));
    }

    /// <summary>Whether a file that starts so is an index, damaged or not.</summary>
    /// <param name="start">The first eight bytes or more.</param>
    public static bool StartsLikeIndex(ReadOnlySpan<byte> start) => IndexFile.StartsLikeOne(start);

    /// <summary>The subject's own id.</summary>
    public string IdOf(int place) => Read(place, static (packed, p) => packed.IdOf(p));

    /// <summary>The subject's first name.</summary>
    public string CaptionOf(int place) => Read(place, static (packed, p) => packed.NameText(packed.NamesOf(p).First));

    /// <summary>Best first; ties by place.</summary>
    public IReadOnlyList<Hit> Ask(Question question, AskOptions options) => Searches.Run(question, options, _alone);

    /// <summary>Gives the memory back once the questions that are still running have ended; of an index with changes, that of the changes.</summary>
    public void Dispose() => (Packed.Added ?? Packed.Base).Memory.Dispose();

    private string Read(int place, Func<PackedIndex, int, string> read)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(place);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(place, Places);
        return Held(this, index => read(index.Packed, place));
    }

    /// <summary>Every subject that answers, whole, in the order of its place. The index must not be disposed of meanwhile.</summary>
    public IEnumerable<Subject> Subjects()
    {
        for (int place = 0; place < Places; place++)
        {
            if (IsDropped(place)) continue;
            var (first, end) = Packed.NamesOf(place);
            var names = new SubjectName[end - first];
            for (int i = 0; i < names.Length; i++) names[i] = new SubjectName(Packed.NameText(first + i), Packed.NameKindOf(first + i));
            var fields = Packed.FieldsOf(place);
            yield return new Subject
            {
                Id = Packed.IdOf(place), Kind = Packed.KindOf(place), Names = names, BirthDates = fields.BirthDates, Countries = fields.Countries, Sex = fields.Sex,
                IdNumbers = fields.IdNumbers,
            };
        }
    }

    private static T Held<T>(MatchIndex index, Func<MatchIndex, T> read)
    {
        index.Packed.Hold();
        try
        {
            return read(index);
        }
        finally
        {
            index.Packed.Release();
        }
    }
}

/// <summary>Working memory for questions, lent to one question at a time.</summary>
internal static class Searches
{
    private static readonly ConcurrentBag<Search> Idle = [];

    public static IReadOnlyList<Hit> Run(Question question, AskOptions options, IReadOnlyList<MatchIndex> indexes)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(options);
        int held = 0;
        var search = Idle.TryTake(out var idle) ? idle : new Search();
        try
        {
            for (; held < indexes.Count; held++) indexes[held].Packed.Hold();
            return search.Run(question, options, indexes);
        }
        finally
        {
            while (held > 0) indexes[--held].Packed.Release();
            Idle.Add(search);
        }
    }
}
