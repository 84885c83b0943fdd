using System.Text.Json;
using Amana.Exchange.Handling;
using Amana.Server.Access.Walls;
using Amana.Server.Foundation;
using Amana.Server.Keys;
using Amana.Vocabulary;

namespace Amana.Server.Threads;

public enum ThreadState { Open, Closed }

/// <summary>Word of what came of a thread.</summary>
public enum Outcome { Helped, Arrest, Identified, Located, Prevented, NothingFound, NotNeeded }

/// <summary>How far the house was told that an answer is due.</summary>
public enum Escalation { None, Near, Past }

/// <summary>What bureaus write to each other about one matter. Each bureau keeps its own copy: what it wrote and what it was sent.</summary>
internal sealed class CaseThread : SealedRow, IRestrictable
{
    public const int SubjectCharsMost = 200, AboutMost = 20, AboutCharsMost = 40, OutcomeCharsMost = 2_000;

    private ThreadContent? _content;

    public required Id<CaseThread> Id { get; init; }
    /// <summary>The same in all bureaus: the id of the letter that opened it.</summary>
    public required Guid Key { get; init; }
    public required string Reference { get; init; }
    /// <summary>By which the words of its subject find it; newer threads have higher ones.</summary>
    public required long Number { get; init; }
    public required string Opener { get; init; }
    /// <summary>All that take part, with commas: <c>,QMR,UTO,</c>.</summary>
    public required string Members { get; set; }
    public required string Purpose { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    public DateTimeOffset LastAt { get; set; }
    public int Messages { get; set; }
    /// <summary>Messages of others that nobody here has opened.</summary>
    public int Unread { get; set; }
    public ThreadState State { get; private set; }
    public Outcome? Outcome { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }
    /// <summary>Who has it in hand: an actor; null: nobody yet.</summary>
    public string? AssignedTo { get; set; }
    /// <summary>The first of the answers that this bureau owes.</summary>
    public DateTimeOffset? DueAt { get; set; }
    /// <summary>From then on it is told that it will be late.</summary>
    public DateTimeOffset? NearAt { get; set; }
    public Escalation Escalation { get; set; }
    /// <summary>The strictest of what stands in it.</summary>
    public HandlingCodes Codes { get; set; }
    /// <summary>Until when the subject may be used; from then on it has gone.</summary>
    public DateTimeOffset? SubjectUntil { get; init; }
    public bool IsEmptied { get; private set; }
    public long Version { get; private set; } = 1;

    public ThreadContent Content
    {
        get => _content ??= Plain is { } plain ? JsonSerializer.Deserialize<ThreadContent>(plain, JsonRules.Options)! : ThreadContent.None;
        set => (_content, Plain) = (value, JsonSerializer.SerializeToUtf8Bytes(value, JsonRules.Options));
    }

    public IEnumerable<BureauCode> Bureaus => Members.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(BureauCode.Of);

    public static string Join(IEnumerable<BureauCode> bureaus) => $",{string.Join(',', bureaus.Select(b => b.Value).Distinct().Order(StringComparer.Ordinal))},";

    public bool Has(BureauCode bureau) => Members.Contains($",{bureau},", StringComparison.Ordinal);

    public void Add(IEnumerable<BureauCode> bureaus) => Members = Join(Bureaus.Concat(bureaus));

    public void Changed() => Version++;

    public Refusal? Close(Outcome outcome, string text, DateTimeOffset at)
    {
        if (State is ThreadState.Closed) return ThreadRefusals.Closed;
        (State, Outcome, ClosedAt, DueAt, NearAt, Content) = (ThreadState.Closed, outcome, at, null, null, Content with { OutcomeText = text });
        Version++;
        return null;
    }

    /// <summary>What this bureau owes now.</summary>
    public void Owe(IEnumerable<ThreadAsk> open)
    {
        var first = open.Where(a => a.IsOpen && a.DueAt is not null).MinBy(a => a.DueAt);
        if (first?.DueAt == DueAt) return;
        (DueAt, NearAt, Escalation) = (first?.DueAt, first is null ? null : UrgencyRules.NearAt(first.AskedAt, first.DueAt!.Value), Escalation.None);
    }

    /// <summary>Somebody has written again.</summary>
    public void Reopen() => (State, Outcome, ClosedAt) = (ThreadState.Open, null, null);

    /// <summary>Nothing that was said is left.</summary>
    public void Empty()
    {
        (_content, Plain, IsEmptied, Unread) = (null, null, true, 0);
        Version++;
    }

    protected override string Place => $"thread/{Id}";
}

/// <summary>What of a thread says what it is about.</summary>
/// <param name="SubjectItem">The letter that brought the subject; its handling is that of the subject.</param>
internal sealed record ThreadContent(string Subject, IReadOnlyList<string> About, Guid SubjectItem, JsonElement? SubjectHandling, string? OutcomeText = null)
{
    public static readonly ThreadContent None = new("", [], Guid.Empty, null);

    public ItemHandling? OwnHandling => SubjectHandling is { } json ? HandlingJson.Read(json) : null;
}
