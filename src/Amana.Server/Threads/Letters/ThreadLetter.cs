using System.Text.Json;
using Amana.Exchange.Envelopes;
using Amana.Exchange.Handling;
using Amana.Server.Exchange;
using Amana.Server.Foundation;
using Amana.Vocabulary;

namespace Amana.Server.Threads;

/// <summary>What letters of threads say, as JSON. Specification: docs/specs/messages.md.</summary>
internal sealed record ThreadLetter
{
    public const string Message = "message", Request = "request", Answer = "answer", Outcome = "outcome", Recall = "recall", ReleaseRequest = "release-request", ReleaseAnswer = "release-answer";

    public required ThreadWords Thread { get; init; }
    public string Text { get; init; } = "";
    public JsonElement? Handling { get; init; }
    /// <summary>Of text and handling, by their writer: <see cref="WordsMark"/>.</summary>
    public string? Mark { get; init; }
    public IReadOnlyList<QuotedItem> Quotes { get; init; } = [];
    /// <summary><see cref="UrgencyRules"/>.</summary>
    public string Urgency { get; init; } = "none";
    public DateTimeOffset? Due { get; init; }
    public IReadOnlyList<AskWords> Asks { get; init; } = [];
    public IReadOnlyList<AnswerWords> Answers { get; init; } = [];
    public IReadOnlyList<FileWords> Files { get; init; } = [];
    public ReleaseWords? Release { get; init; }
    public Outcome? WhatCame { get; init; }
    /// <summary>Of a recall: the own letter that is to leave.</summary>
    public Guid? Letter { get; init; }

    /// <param name="Subject">Only in letters to bureaus that may not know it yet.</param>
    internal sealed record ThreadWords(Guid Key, string Subject, IReadOnlyList<string> About, string Purpose, Guid? SubjectItem, JsonElement? SubjectHandling);

    internal sealed record AskWords(int Number, BureauCode Owes, string Text);

    internal sealed record AnswerWords(Guid Letter, int Number);

    public static JsonElement Of(ItemHandling handling) => JsonSerializer.Deserialize<JsonElement>(HandlingJson.ToBytes(handling));

    /// <returns>Null when it is not one, or is longer than we write ourselves.</returns>
    public static ThreadLetter? Read(JsonElement body)
    {
        ThreadLetter? read;
        try
        {
            read = body.Deserialize<ThreadLetter>(JsonRules.Options);
        }
        catch (JsonException)
        {
            return null;
        }

        return read is { Thread: { Subject: not null, About: not null, Purpose: not null }, Text: not null, Quotes: not null, Asks: not null, Answers: not null, Files: not null } && read.IsWithinBounds ? read : null;
    }

    private bool IsWithinBounds => Text.Length <= ThreadMessage.TextCharsMost && Thread.Subject.Length <= CaseThread.SubjectCharsMost && Thread.Purpose.Length <= 80
        && Thread.About.Count <= CaseThread.AboutMost && Thread.About.All(a => a is { Length: > 0 and <= CaseThread.AboutCharsMost })
        && Quotes.Count <= ThreadMessage.QuotesMost && Quotes.All(q => q is { Text.Length: <= ThreadMessage.TextCharsMost, From: not null } && BureauCode.TryParse(q.From, null, out _))
        && Asks.Count <= ThreadAsk.PerLetterMost && Asks.All(a => a is { Number: >= 1 and <= ThreadAsk.PerMessageMost, Owes: not null, Text.Length: > 0 and <= ThreadAsk.CharsMost })
        && Asks.DistinctBy(a => (a.Number, a.Owes)).Count() == Asks.Count && Answers.Count <= 100 && Answers.All(a => a is not null)
        && Files.Count <= ThreadFile.PerLetterMost && Files.All(f => f is { IsWhole: true }) && Files.DistinctBy(f => f.Id).Count() == Files.Count
        && (Release is null || (Release is { Recipients.Count: <= 250 } && Release.Recipients.All(r => BureauCode.TryParse(r, null, out _))))
        && UrgencyRules.TryParse(Urgency, out _);

    /// <summary>Whether somebody puts words into the mouth of a bureau: a mark of the writer that is not of these words, or a quote that its originator did not write so. What has no mark,
    /// or one of a key that is believed no more, is taken and shown as what the quoting bureau says.</summary>
    /// <returns>A word to its writer; null: nothing is known to be wrong.</returns>
    public string? WhyNotTheirs(ReceivedLetter letter, Func<string, DateTimeOffset, byte[]?> publicKeyOf)
    {
        if (Mark is not null && HandlingJson.Read(Handling!.Value) is { } own && new WordsMark(letter.Id, letter.From, letter.WrittenAt, Text.Trim(), own).Check(Mark, publicKeyOf) is not MarkFinding.Fits) return "mark";
        return Quotes.Any(q => q.Check(publicKeyOf) is MarkFinding.Wrong) ? "quote" : null;
    }

    /// <summary>What speaks against taking it, as a word to its writer; null: nothing.</summary>
    /// <param name="from">Whose words these are: nobody gives words in another's name a handling of the own.</param>
    public string? WhyNot(BureauCode from, BureauCode self, DateTimeOffset now)
    {
        if (Handling is not { } json || HandlingJson.Read(json) is not { } own || own.Originators.Count != 1 || !own.Originators.Contains(from)) return "handling";
        if (!own.Audience.Has(self)) return "not-for-us";
        if (own.Until <= now) return "expired";
        foreach (var quote in Quotes)
        {
            if (quote.OwnHandling is not { Originators.Count: 1 } handling || !handling.Originators.Contains(BureauCode.Of(quote.From)) || !own.IsNoLooserThan(handling)) return "handling";
        }

        return null;
    }
}
