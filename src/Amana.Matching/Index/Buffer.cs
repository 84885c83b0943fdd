using System.Runtime.InteropServices;

namespace Amana.Matching.Index;

/// <summary>An array that grows while an index is built. No object per item.</summary>
internal sealed class Buffer<T>(int capacity = 1024)
    where T : unmanaged
{
    private T[] _items = new T[capacity];

    public int Count { get; private set; }

    public Span<T> Span => _items.AsSpan(0, Count);

    public ref T this[int index] => ref Span[index];

    public void Add(T item)
    {
        if (Count == _items.Length) Grow(Count + 1);
        _items[Count++] = item;
    }

    public void Add(ReadOnlySpan<T> items)
    {
        if (Count + items.Length > _items.Length) Grow(Count + items.Length);
        items.CopyTo(_items.AsSpan(Count));
        Count += items.Length;
    }

    public void Clear() => Count = 0;

    /// <summary>Room for <paramref name="count"/> more items, zeroed, to be written in place.</summary>
    public Span<T> Extend(int count)
    {
        if (Count + count > _items.Length) Grow(Count + count);
        var room = _items.AsSpan(Count, count);
        room.Clear();
        Count += count;
        return room;
    }

    public ReadOnlySpan<byte> AsBytes() => MemoryMarshal.AsBytes(Span);

    private void Grow(int needed)
    {
        long doubled = Math.Min(Array.MaxLength, Math.Max(needed, _items.Length * 2L));
        if (doubled < needed) throw new InvalidOperationException("An index holds at most two thousand million items of a kind; split the list and ask a MatchSet.");
        Array.Resize(ref _items, (int)doubled);
    }
}
