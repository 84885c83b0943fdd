using System.Numerics;
using System.Runtime.InteropServices;
using Amana.Matching.Names;
using Amana.Matching.Scripts;

namespace Amana.Matching.Index;

/// <summary>One distinct token of the index.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Token
{
    /// <summary>In how many subjects it stands.</summary>
    public int Subjects;
    public Script Script;
    /// <summary>First letter of its usual reading, for initials; 0 when that is no letter of the Latin alphabet.</summary>
    public byte First;
    public byte Length;
    /// <summary>How much of its weight it keeps, in hundredths: little for a particle, title or company form.</summary>
    public byte Own;
    /// <summary>How many subjects beyond the index are thought to bear it, see <see cref="Asking.Rarity"/>.</summary>
    public float Beyond;
    /// <summary>Natural logarithm of all of them.</summary>
    public float LogCommon;
}

/// <summary>A token under one of its skeletons.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SkeletonEntry
{
    public int Token;
    /// <summary>Part of the skeleton's hash that the slot does not tell.</summary>
    public ushort Check;
    public ushort Reserved;
    /// <summary>Of the reading that has this skeleton.</summary>
    public SoundCodes Sounds;
}

/// <summary>The distinct tokens while an index is built: text to number.</summary>
internal sealed class TokenTable
{
    /// <summary>A longer token is cut. Chars.</summary>
    public const int CharsMax = 64;

    public readonly Buffer<char> Chars = new(1 << 16);
    public readonly Buffer<uint> Starts = new();
    public readonly Buffer<Token> Tokens = new();
    private int[] _slots = new int[1 << 12];

    public TokenTable() => Starts.Add(0);

    public int Count => Tokens.Count;

    /// <summary>Open addressing: token number + 1, 0 where free.</summary>
    public ReadOnlySpan<int> Slots => _slots;

    public ReadOnlySpan<char> Text(int token) => Chars.Span[(int)Starts[token]..(int)Starts[token + 1]];

    public static int SlotOf(ReadOnlySpan<char> text, int mask) => (int)Hashing.Fold(Hashing.Of(MemoryMarshal.AsBytes(text))) & mask;

    /// <returns>The token's number, and whether it is new.</returns>
    public (int Token, bool IsNew) Add(ReadOnlySpan<char> folded, Script script)
    {
        if (folded.Length > CharsMax) folded = folded[..CharsMax];
        int mask = _slots.Length - 1;
        int slot = SlotOf(folded, mask);
        while (_slots[slot] is > 0 and var found)
        {
            if (Text(found - 1).SequenceEqual(folded)) return (found - 1, false);
            slot = (slot + 1) & mask;
        }
        int token = Tokens.Count;
        Tokens.Add(new Token { Script = script, Length = (byte)folded.Length });
        Chars.Add(folded);
        Starts.Add((uint)Chars.Count);
        _slots[slot] = token + 1;
        if (Tokens.Count * 2 > _slots.Length) Rehash(_slots.Length * 2);
        return (token, true);
    }

    private void Rehash(int size)
    {
        _slots = new int[size];
        int mask = size - 1;
        for (int token = 0; token < Tokens.Count; token++)
        {
            int slot = SlotOf(Text(token), mask);
            while (_slots[slot] > 0) slot = (slot + 1) & mask;
            _slots[slot] = token + 1;
        }
    }

    /// <summary>Bits of a directory with about one slot for each item.</summary>
    public static int BitsFor(int items) => Math.Max(4, BitOperations.Log2((uint)Math.Max(1, items)) + 1);
}
