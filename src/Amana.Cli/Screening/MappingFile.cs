using System.Text.Json;
using System.Text.Json.Serialization;
using Amana.Lists;

namespace Amana.Cli.Screening;

/// <summary>A column mapping in a JSON file, in the form that the server takes as well.</summary>
internal static class MappingFile
{
    public static ColumnMapping? Read(string? path)
    {
        if (path is null) return null;
        try
        {
            var mapping = JsonSerializer.Deserialize(File.ReadAllBytes(path), MappingJson.Default.ColumnMapping);
            if (mapping is { Columns.Count: > 0 }) return mapping;
        }
        catch (JsonException wrong)
        {
            throw new CommandEndException(ExitCode.InputRefused, $"{path} is no column mapping: {wrong.Message}");
        }
        throw new CommandEndException(ExitCode.InputRefused, $"{path} is no column mapping: it names no column.");
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ColumnMapping))]
internal sealed partial class MappingJson : JsonSerializerContext;
