using System.Security.Cryptography;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Keys;
using Amana.Server.Uploads;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Threads;

/// <summary>Begins a file, which comes in parts.</summary>
internal sealed class BeginFile(AmanaDb db, Gate gate, JournalWriter journal, ThreadBook book, TimeProvider clock)
{
    /// <param name="Bytes">Of the whole file.</param>
    public sealed record Request(string? Name, long Bytes);

    public sealed record Begun(Guid File, int PartBytesMost);

    public async Task<Result<Begun>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.SendMessages, cancel) is { } forbidden) return forbidden;
        // The last part of a path is the name, whichever system it is of.
        string name = request.Name?.Trim().Split('/', '\\')[^1].Trim() ?? "";
        if (name.Length is 0 or > ThreadFile.NameCharsMost || name.Any(char.IsControl)) return ThreadRefusals.FileName;
        if (request.Bytes is < 0 or > ThreadFile.BytesMost) return ThreadRefusals.FileTooLarge;
        string who = caller.Actor.ToString();
        if (await db.ThreadFiles.CountAsync(f => f.By == who && (f.State == FileState.Uploading || f.State == FileState.Ready), cancel) >= ThreadFile.PerLetterMost * 2) return ThreadRefusals.FilesTooMany;
        var file = new ThreadFile
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()), By = who, Sender = book.Self.Value, Bytes = request.Bytes, At = clock.GetUtcNow(),
            Content = new(name, "application/octet-stream", Convert.ToBase64String(RandomNumberGenerator.GetBytes(SealedChunks.KeyBytes)), ""),
        };
        db.ThreadFiles.Add(file);
        journal.Record(caller.Actor, "file.begun", details: new { file = file.Id, file.Bytes });
        await db.SaveChangesAsync(cancel);
        return new Begun(file.Id, AppendFile.PartBytesMost);
    }
}

/// <summary>Takes the next part of a file. With the last one the file is looked at: the scanner, and in pictures what stands beside the picture.</summary>
internal sealed class AppendFile(AmanaDb db, Gate gate, JournalWriter journal, FileShelf shelf, FileTurns turns, UploadGate uploads, TimeProvider clock)
{
    public const int PartBytesMost = 8 * FileShelf.ChunkBytes;

    /// <param name="Offset">Where the part begins; a multiple of one MiB.</param>
    /// <param name="Part">Whole MiB, unless it is the last.</param>
    public sealed record Request(Guid File, long Offset, ReadOnlyMemory<byte> Part);

    /// <param name="Next">Where the next part begins; the file's length when all is here.</param>
    public sealed record Standing(long Next, FileState State);

    public async Task<Result<Standing>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.SendMessages, cancel) is { } forbidden) return forbidden;
        using var turn = await turns.TakeAsync(cancel);
        string who = caller.Actor.ToString();
        if (await db.ThreadFiles.SingleOrDefaultAsync(f => f.Id == request.File && f.By == who && f.State != FileState.Gone, cancel) is not { } file) return ThreadRefusals.FileUnknown;
        if (file.State is not FileState.Uploading) return new Standing(file.Bytes, file.State);
        long next = shelf.KeptPlain(file.Id), end = request.Offset + request.Part.Length;
        bool last = end == file.Bytes;
        if (request.Offset != next || end > file.Bytes || request.Part.Length > PartBytesMost || (!last && (request.Part.Length == 0 || request.Part.Length % FileShelf.ChunkBytes != 0))) return ThreadRefusals.FilePart;
        shelf.Append(file.Id, file.Content.KeyBytes, request.Offset, request.Part.Span, last);
        if (!last) return new Standing(end, FileState.Uploading);
        if (await FinishAsync(file, caller, cancel) is { } refused)
        {
            file.Leave(clock.GetUtcNow());
            await db.SaveChangesAsync(cancel);
            return refused;
        }

        journal.Record(caller.Actor, "file.brought", details: new { file = file.Id, file.Bytes, file.Content.Sha256 });
        await db.SaveChangesAsync(cancel);
        return new Standing(file.Bytes, file.State);
    }

    /// <summary>Where an upload that was cut off goes on.</summary>
    public async Task<Result<Standing>> StandingAsync(Guid id, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.SendMessages, cancel) is { } forbidden) return forbidden;
        string who = caller.Actor.ToString();
        if (await db.ThreadFiles.AsNoTracking().SingleOrDefaultAsync(f => f.Id == id && f.By == who && f.State != FileState.Gone, cancel) is not { } file) return ThreadRefusals.FileUnknown;
        return new Standing(file.State is FileState.Uploading ? shelf.KeptPlain(id) : file.Bytes, file.State);
    }

    private async Task<Refusal?> FinishAsync(ThreadFile file, Caller caller, CancellationToken cancel)
    {
        byte[] key = file.Content.KeyBytes;
        await using (var opened = shelf.Open(file.Id, key))
        await using (var watched = uploads.Watch(opened))
        {
            await watched.CopyToAsync(Stream.Null, cancel);
            if (await uploads.CheckAsync(watched, "message", caller.Actor, cancel) is { } refused) return refused;
        }

        string type = "application/octet-stream";
        if (file.Bytes is > 0 and <= CleanPicture.BytesMax)
        {
            byte[] whole = new byte[file.Bytes];
            await using (var opened = shelf.Open(file.Id, key)) await opened.ReadExactlyAsync(whole, cancel);
            if (CleanPicture.TryRead(whole, out string picture, out byte[] clean))
            {
                // Another text under another key: a key seals one file.
                key = RandomNumberGenerator.GetBytes(SealedChunks.KeyBytes);
                shelf.Write(file.Id, key, clean);
                (type, file.Bytes) = (picture, clean.Length);
            }
        }

        file.Content = file.Content with { Key = Convert.ToBase64String(key), MediaType = type, Sha256 = await shelf.HashAsync(file.Id, cancel) };
        file.State = FileState.Ready;
        return null;
    }
}

/// <summary>One part at a time is written.</summary>
internal sealed class FileTurns : Turns;
