using System.Security.Cryptography;
using System.Text;
using Amana.Lists;
using Amana.Lists.Questions;
using Amana.Matching;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Watchlists;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;
using Answer = Amana.Matching.Hit;

namespace Amana.Server.Screening;

/// <summary>Goes on with one batch from the row where it was left, until it is over or somebody pauses or stops it.</summary>
internal sealed class BatchRun(AmanaDb db, BatchTurn turn, Gate gate, JournalWriter journal, BatchFiles files, TimeProvider clock)
{
    public const int ChunkRows = 256;

    /// <returns>Rows done in this go.</returns>
    public async Task<long> RunAsync(Id<Batch> id, IServiceScopeFactory scopes, CancellationToken cancel)
    {
        Purpose? purpose = null;
        var batch = await StepAsync(id, async b => purpose = await BeginAsync(b, cancel), cancel);
        if (batch is null || purpose is null) return 0;
        if (batch.RowsInAll is null && !await CountAsync(batch, cancel)) return 0;

        long before = batch.RowsDone;
        if (await WorkAsync(batch, purpose, scopes, cancel)) await StepAsync(id, b => Finish(b, purpose), cancel);
        return await db.Batches.Where(b => b.Id == id).Select(b => b.RowsDone).SingleAsync(cancel) - before;
    }

    /// <returns>False when somebody paused or stopped it before its last row.</returns>
    private async Task<bool> WorkAsync(Batch batch, Purpose purpose, IServiceScopeFactory scopes, CancellationToken cancel)
    {
        var caller = CallerOf(batch);
        foreach (var rows in QuestionFile.Read(files.Open(batch.Id, batch.FileName, batch.FileBytes), cancel).Skip((int)Math.Min(batch.RowsDone, int.MaxValue)).Chunk(ChunkRows))
        {
            using var mine = await turn.TakeAsync(cancel);
            await using var scope = scopes.CreateAsyncScope();
            if (!await scope.ServiceProvider.GetRequiredService<BatchChunk>().RunAsync(batch.Id, rows, caller, purpose, cancel)) return false;
        }
        return true;
    }

    /// <summary>One change of the batch, in the runner's turn; not when somebody paused or stopped it.</summary>
    /// <returns>The batch as it was saved, or nothing.</returns>
    private async Task<Batch?> StepAsync(Id<Batch> id, Func<Batch, Task> change, CancellationToken cancel)
    {
        using var mine = await turn.TakeAsync(cancel);
        db.ChangeTracker.Clear();
        var batch = await db.Batches.SingleAsync(b => b.Id == id, cancel);
        if (batch.State is not (BatchState.Queued or BatchState.Running)) return null;
        await change(batch);
        await db.SaveChangesAsync(cancel);
        return batch;
    }

    private Task<Batch?> StepAsync(Id<Batch> id, Action<Batch> change, CancellationToken cancel) => StepAsync(id, batch =>
    {
        change(batch);
        return Task.CompletedTask;
    }, cancel);

    // The right may have been taken away since the batch was handed in.
    private async Task<Purpose?> BeginAsync(Batch batch, CancellationToken cancel)
    {
        if ((await gate.CheckAsync(CallerOf(batch), Right.Screen, batch.Purpose, cancel)).Succeeded(out var purpose, out var refused))
        {
            batch.Start(clock.GetUtcNow());
            return purpose;
        }
        batch.Fail(refused.Code, refused.Detail, clock.GetUtcNow());
        return null;
    }

    /// <summary>Counts the rows, so that progress has an end.</summary>
    /// <returns>False when the file cannot be read or the batch is no longer running.</returns>
    private async Task<bool> CountAsync(Batch batch, CancellationToken cancel)
    {
        long rows = 0;
        ListFileException? unreadable = null;
        try
        {
            rows = await Task.Run(() => QuestionFile.Read(files.Open(batch.Id, batch.FileName, batch.FileBytes), cancel).LongCount(), cancel);
        }
        catch (ListFileException failed)
        {
            unreadable = failed;
        }
        var counted = await StepAsync(batch.Id, b =>
        {
            if (unreadable is null) b.RowsInAll = rows;
            else b.Fail(unreadable.Code, unreadable.Message, clock.GetUtcNow());
        }, cancel);
        return counted is { State: BatchState.Running };
    }

