using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Amana.Vocabulary;

namespace Amana.Exchange.Handling;

/// <summary>Handling as it stands in a letter. What cannot be read whole is not read at all: an unknown word could be a restriction.</summary>
public static class HandlingJson
{
    private const string Seconds = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    public static byte[] ToBytes(ItemHandling handling)
    {
        ArgumentNullException.ThrowIfNull(handling);
        var bytes = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(bytes)) Write(json, handling);
        return bytes.WrittenSpan.ToArray();
    }

    public static void Write(Utf8JsonWriter json, ItemHandling handling)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(handling);
        json.WriteStartObject();
        WriteArray(json, "codes", handling.Codes.Words);
        if (handling.Conditions.Count > 0) WriteArray(json, "conditions", handling.Conditions);
        json.WriteString("source", handling.Source.ToString());
        json.WriteNumber("information", (int)handling.Information);
        json.WriteString("level", WordOf(handling.Level));
        WriteArray(json, "originators", handling.Originators.Select(o => o.Value));
        if (handling.Audience.Only is { } only) WriteArray(json, "only", only.Select(o => o.Value));
        if (handling.Audience.Except.Count > 0) WriteArray(json, "except", handling.Audience.Except.Select(o => o.Value));
        if (handling.Until is { } until) json.WriteString("until", until.UtcDateTime.ToString(Seconds, CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }

    /// <returns>Null when it is not wholly understood.</returns>
    public static ItemHandling? Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes);
            using var document = JsonDocument.ParseValue(ref reader);
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <returns>Null when it is not wholly understood.</returns>
    public static ItemHandling? Read(JsonElement json)
    {
        if (json.ValueKind is not JsonValueKind.Object) return null;
        var parts = new Parts();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in json.EnumerateObject())
        {
            if (!seen.Add(member.Name) || !parts.Take(member.Name, member.Value)) return null;
        }

        return parts.Whole();
    }

    public static string WordOf(ConfidentialityLevel level) => level switch
    {
        ConfidentialityLevel.Restricted => "restricted",
        ConfidentialityLevel.Confidential => "confidential",
        _ => "official",
    };

    private static void WriteArray(Utf8JsonWriter json, string name, IEnumerable<string> words)
    {
        json.WriteStartArray(name);
        foreach (string word in words) json.WriteStringValue(word);
        json.WriteEndArray();
    }

    private sealed class Parts
    {
        private HandlingCodes? _codes;
        private SourceGrade? _source;
        private InformationGrade? _information;
        private ConfidentialityLevel? _level;
        private List<BureauCode>? _originators, _only, _except;
        private List<string>? _conditions = [];
        private DateTimeOffset? _until;

        /// <returns>False when it is not understood.</returns>
        public bool Take(string name, JsonElement value) => name switch
        {
            "codes" => (_codes = CodesOf(value)) is not null,
            "conditions" => (_conditions = TextsOf(value, ItemHandling.ConditionsMost)) is { Count: > 0 },
            "source" => (_source = value.ValueKind is JsonValueKind.String ? value.GetString() switch { "A" => SourceGrade.A, "B" => SourceGrade.B, "C" => SourceGrade.C, "X" => SourceGrade.X, _ => null } : null) is not null,
            "information" => (_information = value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out int grade) && grade is >= 1 and <= 4 ? (InformationGrade)grade : null) is not null,
            "level" => (_level = value.ValueKind is JsonValueKind.String ? LevelOf(value.GetString()) : null) is not null,
            "originators" => (_originators = BureausOf(value)) is { Count: > 0 },
            "only" => (_only = BureausOf(value)) is not null,
            "except" => (_except = BureausOf(value)) is not null,
            "until" => (_until = InstantOf(value)) is not null,
            _ => false,
        };

        public ItemHandling? Whole() => _codes is { } codes && _source is { } source && _information is { } information && _level is { } level && _originators is { } originators
            ? ItemHandling.Of(originators, codes, _conditions ?? [], source, information, level, Audience.Of(_only, _except ?? []), _until)
            : null;

        private static HandlingCodes? CodesOf(JsonElement value)
        {
            if (TextsOf(value, 3) is not { Count: > 0 } words) return null;
            var codes = HandlingCodes.None;
            foreach (string word in words)
            {
                if (!HandlingCodeWords.TryParse(word, out var code) || (code is HandlingCodes.None && words.Count > 1)) return null;
                codes |= code;
            }

            return codes;
        }

        private static ConfidentialityLevel? LevelOf(string? word)
        {
            foreach (var level in Enum.GetValues<ConfidentialityLevel>())
            {
                if (WordOf(level) == word) return level;
            }

            return null;
        }

        private static List<string>? TextsOf(JsonElement value, int most) =>
            value.ValueKind is JsonValueKind.Array && value.GetArrayLength() <= most && value.EnumerateArray().All(v => v.ValueKind is JsonValueKind.String)
                ? [.. value.EnumerateArray().Select(v => v.GetString()!)] : null;

        private static List<BureauCode>? BureausOf(JsonElement value)
        {
            if (TextsOf(value, ItemHandling.BureausMost) is not { } texts) return null;
            var bureaus = new List<BureauCode>(texts.Count);
            foreach (string text in texts)
            {
                if (!BureauCode.TryParse(text, null, out var bureau)) return null;
                bureaus.Add(bureau);
            }

            return bureaus;
        }

        private static DateTimeOffset? InstantOf(JsonElement value) => value.ValueKind is JsonValueKind.String
            && DateTimeOffset.TryParseExact(value.GetString(), Seconds, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
    }
}
