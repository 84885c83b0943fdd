using System.Collections.Frozen;

namespace Amana.Lists;

/// <summary>How the values of a property are checked.</summary>
internal enum ValueKind : byte { Text, Name, Date, Country, Sex, Number, Block }

/// <summary>A property by its one string object, so that readers compare by reference.</summary>
internal sealed record Property(string Name, ValueKind Kind);

/// <summary>The FollowTheMoney properties that mean something here. Others are kept as text.</summary>
/// <remarks>Source: https://followthemoney.tech/explorer/ (property types name, date, country, gender, identifier, text).</remarks>
internal static class KnownProperties
{
    private static readonly (ValueKind Kind, string Names)[] Table =
    [
        (ValueKind.Name, "name alias weakAlias previousName abbreviation firstName secondName middleName lastName fatherName " +
            "motherName nameSuffix"),
        (ValueKind.Date, "birthDate deathDate listingDate incorporationDate dissolutionDate buildDate"),
        (ValueKind.Country, "country nationality citizenship birthCountry jurisdiction mainCountry flag pastFlags"),
        (ValueKind.Sex, "gender"),
        (ValueKind.Number, "passportNumber idNumber socialSecurityNumber registrationNumber taxNumber vatCode innCode ogrnCode " +
            "okpoCode leiCode dunsCode npiCode uniqueEntityId ricCode bikCode swiftBic imoNumber mmsi callSign serialNumber " +
            "icaoCode crsNumber isin permId wikidataId publicKey"),
        (ValueKind.Block, "notes summary description keywords address position"),
        (ValueKind.Text, "title topics birthPlace program sourceUrl website email phone religion ethnicity education status type model " +
            "tonnage grossRegisteredTonnage deadweightTonnage owner operator " +
            "modifiedAt createdAt legalForm mainActivity sector classification programId addressEntity sanctions " +
            "height weight eyeColor hairColor appearance spokenLanguage profession publisher authority unscId birthDateAbout linkedTo"),
    ];

    private static readonly FrozenDictionary<string, Property> ByName = Table
        .SelectMany(row => row.Names.Split(' ').Select(name => new Property(name, row.Kind)))
        .ToFrozenDictionary(p => p.Name);

    private static readonly FrozenDictionary<string, Property>.AlternateLookup<ReadOnlySpan<char>> BySpan =
        ByName.GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool IsKnown(string name) => ByName.ContainsKey(name);

    /// <summary>The property that is called so when case does not count.</summary>
    public static string? Find(string name) => ByName.Keys.FirstOrDefault(k => k.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>One string object for each known name.</summary>
    public static string Interned(string name) => ByName.TryGetValue(name, out var known) ? known.Name : name;

    public static Property Of(string name) => ByName.TryGetValue(name, out var known) ? known : new Property(name, ValueKind.Text);

    public static Property Of(ReadOnlySpan<char> name) =>
        BySpan.TryGetValue(name, out var known) ? known : new Property(name.ToString(), ValueKind.Text);
}
