using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Amana.Lists;

/// <summary>Entities as JSON in FollowTheMoney's shape, for others; <see cref="EntityBody"/> is the form for storage.</summary>
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
