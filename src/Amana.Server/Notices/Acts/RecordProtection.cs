using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Notices;

/// <summary>Records that somebody is protected against states, or ends it. No name is kept: a request about that person is known by
/// its keys, and who confirmed the status is told to nobody.</summary>
internal sealed class RecordProtection(AmanaDb db, Gate gate, JournalWriter journal, NoticeDesk desk, TimeProvider clock)
{
    private const string PurposeCode = "wanted-persons";

    /// <param name="Fields">Names and birth, as in a red notice; documents where known.</param>
    /// <param name="Against">Bureau codes.</param>
    /// <param name="End">The protection to end instead.</param>
    public sealed record Request(IReadOnlyDictionary<string, IReadOnlyList<string>> Fields, IReadOnlyList<string> Against, string? ConfirmedBy, Id<Protection>? End = null);

    public async Task<Result<Id<Protection>>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (!(await gate.CheckAsync(caller, Right.ReviewNotices, PurposeCode, cancel)).Succeeded(out var purpose, out var forbidden)) return forbidden;
        var now = clock.GetUtcNow();
        if (request.End is { } end)
        {
            if (await db.Protections.SingleOrDefaultAsync(p => p.Id == end && p.Until == null, cancel) is not { } there) return NoticeRefusals.ProtectionIncomplete;
            there.Until = now;
            journal.Record(caller.Actor, "protection.ended", end, purpose);
            await db.SaveChangesAsync(cancel);
            return end;
        }

        if (!NoticeContent.Read(NoticeColour.Red, request.Fields).Succeeded(out var content, out var unreadable)) return unreadable;
        var keys = RequestKeys.Of(content, desk.Key);
        bool named = request.Against.Count > 0 && request.Against.All(code => BureauCode.TryParse(code, null, out _));
        if (keys.Person.Count == 0 || !named || string.IsNullOrWhiteSpace(request.ConfirmedBy) || request.ConfirmedBy.Length > 200) return NoticeRefusals.ProtectionIncomplete;

        var protection = new Protection
        {
            Id = Id<Protection>.New(clock), Against = $",{string.Join(',', request.Against)},", ConfirmedBy = request.ConfirmedBy.Trim(), RecordedBy = caller.Actor.ToString(), From = now,
            Keys = [.. keys.Person.Select(k => new RequestKey(k, false)), .. keys.Case.Select(k => new RequestKey(k, true))],
        };
        db.Protections.Add(protection);
        journal.Record(caller.Actor, "protection.recorded", protection.Id, purpose);
        await db.SaveChangesAsync(cancel);
        return protection.Id;
    }
}
