using Amana.Server.PublicNotices;

namespace Amana.Server.Notices;

/// <summary>What the public may see of a notice: the one place where a field of the police record becomes a public one.
/// Source: domain.md 3.10.</summary>
internal static class Extract
{
    public static bool Releases(Notice notice, string part) => notice.Rules.Public is PublicExtract.Always || notice.Content.All("releaseParts").Contains(part);

    /// <param name="at">For one that is not published yet: when it would be.</param>
    public static ReleasedNotice Of(Notice notice, string id, DateTimeOffset? at = null)
    {
        var content = notice.Content;
        var released = new ReleasedNotice
        {
            Id = id, PublishedAt = notice.PublishedAt ?? at!.Value, Kind = KindOf(notice),
            Name = content.Text("familyName")?.ToUpperInvariant(), Forename = content.Text("forename")?.ToUpperInvariant(), DateOfBirth = Slashed(content.Text("birthDate")), Sex = content.Text("sex"),
            Nationalities = [.. content.All("nationalities").Where(c => c.Length == 2)], PlaceOfBirth = content.Text("birthPlace"), CountryOfBirth = TwoLetters(content.Text("birthCountry")),
            Languages = content.All("languages"), BirthName = content.Text("birthName"),
        };
        if (Releases(notice, "description")) released = released with
        {
            Height = content.Number("heightCm") / 100.0, Weight = content.Number("weightKg"), Eyes = content.All("eyes"), Hair = content.All("hair"), Marks = Words(content, "marks"),
        };
        return notice.Colour switch
        {
            NoticeColour.Red when Releases(notice, "charge") => released with
            {
                Warrants = [new PublicWarrant(TwoLetters(content.Text("warrantCountry")), Words(content, "charges"))],
            },
            NoticeColour.Yellow => WithEvent(released, content),
            NoticeColour.UnSpecial => WithSanctions(released, content),
            _ => released,
        };
    }

    private static PublicKind KindOf(Notice notice) => notice.Colour switch
    {
        NoticeColour.Red => PublicKind.Red,
        NoticeColour.Yellow => PublicKind.Yellow,
        _ => notice.Content.Text("unKind") == "entity" ? PublicKind.UnEntity : PublicKind.UnPerson,
    };

    private static ReleasedNotice WithEvent(ReleasedNotice released, NoticeContent content) => released with
    {
        DateOfEvent = Slashed(content.Text("eventDate")), Place = content.Text("eventPlace"), Country = TwoLetters(content.Text("eventCountry")),
        FatherName = content.Text("fatherName"), FatherForename = content.Text("fatherForename"), MotherName = content.Text("motherName"), MotherForename = content.Text("motherForename"),
    };

    private static ReleasedNotice WithSanctions(ReleasedNotice released, NoticeContent content) => released with
    {
        NameOriginal = content.Text("familyNameOriginal"), ForenameOriginal = content.Text("forenameOriginal"), Profession = content.Text("profession"), Summary = Words(content, "summary"),
        Purposes = content.All("unMeasures"), UnReference = content.Text("unReference"), UnReferenceDate = Slashed(content.Text("unListedOn")), UnResolution = content.Number("unResolution"),
        Aliases = content.All("aliases"), FormerNames = content.All("formerNames"), Associates = content.All("associates"), Addresses = content.All("addresses"), Weight = content.Number("weightKg"),
        FatherName = content.Text("fatherName"), FatherForename = content.Text("fatherForename"), MotherName = content.Text("motherName"), MotherForename = content.Text("motherForename"),
        Documents = [.. content.All("documents").Select(line => line.Split(';', '؛')).Select(p => new PublicDocument(At(p, 0), At(p, 1), At(p, 2), At(p, 3)))],
    };

    // As it was written, and each official language that it was given in.
    private static PublicWords? Words(NoticeContent content, string field) => content.Text(field) is not { } text ? null : new(text, content.Text("textLanguage"),
        NoticeRules.Languages.Where(l => content.Has($"{field}.{l}")).ToDictionary(l => l, l => content.Text($"{field}.{l}")!, StringComparer.Ordinal));

    private static string? At(string[] parts, int at) => parts.Length > at && parts[at].Trim() is { Length: > 0 } text ? text : null;

    private static string? Slashed(string? date) => date?.Replace('-', '/');

    private static string? TwoLetters(string? country) => country is { Length: 2 } ? country : null;
}