    private void Finish(Batch batch, Purpose purpose)
    {
        batch.Finish(clock.GetUtcNow());
        journal.Record(Actor.Server, "batch.done", batch.Reference, purpose, new { batch.RowsDone, batch.Unreadable, batch.WithHit, batch.HitsFound, batch.NoMatch });
    }

    /// <summary>Who handed it in, with the one right that the run needs.</summary>
    private static Caller CallerOf(Batch batch)
    {
        string[] parts = batch.By.Split(':', 2);
        return new Caller
        {
            Actor = new Actor(Enum.Parse<ActorKind>(parts[0], ignoreCase: true), parts[1]),
            Bureau = BureauCode.Of(batch.Bureau),
            Rights = [Right.Screen],
        };
    }
}

/// <summary>Asks the rows of a chunk on all cores and saves hits, counts and the journal entry together. The caller has the turn.</summary>
internal sealed class BatchChunk(AmanaDb db, AskedBook book, HitBook hits, QuestionPrints prints, ListShelf shelf, ReadEntities entities)
{
    /// <returns>False when the batch is no longer running.</returns>
    public async Task<bool> RunAsync(Id<Batch> id, QuestionLine[] rows, Caller caller, Purpose purpose, CancellationToken cancel)
    {
        var batch = await db.Batches.SingleAsync(b => b.Id == id, cancel);
        if (batch.State is not BatchState.Running) return false;
        if (!Choice.Of(shelf, caller, new ChoiceRequest { Dataset = batch.Dataset }).Succeeded(out var choice, out var gone))
        {
            batch.Fail(gone.Code, gone.Detail, batch.At);
            await db.SaveChangesAsync(cancel);
            return false;
        }
        var answers = await AskAsync(batch, rows, choice, cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var counts = new ChunkCounts(rows[0].Number, rows.Length, rows.Count(r => r.Question is null), answers.Count, answers.Sum(a => a.Answers.Count));
        var asked = book.TakeChunk(caller, purpose, AskedVia.Batch, choice, counts, HashOf(rows));
        var kept = await hits.KeepAsync(asked, answers, batch.Id, caller, cancel);
        int warned = AddRows(batch, rows);
        batch.Advance(rows.Length, counts.Unreadable, warned, kept.Count(k => k.Count > 0), kept.Sum(k => k.Count));
        await db.SaveChangesAsync(cancel); // hits, counts, place in the file and journal entry: all or none
        await transaction.CommitAsync(cancel);
        return true;
    }

    private async Task<List<AskedFor>> AskAsync(Batch batch, QuestionLine[] rows, Choice choice, CancellationToken cancel)
    {
        var set = choice.Set;
        var answers = new IReadOnlyList<Answer>[rows.Length];
        Parallel.For(0, rows.Length, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancel }, i =>
        {
            answers[i] = rows[i].Question is { } question
                ? set.Ask(question, new AskOptions { Limit = batch.Limit, MinScore = batch.Threshold, Admits = choice.Admits(rows[i].Schema ?? Schemata.Thing) })
                : [];
        });
        var found = new List<AskedFor>();
        for (int i = 0; i < rows.Length; i++)
        {
            if (answers[i].Count == 0) continue;
            var records = await entities.ForHitsAsync(choice.Snapshot, answers[i], cancel);
            var whole = answers[i].Zip(records).Where(p => p.Second is not null).Select(p => new FoundAnswer(p.First, p.Second!)).ToList();
            found.Add(AskedFor.Of(QuestionReader.FromLine(rows[i]), prints, whole, rows[i].Number));
        }
        return found;
    }

    private int AddRows(Batch batch, QuestionLine[] rows)
    {
        int warned = 0;
        foreach (var row in rows)
        {
            var notes = row.Error is { } error ? [error] : row.Warnings;
            if (row.Error is null && notes.Count > 0) warned++;
            db.BatchRows.AddRange(notes.Select((note, place) => new BatchRow
            {
                Batch = batch.Id, Line = row.Number, Position = place, IsError = row.Error is not null, Code = note.Code, Field = note.Field,
                Detail = note.Detail.Length <= 500 ? note.Detail : note.Detail[..500],
            }));
        }
        return warned;
    }

    private string HashOf(QuestionLine[] rows)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var row in rows)
        {
            string text = row.Question is { } question ? prints.Of(question) : row.Error!.Code;
            hash.AppendData(Encoding.UTF8.GetBytes(text));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
