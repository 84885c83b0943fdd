using System.Text.Json;
using Amana.Exchange.Handling;
using Amana.Server.Data;
using Amana.Server.Exchange;
using Amana.Server.Foundation;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Threads;

/// <summary>Puts letters into threads, ours and those that come. Adds rows and saves nothing; checks no right, the acts do.</summary>
internal sealed class ThreadBook(AmanaDb db, SubjectIndex index, BureauBook bureaus, TimeProvider clock)
{
    // Threads whose questions the context has.
    private readonly HashSet<Id<CaseThread>> _asksOf = [];

    public BureauCode Self => bureaus.Self;

    /// <summary>Of the directory: 32 bytes of the signing key of that name, good at that moment.</summary>
    public byte[]? KeyOf(string name, DateTimeOffset at) => bureaus.SigningKey(name, at);

    public async Task<CaseThread?> FindAsync(Guid key, CancellationToken cancel) =>
        db.CaseThreads.Local.FirstOrDefault(t => t.Key == key) ?? await db.CaseThreads.SingleOrDefaultAsync(t => t.Key == key, cancel);

    public async Task<CaseThread> OpenAsync(ThreadLetter.ThreadWords words, BureauCode opener, IEnumerable<BureauCode> members, DateTimeOffset at, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        long serial = await db.TakeThreadSerialAsync(now.Year, cancel);
        var content = new ThreadContent(words.Subject.Trim(), [.. words.About], words.SubjectItem ?? Guid.Empty, words.SubjectHandling);
        var thread = new CaseThread
        {
            Id = Id<CaseThread>.New(clock), Key = words.Key, Reference = ThreadReference.Of(now.Year, serial), Number = (now.Year * 1_000_000_000L) + serial, Opener = opener.Value,
            Members = CaseThread.Join(members), Purpose = words.Purpose, OpenedAt = at, LastAt = now, Content = content, SubjectUntil = content.OwnHandling?.Until,
        };
        db.CaseThreads.Add(thread);
        _asksOf.Add(thread.Id);
        index.Add(thread);
        return thread;
    }

    /// <param name="by">Who wrote it here; null: it came from outside.</param>
    public async Task<ThreadMessage> AddAsync(CaseThread thread, Guid id, MessageKind kind, BureauCode from, IEnumerable<BureauCode> to, DateTimeOffset at, ThreadLetter letter, string? by, CancellationToken cancel)
    {
        if (!UrgencyRules.TryParse(letter.Urgency, out var urgency)) throw new ArgumentException("A letter is read before it is added.", nameof(letter));
        var content = new MessageContent { Text = letter.Text.Trim(), Handling = letter.Handling, Mark = letter.Mark, Quotes = letter.Quotes, Release = letter.Release, WhatCame = letter.WhatCame };
        var joined = content.Joined(id);
        var message = new ThreadMessage
        {
            Id = id, Thread = thread.Id, Kind = kind, Sender = from.Value, Recipients = CaseThread.Join(to), WrittenAt = at, ArrivedAt = by is null ? clock.GetUtcNow() : null, By = by,
            Urgency = urgency, DueAt = letter.Due, Codes = joined?.Codes ?? HandlingCodes.None, Handled = joined is not null, Level = joined?.Level ?? ConfidentialityLevel.Official,
            IsLimited = joined is not null && !joined.Audience.Equals(Audience.Everybody), Until = joined?.Until, Content = content,
        };
        db.ThreadMessages.Add(message);
        if (kind is MessageKind.Message or MessageKind.Request or MessageKind.Answer) thread.Add([from, .. to]);
        thread.Messages++;
        if (by is null) thread.Unread++;
        if ((message.ArrivedAt ?? at) is var stands && stands > thread.LastAt) thread.LastAt = stands; // by our clock: nobody stays on top because his is ahead
        thread.Codes |= message.Codes;
        bool isReopened = thread.State is ThreadState.Closed && kind is not MessageKind.Outcome;
        if (isReopened) thread.Reopen();
        foreach (var ask in letter.Asks)
        {
            db.ThreadAsks.Add(new() { Id = Id<ThreadAsk>.New(clock), Thread = thread.Id, Message = id, Number = ask.Number, Asker = from.Value, Owes = ask.Owes.Value, AskedAt = at, DueAt = letter.Due, Text = ask.Text.Trim() });
        }

        if (by is null) await TakeFilesAsync(thread, message, letter.Files, cancel);
        thread.Changed();
        // What is owed changes with questions, and a plain message does not look at them.
        if (letter.Asks.Count > 0 || isReopened || _asksOf.Contains(thread.Id)) await OweAsync(thread, cancel);
        return message;
    }

