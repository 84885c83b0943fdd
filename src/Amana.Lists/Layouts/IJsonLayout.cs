namespace Amana.Lists.Layouts;

/// <summary>A layout in which each JSON object is one entity.</summary>
internal interface IJsonLayout
{
    /// <summary>The entity; null when the row was set aside or holds none.</summary>
    /// <exception cref="System.Text.Json.JsonException">The row is no JSON.</exception>
    ListedEntity? Read(ReadOnlySpan<byte> row);
}
