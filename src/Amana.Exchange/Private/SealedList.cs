using System.Buffers.Binary;
using System.Numerics;

namespace Amana.Exchange.Private;

/// <summary>What a bureau gives to those whose blind questions it answers: of each of its values 48 bits of its output, sorted and coded by their gaps. It says how many
/// values there are and nothing of any of them; only who has an output (<see cref="BlindQuestion.Finish"/>) can ask whether it is in it.</summary>
/// <remarks>Golomb-Rice coding of the gaps (as in BIP 158, with another width): some 27 bits a value at ten million. A value that is not there is taken for one that is
/// with a chance of count / 2^48: one in 28 million at ten million.</remarks>
public sealed class SealedList
{
    /// <summary>Of an output.</summary>
    public const int PrintBits = 48;

    /// <summary>Version, bits of the remainder, count: the head of the coded form.</summary>
    private const int HeadBytes = 1 + 1 + 8;
    private const byte Version = 1;
    private const long CountMost = 1L << 32;

    private readonly ulong[] _prints;

    private SealedList(ulong[] prints) => _prints = prints;

    public int Count => _prints.Length;

    /// <param name="output">64 bytes.</param>
    public static ulong PrintOf(ReadOnlySpan<byte> output) => BinaryPrimitives.ReadUInt64BigEndian(output) >> (64 - PrintBits);

    /// <param name="prints">In any order; the same twice counts once.</param>
    public static SealedList Of(IEnumerable<ulong> prints)
    {
        ulong[] sorted = [.. prints];
        Array.Sort(sorted);
        int kept = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            if (sorted[i] >> PrintBits != 0) throw new ArgumentOutOfRangeException(nameof(prints), "A print has 48 bits.");
            if (i == 0 || sorted[i] != sorted[i - 1]) sorted[kept++] = sorted[i];
        }

        return new(sorted[..kept]);
    }

    /// <param name="output">Of a question, finished.</param>
    public bool Has(ReadOnlySpan<byte> output) => Has(PrintOf(output));

    public bool Has(ulong print)
    {
        // Prints are as good as evenly spread: the place is guessed, then looked for nearby.
        if (_prints.Length == 0) return false;
        int guess = (int)((UInt128)print * (ulong)_prints.Length >> PrintBits);
        int low = 0, high = _prints.Length - 1;
        for (int step = 64; ; step *= 8)
        {
            int from = Math.Max(guess - step, 0), to = Math.Min(guess + step, _prints.Length - 1);
            if ((from == 0 || _prints[from] <= print) && (to == _prints.Length - 1 || _prints[to] >= print))
            {
                (low, high) = (from, to);
                break;
            }
        }

        return Array.BinarySearch(_prints, low, high - low + 1, print) >= 0;
    }

    /// <summary>Without some: those of which one asker may not know.</summary>
    public SealedList Without(IReadOnlySet<ulong> prints) => prints.Count == 0 ? this : new([.. _prints.Where(p => !prints.Contains(p))]);

    /// <summary>With those of another, made with the same key.</summary>
    public SealedList With(SealedList other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return other.Count == 0 ? this : Of(_prints.Concat(other._prints));
    }

    public byte[] ToBytes()
    {
        int low = LowBits(_prints.Length);
        var bits = new BitWriter(HeadBytes + (int)Math.Min(int.MaxValue / 2, (long)_prints.Length * (low + 3) / 8) + 16);
        ulong before = 0;
        foreach (ulong print in _prints)
        {
            ulong gap = print - before;
            bits.Unary(gap >> low);
            bits.Low(gap, low);
            before = print;
        }

        byte[] coded = bits.ToArray(HeadBytes);
        (coded[0], coded[1]) = (Version, (byte)low);
        BinaryPrimitives.WriteInt64BigEndian(coded.AsSpan(2), _prints.Length);
        return coded;
    }

    /// <returns>Null when it is not of the form; nothing is thrown and no more memory is taken than the bytes can fill.</returns>
    public static SealedList? Read(ReadOnlySpan<byte> coded)
    {
        if (coded.Length < HeadBytes || coded[0] != Version) return null;
        int low = coded[1];
        long count = BinaryPrimitives.ReadInt64BigEndian(coded[2..]);
        if (low >= PrintBits || count is < 0 or > CountMost || count * (low + 1) > (coded.Length - HeadBytes) * 8L) return null;
        ulong[] prints = new ulong[count];
        var bits = new BitReader(coded[HeadBytes..]);
        ulong before = 0;
        for (int i = 0; i < prints.Length; i++)
        {
            if (!bits.Unary(out ulong high) || !bits.Low(low, out ulong rest)) return null;
            ulong print = before + (high << low) + rest;
            if (high >> (PrintBits - low) != 0 || print >> PrintBits != 0 || (i > 0 && print <= before)) return null;
            before = prints[i] = print;
        }

        return bits.IsAtEnd ? new(prints) : null;
    }

    // The mean gap is 2^48 / count; its size less one half bit is the best width for the remainder.
    private static int LowBits(int count) => count == 0 ? 0 : Math.Min(PrintBits - 1, BitOperations.Log2((1UL << PrintBits) / (ulong)count));

    private sealed class BitWriter(int bytes)
    {
        private byte[] _bytes = new byte[bytes];
        private long _at;

        public void Unary(ulong count)
        {
            for (ulong i = 0; i < count; i++) Bit(1);
            Bit(0);
        }

        public void Low(ulong value, int count)
        {
            for (int i = count - 1; i >= 0; i--) Bit((int)(value >> i) & 1);
        }

        private void Bit(int bit)
        {
            if (_at >> 3 >= _bytes.Length) Array.Resize(ref _bytes, _bytes.Length * 2);
            if (bit != 0) _bytes[_at >> 3] |= (byte)(0x80 >> (int)(_at & 7));
            _at++;
        }

        public byte[] ToArray(int head)
        {
            byte[] whole = new byte[head + ((_at + 7) / 8)];
            _bytes.AsSpan(0, whole.Length - head).CopyTo(whole.AsSpan(head));
            return whole;
        }
    }

    private ref struct BitReader(ReadOnlySpan<byte> bytes)
    {
        private readonly ReadOnlySpan<byte> _bytes = bytes;
        private long _at;

        /// <summary>What is left is less than a byte, and zero.</summary>
        public readonly bool IsAtEnd => (_at + 7) / 8 == _bytes.Length && (_at % 8 == 0 || (_bytes[^1] & (0xFF >> (int)(_at % 8))) == 0);

        public bool Unary(out ulong count)
        {
            for (count = 0; Bit(out int bit); count++)
            {
                if (bit == 0) return true;
            }

            return false;
        }

        public bool Low(int count, out ulong value)
        {
            value = 0;
            for (int i = 0; i < count; i++)
            {
                if (!Bit(out int bit)) return false;
                value = (value << 1) | (uint)bit;
            }

            return true;
        }

        private bool Bit(out int bit)
        {
            bit = 0;
            if (_at >> 3 >= _bytes.Length) return false;
            bit = (_bytes[(int)(_at >> 3)] >> (7 - (int)(_at & 7))) & 1;
            _at++;
            return true;
        }
    }
}
