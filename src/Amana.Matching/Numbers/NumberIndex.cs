using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Amana.Matching.Index;

namespace Amana.Matching.Numbers;

/// <summary>Which records may have a number: a file that is mapped, nine bytes a number. Immutable; safe for any number of threads.</summary>
/// <remarks>A directory over the upper bits of the keys' hashes, then for each number 24 further bits, the issuer's tag and the record, eight bytes.
/// It leads to records and proves nothing: of asked numbers that are not there one in some hundred million leads to a stranger, and the
/// caller compares what is written. A record that is gone may stay in the file.</remarks>
public sealed unsafe class NumberIndex : IDisposable
{
    private const ulong Magic = 0x31584D554E4D41; // "AMNUMX1"
    private const int HeaderBytes = 64, SlotsForEach = 3, BitsMin = 8, BitsMax = 30, FingerprintBits = 24, Ahead = 64;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _map;
    private readonly uint* _starts;
    private readonly ulong* _entries;
    private readonly int _bits;
    private int _disposed;

    private NumberIndex(MemoryMappedFile file, MemoryMappedViewAccessor map, long length, byte* start)
    {
        (_file, _map, Bytes) = (file, map, length);
        Count = (long)((ulong*)start)[1];
        Through = ((ulong*)start)[2];
        _bits = (int)((ulong*)start)[3];
        _starts = (uint*)(start + HeaderBytes);
        _entries = (ulong*)(start + HeaderBytes + StartsBytes(_bits));
    }

    /// <summary>Numbers in the file.</summary>
    public long Count { get; }

    /// <summary>What the caller noted: records up to here are in the file.</summary>
    public ulong Through { get; }

    public long Bytes { get; }

    /// <summary>Writes the file, whole or not at all.</summary>
    /// <param name="path">Where.</param>
    /// <param name="entries">Read twice; numbers that came between are left out, those that went leave an empty place.</param>
    /// <param name="through">See <see cref="Through"/>.</param>
    public static void Write(string path, Func<IEnumerable<NumberEntry>> entries, ulong through, CancellationToken cancel = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(entries);
        string partial = path + ".partial";
        var counted = CountSlots(entries, cancel);
        int bits = counted.Bits;
        long length = HeaderBytes + StartsBytes(bits) + ((long)counted.Count * sizeof(ulong));
        // Filled in memory, for the order of the numbers is not that of the file, and a disk would write each page over and over.
        byte* start = (byte*)NativeMemory.AlignedAlloc((nuint)length, HeaderBytes);
        GC.AddMemoryPressure(length);
        try
        {
            new Span<byte>(start, HeaderBytes).Clear();
            Fill(start, counted, entries, cancel);
            var header = (ulong*)start;
            (header[1], header[2], header[3]) = (counted.Count, through, (ulong)bits);
            header[4] = Sum(start, length);
            header[0] = Magic;
            using var file = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
            for (long at = 0; at < length; at += 1 << 26) file.Write(new ReadOnlySpan<byte>(start + at, (int)Math.Min(1 << 26, length - at)));
            file.Flush(flushToDisk: true);
        }
        finally
        {
            NativeMemory.AlignedFree(start);
            GC.RemoveMemoryPressure(length);
        }
        File.Move(partial, path, overwrite: true);
    }

    /// <summary>Maps a file; it answers at once.</summary>
    /// <param name="check">Reads the whole file first and compares its sum.</param>
    /// <exception cref="IndexFileException">Not such a file, or damaged.</exception>
    public static NumberIndex Open(string path, bool check = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        long length = new FileInfo(path).Length;
        if (length < HeaderBytes) throw new IndexFileException(IndexFileException.NotAnIndex, "The file is too short to be an index of numbers.");
        var file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        var map = file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
        byte* start = null;
        map.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        start += map.PointerOffset;
        var header = (ulong*)start;
        bool known = header[0] == Magic;
        bool whole = known && header[3] is >= BitsMin and <= BitsMax && header[1] <= uint.MaxValue
            && length == HeaderBytes + StartsBytes((int)header[3]) + ((long)header[1] * sizeof(ulong)) && (!check || header[4] == Sum(start, length));
        if (whole) return new NumberIndex(file, map, length, start);
        map.SafeMemoryMappedViewHandle.ReleasePointer();
        map.Dispose();
        file.Dispose();
        throw known ? new IndexFileException(IndexFileException.Damaged, "The index of numbers is cut short or damaged.")
            : new IndexFileException(IndexFileException.NotAnIndex, "The file is no index of numbers.");
    }

    /// <summary>Adds the records that may have the number.</summary>
    /// <param name="key">With tag 0 numbers of every issuer are met; numbers without an issuer always are.</param>
    public void Find(NumberKey key, ICollection<uint> found)
    {
        ArgumentNullException.ThrowIfNull(found);
        Scan(key.Hash, key.Tag, found);
        GC.KeepAlive(this);
    }

