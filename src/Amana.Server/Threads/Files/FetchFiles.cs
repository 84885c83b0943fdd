using System.Net;
using Amana.Server.Data;
using Amana.Server.Exchange;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Uploads;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Threads;

/// <summary>Fetches the files that letters of other bureaus name, from where it left off. Nobody sees one before it is whole, is what its writer signed, and has been
/// looked at.</summary>
internal sealed class FetchFiles(IServiceScopeFactory scopes, FileShelf shelf, BureauFiles line, TimeProvider clock, ILogger<FetchFiles> log) : TimedWork(Every, clock, log)
{
    private const int AtOnce = 20;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2), LongestWait = TimeSpan.FromHours(1), StagingKept = TimeSpan.FromDays(2);

    protected override Task RoundAsync(CancellationToken cancel) => FetchDueAsync(cancel);

    /// <returns>How many files are whole now that were not.</returns>
    public async Task<int> FetchDueAsync(CancellationToken cancel)
    {
        var now = Clock.GetUtcNow();
        List<Guid> due, left;
        await using (var scope = scopes.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
            due = await db.ThreadFiles.Where(f => f.State == FileState.Waiting && f.NextAt <= now).OrderBy(f => f.NextAt).Take(AtOnce).Select(f => f.Id).ToListAsync(cancel);
            var before = now - StagingKept;
            left = await db.ThreadFiles.Where(f => ((f.State == FileState.Uploading || f.State == FileState.Ready) && f.At < before) || (f.State == FileState.Gone && f.NextAt != null)).OrderBy(f => f.At).Take(AtOnce).Select(f => f.Id).ToListAsync(cancel);
        }

        foreach (var id in left) await ForgetAsync(id, cancel);
        int whole = 0;
        foreach (var id in due) whole += await FetchAsync(id, cancel) ? 1 : 0;
        return whole;
    }

    private async Task<bool> FetchAsync(Guid id, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
        var file = await db.ThreadFiles.SingleAsync(f => f.Id == id, cancel);
        if (file.State is not FileState.Waiting) return false;
        long length = FileShelf.SealedLength(file.Bytes), before = shelf.Kept(id);
        bool goes = true;
        while (goes && shelf.Kept(id) < length)
        {
            long kept = shelf.Kept(id);
            using var answer = await line.OpenAsync(BureauCode.Of(file.Sender), $"exchange/v1/files/{id}", kept, cancel);
            goes = answer is { StatusCode: HttpStatusCode.PartialContent };
            if (goes) goes = await TakeAsync(id, answer!, length - kept, cancel) && shelf.Kept(id) > kept;
        }

        if (shelf.Kept(id) < length)
        {
            file.Attempts = shelf.Kept(id) > before ? 0 : file.Attempts + 1;
            file.NextAt = Clock.GetUtcNow() + TimeSpan.FromSeconds(Math.Min(LongestWait.TotalSeconds, Math.Pow(2, file.Attempts)));
            await db.SaveChangesAsync(cancel);
            return false;
        }

        await JudgeAsync(scope.ServiceProvider, db, file, cancel);
        return true;
    }

    private async Task<bool> TakeAsync(Guid id, HttpResponseMessage answer, long bytesMost, CancellationToken cancel)
    {
        try
        {
            await using var body = await answer.Content.ReadAsStreamAsync(cancel);
            await shelf.AppendSealedAsync(id, body, bytesMost, cancel);
            return true;
        }
        catch (Exception e) when (e is HttpRequestException or HttpIOException)
        {
            return false; // cut off; what came is kept
        }
    }

    private async Task JudgeAsync(IServiceProvider services, AmanaDb db, ThreadFile file, CancellationToken cancel)
    {
        var journal = services.GetRequiredService<JournalWriter>();
        string? fault = await shelf.HashAsync(file.Id, cancel) == file.Content.Sha256 ? null : "hash";
        bool nobodyLooked = false;
        if (fault is null)
        {
            var uploads = services.GetRequiredService<UploadGate>();
            try
            {
                await using var opened = shelf.Open(file.Id, file.Content.KeyBytes);
                await using var watched = uploads.Watch(opened);
                await watched.CopyToAsync(Stream.Null, cancel);
                var refused = await uploads.CheckAsync(watched, "message", Actor.Server, cancel);
                (fault, nobodyLooked) = (refused?.Code, refused is { Kind: RefusalKind.NotReady });
            }
            catch (InvalidDataException)
            {
                fault = "seal";
            }
        }

        if (nobodyLooked)
        {
            file.NextAt = Clock.GetUtcNow().AddMinutes(1); // the scanner is away
        }
        else
        {
            if (fault is not null) shelf.Forget(file.Id);
            file.State = fault is null ? FileState.Here : FileState.Refused;
            string? reference = await db.CaseThreads.Where(t => t.Id == file.Thread).Select(t => t.Reference).SingleOrDefaultAsync(cancel);
            journal.Record(Actor.Server, fault is null ? "file.fetched" : "file.refused", reference, details: new { file = file.Id, from = file.Sender, file.Bytes, fault });
        }

        await db.SaveChangesAsync(cancel);
    }

    private async Task ForgetAsync(Guid id, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
        var file = await db.ThreadFiles.SingleAsync(f => f.Id == id, cancel);
        bool first = file.State is not FileState.Gone;
        shelf.Forget(id);
        file.Leave(Clock.GetUtcNow());
        file.NextAt = null;
        if (first) scope.ServiceProvider.GetRequiredService<JournalWriter>().Record(Actor.Server, "file.forgotten", details: new { file = id });
        await db.SaveChangesAsync(cancel);
    }
}
