using System.Text.Encodings.Web;
using System.Text.Json;
using Amana.Lists;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;

namespace Amana.Server.Notices;

/// <summary>One notice in an open standard, for who may read it; journaled like opening it.</summary>
internal sealed class ExportNotice(AmanaDb db, Gate gate, JournalWriter journal, NoticeDesk desk)
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="Purpose">Null: the session's or token's own.</param>
    public sealed record Request(string Reference, NoticeFormat Format, string? Purpose = null);

    /// <returns>UTF-8 bytes of one JSON object.</returns>
    public async Task<Result<byte[]>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ReadNotices, cancel) is { } forbidden) return forbidden;
        if (!(await desk.FindAsync(request.Reference, caller, cancel)).Succeeded(out var notice, out var unknown)) return unknown;
        if (!(await gate.CheckAsync(caller, Right.ReadNotices, request.Purpose ?? caller.DefaultPurpose ?? notice.Rules.Purpose, cancel)).Succeeded(out var purpose, out forbidden)) return forbidden;
        if (notice.PublishedAt is null || notice.State is NoticeState.Deleted || Write(notice, request.Format) is not { } written) return NoticeRefusals.NoFormat;
        journal.Record(caller.Actor, "notice.exported", notice.Reference, purpose, new { request.Format, notice.Edition });
        await db.SaveChangesAsync(cancel);
        return written;
    }

    private static byte[]? Write(Notice notice, NoticeFormat format) => format switch
    {
        NoticeFormat.Ftm => Listing.Of(notice) is { } entity ? ListedEntityJson.ToFollowTheMoney(entity, NoticeBoard.List) : null,
        NoticeFormat.JsonLd => JsonSerializer.SerializeToUtf8Bytes(NoticeAsJsonLd.Of(notice), Readable),
        _ => JsonSerializer.SerializeToUtf8Bytes(NoticeAsStix.Of(notice), Readable),
    };
}