    /// <summary>The same of many hashes, in less time than one by one: the memory of each is fetched while those before are looked at.</summary>
    public void FindAny(ReadOnlySpan<ulong> hashes, byte tag, ICollection<uint> found)
    {
        ArgumentNullException.ThrowIfNull(found);
        for (int from = 0; from < hashes.Length; from += Ahead)
        {
            var some = hashes.Slice(from, Math.Min(Ahead, hashes.Length - from));
            if (Sse.IsSupported)
            {
                foreach (ulong hash in some) Sse.Prefetch0(_starts + (hash >> (64 - _bits)));
                foreach (ulong hash in some) Sse.Prefetch0(_entries + _starts[hash >> (64 - _bits)]);
            }
            foreach (ulong hash in some) Scan(hash, tag, found);
        }
        GC.KeepAlive(this);
    }

    /// <summary>Only when nobody asks any more; an index that is merely let go gives its map back by itself.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        GC.SuppressFinalize(this);
        _map.SafeMemoryMappedViewHandle.ReleasePointer();
        _map.Dispose();
        _file.Dispose();
    }

#pragma warning disable MA0055 // one that was replaced while it was asked is nobody's to dispose of
    ~NumberIndex()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0) _map.SafeMemoryMappedViewHandle.ReleasePointer();
    }
#pragma warning restore MA0055

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Scan(ulong hash, byte tag, ICollection<uint> found)
    {
        ulong slot = hash >> (64 - _bits);
        ulong fingerprint = FingerprintOf(hash, _bits);
        uint end = Math.Min(_starts[slot + 1], (uint)Count);
        for (uint at = _starts[slot]; at < end; at++)
        {
            ulong entry = _entries[at];
            if (entry >> 40 == fingerprint && (uint)entry != 0 && IsOf((byte)(entry >> 32), tag)) found.Add((uint)entry);
        }
    }

    private static bool IsOf(byte entry, byte asked) => entry == asked || entry == 0 || asked == 0;

    private static ulong FingerprintOf(ulong hash, int bits) => (hash << bits) >> (64 - FingerprintBits);

    private static long StartsBytes(int bits) => (((1L << bits) + 1) * sizeof(uint) + 63) & ~63L;

    /// <summary>One past the last number of each slot.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Slots(uint[] Ends, uint Count, int Bits);

    private static Slots CountSlots(Func<IEnumerable<NumberEntry>> entries, CancellationToken cancel)
    {
        // Counted at the finest grain that may be needed, then joined to the one that is.
        const int finest = 25;
        var counts = new uint[1 << finest];
        long count = 0;
        foreach (var entry in entries())
        {
            if ((++count & 0xFFFF) == 0) cancel.ThrowIfCancellationRequested();
            counts[entry.Key.Hash >> (64 - finest)]++;
        }
        if (count > uint.MaxValue) throw new InvalidOperationException("An index of numbers holds four thousand million; split it.");
        int bits = BitsMin;
        while (bits < finest && (SlotsForEach << bits) < count) bits++;
        var ends = new uint[1 << bits];
        uint before = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            before += counts[i];
            ends[i >> (finest - bits)] = before;
        }
        return new(ends, before, bits);
    }

    private static void Fill(byte* start, Slots slots, Func<IEnumerable<NumberEntry>> entries, CancellationToken cancel)
    {
        var starts = (uint*)(start + HeaderBytes);
        var into = (ulong*)(start + HeaderBytes + StartsBytes(slots.Bits));
        new Span<byte>(starts, checked((int)StartsBytes(slots.Bits))).Clear();
        NativeMemory.Clear(into, (nuint)slots.Count * sizeof(ulong)); // a number that went meanwhile leaves an empty place
        for (int i = 0; i < slots.Ends.Length; i++) starts[i + 1] = slots.Ends[i];
        var next = slots.Ends; // filled from behind
        long read = 0;
        foreach (var entry in entries())
        {
            if ((++read & 0xFFFF) == 0) cancel.ThrowIfCancellationRequested();
            ulong slot = entry.Key.Hash >> (64 - slots.Bits);
            if (next[slot] == starts[slot]) continue; // came after the counting
            into[--next[slot]] = (FingerprintOf(entry.Key.Hash, slots.Bits) << 40) | ((ulong)entry.Key.Tag << 32) | entry.Record;
        }
    }

    private static ulong Sum(byte* start, long length)
    {
        ulong sum = (ulong)length;
        for (long at = HeaderBytes; at < length; at += 1 << 26) sum = Hashing.Checksum(new ReadOnlySpan<byte>(start + at, (int)Math.Min(1 << 26, length - at)), sum);
        return Hashing.Mix(sum ^ ((ulong*)start)[1] ^ (((ulong*)start)[2] << 1) ^ (((ulong*)start)[3] << 2));
    }
}
