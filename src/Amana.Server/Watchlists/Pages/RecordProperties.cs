using Amana.Server.Web;

namespace Amana.Server.Watchlists.Pages;

/// <summary>Properties and schemas in the reader's words, and what a CSV column can be.</summary>
internal static class RecordProperties
{
    /// <summary>What a column can be, the most usual first.</summary>
    public static readonly string[] OfCsv =
    [
        "id", "name", "alias", "weakAlias", "firstName", "lastName", "birthDate", "nationality", "country", "gender", "passportNumber", "idNumber",
        "birthPlace", "address", "position", "topics", "program", "notes", "imoNumber", "registrationNumber", "schema",
    ];

    /// <summary>The property in the reader's words, or its own name where there are none.</summary>
    public static string Name(string property, Texts texts) => texts.Has($"property.{property}") ? texts[$"property.{property}"] : property;

    public static string Schema(string schema, Texts texts) => texts.Has($"schema.{schema}") ? texts[$"schema.{schema}"] : schema;

    /// <summary>What a column of that head probably is; null when it is not clear.</summary>
    public static string? Guess(string head)
    {
        string bare = head.Replace("_", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        return OfCsv.FirstOrDefault(p => p.Equals(bare, StringComparison.OrdinalIgnoreCase));
    }
}
