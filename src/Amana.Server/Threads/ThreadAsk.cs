using Amana.Exchange.Handling;
using Amana.Server.Foundation;
using Amana.Server.Keys;
using Amana.Vocabulary;

namespace Amana.Server.Threads;

/// <summary>One question in a request, and the bureau that owes the answer.</summary>
internal sealed class ThreadAsk : SealedRow
{
    public const int PerMessageMost = 20, PerLetterMost = 1_000, CharsMost = 500;

    public required Id<ThreadAsk> Id { get; init; }
    public required Id<CaseThread> Thread { get; init; }
    public required Guid Message { get; init; }
    /// <summary>From 1 within its message.</summary>
    public required int Number { get; init; }
    public required string Asker { get; init; }
    public required string Owes { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public DateTimeOffset? DueAt { get; init; }
    public DateTimeOffset? AnsweredAt { get; private set; }
    /// <summary>The letter that answered it.</summary>
    public Guid? AnsweredBy { get; private set; }

    public string Text
    {
        get => PlainText ?? "";
        set => PlainText = value;
    }

    public bool IsOpen => AnsweredAt is null;

    public void Answer(Guid letter, DateTimeOffset at)
    {
        if (IsOpen) (AnsweredAt, AnsweredBy) = (at, letter);
    }

    public void Leave() => Plain = null;

    protected override string Place => $"thread-ask/{Id}";
}

/// <summary>That an originator allowed something: the signed letter that says so is kept by <c>Exchange</c> under its id.</summary>
internal sealed class KeptRelease
{
    /// <summary>Of the letter with the answer.</summary>
    public required Guid Id { get; init; }
    public required Guid Item { get; init; }
    public required string Originator { get; init; }
    public required string To { get; init; }
    public required HandlingAct Act { get; init; }
    public required string Recipients { get; init; }
    public required bool ForCourt { get; init; }
    public required DateTimeOffset From { get; init; }
    public DateTimeOffset? Until { get; init; }

    public Release AsRelease() => new()
    {
        Originator = BureauCode.Of(Originator), To = BureauCode.Of(To), Act = Act, ForCourt = ForCourt, From = From, Until = Until,
        Recipients = [.. Recipients.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(BureauCode.Of)],
    };
}

/// <summary>A word of a subject as a number that tells nothing without the key.</summary>
internal sealed class ThreadWord
{
    public required long Word { get; init; }
    public required long Number { get; init; }
}

internal sealed class ThreadSerial
{
    public required int Year { get; init; }
    public long Last { get; set; }
}
