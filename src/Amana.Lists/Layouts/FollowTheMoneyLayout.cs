using System.Collections.Frozen;
using System.Text.Json;
using Amana.Lists.Input;

namespace Amana.Lists.Layouts;

/// <summary>An entity of FollowTheMoney as OpenSanctions publishes it: <c>entities.ftm.json</c> (properties are lists of
/// strings) and <c>targets.nested.json</c> (some properties hold other entities whole).</summary>
/// <remarks>Source: https://www.opensanctions.org/docs/bulk/json/. <c>datasets</c> is not kept: the list that is read is
/// the dataset.</remarks>
internal sealed class FollowTheMoneyLayout(EntityDraft draft) : IJsonLayout
{
    /// <summary>Schemas that say something about other entities and are not themselves looked for.</summary>
    private static readonly FrozenSet<string> Supporting = FrozenSet.Create(
        "Address", "Sanction", "Ownership", "Directorship", "Membership", "Employment", "Family", "Associate", "Representation",
        "UnknownLink", "Identification", "Passport", "Occupancy", "Position", "Succession", "Debt", "Payment", "Documentation",
        "EconomicActivity", "ContractAward", "ProjectParticipant", "Interval", "Interest", "BankAccount", "CryptoWallet", "Similar");

    public ListedEntity? Read(ReadOnlySpan<byte> row)
    {
        var reader = JsonText.Reader(row);
        reader.Read();
        if (reader.TokenType is not JsonTokenType.StartObject) throw new JsonException("not an object", null, 0, 0);
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName) ReadField(ref reader);
        reader.Read(); // anything after the object is no JSON
        if (draft.Schema is { } schema && Supporting.Contains(schema)) return null;
        if (string.IsNullOrEmpty(draft.Schema)) draft.Schema = null;
        if (draft.Schema is null) return draft.Refuse(ListCodes.NoSchema, "The entity has no schema.", "schema", row);
        return draft.Close(row);
    }

    private void ReadField(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("properties"u8)) { reader.Read(); ReadProperties(ref reader); }
        else if (reader.ValueTextEquals("id"u8)) draft.Id = Text(ref reader, "id");
        else if (reader.ValueTextEquals("schema"u8)) draft.Schema = Text(ref reader, "schema");
        else if (reader.ValueTextEquals("caption"u8)) draft.Caption = Text(ref reader, "caption");
        else if (reader.ValueTextEquals("target"u8)) { reader.Read(); draft.Target = reader.TokenType is not JsonTokenType.False; reader.Skip(); }
        else if (reader.ValueTextEquals("referents"u8)) { reader.Read(); ReadReferents(ref reader); }
        else if (reader.ValueTextEquals("first_seen"u8)) draft.FirstSeen = Instant(ref reader, "first_seen");
        else if (reader.ValueTextEquals("last_seen"u8)) draft.LastSeen = Instant(ref reader, "last_seen");
        else if (reader.ValueTextEquals("last_change"u8)) draft.LastChange = Instant(ref reader, "last_change");
        else { reader.Read(); reader.Skip(); }
    }

    private string? Text(ref Utf8JsonReader reader, string column)
    {
        reader.Read();
        string? text = JsonText.Read(ref reader, out string? code);
        if (code is not null) draft.Note(column, code, JsonText.ReasonOf(code), "");
        return text;
    }

    private DateTimeOffset? Instant(ref Utf8JsonReader reader, string column)
    {
        string? text = Text(ref reader, column);
        if (string.IsNullOrEmpty(text)) return null;
        if (Instants.TryParse(text, out var instant)) return instant;
        draft.Note(column, ListCodes.ImpossibleDate, "This is no point in time.", text);
        return null;
    }

    private void ReadReferents(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not JsonTokenType.StartArray) { reader.Skip(); return; }
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            string? id = JsonText.Read(ref reader, out _);
            if (id is not null && EntityIds.IsWellFormed(id)) draft.AddReferent(id);
        }
    }

    private void ReadProperties(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            draft.Note("properties", ListCodes.WrongType, "The properties are no object.", "");
            reader.Skip();
            return;
        }
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var property = JsonText.PropertyName(ref reader);
            reader.Read();
            if (property.Name.Length == 0) reader.Skip();
            else if (reader.TokenType is not JsonTokenType.StartArray) ReadValue(ref reader, property);
            else
                while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray) ReadValue(ref reader, property);
        }
    }

    private void ReadValue(ref Utf8JsonReader reader, Property property)
    {
        if (reader.TokenType is JsonTokenType.StartObject) { NestedEntity.Read(ref reader, property, draft); return; }
        string? value = JsonText.Read(ref reader, out string? code);
        if (code is not null) draft.Note(property.Name, code, JsonText.ReasonOf(code), "");
        else draft.Add(property, value);
    }
}
