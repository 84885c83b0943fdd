using System.Collections.Frozen;
using System.Text.Json;
using Amana.Lists.Questions;
using Amana.Server.Foundation;

namespace Amana.Server.Screening;

/// <summary>One entry of <c>queries</c> in yente's shape: an entity as an example.</summary>
/// <param name="Echo">The example as it was understood, given back with the answer.</param>
internal sealed record Example(ReadQuestion Question, ExampleEcho Echo)
{
    /// <summary>Why nobody can be asked this.</summary>
    public Refusal? Refused { get; init; }
}

/// <summary>The <c>query</c> of an answer.</summary>
internal sealed record ExampleEcho(string? Id, string Schema, IReadOnlyDictionary<string, IReadOnlyList<string>> Properties);

/// <summary>Reads an entity in FollowTheMoney's shape as a question.</summary>
internal static class ExampleReader
{
    private const int ValuesMax = 1_000;
    /// <summary>Names that parts of names are joined to: more than that many forms add nothing but time.</summary>
    private const int JoinedMax = 20;

    // Which FollowTheMoney properties are compared, as what. Others are ignored, as yente does, and named in a warning.
    private static readonly FrozenDictionary<string, string> Compared = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["name"] = "name", ["alias"] = "name", ["previousName"] = "name", ["weakAlias"] = "name", ["abbreviation"] = "name",
        ["birthDate"] = "birthDate",
        ["nationality"] = "country", ["citizenship"] = "country", ["country"] = "country", ["jurisdiction"] = "country",
        ["mainCountry"] = "country", ["flag"] = "country",
        ["gender"] = "gender",
        ["idNumber"] = "idNumber", ["passportNumber"] = "idNumber", ["registrationNumber"] = "idNumber", ["taxNumber"] = "idNumber",
        ["vatCode"] = "idNumber", ["innCode"] = "idNumber", ["ogrnCode"] = "idNumber", ["leiCode"] = "idNumber", ["swiftBic"] = "idNumber",
        ["dunsCode"] = "idNumber", ["uniqueEntityId"] = "idNumber", ["socialSecurityNumber"] = "idNumber", ["imoNumber"] = "idNumber",
        ["mmsi"] = "idNumber", ["callSign"] = "idNumber", ["serialNumber"] = "idNumber", ["registrationId"] = "idNumber",
        ["okpoCode"] = "idNumber", ["kppCode"] = "idNumber", ["npiCode"] = "idNumber", ["cageCode"] = "idNumber", ["isin"] = "idNumber",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly string[] NameOrder = ["firstName", "givenName", "secondName", "middleName", "fatherName", "lastName"];

    private static readonly FrozenSet<string> NameParts = NameOrder.Append("title").ToFrozenSet(StringComparer.Ordinal);

    public static Result<Example> Read(JsonElement example, string key)
    {
        if (example.ValueKind != JsonValueKind.Object) return ScreeningRefusals.NotText with { Detail = "A query is an object with schema and properties.", Field = key };
        if (!example.TryGetProperty("schema", out var schemaText) || schemaText.ValueKind is JsonValueKind.Null) return ScreeningRefusals.SchemaMissing;
        if (!TryText(schemaText, out string schema)) return ScreeningRefusals.NotText with { Field = "schema" };
        if (!Schemata.IsKnown(schema)) return ScreeningRefusals.SchemaUnknown;
        if (ReadProperties(example, out var properties) is { } refused) return refused;
        string? id = example.TryGetProperty("id", out var idText) && TryText(idText, out string found) ? found : null;

        var ignored = new List<string>();
        var fields = FieldsOf(properties, ignored).ToList();
        if (!QuestionReader.Read(fields, schema, id).Succeeded(out var question, out var unread)) return unread;
        if (ignored.Count > 0)
        {
            question = question with
            {
                Warnings = [.. question.Warnings, .. ignored.Select(p => new QuestionNote("question.property-ignored", $"The property '{p}' is not compared.", p))],
            };
        }
        return new Example(question, new ExampleEcho(id, schema, properties));
    }

    private static IEnumerable<(string, string)> FieldsOf(Dictionary<string, IReadOnlyList<string>> properties, List<string> ignored)
    {
        bool hasName = properties.TryGetValue("name", out var names) && names.Count > 0;
        if (!hasName) foreach (string joined in JoinedNames(properties)) yield return ("name", joined);
        foreach (var (property, values) in properties)
        {
            if (Compared.TryGetValue(property, out string? field))
            {
                foreach (string value in values) yield return (field, value);
            }
            else if (!NameParts.Contains(property) && values.Count > 0) ignored.Add(property.Length <= 60 ? property : property[..60]);
        }
    }

    // Only the parts of a name: in the order in which papers write them, with every form that a part is given in
    // ("Rotenberg", "Ротенберг").
    private static IEnumerable<string> JoinedNames(Dictionary<string, IReadOnlyList<string>> properties)
    {
        IEnumerable<IReadOnlyList<string>> joined = [[]];
        foreach (string part in NameOrder)
        {
            if (!properties.TryGetValue(part, out var values)) continue;
            List<string> forms = [.. values.Where(v => !string.IsNullOrWhiteSpace(v)).Distinct(StringComparer.Ordinal)];
            // A part that repeats another, as givenName does with firstName, is said once.
            if (forms.Count > 0) joined = joined.SelectMany(_ => forms, (before, form) => before.Contains(form, StringComparer.Ordinal) ? before : [.. before, form]);
        }
        return joined.Select(parts => string.Join(' ', parts)).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal).Take(JoinedMax);
    }

    // Values are lists of texts; a single text, a number and a truth value are read as yente reads them.
    private static Refusal? ReadProperties(JsonElement example, out Dictionary<string, IReadOnlyList<string>> properties)
    {
        properties = new(StringComparer.Ordinal);
        if (!example.TryGetProperty("properties", out var given) || given.ValueKind is JsonValueKind.Null) return null;
        if (given.ValueKind != JsonValueKind.Object) return ScreeningRefusals.NotText with { Detail = "properties is an object of lists of texts.", Field = "properties" };
        foreach (var property in given.EnumerateObject())
        {
            if (!JsonText.TryName(property, out string name)) return ScreeningRefusals.TextBroken with { Field = "properties" };
            var values = new List<string>();
            var items = property.Value.ValueKind is JsonValueKind.Array ? property.Value.EnumerateArray().ToList() : [property.Value];
            if (items.Count > ValuesMax) return ScreeningRefusals.TooManyValues with { Field = name };
            foreach (var item in items)
            {
                if (item.ValueKind is JsonValueKind.Null) continue;
                if (item.ValueKind is JsonValueKind.Object or JsonValueKind.Array) return ScreeningRefusals.NotText with { Field = name };
                if (!TryText(item, out string value)) return ScreeningRefusals.TextBroken with { Field = name };
                values.Add(value);
            }
            properties[name] = values;
        }
        return null;
    }

    private static bool TryText(JsonElement value, out string text)
    {
        text = value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False ? value.GetRawText() : "";
        return text.Length > 0 || (JsonText.TryRead(value, out text) && AskedText.IsWhole(text));
    }
}
