using System.Collections.Frozen;
using Amana.Matching;

namespace Amana.Server.Screening;

/// <summary>The schemata of FollowTheMoney by name, with what each is a kind of.</summary>
/// <remarks>Source: https://followthemoney.tech/explorer/ (names and ancestry, read 2026-11).</remarks>
internal static class Schemata
{
    /// <summary>Everything; what <c>/search</c> looks through unless told.</summary>
    public const string Thing = "Thing";

    // Each name with its parents. A schema has at most two.
    private static readonly FrozenDictionary<string, string[]> Parents = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        [Thing] = [], ["Interval"] = [], ["Mention"] = [],
        ["LegalEntity"] = [Thing], ["Person"] = ["LegalEntity"], ["Organization"] = ["LegalEntity"], ["PublicBody"] = ["Organization"],
        ["Company"] = ["Organization", "Asset"], ["Asset"] = [Thing], ["Vehicle"] = ["Asset"], ["Vessel"] = ["Vehicle"],
        ["Airplane"] = ["Vehicle"], ["RealEstate"] = ["Asset"], ["BankAccount"] = ["Asset"], ["Security"] = ["Asset"],
        ["Address"] = [Thing], ["Position"] = [Thing], ["CryptoWallet"] = [Thing], ["Event"] = ["Interval", Thing], ["Trip"] = ["Event"],
        ["Call"] = ["Interval"], ["Message"] = ["Interval", "Document"], ["Project"] = ["Interval", Thing], ["Contract"] = ["Asset"],
        ["ContractAward"] = ["Interval"], ["CourtCase"] = [Thing], ["CourtCaseParty"] = ["Interval"], ["License"] = ["Contract"],
        ["Note"] = ["Analyzable", Thing], ["Analyzable"] = [], ["UserAccount"] = [Thing], ["Assessment"] = [Thing],
        ["Document"] = ["Analyzable", Thing], ["Article"] = ["Document"], ["Folder"] = ["Document"], ["Package"] = ["Folder"],
        ["Workbook"] = ["Folder"], ["Table"] = ["Document"], ["Pages"] = ["Document"], ["Page"] = [], ["PlainText"] = ["Document"],
        ["HyperText"] = ["Document"], ["Image"] = ["Document"], ["Audio"] = ["Document"], ["Video"] = ["Document"], ["Email"] = ["Folder"],
        ["Interest"] = ["Interval"], ["Ownership"] = ["Interest"], ["Directorship"] = ["Interest"], ["Membership"] = ["Interest"],
        ["Employment"] = ["Interest"], ["Representation"] = ["Interest"], ["Occupancy"] = ["Interval"], ["Family"] = ["Interval"],
        ["Associate"] = ["Interval"], ["UnknownLink"] = ["Interest"], ["Succession"] = ["Interest"], ["Similar"] = [], ["Debt"] = ["Interest"],
        ["Value"] = [], ["Payment"] = ["Interval", "Value"], ["EconomicActivity"] = ["Interval"], ["TaxRoll"] = ["Interval"],
        ["Identification"] = ["Interval"], ["Passport"] = ["Identification"], ["Sanction"] = ["Interval"], ["ProjectParticipant"] = ["Interest"],
        ["Documentation"] = ["Interest"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static bool IsKnown(string schema) => Parents.ContainsKey(schema);

    /// <summary>Whether <paramref name="schema"/> is <paramref name="wanted"/> or a kind of it.</summary>
    public static bool IsKindOf(string schema, string wanted) =>
        schema == wanted || (Parents.TryGetValue(schema, out var parents) && parents.Any(p => IsKindOf(p, wanted)));

    /// <summary>What a question about such a thing is compared with.</summary>
    public static SubjectKind KindOf(string schema) => schema switch
    {
        "Person" => SubjectKind.Person,
        "Organization" or "Company" or "PublicBody" => SubjectKind.Organization,
        "Vessel" => SubjectKind.Vessel,
        "Airplane" => SubjectKind.Aircraft,
        _ => SubjectKind.Any,
    };

    /// <summary>Whether a record of schema <paramref name="listed"/> may answer a question about an <paramref name="asked"/>.</summary>
    /// <remarks>A company is asked for among organisations too, and a person among legal entities of unknown kind.</remarks>
    public static bool MayAnswer(string asked, string listed) => asked switch
    {
        Thing => true,
        "Person" => listed is "Person" or "LegalEntity",
        "Organization" or "Company" or "PublicBody" => listed != "Person" && (IsKindOf(listed, "LegalEntity") || listed == "Asset"),
        "LegalEntity" => IsKindOf(listed, "LegalEntity"),
        "Vessel" or "Airplane" => listed == asked || listed is "Vehicle" or "Asset",
        _ => IsKindOf(listed, asked),
    };
}
