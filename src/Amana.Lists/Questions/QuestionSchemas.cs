using System.Collections.Frozen;
using Amana.Matching;

namespace Amana.Lists.Questions;

/// <summary>The FollowTheMoney schemas that a question may name, and what they are compared with.</summary>
/// <remarks>Source: https://followthemoney.tech/explorer/schemata/ (schemas marked as matchable, and those above them).</remarks>
public static class QuestionSchemas
{
    // A legal entity is a person or a body, so it is compared with both; a thing with everything.
    private static readonly FrozenDictionary<string, SubjectKind> Kinds = new Dictionary<string, SubjectKind>(StringComparer.Ordinal)
    {
        ["Person"] = SubjectKind.Person,
        ["Organization"] = SubjectKind.Organization,
        ["Company"] = SubjectKind.Organization,
        ["PublicBody"] = SubjectKind.Organization,
        ["Vessel"] = SubjectKind.Vessel,
        ["Airplane"] = SubjectKind.Aircraft,
        ["LegalEntity"] = SubjectKind.Any,
        ["Thing"] = SubjectKind.Any,
        ["Asset"] = SubjectKind.Any,
        ["Vehicle"] = SubjectKind.Any,
        ["Security"] = SubjectKind.Any,
        ["CryptoWallet"] = SubjectKind.Any,
        ["BankAccount"] = SubjectKind.Any,
        ["Address"] = SubjectKind.Any,
        ["Position"] = SubjectKind.Any,
        ["RealEstate"] = SubjectKind.Any,
        ["Event"] = SubjectKind.Any,
        ["Document"] = SubjectKind.Any,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> All => Kinds.Keys.Order(StringComparer.Ordinal);

    /// <summary>False: there is no such schema, or it cannot be asked for.</summary>
    public static bool TryKindOf(string schema, out SubjectKind kind) => Kinds.TryGetValue(schema, out kind);
}
