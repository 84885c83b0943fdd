using System.Globalization;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Exchange;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Threads;

/// <summary>Gives another bureau's server a file that a letter to it names: sealed, from where it left off. Its signed request decides, not a person.</summary>
internal sealed class GiveFile(AmanaDb db, FileShelf shelf)
{
    /// <summary>At once, so that a slow line holds nothing for long.</summary>
    public const int BytesAtOnce = 16 * 1024 * 1024;

    public sealed record Part(Stream From, long Offset, long Count, long Length);

    public async Task<Result<Part>> GiveAsync(Guid id, HttpRequest request, CancellationToken cancel)
    {
        if (!(await BureauFiles.CheckAsync(request, cancel)).Succeeded(out var bureau, out var refusal)) return refusal;
        if (await db.ThreadFiles.AsNoTracking().SingleOrDefaultAsync(f => f.Id == id && f.State == FileState.Sent, cancel) is not { } file || !file.IsFor(bureau)) return ThreadRefusals.FileUnknown;
        long length = shelf.Kept(id), offset = OffsetOf(request.Headers.Range);
        if (offset < 0 || offset > length) return ThreadRefusals.FilePart;
        var stream = shelf.OpenSealed(id);
        stream.Position = offset;
        return new Part(stream, offset, Math.Min(BytesAtOnce, length - offset), length);
    }

    // Only bytes=N- is asked between servers; anything else is no place.
    private static long OffsetOf(string? range) => string.IsNullOrEmpty(range) ? 0
        : range.StartsWith("bytes=", StringComparison.Ordinal) && range.EndsWith('-') && long.TryParse(range.AsSpan(6, range.Length - 7), NumberStyles.None, CultureInfo.InvariantCulture, out long offset) ? offset : -1;
}

/// <summary>Opens a file of a thread for a person: as a file, so its handling is asked as of an export.</summary>
internal sealed class ReadFile(AmanaDb db, Gate gate, JournalWriter journal, ThreadDesk desk, FileShelf shelf)
{
    /// <param name="Confirmed">Conditions that the officer has read and that are met.</param>
    public sealed record Request(string Reference, Guid File, IReadOnlyList<string>? Confirmed, string? Purpose);

    public sealed record Opened(string Name, string MediaType, long Bytes, Stream Content);

    public async Task<Result<Opened>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ReadMessages, cancel) is { } forbidden) return forbidden;
        if (!(await desk.FindAsync(request.Reference, Right.ReadMessages, request.Purpose, caller, cancel)).Succeeded(out var found, out var refused)) return refused;
        var (thread, purpose) = found;
        if (await db.ThreadFiles.AsNoTracking().SingleOrDefaultAsync(f => f.Id == request.File && f.Thread == thread.Id && (f.State == FileState.Here || f.State == FileState.Sent), cancel) is not { } file
            || await db.ThreadMessages.SingleOrDefaultAsync(m => m.Id == file.Letter && !m.IsGone, cancel) is not { } message) return ThreadRefusals.FileUnknown;
        var wish = HandlingWish.InHouse(Amana.Exchange.Handling.HandlingAct.Export, confirmed: request.Confirmed);
        if (await desk.DecideAsync([message], wish, cancel) is { Allowed: false } no) return await desk.RefuseAsync(no, thread, wish, caller, cancel);
        journal.Record(caller.Actor, "file.opened", thread.Reference, purpose, new { file = file.Id, letter = file.Letter });
        await db.SaveChangesAsync(cancel);
        return new Opened(file.Content.Name, file.Content.MediaType, file.Bytes, shelf.Open(file.Id, file.Content.KeyBytes));
    }
}
