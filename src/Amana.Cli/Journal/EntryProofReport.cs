using System.Globalization;
using System.Text.Json;
using Amana.Sealing.Logs;
using Amana.Sealing.Notes;

namespace Amana.Cli.Journal;

/// <summary>Checks the proof of one entry and says what the entry says.</summary>
internal static class EntryProofReport
{
    private static readonly string[] Names = ["who", "what", "on", "purpose", "details", "content-sha256"];

    /// <returns>0 when proved; 2 when not, with the reason.</returns>
    public static async Task<int> WriteAsync(string file, NoteKey key, IReadOnlyList<NoteKey> witnesses, OutputStream output, CancellationToken cancel)
    {
        byte[] bytes = new FileInfo(file).Length <= EntryProof.BytesMost ? await File.ReadAllBytesAsync(file, cancel) : [];
        string? wrong = Check(bytes, key, witnesses, out var proof, out var opening, out var checkpoint);
        if (wrong is not null)
        {
            await output.WriteLineAsync($"not proved: {wrong}", cancel);
            return ExitCode.InputRefused;
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"proved entry={proof!.Index} of={checkpoint!.Size} root={checkpoint.Root}"), cancel);
        foreach (string line in Lines(opening!)) await output.WriteLineAsync(line, cancel);
        return ExitCode.Done;
    }

    private static string? Check(byte[] bytes, NoteKey key, IReadOnlyList<NoteKey> witnesses, out EntryProof? proof, out ActOpening? opening, out Checkpoint? checkpoint)
    {
        (opening, checkpoint) = (null, null);
        if (!EntryProof.TryParse(bytes, out proof)) return "this is no proof of an entry (C2SP tlog-proof)";
        if (!ActOpening.TryParse(proof!.Extra.Span, out opening)) return "the proof does not say which entry it is for";
        if (!proof.Proves(opening!.Act.Span, key, out checkpoint))
        {
            return checkpoint is null ? "there is no checkpoint in it that this key signed" : "the entry is not under the signed root at this place";
        }

        if (opening.Opened() is null) return "what is said about the entry is not what it committed to";
        var note = proof.Note;
        return witnesses.FirstOrDefault(w => !note.IsSignedBy(w)) is { } absent ? $"the witness {absent.Name} has not signed the checkpoint" : null;
    }

    private static IEnumerable<string> Lines(ActOpening opening)
    {
        using var rest = JsonDocument.Parse(opening.Rest);
        string?[] parts = [.. rest.RootElement.EnumerateArray().Select(p => p.GetString())];
        if (parts.Length > 0 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out long micros) && micros < DateTime.MaxValue.Ticks / TimeSpan.TicksPerMicrosecond)
        {
            yield return $"at={new DateTime(micros * TimeSpan.TicksPerMicrosecond, DateTimeKind.Utc):yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}";
        }

        foreach (var (name, part) in Names.Zip(parts.Skip(1)))
        {
            if (part is not null) yield return $"{name}={JsonEncodedText.Encode(part, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}";
        }
    }
}
