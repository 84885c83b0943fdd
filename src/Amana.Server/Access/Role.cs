using System.Collections.Frozen;

namespace Amana.Server.Access;

/// <summary>What a person is in the bureau. What each may do stands in <see cref="RoleTable"/>.</summary>
public enum Role
{
    Officer,
    Analyst,
    SecondOfficer,
    Compliance,
    DataProtection,
    Administrator,
    SecurityOfficer,
}

/// <summary>Who may do what. The same table as in this module's README; a test compares them.</summary>
public static class RoleTable
{
    private static readonly FrozenDictionary<Role, FrozenSet<Right>> Table = new Dictionary<Role, Right[]>
    {
        [Role.Officer] = [Right.Screen, Right.ReadRecords, Right.DecideHits, Right.ReadNotices, Right.DraftNotices, Right.ReadTips, Right.ReadMessages, Right.SendMessages, Right.EnterItems, Right.ReadLists, Right.RestrictRecords, Right.OpenInEmergency, Right.ReadBureaus],
        [Role.Analyst] = [Right.Screen, Right.ReadRecords, Right.ReadNotices, Right.ReadMessages, Right.ReadLists, Right.ReadBureaus],
        [Role.SecondOfficer] = [Right.Screen, Right.ReadRecords, Right.DecideHits, Right.ReadNotices, Right.DraftNotices, Right.PublishNotices, Right.PublishNews, Right.ReadTips, Right.ReadMessages, Right.SendMessages, Right.ReleaseMessages, Right.EnterItems, Right.ReadLists, Right.RestrictRecords, Right.OpenInEmergency, Right.ReadBureaus],
        [Role.Compliance] = [Right.ReadRecords, Right.ReadNotices, Right.ReviewNotices, Right.HandleRequests, Right.ReadLists, Right.ReadJournal, Right.ReadJournalContent, Right.ReviewEmergencies, Right.ReadBureaus, Right.ManageBlindQuestions],
        [Role.DataProtection] = [Right.ReadLists, Right.ReadJournal, Right.EraseJournalContent],
        [Role.Administrator] = [Right.ReadLists, Right.Import, Right.ReadJournal, Right.ReadPeople, Right.ManagePeople, Right.ManageTokens, Right.ManageKeys, Right.ReadHealth, Right.ReadBureaus, Right.ManageBureaus],
        [Role.SecurityOfficer] = [Right.ReadLists, Right.ReadJournal, Right.ReadPeople, Right.AgreeToRecovery, Right.ManageWitnesses, Right.ReadHealth, Right.ReadBureaus],
    }.ToFrozenDictionary(row => row.Key, row => row.Value.ToFrozenSet());

    /// <summary>Rights that open content. The administrator runs the house and never has one of them.</summary>
    public static readonly FrozenSet<Right> OpensContent =
        new[]
    {
        Right.Screen, Right.ReadRecords, Right.DecideHits, Right.ReadNotices, Right.DraftNotices, Right.ReviewNotices, Right.PublishNotices, Right.ReadTips, Right.HandleRequests, Right.EnterItems, Right.ReadJournalContent,
        Right.ReadMessages, Right.SendMessages, Right.ReleaseMessages, Right.RestrictRecords, Right.OpenInEmergency, Right.ReviewEmergencies,
    }.ToFrozenSet();

    /// <summary>Rights for which a person proves anew to be there when the last proof is older than <see cref="Gate.ProofLasts"/>: what they do
    /// changes who may do what, or cannot be undone, or leaves the bureau.</summary>
    public static readonly FrozenSet<Right> NeedsProof =
        new[] { Right.ManagePeople, Right.ManageTokens, Right.ManageKeys, Right.EraseJournalContent, Right.AgreeToRecovery, Right.ManageWitnesses, Right.ManageBureaus, Right.ManageBlindQuestions, Right.PublishNotices, Right.PublishNews, Right.ReleaseMessages, Right.OpenInEmergency }.ToFrozenSet();

    /// <summary>Rights of which no machine has one, whatever its token says: who answers people about their own data, says who sees what, looks after
    /// what was opened, gives roles, and erases, is somebody with a name. Every right in which two persons are asked for is here: two tokens of one person
    /// are not two pairs of eyes.</summary>
    public static readonly FrozenSet<Right> OnlyPeople =
        new[]
    {
        Right.ReviewNotices, Right.PublishNotices, Right.HandleRequests, Right.RestrictRecords, Right.OpenInEmergency, Right.ReviewEmergencies, Right.ManagePeople, Right.AgreeToRecovery, Right.EraseJournalContent,
    }.ToFrozenSet();

    /// <summary>Roles that one person never holds together, beside the administrator with any role that opens content.</summary>
    public static IReadOnlyList<(Role, Role)> NeverTogether { get; } =
    [
        (Role.Officer, Role.Compliance),
        (Role.Officer, Role.SecondOfficer),
        (Role.SecondOfficer, Role.Compliance),
        (Role.Analyst, Role.Compliance),
        (Role.Administrator, Role.SecurityOfficer),
        .. Enum.GetValues<Role>().Where(role => Table[role].Overlaps(OpensContent)).Select(role => (Role.Administrator, role)),
    ];

    public static FrozenSet<Right> RightsOf(Role role) => Table[role];

    public static FrozenSet<Right> RightsOf(IEnumerable<Role> roles) => roles.SelectMany(role => Table[role]).ToFrozenSet();

    /// <summary>The first pair in <paramref name="roles"/> that never goes together, or null.</summary>
    public static (Role, Role)? ConflictIn(IReadOnlyCollection<Role> roles)
    {
        ArgumentNullException.ThrowIfNull(roles);
        foreach (var pair in NeverTogether)
        {
            if (roles.Contains(pair.Item1) && roles.Contains(pair.Item2)) return pair;
        }

        return null;
    }
}
