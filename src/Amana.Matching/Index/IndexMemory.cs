using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace Amana.Matching.Index;

/// <summary>The one block of memory an index lives in: a mapped file, or native memory filled by the builder.</summary>
/// <remarks>A question takes a lease; the block is given back when it is disposed and the last lease has ended, so a
/// list version can be replaced while questions to the old one are still running.</remarks>
internal sealed unsafe class IndexMemory : IDisposable
{
    private readonly MemoryMappedViewAccessor? _map;
    private readonly MemoryMappedFile? _file;
    private byte* _start;
    private int _leases = 1; // the owner's own

    private IndexMemory(byte* start, long length, MemoryMappedFile? file, MemoryMappedViewAccessor? map)
    {
        _start = start;
        (Length, _file, _map) = (length, file, map);
        if (file is null) GC.AddMemoryPressure(length);
    }

#pragma warning disable MA0055 // an index that nobody disposed must still give its map or native memory back
    ~IndexMemory() => Free();
#pragma warning restore MA0055

    public long Length { get; }

    public byte* Start => _start;

    public static IndexMemory Allocate(long length) => new((byte*)NativeMemory.AlignedAlloc((nuint)length, 64), length, null, null);

    public static IndexMemory Map(string path)
    {
        long length = new FileInfo(path).Length;
        if (length < IndexFile.HeaderBytes) throw new IndexFileException(IndexFileException.NotAnIndex, "The file is too short to be an Amana index.");
        var file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        var map = file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
        byte* start = null;
        map.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        return new(start + map.PointerOffset, length, file, map);
    }

    /// <summary>Holds the block until <see cref="Release"/>.</summary>
    /// <exception cref="ObjectDisposedException">The index was given back.</exception>
    public void Hold()
    {
        int seen = Volatile.Read(ref _leases);
        while (true)
        {
            ObjectDisposedException.ThrowIf(seen == 0, typeof(MatchIndex));
            int before = Interlocked.CompareExchange(ref _leases, seen + 1, seen);
            if (before == seen) return;
            seen = before;
        }
    }

    public void Release()
    {
        if (Interlocked.Decrement(ref _leases) == 0) Free();
    }

    private int _disposed;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0) Release(); // the last lease frees it, now or when it ends
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (_start is null) return;
        byte* start = _start;
        _start = null;
        if (_map is not null)
        {
            _map.SafeMemoryMappedViewHandle.ReleasePointer();
            _map.Dispose();
            _file!.Dispose();
        }
        else
        {
            NativeMemory.AlignedFree(start);
            GC.RemoveMemoryPressure(Length);
        }
    }
}
