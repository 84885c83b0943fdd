using System.Globalization;
using System.Text;
using Amana.Sealing.Notes;
using Amana.Sealing.Trees;

namespace Amana.Server.Witness;

/// <summary>What a log sends to a witness: how far the witness was, the proof that the log grew from there, and the checkpoint (C2SP
/// tlog-witness, add-checkpoint).</summary>
/// <remarks>Lines: <c>old N</c>, the hashes of the proof in base64, an empty line, then the signed note.</remarks>
internal sealed record CheckpointRequest(long Old, IReadOnlyList<TreeHash> Proof, SignedNote Note)
{
    public const int BytesMost = SignedNote.BytesMost + 8192;

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"old {Old}\n{string.Concat(Proof.Select(h => $"{h}\n"))}\n{Note}"));

    public static bool TryParse(ReadOnlySpan<byte> bytes, out CheckpointRequest? request)
    {
        request = null;
        int end = bytes.IndexOf("\n\n"u8);
        if (end < 0 || bytes.Length > BytesMost) return false;
        string[] lines = Encoding.ASCII.GetString(bytes[..end]).Split('\n');
        if (!lines[0].StartsWith("old ", StringComparison.Ordinal) || lines.Length - 1 > TreeProof.HashesMost) return false;
        if (!long.TryParse(lines[0].AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture, out long old)) return false;
        var proof = new List<TreeHash>();
        foreach (string line in lines.Skip(1))
        {
            if (!TreeHash.TryParse(line, out var hash)) return false;
            proof.Add(hash);
        }

        if (!SignedNote.TryParse(bytes[(end + 2)..], out var note)) return false;
        request = new(old, proof, note!);
        return true;
    }
}
