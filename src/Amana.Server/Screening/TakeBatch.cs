using Amana.Lists;
using Amana.Lists.Questions;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Uploads;
using Amana.Server.Watchlists;

namespace Amana.Server.Screening;

/// <summary>Takes a file of questions in, with its purpose and who agreed to it.</summary>
internal sealed class TakeBatch(AmanaDb db, Gate gate, UploadGate uploads, JournalWriter journal, BatchFiles files, BatchSignal signal, ListShelf shelf, TimeProvider clock)
{
    public sealed record Request
    {
        public required string? FileName { get; init; }
        public required Stream? File { get; init; }
        public required string? AgreedBy { get; init; }
        public string Dataset { get; init; } = ChoiceRequest.Everything;
        public double Threshold { get; init; } = ScreenOne.ThresholdDefault;
        public int Limit { get; init; } = ScreenOne.LimitDefault;
        public string? Purpose { get; init; }
    }

    public async Task<Result<BatchView>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (!(await gate.CheckAsync(caller, Right.Screen, request.Purpose, cancel)).Succeeded(out var purpose, out var refused)) return refused;
        if (string.IsNullOrWhiteSpace(request.AgreedBy)) return ScreeningRefusals.BatchAgreementMissing;
        if (request.AgreedBy.Length > 200) return ScreeningRefusals.BatchAgreementTooLong;
        if (!AskedText.IsWhole(request.AgreedBy)) return ScreeningRefusals.TextBroken with { Field = "agreed_by" };
        if (ScreenOne.CheckOptions(request.Limit, request.Threshold) is { } wrong) return wrong;
        if (!Choice.Of(shelf, caller, new ChoiceRequest { Dataset = request.Dataset }).Succeeded(out _, out var unknown)) return unknown;
        if (request.File is null) return ScreeningRefusals.BatchFileMissing;

        var id = Id<Batch>.New(clock);
        string name = SafeName(request.FileName);
        await using var watched = uploads.Watch(request.File);
        var (bytes, sha256) = await files.SaveAsync(id, watched, cancel);
        if (bytes == 0) return ScreeningRefusals.BatchFileEmpty;
        if (bytes > Batch.FileBytesMax) return FoundationRefusals.BodyTooLarge;
        if (await uploads.CheckAsync(watched, "batch", caller.Actor, cancel) is { } infected)
        {
            files.Delete(id);
            return infected;
        }
        if (RefuseFile(files.Open(id, name, bytes), cancel) is { } unreadable)
        {
            files.Delete(id);
            return unreadable;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        int year = clock.GetUtcNow().Year;
        long serial = await db.TakeSerialsAsync(Reference.OfBatch, year, 1, cancel);
        var batch = new Batch
        {
            Id = id, Reference = Reference.Of(Reference.OfBatch, year, serial), Bureau = caller.Bureau.ToString(), By = caller.Actor.ToString(),
            Purpose = purpose.Code, Words = new BatchWords(request.AgreedBy.Trim(), name), FileBytes = bytes, Sha256 = sha256,
            Dataset = request.Dataset, Threshold = request.Threshold, Limit = Math.Max(1, request.Limit), At = clock.GetUtcNow(),
        };
        db.Batches.Add(batch);
        journal.Record(caller.Actor, "batch.taken", batch.Reference, purpose, new { bytes, sha256, agreed = true, batch.Dataset, batch.Threshold, batch.Limit });
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        signal.Wake();
        return BatchView.From(batch, clock.GetUtcNow());
    }

    // The first line tells whether the file is of a kind that is read at all.
    private static Refusal? RefuseFile(ListFile file, CancellationToken cancel)
    {
        try
        {
            foreach (var _ in QuestionFile.Read(file, cancel)) break;
            return null;
        }
        catch (ListFileException refused)
        {
            return ScreeningRefusals.BatchFileRefused(refused.Code, refused.Message);
        }
    }

    private static string SafeName(string? name)
    {
        string plain = AskedText.OneLine(Path.GetFileName(name ?? "").Replace('\0', ' '), out _);
        if (plain.Length == 0 || !AskedText.IsWhole(plain)) return "questions";
        return plain.Length <= Batch.FileNameCharsMax ? plain : plain[^Batch.FileNameCharsMax..];
    }
}
