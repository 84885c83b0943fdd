namespace Amana.Server.Journal;

/// <summary>Who co-signed the journal; told by the module that asks them, for those who show the journal.</summary>
public interface IJournalWitnesses
{
    /// <param name="Name">The bureau's.</param>
    /// <param name="Size">Entries under the last checkpoint that it signed.</param>
    /// <param name="At">When it says that it saw that one.</param>
    public sealed record Cosigned(string Name, long Size, DateTimeOffset At);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<Cosigned>> SignedAsync(CancellationToken cancel);
}
