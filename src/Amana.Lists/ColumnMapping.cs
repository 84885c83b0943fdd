namespace Amana.Lists;

/// <summary>Which column of a CSV file is what. Saved with the source, so that the next file needs no questions.</summary>
public sealed record ColumnMapping
{
    /// <summary>Property name (<c>id</c>, <c>schema</c>, or a FollowTheMoney property) to column heads.
    /// Several columns may feed one property.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Columns { get; init; }
    /// <summary>Schema of rows that do not say.</summary>
    public string DefaultSchema { get; init; } = "Person";
    public char Delimiter { get; init; } = ',';
    /// <summary>Splits several values within one cell; null: a cell is one value.</summary>
    public string? ValueSeparator { get; init; }
}
