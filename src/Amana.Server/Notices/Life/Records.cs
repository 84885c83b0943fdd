using Amana.Server.Foundation;
using Amana.Server.Keys;

namespace Amana.Server.Notices;

/// <summary>One edge that was taken: the history that a notice's page shows.</summary>
internal sealed class NoticeStep : SealedRow
{
    public required Id<NoticeStep> Id { get; init; }
    public required Id<Notice> Notice { get; init; }
    public required NoticeEvent Event { get; init; }
    public required NoticeState To { get; init; }
    public required string By { get; init; }
    public required DateTimeOffset At { get; init; }
    /// <summary>Sealed; goes with the notice's personal data.</summary>
    public string? Reason { get => PlainText; set => PlainText = value; }
    public string? Code { get; init; }

    protected override string Place => $"notice-step/{Id}";
}

/// <summary>What a reviewer said of one criterion; the latest stands.</summary>
internal sealed class NoticeAnswer : SealedRow
{
    public required Id<NoticeAnswer> Id { get; init; }
    public required Id<Notice> Notice { get; init; }
    public required string Criterion { get; init; }
    public required bool Met { get; init; }
    /// <summary>Sealed.</summary>
    public required string Text { get => PlainText!; init => PlainText = value; }
    public required string By { get; init; }
    public required DateTimeOffset At { get; init; }

    protected override string Place => $"notice-answer/{Id}";

    /// <summary>The same answer, of the notice that took up what it was about.</summary>
    public NoticeAnswer For(Id<Notice> notice, Id<NoticeAnswer> id) => new() { Id = id, Notice = notice, Criterion = Criterion, Met = Met, Text = Text, By = By, At = At };

    public CriterionAnswer AsAnswer => new(Criterion, Met, Text, By, At);
}

/// <summary>A photograph, cleaned of what a camera writes beside it.</summary>
internal sealed class NoticePicture : SealedRow
{
    public required Id<NoticePicture> Id { get; init; }
    public required Id<Notice> Notice { get; set; }
    /// <summary>From 1 within the notice.</summary>
    public required int Number { get; set; }
    public required string MediaType { get; init; }
    /// <summary>Sealed.</summary>
    public required byte[] Bytes { get => Plain!; init => Plain = value; }

    protected override string Place => $"notice-picture/{Id}";
}

/// <summary>The last number given; deleted notices keep theirs.</summary>
internal sealed class NoticeSerial
{
    /// <summary>Bureau and letter, or <c>public</c>.</summary>
    public required string Scope { get; init; }
    public required int Year { get; init; }
    public int Last { get; set; }
}

/// <summary>That a request was refused, without who it was about: it is known again by its keys.</summary>
internal sealed class RefusedRequest
{
    public required Id<RefusedRequest> Id { get; init; }
    public required string Reference { get; init; }
    public required NoticeColour Colour { get; init; }
    public required string Reason { get; init; }
    public required DateTimeOffset At { get; init; }
    public List<RequestKey> Keys { get; init; } = [];
}

/// <param name="Key">See <see cref="RequestKeys"/>.</param>
internal sealed record RequestKey(string Key, bool IsCase);

/// <summary>Somebody is protected against a state: a refugee, or an asylum seeker whose case is open. Only reviewers see it, and
/// nobody sees who confirmed it. Source: Resolution GA-2017-86-RES-09; domain.md 1.12.</summary>
internal sealed class Protection : SealedRow
{
    public required Id<Protection> Id { get; init; }
    /// <summary>Bureau codes with commas around each.</summary>
    public required string Against { get; init; }
    /// <summary>Sealed, and shown to nobody.</summary>
    public required string ConfirmedBy { get => PlainText!; init => PlainText = value; }
    public required string RecordedBy { get; init; }
    public required DateTimeOffset From { get; init; }
    /// <summary>Null while it lasts.</summary>
    public DateTimeOffset? Until { get; set; }
    public List<RequestKey> Keys { get; init; } = [];

    protected override string Place => $"protection/{Id}";
}

/// <summary>A bureau may send no requests. Source: RPD, articles 130 and 131.</summary>
internal sealed class BureauMeasure
{
    public required string Bureau { get; init; }
    public required DateTimeOffset Since { get; set; }
    public required string Reason { get; set; }
    public DateTimeOffset? Until { get; set; }
}
