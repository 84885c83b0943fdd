using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Amana.Sealing.Trees;

/// <summary>The SHA-256 of a leaf, a node or a whole tree: 32 bytes.</summary>
/// <remarks>Leaves and nodes are hashed with different first bytes, so that none can be passed off as the other
/// (RFC 6962, section 2.1).</remarks>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct TreeHash
{
    public const int Bytes = 32;
    private const byte LeafMark = 0, NodeMark = 1;

    // Four words and not an array: a tree of millions of them is one allocation, and equality costs nothing.
    private readonly ulong _first, _second, _third, _fourth;

    private TreeHash(ReadOnlySpan<byte> bytes)
    {
        _first = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _second = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _third = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        _fourth = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    /// <summary>The hash of a tree without leaves.</summary>
    public static TreeHash OfNothing { get; } = new(SHA256.HashData([]));

    public static TreeHash OfLeaf(ReadOnlySpan<byte> entry)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(entry.Length + 1);
        rented[0] = LeafMark;
        entry.CopyTo(rented.AsSpan(1));
        Span<byte> hash = stackalloc byte[Bytes];
        SHA256.HashData(rented.AsSpan(0, entry.Length + 1), hash);
        ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        return new(hash);
    }

    public static TreeHash OfNode(TreeHash left, TreeHash right)
    {
        Span<byte> both = stackalloc byte[1 + 2 * Bytes];
        both[0] = NodeMark;
        left.CopyTo(both[1..]);
        right.CopyTo(both[(1 + Bytes)..]);
        Span<byte> hash = stackalloc byte[Bytes];
        SHA256.HashData(both, hash);
        return new(hash);
    }

    /// <exception cref="ArgumentException">Not 32 bytes.</exception>
    public static TreeHash Of(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Bytes ? new(bytes) : throw new ArgumentException("A tree hash has 32 bytes.", nameof(bytes));

    /// <summary>Reads standard base64 with its padding: 44 characters, in the one form that these bytes have.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TreeHash hash)
    {
        Span<byte> bytes = stackalloc byte[Bytes + 1];
        bool read = Base64Text.TryRead(text, bytes, out int count) && count == Bytes;
        hash = read ? new(bytes[..Bytes]) : default;
        return read;
    }

    /// <summary>Writes the 32 bytes to the front of <paramref name="target"/>.</summary>
    public void CopyTo(Span<byte> target)
    {
        BinaryPrimitives.WriteUInt64BigEndian(target, _first);
        BinaryPrimitives.WriteUInt64BigEndian(target[8..], _second);
        BinaryPrimitives.WriteUInt64BigEndian(target[16..], _third);
        BinaryPrimitives.WriteUInt64BigEndian(target[24..], _fourth);
    }

    public byte[] ToArray()
    {
        byte[] bytes = new byte[Bytes];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>Standard base64.</summary>
    public override string ToString() => Convert.ToBase64String(ToArray());
}
