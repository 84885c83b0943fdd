using System.Text.Json;
using Amana.Server.Foundation;
using Amana.Server.Keys;
using Amana.Vocabulary;

namespace Amana.Server.LostAndStolen;

internal enum ItemState
{
    /// <summary>Whoever asks for one of its numbers gets it as an answer.</summary>
    InForce,
    /// <summary>Its owner took it back: it answers nobody, and is deleted soon.</summary>
    Withdrawn,
}

/// <summary>Something that was lost or stolen, as its owner reported it. No person stands in it.</summary>
internal sealed class ReportedItem : SealedRow
{
    public static readonly IReadOnlyList<string> Reasons = ["recovered", "entered-in-error", "replaced", "other"];
    public const int ReasonTextMax = 500;

    public required Id<ReportedItem> Id { get; init; }
    /// <summary>Such as <c>UTO-TD-2026-000017</c>.</summary>
    public required string Reference { get; init; }
    public required ItemKind Kind { get; init; }
    /// <summary>The bureau that entered it, and alone may take it back.</summary>
    public required BureauCode Bureau { get; init; }
    /// <summary>What happened: one of the choices of the field <c>fraud</c>.</summary>
    public required string Fraud { get; init; }
    /// <summary>By field; stored sealed. The numbers among them stand in clear as <see cref="Numbers"/>, by which they are found.</summary>
    public required IReadOnlyDictionary<string, string> Facts
    {
        get => JsonSerializer.Deserialize<Dictionary<string, string>>(PlainText!, JsonRules.Options)!;
        init => PlainText = JsonSerializer.Serialize(value, JsonRules.Options);
    }
    public required string EnteredBy { get; init; }
    public required DateTimeOffset EnteredAt { get; init; }
    /// <summary>Deletes itself then.</summary>
    public required DateTimeOffset KeptUntil { get; set; }
    public ItemState State { get; private set; }
    public DateTimeOffset? WithdrawnAt { get; private set; }
    public string? Reason { get; private set; }

    public List<ItemNumber> Numbers { get; init; } = [];

    protected override string Place => $"reported-item/{Id}";

    public Refusal? Withdraw(string? reason, DateTimeOffset now)
    {
        if (State is ItemState.Withdrawn) return ItemRefusals.AlreadyWithdrawn;
        if (reason is null || !Reasons.Contains(reason)) return ItemRefusals.ReasonUnknown;
        (State, WithdrawnAt, Reason) = (ItemState.Withdrawn, now, reason);
        var end = now.AddDays(ItemRules.WithdrawnKeptDays);
        if (end < KeptUntil) KeptUntil = end;
        return null;
    }
}

/// <summary>One number of an item. The key is the record that <see cref="NumberShelf"/> leads to.</summary>
internal sealed class ItemNumber
{
    /// <summary>Given by the database, growing.</summary>
    public long Key { get; private set; }
    public Id<ReportedItem> Item { get; init; }
    public required ItemKind Kind { get; init; }
    /// <summary>Which number of its item, such as <c>vin</c>.</summary>
    public required string Field { get; init; }
    /// <summary>Capitals and digits only, see <see cref="Matching.Fields.DocumentNumber"/>.</summary>
    public required string Value { get; init; }
    /// <summary>Three letters of the travel document standard; null when the number stands for itself.</summary>
    public string? Issuer { get; init; }
    public ReportedItem? Of { get; init; }
}

/// <summary>How far the question to an owner is: a hit by number alone is no proof.</summary>
internal enum OwnerAnswer
{
    Asked,
    Confirmed,
    /// <summary>Found again by its bearer, another document, or entered in error.</summary>
    NotConfirmed,
}

/// <summary>What was written in a question to an owner, and in the answer.</summary>
/// <param name="Number">As it stood before the officer.</param>
internal sealed record OwnerWords(string Number, string? Text, string? Answer = null);

/// <summary>What a bureau asked the owner after a hit, and what the owner answered; its words are stored sealed.</summary>
internal sealed class OwnerQuestion : SealedRow
{
    public const int TextMax = 1_000;

    public required Id<OwnerQuestion> Id { get; init; }
    public required Id<ReportedItem> Item { get; init; }
    public required string ItemReference { get; init; }
    public required BureauCode AskedBy { get; init; }
    public required BureauCode Owner { get; init; }
    public required OwnerWords Words
    {
        get => JsonSerializer.Deserialize<OwnerWords>(PlainText!, JsonRules.Options)!;
        set => PlainText = JsonSerializer.Serialize(value, JsonRules.Options);
    }

    public required string Agreement { get; init; }
    public required string Officer { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public OwnerAnswer Answer { get; private set; }
    public DateTimeOffset? AnsweredAt { get; private set; }

    protected override string Place => $"owner-question/{Id}";

    public Refusal? Close(bool confirmed, string? text, DateTimeOffset now)
    {
        if (Answer is not OwnerAnswer.Asked) return ItemRefusals.AlreadyAnswered;
        if (text?.Length > TextMax) return ItemRefusals.TextTooLong;
        (Answer, AnsweredAt) = (confirmed ? OwnerAnswer.Confirmed : OwnerAnswer.NotConfirmed, now);
        Words = Words with { Answer = string.IsNullOrWhiteSpace(text) ? null : text.Trim() };
        return null;
    }
}

/// <summary>The last serial given for a bureau's kind in a year.</summary>
internal sealed class ItemSerial
{
    public required string Scope { get; init; }
    public required int Year { get; init; }
    public int Last { get; set; }
}

/// <summary>Entries of items take turns, so that references follow each other and nothing is entered twice.</summary>
internal sealed class ItemTurn : Turns;
