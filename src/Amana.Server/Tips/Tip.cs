using Amana.Server.Foundation;

namespace Amana.Server.Tips;

internal enum TipState { New, Read, Closed }

/// <summary>What somebody told the bureau, perhaps about a notice. Who it was is not asked and not kept; what was written is sealed.</summary>
internal sealed class Tip
{
    public required Id<Tip> Id { get; init; }
    /// <summary>For the phone and the staff: <c>TIP-8842KQ</c>. It opens nothing.</summary>
    public required string Reference { get; init; }
    /// <summary>The public id of the notice it is about, <c>2026/123</c>; null when about none.</summary>
    public string? Notice { get; init; }
    /// <summary>Of the form that it came with: the same form sent twice is one tip.</summary>
    public required string Form { get; init; }
    /// <summary>Keyed hash of the code with which its giver comes back.</summary>
    public required string CodeHash { get; init; }
    public required DateTimeOffset At { get; init; }
    public TipState State { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }
    /// <summary>Whether it helped; null until it is closed.</summary>
    public bool? Helped { get; private set; }
    /// <summary>The giver has answered since an officer last opened it.</summary>
    public bool HasNews { get; private set; }
    /// <summary><see cref="TipContent"/>, sealed.</summary>
    public required byte[] Body { get; init; }
    /// <summary>Of everything that it keeps, for the bound of all tips together.</summary>
    public long Bytes { get; private set; }

    public string Place => $"tip/{Id}";

    public void Keeps(int bytes) => Bytes += bytes;

    public void WasRead()
    {
        HasNews = false;
        if (State is TipState.New) State = TipState.Read;
    }

    public void WasAnswered() => HasNews = true;

    public Refusal? Close(bool helped, DateTimeOffset at)
    {
        if (State is TipState.Closed) return TipRefusals.Closed;
        (State, Helped, ClosedAt, HasNews) = (TipState.Closed, helped, at, false);
        return null;
    }
}

/// <summary>What the giver wrote; stored sealed.</summary>
internal sealed record TipContent(string What, string? Where, string? When)
{
    public const int WhatCharsMax = 5_000, WhereCharsMax = 300, WhenCharsMax = 100;
    /// <summary>Beside the day that was chosen.</summary>
    public const int WhenTypedMax = 80;
}

/// <summary>A question of an officer, or an answer of the giver.</summary>
internal sealed class TipMessage
{
    public const int CharsMax = 2_000, PerTipMax = 40;

    public required Id<TipMessage> Id { get; init; }
    public required Id<Tip> Tip { get; init; }
    public required bool FromBureau { get; init; }
    public required DateTimeOffset At { get; init; }
    public required byte[] Body { get; init; }

    public static string PlaceOf(Id<TipMessage> id) => $"tip-message/{id}";
}

/// <summary>The picture that came with a tip, without what a camera wrote beside it, sealed.</summary>
internal sealed class TipPicture
{
    public required Id<Tip> Tip { get; init; }
    public required string MediaType { get; init; }
    public required byte[] Body { get; init; }

    public static string PlaceOf(Id<Tip> tip) => $"tip-picture/{tip}";
}
