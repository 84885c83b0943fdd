using Amana.Sealing.Notes;

namespace Amana.Sealing.Logs;

/// <summary>What is wrong with a log. The words are for programs; people are told in their language.</summary>
public enum LogFault
{
    None,
    /// <summary>There is no checkpoint, or it is none, of another log, or not signed with the key.</summary>
    Checkpoint,
    /// <summary>The checkpoint that was kept is none, of another log, or not signed with the key.</summary>
    Since,
    /// <summary>The log has fewer entries than it had when the kept checkpoint was signed.</summary>
    Cut,
    /// <summary>What the kept checkpoint vouches for is not what stands there now.</summary>
    Rewritten,
    /// <summary>An entry is missing, or more stand there than should.</summary>
    Missing,
    /// <summary>An entry is not the one that its tile was made of.</summary>
    Entry,
    /// <summary>A tile is missing, or is not made of those below it.</summary>
    Tile,
    /// <summary>Entries and tiles agree, and the signed root is another.</summary>
    Root,
}

/// <param name="FirstBad">Number, from 0, of the first entry that is not proved; null when all are.</param>
/// <param name="Entries">How many entries were found good, one after the other, from the first.</param>
/// <param name="Checkpoint">What was proved; null when there was none to prove.</param>
public sealed record LogFinding(LogFault Fault, long? FirstBad, long Entries, Checkpoint? Checkpoint)
{
    public bool IsGood => Fault is LogFault.None;
}
