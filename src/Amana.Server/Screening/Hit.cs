using Amana.Server.Access.Walls;
using Amana.Server.Foundation;
using Amana.Server.Keys;

namespace Amana.Server.Screening;

/// <summary>One possible answer that a person has to look at: question, record and evidence as they were when it was found.
/// A match is a lead, not an identification.</summary>
internal sealed class Hit : SealedRow, IRestrictable
{
    /// <summary>How long the officer who decided may take it back.</summary>
    public static readonly TimeSpan UndoFor = TimeSpan.FromMinutes(10);

    private HitContent? _content;

    public required Id<Hit> Id { get; init; }
    public required string Reference { get; init; }
    public required string Bureau { get; init; }
    public required DateTimeOffset FoundAt { get; init; }
    public required Id<AskedQuestion> Question { get; init; }
    public required string Purpose { get; init; }
    public Id<Batch>? Batch { get; init; }
    /// <summary>Line of the batch file, from 1.</summary>
    public long? BatchLine { get; init; }
    /// <summary>Whatever names somebody; sealed.</summary>
    public required HitContent Content
    {
        get => _content ??= HitContent.Of(Plain!);
        set => (_content, Plain) = (value, value.ToBytes());
    }
    /// <summary>See <see cref="QuestionPrints"/>.</summary>
    public required string QuestionFingerprint { get; init; }
    public required string List { get; init; }
    public required string ListVersion { get; set; }
    public required string EntityId { get; init; }
    /// <summary>SHA-256 of the record's content, in hex: another value means that the record has changed.</summary>
    public required string RecordFingerprint { get; set; }
    /// <summary>0 to 1.</summary>
    public required double Score { get; set; }
    /// <summary>The record came after the question, which was asked again.</summary>
    public bool FoundLater { get; set; }
    public HitState State { get; private set; }
    public Verdict? Verdict { get; private set; }
    public string? DecidedBy { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    /// <summary>The person it is assigned to: <see cref="Actor"/> as text.</summary>
    public string? AssignedTo { get; private set; }
    /// <summary>When it was opened again because the record had changed.</summary>
    public DateTimeOffset? ReopenedAt { get; private set; }
    /// <summary>Raised by each change; two officers at once cannot both write.</summary>
    public long Version { get; private set; } = 1;

    /// <summary>Records a verdict that <see cref="HitDecision.Check"/> has passed.</summary>
    /// <param name="seen">The version the officer had on the screen; null when the caller keeps none.</param>
    public Refusal? Decide(Verdict verdict, string by, DateTimeOffset at, long? seen)
    {
        if (seen is { } version && version != Version) return ScreeningRefusals.ChangedMeanwhile;
        // Cannot tell is no end: it may be decided again. So may a verdict, but only by someone who has seen it.
        if (State is HitState.Decided && Verdict is not Screening.Verdict.CannotTell && seen is null) return ScreeningRefusals.AlreadyDecided;
        (State, Verdict, DecidedBy, DecidedAt) = (HitState.Decided, verdict, by, at);
        Version++;
        return null;
    }

    /// <summary>Takes the last verdict back.</summary>
    public Refusal? Undo(string by, DateTimeOffset at)
    {
        if (State is not HitState.Decided) return ScreeningRefusals.NotDecided;
        if (DecidedBy != by) return ScreeningRefusals.NotYours;
        if (at - DecidedAt > UndoFor) return ScreeningRefusals.UndoTooLate;
        (State, Verdict, DecidedBy, DecidedAt) = (HitState.Open, null, null, null);
        Version++;
        return null;
    }

    public void Assign(string? to)
    {
        AssignedTo = to;
        Version++;
    }

    /// <summary>What the record and the evidence are now.</summary>
    public void Show(string listVersion, string caption, string recordFingerprint, double score, string evidence, string record) =>
        (ListVersion, RecordFingerprint, Score, Content) = (listVersion, recordFingerprint, score, Content with { Caption = caption, Evidence = evidence, Record = record });

    /// <summary>The record is another one than the decided one: somebody has to look again.</summary>
    public void Reopen(DateTimeOffset at)
    {
        (State, Verdict, DecidedBy, DecidedAt, ReopenedAt) = (HitState.Open, null, null, null, at);
        Version++;
    }

    protected override string Place => $"hit/{Id}";
}

/// <summary>What of a hit names somebody.</summary>
internal sealed record HitContent
{
    /// <summary>What was asked, for lists of hits.</summary>
    public required string AskedName { get; init; }
    /// <summary>JSON of the question, as one line; empty once it has to go.</summary>
    public required string QuestionBody { get; init; }
    /// <summary>The record's name.</summary>
    public required string Caption { get; init; }
    /// <summary>JSON of the evidence, as it was shown.</summary>
    public required string Evidence { get; init; }
    /// <summary>JSON of the record, as it was shown.</summary>
    public required string Record { get; init; }

    public byte[] ToBytes() => FieldTexts.Join(AskedName, QuestionBody, Caption, Evidence, Record);

    public static HitContent Of(byte[] bytes)
    {
        string[] texts = FieldTexts.Split(bytes, 5);
        return new() { AskedName = texts[0], QuestionBody = texts[1], Caption = texts[2], Evidence = texts[3], Record = texts[4] };
    }
}

public enum HitState { Open, Decided }
