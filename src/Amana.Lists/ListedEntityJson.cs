using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Amana.Lists;

/// <summary>Entities as JSON: in FollowTheMoney's shape for others, and in a short shape for storage.</summary>
public static class ListedEntityJson
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The entity as OpenSanctions and yente write it: <c>id, caption, schema, properties, datasets, referents,
    /// target, first_seen, last_seen, last_change</c>, as the fields of one object.</summary>
    /// <remarks>Letters of all scripts stay as they are if the writer's encoder lets them.</remarks>
    public static void WriteFollowTheMoney(Utf8JsonWriter writer, ListedEntity entity, string dataset)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(entity);
        writer.WriteStartObject();
        WriteFollowTheMoneyFields(writer, entity, dataset);
        writer.WriteEndObject();
    }

    /// <summary>Only the fields, for answers that add their own, such as <c>score</c>.</summary>
    public static void WriteFollowTheMoneyFields(Utf8JsonWriter writer, ListedEntity entity, string dataset)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(entity);
        writer.WriteString("id"u8, entity.Id);
        writer.WriteString("caption"u8, entity.Caption);
        writer.WriteString("schema"u8, entity.Schema);
        writer.WritePropertyName("properties"u8);
        WriteProperties(writer, entity);
        WriteTexts(writer, "datasets"u8, [dataset]);
        WriteTexts(writer, "referents"u8, entity.Referents);
        writer.WriteBoolean("target"u8, entity.Target);
        WriteInstant(writer, "first_seen"u8, entity.FirstSeen);
        WriteInstant(writer, "last_seen"u8, entity.LastSeen);
        WriteInstant(writer, "last_change"u8, entity.LastChange);
    }

    /// <summary>One line of FollowTheMoney NDJSON, without line end.</summary>
    public static byte[] ToFollowTheMoney(ListedEntity entity, string dataset)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Plain)) WriteFollowTheMoney(writer, entity, dataset);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The short form for storage; <see cref="FromStored"/> gives the same entity back.</summary>
    public static byte[] ToStored(ListedEntity entity)
    {
        ArgumentNullException.ThrowIfNull(entity);
        var buffer = new ArrayBufferWriter<byte>(384);
        using (var writer = new Utf8JsonWriter(buffer, Plain))
        {
            writer.WriteStartObject();
            writer.WriteString("i"u8, entity.Id);
            writer.WriteString("s"u8, entity.Schema);
            if (entity["name"] is not [var name, ..] || name != entity.Caption) writer.WriteString("c"u8, entity.Caption);
            writer.WritePropertyName("p"u8);
            WriteProperties(writer, entity);
            if (entity.Referents.Count > 0) WriteTexts(writer, "r"u8, entity.Referents);
            if (!entity.Target) writer.WriteBoolean("t"u8, false);
            if (entity.FirstSeen is { } first) writer.WriteNumber("f"u8, first.UtcTicks);
            if (entity.LastSeen is { } last) writer.WriteNumber("l"u8, last.UtcTicks);
            if (entity.LastChange is { } change) writer.WriteNumber("g"u8, change.UtcTicks);
            writer.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <exception cref="FormatException">The bytes were not written by <see cref="ToStored"/>.</exception>
    public static ListedEntity FromStored(ReadOnlySpan<byte> stored)
    {
        try
        {
            return StoredEntity.Read(stored);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FormatException("These bytes are no stored entity.", e);
        }
    }

    private static void WriteProperties(Utf8JsonWriter writer, ListedEntity entity)
    {
        writer.WriteStartObject();
        foreach (var (property, values) in entity.Properties)
        {
            writer.WriteStartArray(property);
            for (int i = 0; i < values.Count; i++) writer.WriteStringValue(values[i]);
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray(name);
        for (int i = 0; i < texts.Count; i++) writer.WriteStringValue(texts[i]);
        writer.WriteEndArray();
    }

    private static void WriteInstant(Utf8JsonWriter writer, ReadOnlySpan<byte> name, DateTimeOffset? instant)
    {
        if (instant is { } known) writer.WriteString(name, known.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
        else writer.WriteNull(name);
    }
}
