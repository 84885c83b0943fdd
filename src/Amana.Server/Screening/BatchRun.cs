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
internal sealed class BatchRun(AmanaDb db, Gate gate, JournalWriter journal, BatchFiles files, TimeProvider clock)
{
    public const int ChunkRows = 256;

    /// <returns>Rows done in this go.</returns>
    public async Task<long> RunAsync(Id<Batch> id, IServiceScopeFactory scopes, CancellationToken cancel)
    {
        var batch = await db.Batches.SingleAsync(b => b.Id == id, cancel);
        var caller = CallerOf(batch);
        if (!(await gate.CheckAsync(caller, Right.Screen, batch.Purpose, cancel)).Succeeded(out var purpose, out var refused))
        {
            batch.Fail(refused.Code, refused.Detail, clock.GetUtcNow());
            await db.SaveChangesAsync(cancel);
            return 0;
        }
        batch.Start(clock.GetUtcNow());
        await db.SaveChangesAsync(cancel);
        try
        {
            batch.RowsInAll ??= await Task.Run(() => QuestionFile.Read(files.Open(batch), cancel).LongCount(), cancel);
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return 0; // paused or stopped while it was counted
        }
        catch (ListFileException unreadable)
        {
            batch.Fail(unreadable.Code, unreadable.Message, clock.GetUtcNow());
            await db.SaveChangesAsync(cancel);
            return 0;
        }

        long before = batch.RowsDone;
        foreach (var rows in QuestionFile.Read(files.Open(batch), cancel).Skip((int)Math.Min(before, int.MaxValue)).Chunk(ChunkRows))
        {
            await using var scope = scopes.CreateAsyncScope();
            if (!await scope.ServiceProvider.GetRequiredService<BatchChunk>().RunAsync(id, rows, caller, purpose, cancel)) return batch.RowsDone - before;
        }
        return await FinishAsync(id, purpose, cancel) - before;
    }

    private async Task<long> FinishAsync(Id<Batch> id, Purpose purpose, CancellationToken cancel)
    {
        db.ChangeTracker.Clear();
        var batch = await db.Batches.SingleAsync(b => b.Id == id, cancel);
        if (batch.State is not BatchState.Running) return batch.RowsDone;
        batch.Finish(clock.GetUtcNow());
        journal.Record(Actor.Server, "batch.done", batch.Reference, purpose, new { batch.RowsDone, batch.Unreadable, batch.WithHit, batch.HitsFound, batch.NoMatch });
        await db.SaveChangesAsync(cancel);
        return batch.RowsDone;
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

/// <summary>Asks the rows of a chunk on all cores and saves hits, counts and the journal entry together.</summary>
internal sealed class BatchChunk(AmanaDb db, AskedBook book, HitBook hits, ListShelf shelf, ReadEntities entities)
{
    private const int Tries = 5;

    /// <returns>False when the batch is no longer running.</returns>
    public async Task<bool> RunAsync(Id<Batch> id, QuestionLine[] rows, Caller caller, Purpose purpose, CancellationToken cancel)
    {
        for (int i = 1; ; i++)
        {
            try
            {
                return await TryAsync(id, rows, caller, purpose, cancel);
            }
            catch (DbUpdateConcurrencyException) when (i < Tries)
            {
                db.ChangeTracker.Clear(); // an officer has given an order meanwhile
            }
        }
    }

    private async Task<bool> TryAsync(Id<Batch> id, QuestionLine[] rows, Caller caller, Purpose purpose, CancellationToken cancel)
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
        var kept = await hits.KeepAsync(asked, answers, batch.Id, cancel);
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
            found.Add(AskedFor.Of(QuestionReader.FromLine(rows[i]), whole, rows[i].Number));
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
                Batch = batch.Id, Line = row.Number, Place = place, IsError = row.Error is not null, Code = note.Code, Field = note.Field,
                Detail = note.Detail.Length <= 500 ? note.Detail : note.Detail[..500],
            }));
        }
        return warned;
    }

    private static string HashOf(QuestionLine[] rows)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var row in rows)
        {
            string text = row.Question is { } question ? Fingerprint.Of(question) : row.Error!.Code;
            hash.AppendData(Encoding.UTF8.GetBytes(text));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
