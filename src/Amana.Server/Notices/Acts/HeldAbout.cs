using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Notices;

/// <summary>Which notices may be about a person, for who answers that person's request. It checks no right; the acts that ask do.</summary>
public sealed class HeldAbout
{
    private readonly AmanaDb _db;
    private readonly Gate _gate;
    private readonly NamesInMind _names;

    internal HeldAbout(AmanaDb db, Gate gate, NamesInMind names) => (_db, _gate, _names) = (db, gate, names);

    public const int FoundMax = 20;

    /// <param name="Letter">Of the type: R, Y and so on.</param>
    public sealed record Found(string Reference, char Letter, string Caption, string? CaptionOriginal, string Bureau, string State);

    /// <param name="name">Part of a name, in any script.</param>
    public async Task<IReadOnlyList<Found>> FindAsync(string name, Caller caller, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(caller);
        var visible = _gate.Reach(_db.Notices.AsNoTracking().VisibleTo(caller), caller).Where(n => n.State != NoticeState.Deleted && n.State != NoticeState.Draft);
        var ids = (await _names.FindAsync(_db, visible.OrderByDescending(n => n.ChangedAt), name.Trim().ToUpperInvariant(), cancel)).Take(FoundMax).ToList();
        var rows = await _db.Notices.AsNoTracking().Where(n => ids.Contains(n.Id)).ToListAsync(cancel);
        return [.. rows.Select(NoticeViews.RowOf).Select(r => new Found(r.Reference, NoticeRules.Own.Of(r.Colour).Letter, r.Caption, r.CaptionOriginal, r.Bureau, Pages.NoticeText.Word(r.State)))];
    }

    /// <summary>Whether this is a notice of ours that was sent to that bureau, also one that has ended since.</summary>
    public Task<bool> WasToldAsync(string reference, BureauCode bureau, BureauCode own, CancellationToken cancel) =>
        _db.Notices.Where(n => n.Reference == reference && n.Bureau == own).Join(_db.NoticeCopies.Where(c => c.Bureau == bureau), n => n.Id, c => c.Notice, (n, _) => n).AnyAsync(cancel);

    public Task<bool> ExistsAsync(string reference, Caller caller, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return _gate.Reach(_db.Notices.VisibleTo(caller), caller).AnyAsync(n => n.Reference == reference && n.State != NoticeState.Deleted && n.State != NoticeState.Draft, cancel);
    }
}
