namespace Amana.Server.Notices;

/// <summary>Open standards in which a notice goes out.</summary>
internal enum NoticeFormat
{
    /// <summary>https://followthemoney.tech: the entity of the list.</summary>
    Ftm,
    /// <summary>https://schema.org as JSON-LD 1.1.</summary>
    JsonLd,
    /// <summary>STIX 2.1, a bundle.</summary>
    Stix,
}

internal static class NoticeFormats
{
    private static readonly (NoticeFormat Format, string Word, string MediaType)[] All =
    [
        (NoticeFormat.Ftm, "ftm", "application/vnd.followthemoney+json"),
        (NoticeFormat.JsonLd, "jsonld", "application/ld+json"),
        (NoticeFormat.Stix, "stix", "application/stix+json;version=2.1"),
    ];

    public static string MediaTypeOf(NoticeFormat format) => All.Single(f => f.Format == format).MediaType;

    /// <summary>What a request asks for, by its word or its Accept header; false when the word is none.</summary>
    /// <param name="format">Null: the server's own shape.</param>
    public static bool TryRead(string? word, string? accept, out NoticeFormat? format)
    {
        format = string.IsNullOrEmpty(word)
            ? All.Where(f => accept?.Contains(f.MediaType.Split(';')[0], StringComparison.OrdinalIgnoreCase) == true).Select(f => (NoticeFormat?)f.Format).FirstOrDefault()
            : All.Where(f => f.Word == word).Select(f => (NoticeFormat?)f.Format).FirstOrDefault();
        return format is not null || string.IsNullOrEmpty(word) || word == "json";
    }
}
