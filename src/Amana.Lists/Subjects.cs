using Amana.Lists.Questions;
using Amana.Matching;

namespace Amana.Lists;

/// <summary>Turns what a list says into what the matching engine reads.</summary>
public static class Subjects
{
    private static readonly string[] NumberProperties =
    [
        "passportNumber", "idNumber", "socialSecurityNumber", "registrationNumber", "taxNumber", "vatCode", "innCode", "ogrnCode",
        "leiCode", "dunsCode", "imoNumber", "mmsi", "callSign", "serialNumber", "icaoCode", "swiftBic",
    ];

    private static readonly string[] CountryProperties = ["nationality", "citizenship", "country", "jurisdiction", "mainCountry", "flag", "birthCountry"];

    /// <summary>The entity as the index reads it.</summary>
    /// <exception cref="ArgumentException">The entity has no name; readers of lists never give such a one.</exception>
    public static Subject Of(ListedEntity entity)
    {
        ArgumentNullException.ThrowIfNull(entity);
        var names = NamesOf(entity);
        if (names.Count == 0) throw new ArgumentException($"The entity {entity.Id} has no name.", nameof(entity));
        return new Subject
        {
            Id = entity.Id,
            Kind = KindOf(entity.Schema),
            Names = names,
            BirthDates = BirthDatesOf(entity),
            Sex = SexOf(entity),
            Countries = Distinct(entity, CountryProperties),
            IdNumbers = Distinct(entity, NumberProperties),
        };
    }

    /// <summary>Schemas that stand for people, bodies, ships or aircraft; all others are compared with everything.</summary>
    public static SubjectKind KindOf(string schema) => schema switch
    {
        "Person" => SubjectKind.Person,
        "Organization" or "Company" or "LegalEntity" or "PublicBody" => SubjectKind.Organization,
        "Vessel" => SubjectKind.Vessel,
        "Airplane" => SubjectKind.Aircraft,
        _ => SubjectKind.Any,
    };

    /// <summary>A full name from its parts, when the list gives no full name.</summary>
    internal static string ComposedName(Func<string, string?> part) =>
        string.Join(' ', new[] { part("firstName"), part("secondName"), part("middleName"), part("fatherName"), part("lastName") }
            .Where(p => !string.IsNullOrWhiteSpace(p)));

    private static List<PartialDate> BirthDatesOf(ListedEntity entity)
    {
        var dates = new List<PartialDate>(1);
        foreach (string text in entity["birthDate"]) DateTexts.TryRead(text, entity["birthDateAbout"].Contains(text), dates);
        return dates;
    }

    // Lists that say both say nothing.
    private static Sex SexOf(ListedEntity entity) =>
        entity["gender"] is [var only] && QuestionFields.TrySex(only, out var sex) ? sex : Sex.Unknown;

    private static List<SubjectName> NamesOf(ListedEntity entity)
    {
        var names = new List<SubjectName>(4);
        Add(names, entity["name"], NameKind.Primary);
        Add(names, entity["alias"], NameKind.Alias);
        Add(names, entity["previousName"], NameKind.Alias);
        Add(names, entity["weakAlias"], NameKind.Weak);
        if (names.Count == 0 && ComposedName(p => entity[p] is [var first, ..] ? first : null) is { Length: > 0 } composed)
            names.Add(new SubjectName(composed));
        return names;
    }

    private static void Add(List<SubjectName> names, IReadOnlyList<string> texts, NameKind kind)
    {
        foreach (string text in texts)
            if (!names.Exists(n => n.Text == text)) names.Add(new SubjectName(text, kind));
    }

    private static List<string> Distinct(ListedEntity entity, string[] properties)
    {
        var found = new List<string>(2);
        foreach (string property in properties)
            foreach (string value in entity[property])
                if (!found.Contains(value)) found.Add(value);
        return found;
    }
}
