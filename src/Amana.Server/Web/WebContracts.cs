using Amana.Server.Access;

namespace Amana.Server.Web;

/// <summary>A number beside an entry of the rail: work for the reader.</summary>
/// <remarks>Registered by the module that owns the entry; asked on each full page, so it must be cheap.</remarks>
public interface IMenuCounter
{
    /// <summary>The entry's address, such as <c>/hits</c>.</summary>
    string Address { get; }
    Task<MenuCount> CountAsync(Caller caller, CancellationToken cancel);
}

/// <param name="CanBeLate">Red: something in it may be late.</param>
public readonly record struct MenuCount(int Count, bool CanBeLate = false);

/// <summary>Answers of the command box: records, work, commands. Registered by the module that owns them.</summary>
public interface IPaletteSource
{
    /// <summary>At most <see cref="PaletteItem.PerSourceMax"/> answers, best first, within 150 ms. Nothing that the caller may not see.</summary>
    Task<IReadOnlyList<PaletteItem>> FindAsync(string query, Caller caller, Texts texts, CancellationToken cancel);
}

/// <param name="Group">Text key of the head it stands under.</param>
/// <param name="Icon">Name in the sprite.</param>
/// <param name="Title">Data: a name or reference; or a translated command.</param>
/// <param name="Detail">Second line in grey; null for none.</param>
public sealed record PaletteItem(string Group, string Icon, string Title, string? Detail, string Address)
{
    public const int PerSourceMax = 8;
}

/// <summary>What the reader has to know at once, in the bell of every page. Registered by the module that owns it; cheap, as the counters.</summary>
public interface INotificationSource
{
    Task<IReadOnlyList<Notification>> AtAsync(Caller caller, Texts texts, CancellationToken cancel);
}

/// <param name="Icon">Name in the sprite.</param>
/// <param name="Title">Translated; data in it is isolated.</param>
/// <param name="Detail">Second line in grey; null for none.</param>
public sealed record Notification(string Icon, string Title, string? Detail, string Address);

/// <summary>What a module puts on the Desk: counters, work for a person, the state of its sources.</summary>
public interface IDeskSource
{
    Task<DeskPart> AtAsync(Caller caller, Texts texts, CancellationToken cancel);
}

/// <summary>Real numbers only; a part with nothing in it is not shown.</summary>
public sealed record DeskPart
{
    public IReadOnlyList<DeskCounter> Counters { get; init; } = [];
    public IReadOnlyList<QueueItem> Queue { get; init; } = [];
    public IReadOnlyList<SourceHealth> Sources { get; init; } = [];
}

/// <param name="Label">Translated, at most 16 letters.</param>
/// <param name="Detail">One translated line beneath; null for none.</param>
/// <param name="IsLate">Only what can be late may be red.</param>
public sealed record DeskCounter(string Label, string Icon, long Value, string Address, string? Detail = null, bool IsLate = false);

/// <summary>One line of the queue.</summary>
public sealed record QueueItem
{
    /// <summary>Translated kind of work, such as "Hit to decide".</summary>
    public required string Work { get; init; }
    public required string Icon { get; init; }
    /// <summary>The name or title it is about.</summary>
    public required string Subject { get; init; }
    /// <summary>The name in its other script, or a word on it; null for none.</summary>
    public string? SubjectSecond { get; init; }
    public required string Reference { get; init; }
    public required string Address { get; init; }
    public string? From { get; init; }
    /// <summary>When it is late; null for work without a limit, which comes after all that has one.</summary>
    public DateTimeOffset? DueAt { get; init; }
    public required DateTimeOffset Since { get; init; }
}

/// <param name="AsOf">When its data was current.</param>
/// <param name="Detail">Translated: what is wrong; null when fresh.</param>
public sealed record SourceHealth(string Title, Freshness Freshness, DateTimeOffset? AsOf, string Address, string? Detail = null);

public enum Freshness { Fresh, Waiting, Failing, Off }

/// <summary>A module whose things stand in lists says where each has its page, so that a hit leads there.</summary>
public interface IRecordPages
{
    /// <returns>Null when the record is no thing of this module, or the caller may not open such.</returns>
    RecordPage? Of(string list, string id, Caller caller);
}

/// <param name="Label">Key of a text: what is opened.</param>
/// <param name="Owner">Code of the bureau whose record it is.</param>
public sealed record RecordPage(string Address, string Label, string Owner);
