using System.Globalization;
using Amana.Sealing.Trees;

namespace Amana.Sealing.Notes;

/// <summary>What a log promises: whose it is, how many entries it has, and the hash over all of them (C2SP tlog-checkpoint).</summary>
/// <param name="Origin">The log's name, the same as its key's.</param>
/// <param name="Size">Entries, from 0.</param>
/// <param name="Extension">Further lines; ours has none, others' are kept.</param>
public sealed record Checkpoint(string Origin, long Size, TreeHash Root, string Extension = "")
{
    /// <summary>Reads the text of a note.</summary>
    public static bool TryParse(string text, out Checkpoint? checkpoint)
    {
        checkpoint = null;
        ArgumentNullException.ThrowIfNull(text);
        string[] lines = text.Split('\n', 4);
        if (lines.Length < 4 || lines[0].Length == 0) return false;
        if (!long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out long size)) return false;
        if (size.ToString(CultureInfo.InvariantCulture) != lines[1]) return false; // no leading noughts
        if (!TreeHash.TryParse(lines[2], out var root)) return false;
        string extension = lines[3];
        if (extension.Length > 0 && (!extension.EndsWith('\n') || extension[..^1].Split('\n').Any(l => l.Length == 0))) return false;
        checkpoint = new(lines[0], size, root, extension);
        return true;
    }

    /// <summary>Reads a checkpoint that <paramref name="key"/> signed under its own name.</summary>
    /// <returns>False when it is no checkpoint, of another log, or not signed with the key.</returns>
    public static bool TryOpen(ReadOnlySpan<byte> bytes, NoteKey key, out Checkpoint? checkpoint, out SignedNote? note)
    {
        ArgumentNullException.ThrowIfNull(key);
        checkpoint = null;
        return SignedNote.TryParse(bytes, out note) && TryParse(note!.Text, out checkpoint)
            && checkpoint!.Origin == key.Name && note.IsSignedBy(key);
    }

    /// <summary>The text that is signed.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Root}\n{Extension}");
}
