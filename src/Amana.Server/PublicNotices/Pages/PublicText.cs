using System.Globalization;
using Amana.Server.Web;
using Amana.Server.Web.Components;

namespace Amana.Server.PublicNotices.Pages;

/// <summary>How the public pages say what a released notice holds.</summary>
internal static class PublicText
{
    public static string Country(string? code, Texts texts) =>
        code is null ? "" : CountryNames.Of(code, texts.Language) ?? PublicCountries.Names.GetValueOrDefault(code.ToUpperInvariant(), code.ToUpperInvariant());

    /// <summary><c>1990/01/02</c>, with parts missing or zero, as the language writes it.</summary>
    public static string Date(string? slashed, Texts texts)
    {
        int?[] parts = [.. (slashed ?? "").Split('/').Select(p => int.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out int n) && n > 0 ? n : (int?)null)];
        return parts[0] is null ? slashed ?? "" : texts.Formats.Date(parts[0], parts.Length > 1 ? parts[1] : null, parts.Length > 2 && parts[1] is not null ? parts[2] : null);
    }

    /// <summary>FAMILY, Given; the one that there is.</summary>
    public static string Name(ReleasedNotice notice) => (notice.Name, Given(notice)) switch
    {
        ({ } name, { } given) => $"{name}, {given}",
        ({ } name, null) => name,
        (null, { } given) => given,
        _ => "—",
    };

    public static string? Given(ReleasedNotice notice) => notice.Forename is null or "-" or "" ? null : notice.Forename;

    public static char Letter(PublicKind kind) => kind switch { PublicKind.Red => 'R', PublicKind.Yellow => 'Y', _ => 'U' };

    /// <summary>Of the list that a notice stands in, behind the language.</summary>
    public static string ListOf(PublicKind kind) => kind switch { PublicKind.Red => "/notices", PublicKind.Yellow => "/missing", _ => "/un" };

    public static string KeyOf(PublicKind kind) => kind switch { PublicKind.Red => "public.red", PublicKind.Yellow => "public.yellow", _ => "public.un" };

    public static string AddressOf(ReleasedNotice notice, Texts texts) => $"/{texts.Language.Code}{ListOf(notice.Kind)}/{notice.Id.Replace('/', '-')}";

    public static string PictureOf(ReleasedNotice notice, string picture) => $"/notices/v1/{PublicShapes.ListOf(notice.Kind)}/{notice.Id.Replace('/', '-')}/images/{picture}";

    /// <summary>Texts such as charges may hold lines of other systems.</summary>
    public static IEnumerable<string> Paragraphs(string? text) => (text ?? "").ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public static string Codes(string kind, IEnumerable<string> codes, Texts texts) =>
        string.Join(texts["list.comma"], codes.Select(c => texts.Has($"public.{kind}.{c}") ? texts[$"public.{kind}.{c}"] : c));

    /// <summary>The rows of an extract that hold something: text key and value; each value is data and stands in an isolate of its own.</summary>
    public static IEnumerable<(string Key, string Value)> Facts(ReleasedNotice n, DateOnly today, Texts texts) =>
        new (string Key, string? Value)[]
        {
            ("public.original", n.NameOriginal is null && n.ForenameOriginal is null ? null : $"{n.NameOriginal} {n.ForenameOriginal}".Trim()),
            ("public.birth-name", n.BirthName), ("public.born", Born(n, today, texts)), ("public.born-in", Joined(texts, n.PlaceOfBirth, Country(n.CountryOfBirth, texts))),
            ("public.missing-since", n.Kind is PublicKind.Yellow ? Date(n.DateOfEvent, texts) : null), ("public.missing-from", Joined(texts, n.Place, Country(n.Country, texts))),
            ("public.sex", n.Sex is null ? null : Codes("sex", [n.Sex], texts)),
            ("public.nationality", Joined(texts, [.. n.Nationalities.Select(c => Country(c, texts))])),
            ("public.height", n.Height is > 0 and { } metres ? texts.Say("public.height-cm", ("cm", (int)Math.Round(metres * 100))) : null),
            ("public.weight", n.Weight is > 0 and { } kilograms ? texts.Say("public.weight-kg", ("kg", kilograms)) : null),
            ("public.eyes", Codes("eyes", n.Eyes, texts)), ("public.hair", Codes("hair", n.Hair, texts)), ("public.marks", n.Marks?.In(texts.Language.Code)),
            ("public.languages", Joined(texts, [.. n.Languages.Select(l => LanguageNames.Of(l, texts.Language))])),
            ("public.father", Joined(texts, n.FatherName, n.FatherForename)), ("public.mother", Joined(texts, n.MotherName, n.MotherForename)),
            ("public.aliases", Joined(texts, [.. n.Aliases])), ("public.former-names", Joined(texts, [.. n.FormerNames])), ("public.profession", n.Profession),
            ("public.measures", Joined(texts, [.. n.Purposes])), ("public.un-reference", n.UnReference), ("public.listed-on", Date(n.UnReferenceDate, texts)),
            ("public.resolution", n.UnResolution?.ToString(CultureInfo.InvariantCulture)), ("public.associates", Joined(texts, [.. n.Associates])),
            ("public.documents", Joined(texts, [.. n.Documents.Select(d => string.Join(' ', new[] { d.Kind, d.Number, d.Country }.OfType<string>()))])),
            ("public.addresses", Joined(texts, [.. n.Addresses])),
        }.Where(row => !string.IsNullOrWhiteSpace(row.Value)).Select(row => (row.Key, row.Value!));

    private static string? Born(ReleasedNotice n, DateOnly today, Texts texts)
    {
        if (string.IsNullOrEmpty(n.DateOfBirth)) return null;
        string date = Date(n.DateOfBirth, texts);
        return PublicQuestion.AgeOf(n, today) is >= 0 and { } age ? $"{date} ({texts.Say("public.years", ("count", age))})" : date;
    }

    private static string? Joined(Texts texts, params string?[] parts) =>
        string.Join(texts["list.comma"], parts.Where(p => !string.IsNullOrWhiteSpace(p))) is { Length: > 0 } text ? text : null;
}
