using System.Runtime.InteropServices;

namespace Amana.Matching.Asking;

/// <summary>Which tokens of an index are near which units of the question, and how near. Reused from question to question.</summary>
internal sealed class TokenMap
{
    private int[] _slots = new int[1 << 12];   // entry + 1
    private Entry[] _entries = new Entry[1 << 11];
    private int _count;

    [StructLayout(LayoutKind.Auto)]
    public struct Entry
    {
        public int Token;
        /// <summary>The next entry of the same token, or -1.</summary>
        public int Next;
        public short Unit;
        public byte Step;
    }

    public ref readonly Entry this[int entry] => ref _entries[entry];

    public int Count => _count;

    public void Clear()
    {
        if (_count > 0) _slots.AsSpan().Clear();
        _count = 0;
    }

    /// <returns>The first entry of the token, or -1.</returns>
    public int First(int token)
    {
        int found = _slots[SlotOf(token)];
        return found - 1;
    }

    /// <returns>False when the token is already there for the unit.</returns>
    public bool Add(int token, int unit, int step)
    {
        for (int e = First(token); e >= 0; e = _entries[e].Next)
            if (_entries[e].Unit == unit) return false;
        if (_count == _entries.Length) Grow();
        int slot = SlotOf(token);
        _entries[_count] = new Entry { Token = token, Unit = (short)unit, Step = (byte)step, Next = _slots[slot] - 1 };
        _slots[slot] = ++_count;
        return true;
    }

    private int SlotOf(int token)
    {
        int mask = _slots.Length - 1;
        int slot = (int)((uint)token * 0x9E3779B1u >> 8) & mask;
        while (_slots[slot] is > 0 and var found && _entries[found - 1].Token != token) slot = (slot + 1) & mask;
        return slot;
    }

    private void Grow()
    {
        Array.Resize(ref _entries, _entries.Length * 2);
        _slots = new int[_slots.Length * 2];
        for (int i = 0; i < _count; i++) _slots[SlotOf(_entries[i].Token)] = i + 1;
    }
}
