using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Amana.Matching.Index;

/// <summary>A read-only array inside the index's one block of memory, mapped from a file or built here.</summary>
/// <remarks>Every access is checked against the length, so a file that slipped through the checksum can give wrong
/// answers but never reads foreign memory. Valid only while the block is held.</remarks>
[StructLayout(LayoutKind.Auto)]
internal readonly unsafe struct View<T>(T* items, int length)
    where T : unmanaged
{
    private readonly T* _items = items;

    public int Length { get; } = length;

    public ReadOnlySpan<T> Span => new(_items, Length);

    public T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if ((uint)index >= (uint)Length) throw new IndexFileException(IndexFileException.Damaged, "An offset points outside its section.");
            return _items[index];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<T> Slice(int start, int count)
    {
        if ((ulong)(uint)start + (uint)count > (uint)Length) throw new IndexFileException(IndexFileException.Damaged, "An offset points outside its section.");
        return new(_items + start, count);
    }

    /// <summary>The run of items that the boundaries give for <paramref name="index"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<T> Run(View<uint> boundaries, int index)
    {
        uint start = boundaries[index];
        return Slice((int)start, (int)(boundaries[index + 1] - start));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(int index)
    {
        if ((uint)index < (uint)Length && System.Runtime.Intrinsics.X86.Sse.IsSupported)
            System.Runtime.Intrinsics.X86.Sse.Prefetch0(_items + index);
    }
}
