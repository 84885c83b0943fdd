using System.Text;
using Amana.Server.Foundation;
using Amana.Server.Keys;

namespace Amana.Server.Access.Walls;

/// <summary>That somebody outside of a wall opened the record because it could not wait. Ends by itself, and is reviewed each time.</summary>
internal sealed class EmergencyOpening
{
    public static readonly TimeSpan Lasts = TimeSpan.FromHours(4);
    public static readonly TimeSpan ReviewWithin = TimeSpan.FromHours(72);
    /// <summary>Records that one person has open in an emergency at one time.</summary>
    public const int AtOnceMost = 3;
    public const int ReasonShortest = 20, ReasonLongest = 1_000;

    public required Id<EmergencyOpening> Id { get; init; }
    /// <summary>The record's reference.</summary>
    public required string Record { get; init; }
    /// <summary>As in the journal.</summary>
    public required string By { get; init; }
    public required DateTimeOffset At { get; init; }
    /// <summary>The end, which a review can bring forward.</summary>
    public required DateTimeOffset Until { get; set; }
    /// <summary>Sealed: it may name somebody.</summary>
    public byte[] Reason { get; private set; } = [];
    public DateTimeOffset? ReviewedAt { get; private set; }
    public string? ReviewedBy { get; private set; }
    public bool? Justified { get; private set; }
    /// <summary>Sealed.</summary>
    public byte[]? Finding { get; private set; }

    public DateTimeOffset ReviewDueAt => At + ReviewWithin;

    public void Say(string reason, FieldSealer sealer)
    {
        ArgumentNullException.ThrowIfNull(sealer);
        Reason = sealer.Seal(Encoding.UTF8.GetBytes(reason), $"emergency/{Id}/reason");
    }

    /// <summary>Compliance has looked at it. What was not justified ends at once.</summary>
    /// <returns>Null when taken down; otherwise why not, and nothing is changed.</returns>
    public Refusal? Review(bool justified, string finding, string by, DateTimeOffset at, FieldSealer sealer)
    {
        ArgumentNullException.ThrowIfNull(sealer);
        if (ReviewedAt is not null) return AccessRefusals.EmergencyReviewed;
        if (by == By) return AccessRefusals.SecondPerson;
        (ReviewedAt, ReviewedBy, Justified) = (at, by, justified);
        Finding = sealer.Seal(Encoding.UTF8.GetBytes(finding), $"emergency/{Id}/finding");
        if (!justified && Until > at) Until = at;
        return null;
    }

    public string ReasonIn(FieldSealer sealer)
    {
        ArgumentNullException.ThrowIfNull(sealer);
        return Encoding.UTF8.GetString(sealer.Open(Reason, $"emergency/{Id}/reason"));
    }

    public string? FindingIn(FieldSealer sealer)
    {
        ArgumentNullException.ThrowIfNull(sealer);
        return Finding is null ? null : Encoding.UTF8.GetString(sealer.Open(Finding, $"emergency/{Id}/finding"));
    }
}
