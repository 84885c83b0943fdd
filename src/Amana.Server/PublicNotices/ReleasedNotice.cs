namespace Amana.Server.PublicNotices;

/// <summary>The four kinds that the public service knows.</summary>
public enum PublicKind { Red, Yellow, UnPerson, UnEntity }

/// <summary>All that the public may see of one notice: what the requester released, and nothing else. The fields are those of the
/// public service; a field that is not here cannot become public. Source: domain.md 3.4 to 3.6 and 3.10.</summary>
public sealed record ReleasedNotice
{
    /// <summary>Year and number, such as <c>2026/123</c>; in addresses with a hyphen.</summary>
    public required string Id { get; init; }
    public required PublicKind Kind { get; init; }
    public required DateTimeOffset PublishedAt { get; init; }
    public string? Name { get; init; }
    public string? Forename { get; init; }
    /// <summary><c>1990/01/02</c>, <c>1990/01</c>, <c>1990</c>.</summary>
    public string? DateOfBirth { get; init; }
    /// <summary>F, M, U.</summary>
    public string? Sex { get; init; }
    public IReadOnlyList<string> Nationalities { get; init; } = [];
    public string? PlaceOfBirth { get; init; }
    public string? CountryOfBirth { get; init; }
    /// <summary>Metres; 0 is unknown.</summary>
    public double? Height { get; init; }
    /// <summary>Kilograms; 0 is unknown.</summary>
    public int? Weight { get; init; }
    public IReadOnlyList<string> Eyes { get; init; } = [];
    public IReadOnlyList<string> Hair { get; init; } = [];
    public IReadOnlyList<string> Languages { get; init; } = [];
    public PublicWords? Marks { get; init; }
    public IReadOnlyList<PublicWarrant> Warrants { get; init; } = [];

    // Missing persons.
    public string? BirthName { get; init; }
    public string? DateOfEvent { get; init; }
    public string? Place { get; init; }
    public string? Country { get; init; }
    public string? FatherName { get; init; }
    public string? FatherForename { get; init; }
    public string? MotherName { get; init; }
    public string? MotherForename { get; init; }

    // Sanctions of the United Nations.
    public string? NameOriginal { get; init; }
    public string? ForenameOriginal { get; init; }
    public string? Profession { get; init; }
    public PublicWords? Summary { get; init; }
    public IReadOnlyList<string> Purposes { get; init; } = [];
    public string? UnReference { get; init; }
    public string? UnReferenceDate { get; init; }
    public int? UnResolution { get; init; }
    public IReadOnlyList<string> Aliases { get; init; } = [];
    public IReadOnlyList<string> FormerNames { get; init; } = [];
    public IReadOnlyList<string> Associates { get; init; } = [];
    public IReadOnlyList<PublicDocument> Documents { get; init; } = [];
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>Ids of its pictures, in order; the first is the thumbnail.</summary>
    public IReadOnlyList<string> Pictures { get; init; } = [];
}

/// <param name="Country">Two letters.</param>
public sealed record PublicWarrant(string? Country, PublicWords? Charge);

/// <summary>A text as it was written, and in the official languages that it was given in beside that.</summary>
/// <param name="Language">Of <paramref name="Text"/>; null when nobody said.</param>
public sealed record PublicWords(string Text, string? Language, IReadOnlyDictionary<string, string> Translations)
{
    public static PublicWords Of(string text) => new(text, null, new Dictionary<string, string>(StringComparer.Ordinal));

    /// <summary>In the language of a reader, else as it was written.</summary>
    public string In(string language) => Translations.GetValueOrDefault(language, Text);

    /// <summary>The one translation that the public service has room for: English, else French, Spanish, Arabic; none of what is English.</summary>
    public string? OneTranslation() => Language == "en" ? null : ((string[])["en", "fr", "es", "ar"]).Select(l => Translations.GetValueOrDefault(l)).FirstOrDefault(t => t is not null);

    internal IEnumerable<string> All => Translations.Values.Prepend(Text);
}

public sealed record PublicDocument(string? Kind, string? Number, string? Country, string? Expires);

/// <param name="Id">Digits; unique within its notice.</param>
public sealed record PublicPicture(string Id, string MediaType, byte[] Bytes);
