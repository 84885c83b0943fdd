using System.Globalization;
using System.Text;
using Amana.Sealing.Notes;
using Amana.Sealing.Trees;

namespace Amana.Sealing.Logs;

/// <summary>One entry and all that proves it is in a log, in one small file that needs nothing else (C2SP tlog-proof).</summary>
/// <param name="Index">Of the entry, from 0.</param>
/// <param name="Extra">What the log puts beside it; ours the <see cref="ActOpening"/>. Empty: none.</param>
/// <param name="Hashes">Neighbours on the way to the root, lowest first.</param>
/// <param name="Note">The signed checkpoint, with the signatures of witnesses if there are any.</param>
public sealed record EntryProof(long Index, ReadOnlyMemory<byte> Extra, IReadOnlyList<TreeHash> Hashes, SignedNote Note)
{
    public const string FileEnding = ".tlog-proof";
    /// <summary>Largest file that is read, in bytes.</summary>
    public const int BytesMost = 512 * 1024;
    private const string Head = "c2sp.org/tlog-proof@v1", ExtraWord = "extra ", IndexWord = "index ";
    private const int ExtraBytesMost = 256 * 1024;

    public byte[] ToBytes()
    {
        var text = new StringBuilder(Head).Append('\n');
        if (Extra.Length > 0) text.Append(ExtraWord).Append(Convert.ToBase64String(Extra.Span)).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"{IndexWord}{Index}\n");
        foreach (var hash in Hashes) text.Append(hash).Append('\n');
        return Encoding.UTF8.GetBytes(text.Append('\n').Append(Note).ToString());
    }

    /// <summary>Reads the one form of a proof; says nothing yet of whether it proves anything.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out EntryProof? proof)
    {
        proof = null;
        if (bytes.Length > BytesMost) return false;
        int blank = bytes.IndexOf("\n\n"u8);
        if (blank < 0 || !SignedNote.TryParse(bytes[(blank + 2)..], out var note) || bytes[..blank].ContainsAnyExceptInRange((byte)'\n', (byte)'~')) return false;
        string[] lines = Encoding.ASCII.GetString(bytes[..blank]).Split('\n');
        int at = 1;
        byte[]? extra = [];
        if (lines[0] != Head || lines.Length < 2) return false;
        if (lines[1].StartsWith(ExtraWord, StringComparison.Ordinal)) extra = Base64Text.Read(lines[at++].AsSpan(ExtraWord.Length), ExtraBytesMost);
        if (extra is null || at >= lines.Length || !lines[at].StartsWith(IndexWord, StringComparison.Ordinal)) return false;
        if (!long.TryParse(lines[at].AsSpan(IndexWord.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long index)) return false;
        if (lines.Length - at - 1 > TreeProof.HashesMost) return false;
        var hashes = new List<TreeHash>(lines.Length - at);
        foreach (string line in lines.AsSpan(at + 1))
        {
            if (!TreeHash.TryParse(line, out var hash)) return false;
            hashes.Add(hash);
        }

        var read = new EntryProof(index, extra, hashes, note!);
        if (!bytes.SequenceEqual(read.ToBytes())) return false; // an index with leading noughts, an empty extra
        proof = read;
        return true;
    }

    /// <summary>Whether the log of <paramref name="key"/> signed a checkpoint under which <paramref name="entry"/> has this place.</summary>
    /// <param name="entry">The public entry, byte for byte.</param>
    /// <param name="checkpoint">The one that was signed; null when it is not that log's.</param>
    public bool Proves(ReadOnlySpan<byte> entry, NoteKey key, out Checkpoint? checkpoint) =>
        Checkpoint.TryOpen(Note.ToBytes(), key, out checkpoint, out _)
        && TreeProof.Includes(checkpoint!.Root, checkpoint.Size, TreeHash.OfLeaf(entry), Index, Hashes);
}
