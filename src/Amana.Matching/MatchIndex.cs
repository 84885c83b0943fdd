using System.Collections.Concurrent;
using Amana.Matching.Asking;
using Amana.Matching.Index;

namespace Amana.Matching;

/// <summary>The subjects of one list version, packed for asking. Immutable; safe for any number of threads.</summary>
/// <remarks>Lives in one block of memory: built here, or mapped from a file that <see cref="Save"/> wrote.</remarks>
public sealed class MatchIndex : IDisposable
{
    private readonly MatchIndex[] _alone;

    private MatchIndex(IndexMemory memory)
    {
        Packed = new PackedIndex(memory);
        _alone = [this];
    }

    internal PackedIndex Packed { get; }

    /// <summary>Subjects in the index.</summary>
    public int Count => Packed.Summary.Subjects;

    /// <summary>Size of the index in memory and on disk.</summary>
    public long Bytes => Packed.Memory.Length;

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
        return new MatchIndex(builder.Finish(cancel));
    }

    /// <summary>Writes the index as one file, whole or not at all.</summary>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Packed.Memory.Hold();
        try
        {
            IndexFile.Save(Packed.Memory, path);
        }
        finally
        {
            Packed.Memory.Release();
        }
    }

    /// <summary>Maps a saved index; it answers at once. The file must not be changed while it is open, only replaced.</summary>
    /// <exception cref="IndexFileException">Not an index, of another version, or damaged.</exception>
    public static MatchIndex Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new MatchIndex(IndexFile.Open(path));
    }

    /// <summary>Whether a file that starts so is an index, damaged or not.</summary>
    /// <param name="start">The first eight bytes or more.</param>
    public static bool StartsLikeIndex(ReadOnlySpan<byte> start) => IndexFile.StartsLikeOne(start);

    /// <summary>The subject's own id.</summary>
    public string IdOf(int place) => Read(place, static (packed, p) => packed.IdOf(p));

    /// <summary>The subject's first name.</summary>
    public string CaptionOf(int place) => Read(place, static (packed, p) => packed.NameText((int)packed.NameStarts[p]));

    /// <summary>Best first; ties by place.</summary>
    public IReadOnlyList<Hit> Ask(Question question, AskOptions options) => Searches.Run(question, options, _alone);

    /// <summary>Gives the memory back once the questions that are still running have ended.</summary>
    public void Dispose() => Packed.Memory.Dispose();

    private string Read(int place, Func<PackedIndex, int, string> read)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(place);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(place, Count);
        Packed.Memory.Hold();
        try
        {
            return read(Packed, place);
        }
        finally
        {
            Packed.Memory.Release();
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
            for (; held < indexes.Count; held++) indexes[held].Packed.Memory.Hold();
            return search.Run(question, options, indexes);
        }
        finally
        {
            while (held > 0) indexes[--held].Packed.Memory.Release();
            Idle.Add(search);
        }
    }
}
