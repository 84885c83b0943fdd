using System.Text.Json;
using Amana.Exchange.Envelopes;
using Amana.Exchange.Handling;
using Amana.Server.Foundation;
using Amana.Server.Keys;
using Amana.Vocabulary;

namespace Amana.Server.Threads;

public enum MessageKind { Message, Request, Answer, ReleaseRequest, ReleaseAnswer, Outcome, Recall }

/// <summary>One letter in a thread, ours or another bureau's. Its key is the letter's.</summary>
internal sealed class ThreadMessage : SealedRow
{
    public const int TextCharsMost = 20_000, QuotesMost = 10;

    private MessageContent? _content;

    /// <summary>Of the letter.</summary>
    public required Guid Id { get; init; }
    public required Id<CaseThread> Thread { get; init; }
    public required MessageKind Kind { get; init; }
    public required string Sender { get; init; }
    /// <summary>With commas: <c>,QMR,UTO,</c>.</summary>
    public required string Recipients { get; init; }
    /// <summary>By its writer's clock; in whole seconds when it came from outside.</summary>
    public required DateTimeOffset WrittenAt { get; init; }
    /// <summary>Of what came from outside, by our clock; null: ours.</summary>
    public DateTimeOffset? ArrivedAt { get; set; }
    /// <summary>Who wrote it here: an actor; null when another bureau did.</summary>
    public string? By { get; init; }
    public required Urgency Urgency { get; init; }
    public DateTimeOffset? DueAt { get; init; }
    /// <summary>The codes of all that stands in it.</summary>
    public required HandlingCodes Codes { get; init; }
    /// <summary>It says something itself, under a handling: not a release, an outcome or a recall.</summary>
    public bool Handled { get; init; }
    public ConfidentialityLevel Level { get; init; }
    /// <summary>Not for all bureaus.</summary>
    public bool IsLimited { get; init; }
    /// <summary>The first end of what stands in it; from then on that part leaves.</summary>
    public DateTimeOffset? Until { get; set; }
    public DateTimeOffset? ReadAt { get; set; }
    /// <summary>It has left: expired, or taken back.</summary>
    public bool IsGone { get; private set; }

    public MessageContent Content
    {
        get => _content ??= MessageContent.Of(Plain);
        set => (_content, Plain) = (value, value.ToBytes());
    }

    public bool IsOwn => ArrivedAt is null;

    public IEnumerable<BureauCode> To => Recipients.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(BureauCode.Of);

    /// <summary>Who has it: writer and recipients.</summary>
    public IReadOnlyCollection<BureauCode> Holders => [BureauCode.Of(Sender), .. To];

    /// <summary>What is over leaves: the whole when its own words are, otherwise the quotes that are.</summary>
    /// <returns>Whether all of it has left.</returns>
    public bool LeaveAt(DateTimeOffset now)
    {
        if (Content.OwnHandling?.Until <= now)
        {
            Leave();
            return true;
        }

        Content = Content with { Quotes = [.. Content.Quotes.Where(q => !(q.OwnHandling?.Until <= now))] };
        Until = Content.Joined(Id)?.Until;
        return false;
    }

    public void Leave() => (_content, Plain, Until, IsGone) = (null, null, null, true);

    protected override string Place => $"thread-message/{Id}";
}

/// <summary>What was said, with what may be done with it.</summary>
internal sealed record MessageContent
{
    public required string Text { get; init; }
    /// <summary>Of the own words; null where a letter has none, such as a release.</summary>
    public JsonElement? Handling { get; init; }
    /// <summary>Of text and handling, signed by their writer; null: none was given.</summary>
    public string? Mark { get; init; }
    public IReadOnlyList<QuotedItem> Quotes { get; init; } = [];
    /// <summary>Of a release, asked or answered.</summary>
    public ReleaseWords? Release { get; init; }
    public Outcome? WhatCame { get; init; }

    public static MessageContent Gone { get; } = new() { Text = "" };

    public static MessageContent Of(byte[]? plain) => plain is null ? Gone : JsonSerializer.Deserialize<MessageContent>(plain, JsonRules.Options)!;

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, JsonRules.Options);

    public ItemHandling? OwnHandling => Handling is { } json ? HandlingJson.Read(json) : null;

    /// <summary>Its own words and all it quotes, each with the id of the letter that first said it.</summary>
    public IEnumerable<(Guid Item, ItemHandling Handling)> Items(Guid letter)
    {
        if (OwnHandling is { } own) yield return (letter, own);
        foreach (var quote in Quotes)
        {
            if (quote.OwnHandling is { } handling) yield return (quote.Letter, handling);
        }
    }

    /// <summary>Of everything in it together.</summary>
    public ItemHandling? Joined(Guid letter) => Items(letter).Select(i => i.Handling).Aggregate((ItemHandling?)null, (all, next) => all?.JoinedWith(next) ?? next);
}

/// <summary>Words of an earlier letter, carried on with the handling that their originator gave them.</summary>
/// <param name="Mark">That these are their words: signed by them, not by who quotes. Null: the quoting bureau alone says so.</param>
internal sealed record QuotedItem(Guid Letter, string From, DateTimeOffset At, string Text, JsonElement Handling, string? Mark = null)
{
    public ItemHandling? OwnHandling => HandlingJson.Read(Handling);

    /// <param name="publicKeyOf">Of the directory.</param>
    public MarkFinding Check(Func<string, DateTimeOffset, byte[]?> publicKeyOf) =>
        OwnHandling is { } handling ? new WordsMark(Letter, BureauCode.Of(From), At, Text, handling).Check(Mark, publicKeyOf) : MarkFinding.Wrong;
}

/// <summary>What is asked to be released, or was: which item, for which act, for whom, until when.</summary>
/// <param name="Granted">Null: asked and not answered.</param>
public sealed record ReleaseWords(Guid Item, HandlingAct Act, IReadOnlyList<string> Recipients, bool ForCourt, DateTimeOffset? Until, bool? Granted = null, Guid? Request = null)
{
    /// <summary>Whether this answer gives no more than was asked.</summary>
    internal bool IsWithin(ReleaseWords asked) => Item == asked.Item && Act == asked.Act && (!ForCourt || asked.ForCourt)
        && Recipients.All(asked.Recipients.Contains) && (asked.Until is null || (Until is { } until && until <= asked.Until));
}
