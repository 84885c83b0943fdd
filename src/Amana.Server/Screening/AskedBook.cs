using Amana.Matching;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Keys;
using Amana.Vocabulary;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Answer = Amana.Matching.Hit;

namespace Amana.Server.Screening;

/// <summary>Takes down what was asked, in the context of the act: the question apart, and its journal entry without a name in it.</summary>
internal sealed class AskedBook(AmanaDb db, IDatabaseEngine engine, JournalWriter journal, FieldSealer sealer, QuestionPrints prints, TimeProvider clock)
{
    public QuestionPrints Prints => prints;

    /// <summary>More answers than this are counted in the journal, not listed.</summary>
    private const int ListedMax = 100;
    /// <summary>How long a page goes on showing the answer to one question: a reload, a step to the next answer and the way
    /// back ask nothing new. Ten minutes, as an officer may undo.</summary>
    private static readonly TimeSpan SameQuestion = TimeSpan.FromMinutes(10);

    /// <summary>One question, with its text.</summary>
    public AskedQuestion Take(Caller caller, Purpose purpose, AskedVia via, Choice choice, ReadQuestion question, IReadOnlyList<Answer> answers)
    {
        var asked = New(caller, purpose, via, choice, 1, prints.Of(question.Question));
        asked.Keep(QuestionReader.Keep(question), sealer);
        db.AskedQuestions.Add(asked);
        journal.Record(caller.Actor, "question.asked", asked.Id, purpose, new
        {
            via,
            fingerprint = asked.Fingerprint,
            lists = choice.Versions,
            found = answers.Count,
            answers = answers.Take(ListedMax).Select(a => new { list = choice.Snapshot.ListOf(a.Index).Name, id = a.SubjectId, score = Math.Round(a.Score, 4) }),
        });
        return asked;
    }

    /// <summary>The question of the search page that this person asked a moment ago, word for word, for the same purpose and of
    /// the same list versions; null when there is none, and then a new one is taken down.</summary>
    public async Task<AskedQuestion?> FindSameAsync(Caller caller, Purpose purpose, Choice choice, ReadQuestion question, CancellationToken cancel)
    {
        string who = caller.Actor.ToString(), fingerprint = prints.Of(question.Question), lists = VersionsOf(choice);
        var since = clock.GetUtcNow() - SameQuestion;
        await engine.TakeTurnAsync(db, $"question:{who}:{fingerprint}", cancel);
        var asked = await db.AskedQuestions.Where(q => q.Fingerprint == fingerprint && q.Who == who && q.Purpose == purpose.Code
            && q.Via == AskedVia.Page && q.Lists == lists && q.At > since).OrderByDescending(q => q.At).FirstOrDefaultAsync(cancel);
        return asked?.Open(sealer) == QuestionReader.Keep(question) ? asked : null;
    }

    /// <summary>A chunk of a stream: how many, under which versions, and the keyed hash of its bytes. No text stays.</summary>
    public AskedQuestion TakeChunk(Caller caller, Purpose purpose, AskedVia via, Choice choice, ChunkCounts counts, string sha256)
    {
        var asked = New(caller, purpose, via, choice, counts.Lines, prints.Of(sha256));
        db.AskedQuestions.Add(asked);
        journal.Record(caller.Actor, "questions.asked", asked.Id, purpose, new
        {
            via,
            fingerprint = asked.Fingerprint,
            lists = choice.Versions,
            counts.FirstLine,
            counts.Lines,
            counts.Unreadable,
            counts.WithAnswer,
            counts.Answers,
        });
        return asked;
    }

    private AskedQuestion New(Caller caller, Purpose purpose, AskedVia via, Choice choice, int count, string fingerprint) => new()
    {
        Id = Id<AskedQuestion>.New(clock),
        At = clock.GetUtcNow(),
        Who = caller.Actor.ToString(),
        Bureau = caller.Bureau.ToString(),
        Purpose = purpose.Code,
        Via = via,
        Count = count,
        Fingerprint = fingerprint,
        Lists = VersionsOf(choice),
    };

    private static string VersionsOf(Choice choice) => JsonSerializer.Serialize(choice.Versions, JsonRules.Options);
}

/// <summary>What a chunk of lines held and what was found. <paramref name="FirstLine"/> from 1.</summary>
internal sealed record ChunkCounts(long FirstLine, int Lines, int Unreadable, int WithAnswer, int Answers);
