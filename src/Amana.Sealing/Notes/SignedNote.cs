using System.Text;

namespace Amana.Sealing.Notes;

/// <summary>A text with the signatures under it (C2SP signed-note).</summary>
public sealed record SignedNote
{
    /// <summary>Largest note that is read, in bytes.</summary>
    public const int BytesMost = 64 * 1024;
    public const int SignaturesMost = 100;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private SignedNote(string text, IReadOnlyList<NoteSignature> signatures) => (Text, Signatures) = (text, signatures);

    /// <summary>What is signed; ends with a line feed.</summary>
    public string Text { get; }
    public IReadOnlyList<NoteSignature> Signatures { get; }

    /// <exception cref="ArgumentException">The text does not end with a line feed, or there is no signature.</exception>
    public static SignedNote Of(string text, params IReadOnlyList<NoteSignature> signatures)
    {
        if (!text.EndsWith('\n')) throw new ArgumentException("A note's text ends with a line feed.", nameof(text));
        if (signatures.Count is 0 or > SignaturesMost) throw new ArgumentException("A note has 1 to 100 signatures.", nameof(signatures));
        return new(text, [.. signatures]);
    }

    public static bool TryParse(ReadOnlySpan<byte> bytes, out SignedNote? note)
    {
        note = null;
        if (bytes.Length > BytesMost) return false;
        string whole;
        try
        {
            whole = Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return false;
        }

        if (whole.Any(c => c < ' ' && c != '\n') || !whole.EndsWith('\n')) return false;
        int blank = whole.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (blank < 0 || blank + 2 == whole.Length) return false;
        string[] lines = whole[(blank + 2)..^1].Split('\n');
        if (lines.Length > SignaturesMost) return false;
        var signatures = new List<NoteSignature>(lines.Length);
        foreach (string line in lines)
        {
            if (!NoteSignature.TryParse(line, out var signature)) return false;
            signatures.Add(signature!);
        }

        note = new(whole[..(blank + 1)], signatures);
        return true;
    }

    /// <param name="at">When a witness says it saw the note; null for a plain signature.</param>
    public bool IsSignedBy(NoteKey key, out DateTimeOffset? at)
    {
        ArgumentNullException.ThrowIfNull(key);
        foreach (var signature in Signatures)
        {
            if (signature.IsOf(key, Text, out at)) return true;
        }

        at = null;
        return false;
    }

    public bool IsSignedBy(NoteKey key) => IsSignedBy(key, out _);

    /// <summary>The same text with one signature more.</summary>
    public SignedNote With(NoteSignature signature) => Of(Text, [.. Signatures, signature]);

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(ToString());

    public override string ToString() => $"{Text}\n{string.Concat(Signatures.Select(s => $"{s}\n"))}";

    public bool Equals(SignedNote? other) => other is not null && ToString() == other.ToString();
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);
}
