using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Amana.Lists;

namespace Amana.Server.Watchlists;

/// <summary>A column mapping as people send it and as it is stored: JSON.</summary>
internal static class MappingText
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 8,
    };

    public static string Write(ColumnMapping mapping) => JsonSerializer.Serialize(mapping, Json);

    /// <summary>A stored mapping; null when there is none.</summary>
    public static ColumnMapping? Read(string? stored) => stored is null ? null : JsonSerializer.Deserialize<ColumnMapping>(stored, Json);

    /// <summary>A mapping from outside. Whether its columns are in the file, reading will tell.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ColumnMapping? mapping)
    {
        mapping = null;
        if (text.Length > ListSource.MappingCharsMax) return false;
        try
        {
            mapping = JsonSerializer.Deserialize<ColumnMapping>(text, Json);
        }
        catch (JsonException)
        {
            return false;
        }
        return mapping is { Columns.Count: > 0 } && mapping.Columns.All(c => c.Key.Length > 0 && c.Value is { Count: > 0 } && c.Value.All(v => !string.IsNullOrEmpty(v)));
    }
}