    /// <summary>The questions of a thread: those that are saved, and those that are about to be.</summary>
    public async Task<IReadOnlyList<ThreadAsk>> AsksAsync(Id<CaseThread> thread, CancellationToken cancel)
    {
        if (_asksOf.Add(thread)) await db.ThreadAsks.Where(a => a.Thread == thread).LoadAsync(cancel);
        return [.. db.ThreadAsks.Local.Where(a => a.Thread == thread).OrderBy(a => a.AskedAt).ThenBy(a => a.Number)];
    }

    /// <summary>Notes that a letter answers questions.</summary>
    /// <returns>The letters all whose questions to this bureau are answered now; null when one of the questions was not put to it.</returns>
    public async Task<IReadOnlyList<ThreadAsk>?> AnswerAsync(CaseThread thread, Guid letter, IReadOnlyList<ThreadLetter.AnswerWords> answers, BureauCode by, DateTimeOffset at, CancellationToken cancel)
    {
        if (answers.Count == 0) return [];
        var asks = await AsksAsync(thread.Id, cancel);
        var answered = new List<ThreadAsk>();
        foreach (var answer in answers)
        {
            if (asks.FirstOrDefault(a => a.Message == answer.Letter && a.Number == answer.Number && a.Owes == by.Value) is not { } ask) return null;
            ask.Answer(letter, at);
            answered.Add(ask);
        }

        await OweAsync(thread, cancel);
        return [.. answered.Where(a => !asks.Any(o => o.Message == a.Message && o.Owes == by.Value && o.IsOpen)).DistinctBy(a => a.Message)];
    }

    /// <summary>The files of a letter leave with it; the disk is cleared afterwards.</summary>
    public async Task LeaveFilesAsync(Guid letter, CancellationToken cancel)
    {
        foreach (var file in await db.ThreadFiles.Where(f => f.Letter == letter).ToListAsync(cancel)) file.Leave(clock.GetUtcNow());
    }

    // Fetched from the writer's server; a name that is taken already is somebody else's file, and this letter's copy of it is never there.
    private async Task TakeFilesAsync(CaseThread thread, ThreadMessage message, IReadOnlyList<FileWords> files, CancellationToken cancel)
    {
        foreach (var words in files)
        {
            if (await db.ThreadFiles.AnyAsync(f => f.Id == words.Id, cancel)) continue;
            var file = new ThreadFile
            {
                Id = words.Id, Sender = message.Sender, Bytes = words.Bytes, At = clock.GetUtcNow(), State = FileState.Waiting, NextAt = clock.GetUtcNow(), Content = new(words.Name, words.Type, words.Key, words.Sha256),
            };
            file.GiveTo(message.Id, thread.Id, message.To);
            db.ThreadFiles.Add(file);
        }
    }

    /// <summary>Everything that stood in it leaves; what it was about is found no more.</summary>
    public async Task EmptyAsync(CaseThread thread, CancellationToken cancel)
    {
        thread.Empty();
        await index.RemoveAsync(thread, cancel);
    }

    private async Task OweAsync(CaseThread thread, CancellationToken cancel)
    {
        string self = Self.Value;
        thread.Owe((await AsksAsync(thread.Id, cancel)).Where(a => a.Owes == self));
    }
}
