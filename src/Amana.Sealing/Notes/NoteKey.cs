using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace Amana.Sealing.Notes;

/// <summary>What a note's signature of one kind looks like. The number is the byte that stands before the key.</summary>
public enum NoteAlgorithm : byte
{
    /// <summary>Ed25519 over the text.</summary>
    Ed25519 = 0x01,
    /// <summary>Ed25519 of a witness over the time and the text (cosignature/v1, C2SP tlog-cosignature).</summary>
    Cosignature = 0x04,
}

/// <summary>A public key that checks notes, such as <c>journal.utopia.example+1a2b3c4d+AT…</c>: name, key id, algorithm and key.</summary>
/// <remarks>C2SP signed-note. The key id, the first four bytes of SHA-256(name, 0x0A, algorithm, key), finds the line that
/// is of this key; it proves nothing by itself.</remarks>
public sealed record NoteKey
{
    public const int NameLongest = 200;
    private const int KeyBytes = 32;

    private readonly PublicKey _key;

    private NoteKey(string name, NoteAlgorithm algorithm, PublicKey key)
    {
        (Name, Algorithm, _key) = (name, algorithm, key);
        Id = IdOf(name, algorithm, RawKey);
    }

    public string Name { get; }
    public NoteAlgorithm Algorithm { get; }
    public uint Id { get; }
    internal byte[] RawKey => _key.Export(KeyBlobFormat.RawPublicKey);

    /// <summary>A name without blanks and plus signs, of 1 to 200 characters, none of them a control.</summary>
    public static bool IsName(string? name) => name is { Length: > 0 and <= NameLongest }
        && !name.Any(c => c == '+' || char.IsWhiteSpace(c) || char.IsControl(c));

    /// <exception cref="ArgumentException">The name cannot be one, or the key is no point of the curve.</exception>
    public static NoteKey Of(string name, NoteAlgorithm algorithm, ReadOnlySpan<byte> key)
    {
        if (!IsName(name)) throw new ArgumentException("A key's name has no blanks, plus signs or controls.", nameof(name));
        return new(name, algorithm, PublicKey.Import(SignatureAlgorithm.Ed25519, key, KeyBlobFormat.RawPublicKey));
    }

    /// <summary>Reads <c>name+id+base64</c>, and refuses an id that is not of this key.</summary>
    public static bool TryParse(string? text, out NoteKey? key)
    {
        key = null;
        string[] parts = (text ?? "").Trim().Split('+', 3);
        if (parts.Length != 3 || !IsName(parts[0]) || parts[1].Length != 8) return false;
        if (!uint.TryParse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint id)) return false;
        if (Base64Text.Read(parts[2], KeyBytes + 1) is not { Length: KeyBytes + 1 } bytes) return false;
        var algorithm = (NoteAlgorithm)bytes[0];
        if (!Enum.IsDefined(algorithm) || id != IdOf(parts[0], algorithm, bytes.AsSpan(1))) return false;
        if (!PublicKey.TryImport(SignatureAlgorithm.Ed25519, bytes.AsSpan(1), KeyBlobFormat.RawPublicKey, out var point) || point is null) return false;
        key = new(parts[0], algorithm, point);
        return true;
    }

    /// <summary>The same public key as one that co-signs as a witness.</summary>
    public NoteKey AsWitness => new(Name, NoteAlgorithm.Cosignature, _key);

    internal bool Verifies(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) => SignatureAlgorithm.Ed25519.Verify(_key, data, signature);

    internal static uint IdOf(string name, NoteAlgorithm algorithm, ReadOnlySpan<byte> key)
    {
        byte[] named = Encoding.UTF8.GetBytes(name);
        byte[] all = [.. named, 0x0A, (byte)algorithm, .. key];
        return BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(all));
    }

    /// <summary><c>name+id+base64</c>: what others are given.</summary>
    public override string ToString() => $"{Name}+{Id:x8}+{Convert.ToBase64String([(byte)Algorithm, .. RawKey])}";

    public bool Equals(NoteKey? other) => other is not null && ToString() == other.ToString();
    public override int GetHashCode() => HashCode.Combine(Name, Id);
}
