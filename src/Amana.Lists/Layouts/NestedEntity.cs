using System.Text.Json;
using Amana.Lists.Input;

namespace Amana.Lists.Layouts;

/// <summary>An entity inside a property of another, as <c>targets.nested.json</c> has them.</summary>
/// <remarks>Its id becomes the value, as in <c>entities.ftm.json</c>. What an address, a passport or an identity document
/// says of its holder becomes the holder's own value.</remarks>
internal static class NestedEntity
{
    public static void Read(ref Utf8JsonReader reader, Property property, EntityDraft draft)
    {
        // Its schema may come after its properties, so they are read in a second pass over the same bytes.
        var again = reader;
        var (id, schema) = ReadHead(ref reader);
        if (id is not null && EntityIds.IsWellFormed(id)) draft.Add(new Property(property.Name, ValueKind.Text), id);
        while (again.Read() && again.TokenType is JsonTokenType.PropertyName)
        {
            bool properties = again.ValueTextEquals("properties"u8);
            again.Read();
            if (properties && again.TokenType is JsonTokenType.StartObject) ReadProperties(ref again, schema, draft);
            else again.Skip();
        }
    }

    private static (string? Id, string? Schema) ReadHead(ref Utf8JsonReader reader)
    {
        string? id = null, schema = null;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            bool isId = reader.ValueTextEquals("id"u8), isSchema = reader.ValueTextEquals("schema"u8);
            reader.Read();
            if (isId) id = JsonText.Read(ref reader, out _);
            else if (isSchema) schema = JsonText.Read(ref reader, out _);
            else reader.Skip();
        }
        return (id, schema);
    }

    private static void ReadProperties(ref Utf8JsonReader reader, string? schema, EntityDraft draft)
    {
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            string? holders = HoldersProperty(schema, JsonText.PropertyName(ref reader).Name);
            reader.Read();
            if (holders is null) { reader.Skip(); continue; }
            if (reader.TokenType is not JsonTokenType.StartArray) { draft.Add(holders, JsonText.Read(ref reader, out _)); continue; }
            while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
                draft.Add(holders, JsonText.Read(ref reader, out _));
        }
    }

    private static string? HoldersProperty(string? schema, string property) => (schema, property) switch
    {
        ("Address", "full") => "address",
        ("Address", "country") => "country",
        ("Passport", "number") => "passportNumber",
        ("Identification", "number") => "idNumber",
        ("Sanction", "program") => "program",
        ("Sanction", "programId") => "programId",
        ("Sanction", "listingDate") => "listingDate",
        ("Sanction", "sourceUrl") => "sourceUrl",
        _ => null,
    };
}
