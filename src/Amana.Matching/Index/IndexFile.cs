using System.Runtime.InteropServices;

namespace Amana.Matching.Index;

/// <summary>The sections of an index, in the order of the file.</summary>
internal enum Section
{
    Summary, IdBytes, IdStarts, Kinds, Outlines, FieldStarts, FieldBytes, NameStarts, NameFacts, NameTextBytes, NameTextStarts, NameTokenStarts,
    NameTokens, TokenChars, TokenStarts, Tokens, TokenSlots, ReadingChars, ReadingStarts, TokenSounds, SkeletonStarts, Skeletons, DeleteStarts, Deletes,
    PostingStarts, Postings, PairStarts, Pairs, IdNumberStarts, IdNumbers, Count,
}

internal delegate ReadOnlySpan<byte> SectionBytes(Section section);

/// <summary>Numbers that hold for the whole index.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Summary
{
    public int Subjects, Names, Tokens, TokenOccurrences;
    public int PairBits, DeleteBits, SkeletonBits, IdNumberBits;
}

/// <summary>The file format: a header with a table of sections and a checksum, then the sections, each 64-byte aligned.
/// The same bytes are the index in memory, so opening is mapping.</summary>
internal static unsafe class IndexFile
{
    /// <summary>Raised whenever the meaning of any byte, a hash, a key or a romanisation table changes.</summary>
    public const uint Version = 18;
    public const int HeaderBytes = 1024;
    private const ulong Magic = 0x58444E49414D41; // "AMAINDX"
    private const int EntryBytes = 16;

    public static bool StartsLikeOne(ReadOnlySpan<byte> start) => start.Length >= 8 && MemoryMarshal.Read<ulong>(start) == Magic;

    /// <summary>Lays the sections out in one new block.</summary>
    public static IndexMemory Assemble(SectionBytes bytesOf)
    {
        long length = HeaderBytes;
        for (var s = Section.Summary; s < Section.Count; s++) length = Aligned(length) + bytesOf(s).Length;
        var memory = IndexMemory.Allocate(length);
        var header = new Span<byte>(memory.Start, HeaderBytes);
        header.Clear();
        long at = HeaderBytes;
        for (var s = Section.Summary; s < Section.Count; s++)
        {
            var bytes = bytesOf(s);
            long start = Aligned(at);
            new Span<byte>(memory.Start + at, (int)(start - at)).Clear();
            bytes.CopyTo(new Span<byte>(memory.Start + start, bytes.Length));
            MemoryMarshal.Write(header[(64 + EntryBytes * (int)s)..], start);
            MemoryMarshal.Write(header[(72 + EntryBytes * (int)s)..], (long)bytes.Length);
            at = start + bytes.Length;
        }
        MemoryMarshal.Write(header, Magic);
        MemoryMarshal.Write(header[8..], Version);
        MemoryMarshal.Write(header[12..], (uint)Section.Count);
        MemoryMarshal.Write(header[16..], length);
        return memory;
    }

    public static void Save(IndexMemory memory, string path)
    {
        string partial = path + ".partial";
        var header = new byte[HeaderBytes];
        new ReadOnlySpan<byte>(memory.Start, HeaderBytes).CopyTo(header);
        MemoryMarshal.Write(header.AsSpan(24), Checksum(memory));
        using (var file = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20))
        {
            file.Write(header);
            for (long at = HeaderBytes; at < memory.Length; at += 1 << 26)
                file.Write(new ReadOnlySpan<byte>(memory.Start + at, (int)Math.Min(1 << 26, memory.Length - at)));
            file.Flush(flushToDisk: true);
        }
        File.Move(partial, path, overwrite: true); // whole or not at all
    }

    public static IndexMemory Open(string path)
    {
        var memory = IndexMemory.Map(path);
        try
        {
            Check(memory);
            return memory;
        }
        catch (IndexFileException)
        {
            memory.Dispose();
            throw;
        }
    }

    public static View<T> View<T>(IndexMemory memory, Section section)
        where T : unmanaged
    {
        var (start, length) = Entry(memory, section);
        return new View<T>((T*)(memory.Start + start), (int)(length / sizeof(T)));
    }

    private static void Check(IndexMemory memory)
    {
        var header = new ReadOnlySpan<byte>(memory.Start, HeaderBytes);
        if (!StartsLikeOne(header)) throw new IndexFileException(IndexFileException.NotAnIndex, "The file is not an Amana index.");
        if (MemoryMarshal.Read<uint>(header[8..]) != Version || MemoryMarshal.Read<uint>(header[12..]) != (uint)Section.Count)
            throw new IndexFileException(IndexFileException.OtherVersion, "The index was written by another version of Amana; build it again from its list.");
        if (MemoryMarshal.Read<long>(header[16..]) != memory.Length)
            throw new IndexFileException(IndexFileException.Damaged, "The index file is cut short or has been added to.");
        for (var s = Section.Summary; s < Section.Count; s++)
        {
            var (start, length) = Entry(memory, s);
            if (start < HeaderBytes || length < 0 || start > memory.Length - length || start % 64 != 0)
                throw new IndexFileException(IndexFileException.Damaged, "The index file's table of sections is damaged.");
        }
        if (MemoryMarshal.Read<ulong>(header[24..]) != Checksum(memory))
            throw new IndexFileException(IndexFileException.Damaged, "The index file's bytes differ from what was written.");
    }

    private static ulong Checksum(IndexMemory memory)
    {
        ulong sum = Hashing.Checksum(new ReadOnlySpan<byte>(memory.Start + 32, HeaderBytes - 32), (ulong)memory.Length);
        for (long at = HeaderBytes; at < memory.Length; at += 1 << 26)
            sum = Hashing.Checksum(new ReadOnlySpan<byte>(memory.Start + at, (int)Math.Min(1 << 26, memory.Length - at)), sum);
        return sum;
    }

    private static (long Start, long Length) Entry(IndexMemory memory, Section section)
    {
        var header = new ReadOnlySpan<byte>(memory.Start, HeaderBytes);
        return (MemoryMarshal.Read<long>(header[(64 + EntryBytes * (int)section)..]), MemoryMarshal.Read<long>(header[(72 + EntryBytes * (int)section)..]));
    }

    private static long Aligned(long at) => (at + 63) & ~63L;
}
