using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Amana.Vocabulary;

namespace Amana.Exchange.Envelopes;

/// <summary>What one bureau says to others: the part that is signed. Specification: docs/specs/envelope.md.</summary>
/// <param name="Id">Of the letter, for good; the same letter twice is one letter.</param>
/// <param name="To">1 to 250 bureaus, each once. Whoever is not among them has no business with it, even if it can be opened there.</param>
/// <param name="At">When it was written, in whole seconds.</param>
/// <param name="Kind">What the body is: <c>notice</c>, <c>message</c>, <c>receipt</c>; 1 to 40 of a to z, digits, hyphens and points.</param>
/// <param name="Body">JSON.</param>
public sealed record Letter(Guid Id, BureauCode From, IReadOnlyList<BureauCode> To, DateTimeOffset At, string Kind, ReadOnlyMemory<byte> Body)
{
    public const int ToMost = 250, KindCharsMost = 40;
    internal const int Version = 1;
    private const string Seconds = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    internal byte[] ToBytes()
    {
        var bytes = new ArrayBufferWriter<byte>(Body.Length + 300);
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteNumber("v", Version);
            json.WriteString("id", Id);
            json.WriteString("from", From.ToString());
            json.WriteStartArray("to");
            foreach (var bureau in To) json.WriteStringValue(bureau.ToString());
            json.WriteEndArray();
            json.WriteString("at", At.UtcDateTime.ToString(Seconds, CultureInfo.InvariantCulture));
            json.WriteString("kind", Kind);
            json.WritePropertyName("body");
            json.WriteRawValue(Body.Span);
            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>Whether it can be sent at all.</summary>
    internal bool IsWhole => To.Count is >= 1 and <= ToMost && To.Distinct().Count() == To.Count && IsKind(Kind);

    internal static Letter? Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 64 });
            var json = document.RootElement;
            if (json.ValueKind is not JsonValueKind.Object || json.GetProperty("v").GetInt32() != Version) return null;
            if (!DateTimeOffset.TryParseExact(json.GetProperty("at").GetString(), Seconds, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)) return null;
            if (!BureauCode.TryParse(json.GetProperty("from").GetString(), null, out var from)) return null;
            var to = new List<BureauCode>();
            foreach (var written in json.GetProperty("to").EnumerateArray())
            {
                if (!BureauCode.TryParse(written.GetString(), null, out var bureau) || to.Count >= ToMost) return null;
                to.Add(bureau);
            }

            var letter = new Letter(json.GetProperty("id").GetGuid(), from, to, at, json.GetProperty("kind").GetString() ?? "",
                System.Text.Encoding.UTF8.GetBytes(json.GetProperty("body").GetRawText()));
            return letter.IsWhole ? letter : null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null; // not JSON, a member missing or of another kind, or one name twice with different meanings
        }
    }

    private static bool IsKind(string kind) => kind.Length is >= 1 and <= KindCharsMost && kind.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '.');
}
