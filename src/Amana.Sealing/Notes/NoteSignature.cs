using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Amana.Sealing.Notes;

/// <summary>One signature line of a note: <c>— name base64</c>.</summary>
/// <remarks>The base64 holds the key id (four bytes), for a witness the time (eight bytes, seconds since 1970), and the
/// signature. Lines of kinds that are not known here are kept as they are: a note is not refused for a signature that
/// somebody else understands.</remarks>
public sealed record NoteSignature
{
    internal const int BytesMost = 4 + 8 + 4096; // room for the signatures that come after Ed25519
    private const int IdBytes = 4, TimeBytes = 8, SignatureBytes = 64;

    private readonly byte[] _bytes;

    private NoteSignature(string name, byte[] bytes) => (Name, _bytes) = (name, bytes);

    public string Name { get; }
    public uint KeyId => BinaryPrimitives.ReadUInt32BigEndian(_bytes);

    internal static NoteSignature Of(NoteKey key, long seconds, byte[] signature)
    {
        byte[] id = new byte[IdBytes], time = new byte[TimeBytes];
        BinaryPrimitives.WriteUInt32BigEndian(id, key.Id);
        BinaryPrimitives.WriteInt64BigEndian(time, seconds);
        return new(key.Name, key.Algorithm is NoteAlgorithm.Cosignature ? [.. id, .. time, .. signature] : [.. id, .. signature]);
    }

    /// <summary>Reads a line without its line feed.</summary>
    public static bool TryParse(ReadOnlySpan<char> line, out NoteSignature? signature)
    {
        signature = null;
        if (line is not ['\u2014', ' ', .. var rest]) return false;
        int space = rest.IndexOf(' ');
        if (space <= 0) return false;
        string name = rest[..space].ToString();
        if (!NoteKey.IsName(name) || Base64Text.Read(rest[(space + 1)..], BytesMost) is not { Length: > IdBytes } bytes) return false;
        signature = new(name, bytes);
        return true;
    }

    /// <summary>When a witness says it saw the note; null for a plain signature and for one that <paramref name="key"/> did not make.</summary>
    internal bool IsOf(NoteKey key, string text, out DateTimeOffset? at)
    {
        at = null;
        if (Name != key.Name || KeyId != key.Id) return false;
        bool witness = key.Algorithm is NoteAlgorithm.Cosignature;
        int before = witness ? IdBytes + TimeBytes : IdBytes;
        if (_bytes.Length != before + SignatureBytes) return false;
        long seconds = witness ? BinaryPrimitives.ReadInt64BigEndian(_bytes.AsSpan(IdBytes)) : 0;
        if (seconds < 0 || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds()) return false;
        if (!key.Verifies(SignedBytes(key.Algorithm, text, seconds), _bytes.AsSpan(before))) return false;
        if (witness) at = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return true;
    }

    internal static byte[] SignedBytes(NoteAlgorithm algorithm, string text, long seconds) => Encoding.UTF8.GetBytes(
        algorithm is NoteAlgorithm.Cosignature
            ? string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {seconds}\n{text}")
            : text);

    public override string ToString() => $"\u2014 {Name} {Convert.ToBase64String(_bytes)}";

    public bool Equals(NoteSignature? other) => other is not null && ToString() == other.ToString();
    public override int GetHashCode() => HashCode.Combine(Name, KeyId);
}
