using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Notices;

/// <summary>Keeps what was written, complete or not. Who saw an older version is refused: nothing is silently overwritten.</summary>
internal sealed class SaveDraft(AmanaDb db, Gate gate, JournalWriter journal, NoticeDesk desk, TimeProvider clock)
{
    /// <param name="Version">Of the notice as the writer saw it.</param>
    /// <param name="Fields">All fields; one that is left out becomes empty.</param>
    public sealed record Request(string Reference, long Version, IReadOnlyDictionary<string, IReadOnlyList<string>> Fields);

    public async Task<Result<Notice>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.DraftNotices, cancel) is { } forbidden) return forbidden;
        if (!(await desk.FindAsync(request.Reference, caller, cancel)).Succeeded(out var notice, out var unknown)) return unknown;
        if (notice.Bureau != caller.Bureau) return NoticeRefusals.Unknown;
        if (!(await gate.CheckAsync(caller, Right.DraftNotices, notice.Rules.Purpose, cancel)).Succeeded(out var purpose, out forbidden)) return forbidden;
        if (!NoticeContent.Read(notice.Colour, request.Fields).Succeeded(out var content, out var unreadable)) return unreadable;
        if (content.Has("release") && notice.Rules.Public is PublicExtract.Never) return NoticeRefusals.NeverReleased;

        string[] changed = [.. content.ChangedFrom(notice.Content)];
        if (notice.Save(content, request.Version, clock.GetUtcNow()) is { } refused) return refused;
        journal.Record(caller.Actor, "notice.saved", notice.Reference, purpose, new { changed });
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return NoticeRefusals.ChangedMeanwhile;
        }

        return notice;
    }
}
