using System.Runtime.InteropServices;
using Amana.Matching.Scripts;

namespace Amana.Matching.Asking;

/// <summary>A token near another, at which cost, and how many subjects bear it, beyond the index as well.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct Neighbour
{
    public int Token;
    public float Subjects;
    public byte Step;
}

/// <summary>The neighbours of tokens asked lately, for one index: the same given names are asked over and over.</summary>
/// <remarks>A fixed number of slots, each replaced whole, so any number of threads may read and write.</remarks>
/// <param name="slotBits">Slots, as a power of two.</param>
internal sealed class RecentNeighbours(int slotBits)
{

    /// <summary>A token with its neighbours, the nearest first, and how many people beyond the index bear it.</summary>
    public sealed record Entry(string Text, Script Script, UnitKind Kind, float Beyond, Neighbour[] Near);

    private readonly Entry?[] _slots = new Entry?[1 << slotBits];

    public Entry? Find(ReadOnlySpan<char> text, Script script, UnitKind kind)
    {
        var entry = Volatile.Read(ref _slots[SlotOf(text, kind)]);
        return entry is not null && entry.Script == script && entry.Kind == kind && text.SequenceEqual(entry.Text) ? entry : null;
    }

    public void Keep(Entry entry) => Volatile.Write(ref _slots[SlotOf(entry.Text, entry.Kind)], entry);

    private int SlotOf(ReadOnlySpan<char> text, UnitKind kind) => (int)((uint)(string.GetHashCode(text, StringComparison.Ordinal) ^ ((int)kind * 0x1F35)) >> (32 - slotBits));
}
