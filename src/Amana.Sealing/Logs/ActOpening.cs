using System.Text;

namespace Amana.Sealing.Logs;

/// <summary>A public entry together with what it committed to: who really did it, on what, why. For those who may know.</summary>
/// <param name="Act">The public entry, byte for byte.</param>
/// <param name="Salt">16 bytes.</param>
/// <param name="Rest">A JSON array of texts and nulls: microseconds since the year 1, who, what, on what, purpose, details, SHA-256 of the
/// content in hexadecimal. Specification: docs/specs/journal.md.</param>
public sealed record ActOpening(ReadOnlyMemory<byte> Act, ReadOnlyMemory<byte> Salt, ReadOnlyMemory<byte> Rest)
{
    /// <summary>What the commitment of an act begins with.</summary>
    public const string Label = "amana/act/v1";

    /// <summary>Three lines: the entry, the salt in base64, the rest.</summary>
    public byte[] ToBytes() => [.. Act.Span, (byte)'\n', .. Encoding.ASCII.GetBytes(Convert.ToBase64String(Salt.Span)), (byte)'\n', .. Rest.Span];

    public static bool TryParse(ReadOnlySpan<byte> bytes, out ActOpening? opening)
    {
        opening = null;
        int first = bytes.IndexOf((byte)'\n');
        int second = first < 0 ? -1 : first + 1 + bytes[(first + 1)..].IndexOf((byte)'\n');
        if (second <= first) return false;
        if (Base64Text.Read(Encoding.ASCII.GetString(bytes[(first + 1)..second]), ActCommitment.SaltBytes) is not { Length: ActCommitment.SaltBytes } salt) return false;
        opening = new(bytes[..first].ToArray(), salt, bytes[(second + 1)..].ToArray());
        return true;
    }

    /// <summary>The public entry, when the rest is what it committed to; else null.</summary>
    public LoggedAct? Opened() =>
        LoggedAct.TryParse(Act.Span, out var act) && act!.Commitment.Span.SequenceEqual(ActCommitment.Of(Label, Salt.Span, Rest.Span)) ? act : null;
}
