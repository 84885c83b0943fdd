using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Amana.Server.Access;

/// <summary>What a person or token may do. In addresses and on the command line in lower case with hyphens: <c>read-records</c>.</summary>
public enum Right
{
    /// <summary>Ask about a person and see the possible answers.</summary>
    Screen,
    /// <summary>Open a whole record.</summary>
    ReadRecords,
    /// <summary>Say of a hit: same person, not the same, cannot tell.</summary>
    DecideHits,
    /// <summary>Open notices, whole.</summary>
    ReadNotices,
    /// <summary>Write and send requests of the own bureau, suspend and withdraw its notices.</summary>
    DraftNotices,
    /// <summary>Review requests; refuse, approve, block, cancel.</summary>
    ReviewNotices,
    /// <summary>Publish what was approved; renew what is still needed.</summary>
    PublishNotices,
    /// <summary>Put news on the public site, and take it down.</summary>
    PublishNews,
    /// <summary>Open what strangers told the bureau, ask them, and close it.</summary>
    ReadTips,
    /// <summary>Read what other bureaus write to this one, and what this one wrote.</summary>
    ReadMessages,
    /// <summary>Write to other bureaus, ask and answer them, close threads.</summary>
    SendMessages,
    /// <summary>Say whether another bureau may use something of this one further; is told when an answer will be late.</summary>
    ReleaseMessages,
    /// <summary>Answer what people ask about data on themselves. Whoever lacks it does not learn that somebody asked.</summary>
    HandleRequests,
    /// <summary>Enter and withdraw lost and stolen things of the own bureau, and answer as their owner.</summary>
    EnterItems,
    /// <summary>See sources, runs and list versions, without their content. Part of <see cref="Import"/>.</summary>
    ReadLists,
    /// <summary>Start, pause, stop and confirm imports; set up sources.</summary>
    Import,
    /// <summary>Read who did what, without content.</summary>
    ReadJournal,
    /// <summary>Read the content part of journal entries: what was asked and answered.</summary>
    ReadJournalContent,
    /// <summary>See people, their roles, and tokens, without changing them.</summary>
    ReadPeople,
    /// <summary>Invite people, give roles, close accounts.</summary>
    ManagePeople,
    /// <summary>Make and end tokens for machines.</summary>
    ManageTokens,
    /// <summary>Change the keys that seal what is stored.</summary>
    ManageKeys,
    /// <summary>Erase what is personal in an entry of the journal, with a reason.</summary>
    EraseJournalContent,
    /// <summary>See how the server is: what there is to do, speed, disk, backups. No content.</summary>
    ReadHealth,
    /// <summary>Agree, as the second officer, that somebody gets a new sign-in.</summary>
    AgreeToRecovery,
    /// <summary>Name the bureaus that witness this journal, and the journals that this server witnesses.</summary>
    ManageWitnesses,
    /// <summary>See which bureaus there are, with which keys, and how letters to them fare. No content.</summary>
    ReadBureaus,
    /// <summary>Join or found the directory of bureaus, compare keys, refuse a bureau, send dead letters again.</summary>
    ManageBureaus,
    /// <summary>Say which bureaus may ask this one without telling about whom, how often, and about which lists.</summary>
    ManageBlindQuestions,
    /// <summary>Say of a record that it is for some units and people only.</summary>
    RestrictRecords,
    /// <summary>Open such a record from outside when it cannot wait: for hours, seen by all concerned, reviewed each time.</summary>
    OpenInEmergency,
    /// <summary>Review what was opened in emergencies.</summary>
    ReviewEmergencies,
}

public static class RightWords
{
    private static readonly Dictionary<string, Right> ByWord = Enum.GetValues<Right>().ToDictionary(Word, StringComparer.Ordinal);

    public static IEnumerable<string> All => ByWord.Keys;

    /// <summary>Those that a machine may have.</summary>
    public static IEnumerable<string> ForMachines => ByWord.Where(w => !RoleTable.OnlyPeople.Contains(w.Value)).Select(w => w.Key);

    /// <summary>As on the command line and in JSON: <c>read-records</c>.</summary>
    public static string Word(this Right right) => JsonNamingPolicy.KebabCaseLower.ConvertName(right.ToString());

    public static bool TryParse([NotNullWhen(true)] string? word, out Right right) => ByWord.TryGetValue(word ?? "", out right);
}
