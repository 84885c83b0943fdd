using System.Text.Json;
using Amana.Lists.Input;

namespace Amana.Lists.Layouts;

/// <summary>The short layout of evaluation corpora and hand-made lists: <c>id</c>, <c>schema</c> and <c>name</c> or
/// <c>names</c>, where a name is a string or <c>{n,s,t}</c> (name, script, type: primary, alias, weak).</summary>
internal sealed class CorpusLayout(EntityDraft draft) : IJsonLayout
{
    private const string Untyped = "";
    private readonly List<(string Property, string Name)> _names = [];
    private string? _name;

    public ListedEntity? Read(ReadOnlySpan<byte> row)
    {
        _names.Clear();
        _name = null;
        var reader = JsonText.Reader(row);
        reader.Read();
        if (reader.TokenType is not JsonTokenType.StartObject) throw new JsonException("not an object", null, 0, 0);
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName) ReadField(ref reader);
        reader.Read();
        AddNames();
        return draft.Close(row);
    }

    private void ReadField(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("id"u8)) { reader.Read(); draft.Id = Text(ref reader, "id"); }
        else if (reader.ValueTextEquals("schema"u8)) { reader.Read(); draft.Schema = Text(ref reader, "schema"); }
        else if (reader.ValueTextEquals("caption"u8)) { reader.Read(); draft.Caption = Text(ref reader, "caption"); }
        else if (reader.ValueTextEquals("name"u8)) { reader.Read(); _name = Text(ref reader, "name"); }
        else if (reader.ValueTextEquals("names"u8)) { reader.Read(); ReadNames(ref reader, Untyped); }
        else if (reader.ValueTextEquals("aliases"u8) || reader.ValueTextEquals("alias"u8) || reader.ValueTextEquals("other"u8)) { reader.Read(); ReadNames(ref reader, "alias"); }
        else if (PropertyOf(ref reader) is { } property) { reader.Read(); ReadValues(ref reader, property); }
        else { reader.Read(); reader.Skip(); }
    }

    private static string? PropertyOf(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("dob"u8) || reader.ValueTextEquals("birthDate"u8) || reader.ValueTextEquals("birth_date"u8)) return "birthDate";
        if (reader.ValueTextEquals("countries"u8) || reader.ValueTextEquals("country"u8)) return "country";
        if (reader.ValueTextEquals("nationality"u8)) return "nationality";
        if (reader.ValueTextEquals("gender"u8)) return "gender";
        if (reader.ValueTextEquals("idNumbers"u8) || reader.ValueTextEquals("idNumber"u8)) return "idNumber";
        if (reader.ValueTextEquals("wikidata"u8)) return "wikidataId";
        return reader.ValueTextEquals("topics"u8) ? "topics" : null;
    }

    private string? Text(ref Utf8JsonReader reader, string column)
    {
        string? text = JsonText.Read(ref reader, out string? code);
        if (code is not null) draft.Note(column == Untyped ? "name" : column, code, JsonText.ReasonOf(code), "");
        return text;
    }

    private void ReadValues(ref Utf8JsonReader reader, string property)
    {
        if (reader.TokenType is not JsonTokenType.StartArray) { draft.Add(property, Text(ref reader, property)); return; }
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray) draft.Add(property, Text(ref reader, property));
    }

    private void ReadNames(ref Utf8JsonReader reader, string property)
    {
        if (reader.TokenType is not JsonTokenType.StartArray) { AddName(property, Text(ref reader, property)); return; }
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is JsonTokenType.StartObject) ReadName(ref reader, property);
            else AddName(property, Text(ref reader, property));
        }
    }

    private void ReadName(ref Utf8JsonReader reader, string property)
    {
        string? name = null;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            bool isName = reader.ValueTextEquals("n"u8) || reader.ValueTextEquals("name"u8);
            bool isType = reader.ValueTextEquals("t"u8) || reader.ValueTextEquals("type"u8);
            reader.Read();
            if (isName) name = Text(ref reader, property);
            else if (isType) property = PropertyOfType(Text(ref reader, "names"), property);
            else reader.Skip();
        }
        AddName(property, name);
    }

    private static string PropertyOfType(string? type, string otherwise) => type switch
    {
        "primary" => "name",
        "alias" => "alias",
        "weak" => "weakAlias",
        _ => otherwise,
    };

    private void AddName(string property, string? name)
    {
        if (name is not null) _names.Add((property, name));
    }

    // The line's `name` is its caption, and a primary name unless `names` says that it is an alias. Of names without a
    // type the first is the primary one, when there is none yet.
    private void AddNames()
    {
        draft.Caption ??= _name;
        if (_name is not null && !_names.Exists(n => n.Name == _name)) draft.Add("name", _name);
        foreach (var (property, name) in _names)
            draft.Add(property != Untyped ? property : draft.Has("name") ? "alias" : "name", name);
    }
}
