using Amana.Lists;

namespace Amana.Server.Watchlists;

/// <summary>One state of one entity of a list: from the version that brought it to the version that no longer had it.</summary>
/// <remarks>A run writes only what differs; all else stays. What a version that is not yet published wrote is out of sight,
/// because <see cref="FromVersion"/> is above the list's current version. Key, list and versions are plain numbers since
/// this is the one table with tens of millions of rows.</remarks>
internal sealed class StoredEntity
{
    /// <summary>Given by the database, growing; the order of an index.</summary>
    public long Key { get; private set; }
    public required int List { get; init; }
    /// <summary>As the list gives it, such as <c>ofac-sdn-475</c>.</summary>
    public required string Id { get; init; }
    /// <summary>16 bytes of <see cref="EntityBody"/>.</summary>
    public required byte[] Hash { get; init; }
    /// <summary>See <see cref="EntityBody"/>.</summary>
    public required byte[] Body { get; init; }
    public required int FromVersion { get; init; }
    /// <summary>First version without it; null while it is in the newest.</summary>
    public int? ToVersion { get; set; }
    /// <summary>Key of the earlier state of the same entity; null when the entity was new.</summary>
    public long? Replaces { get; init; }

    /// <summary>When the publisher last saw the entity, UTC ticks, from the version <see cref="SeenFrom"/> on. It moves without
    /// another state of the entity, and versions before go on saying <see cref="SeenBefore"/>.</summary>
    public long? LastSeen { get; init; }
    public int SeenFrom { get; init; }
    public long? SeenBefore { get; init; }

    public const int IdCharsMax = 300;
}

/// <summary>An entity as one version of its list has it.</summary>
/// <param name="LastSeen">UTC ticks.</param>
internal sealed record EntityState(string Id, byte[] Body, long? LastSeen)
{
    public ListedEntity Read() => EntityBody.Read(Id, Body, LastSeen is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null);
}
