using Amana.Server.Foundation;
using Amana.Server.Keys;

namespace Amana.Server.Screening;

/// <summary>What one officer said of one hit. Never changed; an undone one carries when and by whom.</summary>
internal sealed class HitDecision : SealedRow
{
    /// <summary>A reason in the officer's own words. Chars.</summary>
    public const int TextCharsMax = 2_000;

    public required Id<HitDecision> Id { get; init; }
    public required Id<Hit> Hit { get; init; }
    public required Verdict Verdict { get; init; }
    public required string Reason { get; init; }
    /// <summary>Sealed: it may name somebody.</summary>
    public string? Text { get => PlainText; init => PlainText = value; }
    /// <summary><see cref="Actor"/> as text.</summary>
    public required string By { get; init; }
    public required DateTimeOffset At { get; init; }
    public DateTimeOffset? UndoneAt { get; private set; }

    protected override string Place => $"hit-decision/{Id}";

    public void Undo(DateTimeOffset at) => UndoneAt ??= at;

    /// <summary>What a verdict must carry; null when it does.</summary>
    public static Refusal? Check(Verdict? verdict, string? reason, string? text)
    {
        if (verdict is not { } said) return ScreeningRefusals.VerdictMissing;
        if (string.IsNullOrWhiteSpace(reason)) return ScreeningRefusals.ReasonMissing;
        if (DecisionReason.Find(reason) is not { } known || !known.For.Contains(said)) return ScreeningRefusals.ReasonUnknown;
        if (reason == DecisionReason.Other && string.IsNullOrWhiteSpace(text)) return ScreeningRefusals.ReasonTextMissing;
        if (text is { Length: > TextCharsMax }) return ScreeningRefusals.ReasonTextTooLong;
        return text is not null && !AskedText.IsWhole(text) ? ScreeningRefusals.TextBroken with { Field = "text" } : null;
    }
}
