using System.Text.Json;

namespace Amana.Lists;

/// <summary>Reads the short form of an entity.</summary>
internal static class StoredEntity
{
    public static ListedEntity Read(ReadOnlySpan<byte> stored)
    {
        var reader = new Utf8JsonReader(stored);
        string? id = null, schema = null, caption = null;
        PropertyBag properties = new([], []);
        string[] referents = [];
        bool target = true;
        DateTimeOffset? first = null, last = null, change = null;
        reader.Read();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            byte field = reader.ValueSpan.Length == 1 ? reader.ValueSpan[0] : (byte)0;
            reader.Read();
            switch (field)
            {
                case (byte)'i': id = reader.GetString(); break;
                case (byte)'s': schema = reader.GetString(); break;
                case (byte)'c': caption = reader.GetString(); break;
                case (byte)'p': properties = ReadProperties(ref reader); break;
                case (byte)'r': referents = ReadTexts(ref reader); break;
                case (byte)'t': target = reader.GetBoolean(); break;
                case (byte)'f': first = ReadInstant(ref reader); break;
                case (byte)'l': last = ReadInstant(ref reader); break;
                case (byte)'g': change = ReadInstant(ref reader); break;
                default: reader.Skip(); break;
            }
        }
        caption ??= properties.TryGetValue("name", out var names) && names.Count > 0 ? names[0] : null;
        return new ListedEntity
        {
            Id = id ?? throw new JsonException("no id"),
            Schema = schema ?? throw new JsonException("no schema"),
            Caption = caption ?? throw new JsonException("no caption"),
            Properties = properties,
            Referents = referents,
            Target = target,
            FirstSeen = first,
            LastSeen = last,
            LastChange = change,
        };
    }

    private static DateTimeOffset ReadInstant(ref Utf8JsonReader reader) => reader.TryGetInt64(out long ticks)
        && ticks >= DateTimeOffset.MinValue.Ticks && ticks <= DateTimeOffset.MaxValue.Ticks
            ? new DateTimeOffset(ticks, TimeSpan.Zero) : throw new JsonException("no instant");

    private static PropertyBag ReadProperties(ref Utf8JsonReader reader)
    {
        var names = new List<string>(8);
        var values = new List<string[]>(8);
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            names.Add(KnownProperties.Interned(reader.GetString()!));
            reader.Read();
            values.Add(ReadTexts(ref reader));
        }
        return new PropertyBag([.. names], [.. values]);
    }

    private static string[] ReadTexts(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not JsonTokenType.StartArray) throw new JsonException("no list");
        var texts = new List<string>(2);
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray) texts.Add(reader.GetString() ?? throw new JsonException("null"));
        return [.. texts];
    }
}
