using System.Text;
using System.Text.Json;

namespace Amana.Lists;

/// <summary>Mappings from JSON files and from heads that speak for themselves.</summary>
public static class ColumnMappings
{
    private const int BytesMax = 256 * 1024;
    private const int ColumnsMax = 500;

    private static readonly string[] OwnFields = ["id", "schema", "caption"];

    // Heads of other people's tables. Source: https://www.opensanctions.org/docs/bulk/csv/ (targets.simple.csv).
    private static readonly Dictionary<string, string> OtherHeads = new(StringComparer.OrdinalIgnoreCase)
    {
        ["aliases"] = "alias", ["birth_date"] = "birthDate", ["dob"] = "birthDate", ["countries"] = "country",
        ["addresses"] = "address", ["identifiers"] = "idNumber", ["sanctions"] = "program", ["program_ids"] = "programId",
        ["phones"] = "phone", ["emails"] = "email", ["sex"] = "gender", ["first_name"] = "firstName", ["last_name"] = "lastName",
        ["passport"] = "passportNumber", ["id_number"] = "idNumber",
    };

    /// <summary>Reads a mapping file: <c>{"columns": {"id": "No", "name": ["Surname", "Forename"]}, "defaultSchema": "Person",
    /// "delimiter": ";", "valueSeparator": "|"}</c>.</summary>
    /// <exception cref="ListFileException"><see cref="ListCodes.MappingInvalid"/>, with the field and what it must be.</exception>
    public static ColumnMapping Parse(ReadOnlySpan<byte> json, string file)
    {
        if (json.Length > BytesMax) throw Invalid(file, $"A mapping has at most {BytesMax / 1024} KiB.");
        if (json.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) json = json[3..];
        try
        {
            using var document = JsonDocument.Parse(json.ToArray(), new JsonDocumentOptions { MaxDepth = 8 });
            return Read(document.RootElement, file);
        }
        catch (JsonException e)
        {
            throw Invalid(file, $"It is not valid JSON at line {e.LineNumber + 1}.", e.LineNumber + 1);
        }
        catch (InvalidOperationException)
        {
            throw Invalid(file, "It holds text that is not valid Unicode.");
        }
    }

    private static ColumnMapping Read(JsonElement root, string file)
    {
        if (root.ValueKind is not JsonValueKind.Object) throw Invalid(file, "A mapping is a JSON object.");
        Dictionary<string, IReadOnlyList<string>>? columns = null;
        string schema = "Person";
        char delimiter = ',';
        string? separator = null;
        foreach (var field in root.EnumerateObject())
        {
            switch (field.Name)
            {
                case "columns": columns = Columns(field.Value, file); break;
                case "defaultSchema" or "schema": schema = Schema(field.Value, file); break;
                case "delimiter": delimiter = Delimiter(field.Value, file); break;
                case "valueSeparator": separator = Separator(field.Value, file); break;
                default: throw Invalid(file, $"Unknown field {field.Name}: columns, defaultSchema, delimiter and valueSeparator are known.");
            }
        }
        if (columns is null) throw Invalid(file, "The field columns is missing.");
        if (!columns.ContainsKey("id")) throw Invalid(file, "No column is mapped to id: without it, changes between two versions cannot be told.");
        if (!columns.Keys.Any(k => k is "name" or "alias" or "lastName" or "firstName")) throw Invalid(file, "No column is mapped to a name.");
        return new ColumnMapping { Columns = columns, DefaultSchema = schema, Delimiter = delimiter, ValueSeparator = separator };
    }

    private static Dictionary<string, IReadOnlyList<string>> Columns(JsonElement value, string file)
    {
        if (value.ValueKind is not JsonValueKind.Object) throw Invalid(file, "The field columns is an object: property to column head.");
        var columns = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var entry in value.EnumerateObject())
        {
            if (!OwnFields.Contains(entry.Name) && !KnownProperties.IsKnown(entry.Name))
                throw Invalid(file, $"Unknown property {entry.Name}: id, schema, or a FollowTheMoney property such as name, birthDate, nationality.");
            if (columns.Count >= ColumnsMax) throw Invalid(file, $"A mapping has at most {ColumnsMax} columns.");
            columns[entry.Name] = Heads(entry, file);
        }
        return columns;
    }

    private static string[] Heads(JsonProperty entry, string file)
    {
        string[] heads = entry.Value.ValueKind switch
        {
            JsonValueKind.String => [entry.Value.GetString()!],
            JsonValueKind.Array when entry.Value.EnumerateArray().All(v => v.ValueKind is JsonValueKind.String) =>
                [.. entry.Value.EnumerateArray().Select(v => v.GetString()!)],
            _ => throw Invalid(file, $"The columns of {entry.Name} are a column head or a list of them."),
        };
        if (heads.Length is 0 or > ColumnsMax || heads.Any(string.IsNullOrWhiteSpace))
            throw Invalid(file, $"The property {entry.Name} has no column, or a blank one.");
        return heads;
    }

    private static string Schema(JsonElement value, string file) =>
        value.ValueKind is JsonValueKind.String && value.GetString() is { } schema && EntityDraft.IsSchema(schema)
            ? schema : throw Invalid(file, "The default schema is a FollowTheMoney schema such as Person or Company.");

    private static char Delimiter(JsonElement value, string file) =>
        value.ValueKind is JsonValueKind.String && value.GetString() is { Length: 1 } text && text[0] is not ('"' or '\n' or '\r' or '\0')
            ? text[0] : throw Invalid(file, "The delimiter is one character and no quote.");

    private static string? Separator(JsonElement value, string file) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String when value.GetString() is { Length: > 0 and <= 10 } text => text,
        _ => throw Invalid(file, "The value separator has 1 to 10 characters, or is null."),
    };

    /// <summary>A mapping for a table whose columns are called as the properties are (or as OpenSanctions' simple table).</summary>
    /// <exception cref="ListFileException"><see cref="ListCodes.MappingMissing"/>: the head says too little.</exception>
    internal static ColumnMapping FromHead(ReadOnlySpan<byte> start, string file)
    {
        int end = start.IndexOf((byte)'\n');
        string line = Encoding.UTF8.GetString(end < 0 ? start : start[..end]).TrimEnd('\r');
        char delimiter = ((char[])[',', ';', '\t', '|']).MaxBy(d => line.Count(c => c == d));
        var columns = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (string head in line.Split(delimiter).Select(h => h.Trim().Trim('"')).Where(h => h.Length > 0).Take(ColumnsMax))
        {
            if (PropertyOf(head) is { } property) columns[property] = columns.TryGetValue(property, out var heads) ? [.. heads, head] : [head];
        }
        bool simple = columns.Values.Any(h => h.Contains("birth_date")) && columns.Values.Any(h => h.Contains("countries"));
        return columns.ContainsKey("id") && columns.Keys.Any(k => k is "name" or "lastName")
            ? new ColumnMapping { Columns = columns, Delimiter = delimiter, ValueSeparator = simple ? ";" : null }
            : throw new ListFileException(ListCodes.MappingMissing,
                $"The table {file} needs a column mapping: its head has no columns called id and name.", file, 1);
    }

    private static string? PropertyOf(string head)
    {
        string? own = OwnFields.FirstOrDefault(f => f.Equals(head, StringComparison.OrdinalIgnoreCase));
        return own ?? OtherHeads.GetValueOrDefault(head) ?? KnownProperties.Find(head);
    }

    private static ListFileException Invalid(string file, string what, long? line = null) =>
        new(ListCodes.MappingInvalid, $"The mapping {file} cannot be used. {what}", file, line);
}
