using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Amana.Lists;

namespace Amana.Server.Watchlists;

/// <summary>A listed entity as it is stored: compact JSON in UTF-8, one-letter fields, properties by name.</summary>
/// <remarks>The same entity always gives the same bytes, so that their hash tells what a run changed. <c>last_seen</c> is
/// stored but not hashed: some publishers move it on every entry with each file, which is no change of the entry.</remarks>
internal static class EntityBody
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <param name="into">Cleared first; holds the body afterwards.</param>
    /// <returns>The content hash, 16 bytes.</returns>
    public static byte[] Write(ListedEntity entity, ArrayBufferWriter<byte> into)
    {
        into.ResetWrittenCount();
        using var json = new Utf8JsonWriter(into, Options);
        json.WriteStartObject();
        json.WriteString("s"u8, entity.Schema);
        json.WriteString("c"u8, entity.Caption);
        json.WriteStartObject("p"u8);
        foreach (var (name, values) in entity.Properties.OrderBy(p => p.Key, StringComparer.Ordinal)) WriteList(json, name, values);
        json.WriteEndObject();
        if (entity.Referents.Count > 0) WriteList(json, "r", entity.Referents);
        if (!entity.Target) json.WriteBoolean("t"u8, false);
        WriteInstant(json, "f"u8, entity.FirstSeen);
        WriteInstant(json, "l"u8, entity.LastChange);
        json.Flush();
        byte[] hash = SHA256.HashData(into.WrittenSpan)[..16];
        WriteInstant(json, "e"u8, entity.LastSeen);
        json.WriteEndObject();
        json.Flush();
        return hash;
    }

    public static ListedEntity Read(string id, ReadOnlySpan<byte> body)
    {
        var json = new Utf8JsonReader(body);
        json.Read();
        var found = new Parts();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName) ReadField(ref json, found);
        return new ListedEntity
        {
            Id = id, Schema = found.Schema, Caption = found.Caption, Properties = found.Properties, Referents = found.Referents,
            Target = found.Target, FirstSeen = found.FirstSeen, LastChange = found.LastChange, LastSeen = found.LastSeen,
        };
    }

    private static void ReadField(ref Utf8JsonReader json, Parts into)
    {
        byte field = json.ValueSpan[0];
        json.Read();
        switch (field)
        {
            case (byte)'s': into.Schema = json.GetString()!; break;
            case (byte)'c': into.Caption = json.GetString()!; break;
            case (byte)'p': ReadProperties(ref json, into.Properties); break;
            case (byte)'r': into.Referents = ReadList(ref json); break;
            case (byte)'t': into.Target = json.GetBoolean(); break;
            case (byte)'f': into.FirstSeen = ReadInstant(ref json); break;
            case (byte)'l': into.LastChange = ReadInstant(ref json); break;
            case (byte)'e': into.LastSeen = ReadInstant(ref json); break;
            default: throw new InvalidDataException($"A stored entity has an unknown field '{(char)field}'.");
        }
    }

    private static void WriteList(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static void WriteInstant(Utf8JsonWriter json, ReadOnlySpan<byte> name, DateTimeOffset? at)
    {
        if (at is { } instant) json.WriteString(name, instant.ToString("O", CultureInfo.InvariantCulture));
    }

    private static void ReadProperties(ref Utf8JsonReader json, Dictionary<string, IReadOnlyList<string>> into)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            string name = json.GetString()!;
            json.Read();
            into[name] = ReadList(ref json);
        }
    }

    private static List<string> ReadList(ref Utf8JsonReader json)
    {
        var values = new List<string>();
        while (json.Read() && json.TokenType == JsonTokenType.String) values.Add(json.GetString()!);
        return values;
    }

    private static DateTimeOffset ReadInstant(ref Utf8JsonReader json) =>
        DateTimeOffset.ParseExact(json.GetString()!, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    private sealed class Parts
    {
        public string Schema = "";
        public string Caption = "";
        public readonly Dictionary<string, IReadOnlyList<string>> Properties = new(StringComparer.Ordinal);
        public IReadOnlyList<string> Referents = [];
        public bool Target = true;
        public DateTimeOffset? FirstSeen;
        public DateTimeOffset? LastChange;
        public DateTimeOffset? LastSeen;
    }
}
