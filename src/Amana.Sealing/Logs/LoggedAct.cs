using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Amana.Sealing.Logs;

/// <summary>The public entry of an act: who as a pseudonym, what, when, and a commitment to everything else.</summary>
/// <param name="At">UTC; written to the second.</param>
/// <param name="Who">A pseudonym, never a key or a name.</param>
/// <param name="What">A fact in the past tense, such as <c>hit.decided</c>.</param>
/// <param name="Commitment">32 bytes: <see cref="ActCommitment"/>.</param>
/// <remarks>JSON with its members in this order and no blanks: <c>{"at":"2026-11-24T03:12:45Z","who":"…","what":"…","commitment":"…"}</c>.
/// One act has one form, so that anybody can make the leaf anew. Specification: docs/specs/journal.md.</remarks>
public sealed record LoggedAct(DateTimeOffset At, string Who, string What, ReadOnlyMemory<byte> Commitment)
{
    private const string Seconds = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    public byte[] ToBytes()
    {
        var bytes = new ArrayBufferWriter<byte>(200);
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("at", At.UtcDateTime.ToString(Seconds, CultureInfo.InvariantCulture));
            json.WriteString("who", Who);
            json.WriteString("what", What);
            json.WriteBase64String("commitment", Commitment.Span);
            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>Reads an entry in its one form.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out LoggedAct? act)
    {
        act = null;
        try
        {
            var reader = new Utf8JsonReader(bytes);
            if (!JsonElement.TryParseValue(ref reader, out var parsed) || parsed is not { ValueKind: JsonValueKind.Object } json) return false;
            if (!json.TryGetProperty("at", out var at) || !json.TryGetProperty("who", out var who) || !json.TryGetProperty("what", out var what)
                || !json.TryGetProperty("commitment", out var commitment)) return false;
            if (!DateTimeOffset.TryParseExact(at.GetString(), Seconds, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)) return false;
            if (!commitment.TryGetBytesFromBase64(out byte[]? committed)) return false;
            var read = new LoggedAct(instant, who.GetString() ?? "", what.GetString() ?? "", committed);
            if (!bytes.SequenceEqual(read.ToBytes())) return false;
            act = read;
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
        catch (InvalidOperationException)
        {
            return false; // a member of another kind than text
        }
    }
}
