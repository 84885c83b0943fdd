using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Amana.Lists;

/// <summary>A listed entity as it is stored: compact JSON in UTF-8, one-letter fields, without its identifier, which stands
/// beside it, and without <see cref="ListedEntity.LastSeen"/>: some publishers move that on every entry with each file, which is
/// no change of the entry.</summary>
/// <remarks>The same entity always gives the same bytes, so that their hash tells what a run changed.</remarks>
public static class EntityBody
{
    private const int HashBytes = 16;
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <param name="entity">What to store.</param>
    /// <param name="into">Cleared first; holds the body afterwards.</param>
    /// <returns>The content hash, 16 bytes.</returns>
    public static byte[] Write(ListedEntity entity, ArrayBufferWriter<byte> into)
    {
        ArgumentNullException.ThrowIfNull(entity);
        ArgumentNullException.ThrowIfNull(into);
        into.ResetWrittenCount();
        using var json = new Utf8JsonWriter(into, Plain);
        json.WriteStartObject();
        json.WriteString("s"u8, entity.Schema);
        json.WriteString("c"u8, entity.Caption);
        json.WriteStartObject("p"u8);
        foreach (var (name, values) in entity.Properties.OrderBy(p => p.Key, StringComparer.Ordinal)) WriteTexts(json, name, values);
        json.WriteEndObject();
        if (entity.Referents.Count > 0) WriteTexts(json, "r", entity.Referents);
        if (!entity.Target) json.WriteBoolean("t"u8, false);
        WriteInstant(json, "f"u8, entity.FirstSeen);
        WriteInstant(json, "l"u8, entity.LastChange);
        json.WriteEndObject();
        json.Flush();
        return SHA256.HashData(into.WrittenSpan)[..HashBytes];
    }

    /// <exception cref="FormatException">The bytes were not written by <see cref="Write"/>.</exception>
    public static ListedEntity Read(string id, ReadOnlySpan<byte> body, DateTimeOffset? lastSeen = null)
    {
        try
        {
            return ReadObject(id, body, lastSeen);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FormatException("These bytes are no stored entity.", e);
        }
    }

    private static ListedEntity ReadObject(string id, ReadOnlySpan<byte> body, DateTimeOffset? lastSeen)
    {
        var json = new Utf8JsonReader(body);
        string? schema = null, caption = null;
        PropertyBag properties = new([], []);
        string[] referents = [];
        bool target = true;
        DateTimeOffset? first = null, change = null;
        json.Read();
        while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
        {
            byte field = json.ValueSpan.Length == 1 ? json.ValueSpan[0] : (byte)0;
            json.Read();
            switch (field)
            {
                case (byte)'s': schema = json.GetString(); break;
                case (byte)'c': caption = json.GetString(); break;
                case (byte)'p': properties = ReadProperties(ref json); break;
                case (byte)'r': referents = ReadTexts(ref json); break;
                case (byte)'t': target = json.GetBoolean(); break;
                case (byte)'f': first = ReadInstant(ref json); break;
                case (byte)'l': change = ReadInstant(ref json); break;
                default: throw new JsonException("unknown field");
            }
        }
        return new ListedEntity
        {
            Id = id, Schema = schema ?? throw new JsonException("no schema"), Caption = caption ?? throw new JsonException("no caption"),
            Properties = properties, Referents = referents, Target = target, FirstSeen = first, LastSeen = lastSeen, LastChange = change,
        };
    }

    private static PropertyBag ReadProperties(ref Utf8JsonReader json)
    {
        var names = new List<string>(8);
        var values = new List<string[]>(8);
        while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
        {
            names.Add(KnownProperties.Interned(json.GetString()!));
            json.Read();
            values.Add(ReadTexts(ref json));
        }
        return new PropertyBag([.. names], [.. values]);
    }

    private static string[] ReadTexts(ref Utf8JsonReader json)
    {
        if (json.TokenType is not JsonTokenType.StartArray) throw new JsonException("no list");
        var texts = new List<string>(2);
        while (json.Read() && json.TokenType is not JsonTokenType.EndArray) texts.Add(json.GetString() ?? throw new JsonException("null"));
        return [.. texts];
    }

    private static DateTimeOffset ReadInstant(ref Utf8JsonReader json) => json.TryGetInt64(out long ticks)
        && ticks >= DateTimeOffset.MinValue.Ticks && ticks <= DateTimeOffset.MaxValue.Ticks
            ? new DateTimeOffset(ticks, TimeSpan.Zero) : throw new JsonException("no instant");

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        for (int i = 0; i < texts.Count; i++) json.WriteStringValue(texts[i]);
        json.WriteEndArray();
    }

    private static void WriteInstant(Utf8JsonWriter json, ReadOnlySpan<byte> name, DateTimeOffset? at)
    {
        if (at is { } instant) json.WriteNumber(name, instant.UtcTicks);
    }
}
