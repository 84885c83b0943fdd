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
    /// <summary>See sources, runs and list versions, without their content.</summary>
    ReadLists,
    /// <summary>Start, pause, stop and confirm imports; set up sources.</summary>
    Import,
    /// <summary>Read who did what, without content.</summary>
    ReadJournal,
    /// <summary>Invite people, give roles, close accounts.</summary>
    ManagePeople,
    /// <summary>Make and end tokens for machines.</summary>
    ManageTokens,
}
