namespace Amana.Lists;

/// <summary>The layouts that can be read.</summary>
public enum ListFormat { OfacCsv, UnXml, FollowTheMoney, Notices, Csv, Corpus }

/// <summary>What reading needs to know beside the files.</summary>
public sealed record ListReading
{
    /// <summary>The list's name, such as <c>ofac-sdn</c>: prefix of identifiers that the source only numbers.</summary>
    public required string List { get; init; }
    public required IReadOnlyList<ListFile> Files { get; init; }
    /// <summary>Null: recognised from names and first bytes.</summary>
    public ListFormat? Format { get; init; }
    /// <summary>Only for <see cref="ListFormat.Csv"/>.</summary>
    public ColumnMapping? Mapping { get; init; }
    /// <summary>Called for each row set aside. Reading goes on.</summary>
    public Action<RejectedRow>? Rejected { get; init; }
    /// <summary>Called with the share of the bytes read so far, 0 to 1, at least every 50,000 rows.</summary>
    public Action<double>? Progress { get; init; }
}
