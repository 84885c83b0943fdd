using Amana.Sealing.Trees;

namespace Amana.Server.Witness;

/// <summary>A journal of another bureau that this server witnesses: the last checkpoint that it signed.</summary>
internal sealed class WitnessedLog
{
    /// <summary>The log's name, as its checkpoints say it.</summary>
    public required string Origin { get; init; }
    /// <summary>Verifier key of its own signature, <c>name+id+key</c>, algorithm 0x01.</summary>
    public required string Key { get; init; }
    /// <summary>The bureau's, for people.</summary>
    public required string Name { get; init; }
    /// <summary>Code of the bureau of the directory that asked over the exchange; null: entered by hand.</summary>
    public string? Bureau { get; init; }
    public required DateTimeOffset AddedAt { get; init; }
    /// <summary>When people here agreed to witness it; null: it is asked for, and nothing is signed.</summary>
    public DateTimeOffset? AgreedAt { get; set; }
    /// <summary>Entries; 0 before the first.</summary>
    public long Size { get; private set; }
    /// <summary>32 bytes; null before the first.</summary>
    public byte[]? Root { get; private set; }
    public DateTimeOffset? SeenAt { get; private set; }

    public TreeHash Hash => Root is null ? TreeHash.OfNothing : TreeHash.Of(Root);

    public void Saw(long size, TreeHash root, DateTimeOffset now) => (Size, Root, SeenAt) = (size, root.ToArray(), now);
}
