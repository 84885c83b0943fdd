using Amana.Exchange.Post;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Exchange;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Notices;

/// <summary>Who holds a copy of a notice of ours, and who has confirmed what became of it.</summary>
internal sealed class ReadCopies(AmanaDb db, Gate gate, NoticeDesk desk, Deliveries deliveries)
{
    /// <summary>Where one bureau stands.</summary>
    public enum Standing
    {
        /// <summary>On its way.</summary>
        Sent,
        /// <summary>Its server has stored it.</summary>
        Delivered,
        /// <summary>A person there opened it.</summary>
        Read,
        /// <summary>Told to delete it, and has not confirmed.</summary>
        Recalled,
        /// <summary>Deleted, with its signature.</summary>
        Deleted,
        /// <summary>Its server refuses it.</summary>
        Refused,
        /// <summary>A person here gave it up; it may hold an earlier version.</summary>
        GivenUp,
    }

    /// <param name="Fault">Why it has not arrived.</param>
    public sealed record CopyView(string Bureau, Standing Standing, DateTimeOffset SentAt, DateTimeOffset? At, string? Fault);

    /// <param name="Open">Bureaus that were told to delete it and have not confirmed.</param>
    public sealed record View(IReadOnlyList<CopyView> Copies, int Open);

    public async Task<Result<View>> RunAsync(string reference, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ReadNotices, cancel) is { } forbidden) return forbidden;
        if (!(await desk.FindAsync(reference, caller, cancel)).Succeeded(out var notice, out var unknown)) return unknown;
        if (notice.Bureau != caller.Bureau) return new View([], 0);
        var copies = await db.NoticeCopies.AsNoTracking().Where(c => c.Notice == notice.Id).ToListAsync(cancel);
        var letters = copies.Select(c => c.Letter).Distinct().ToList();
        var ways = (await deliveries.OfAsync(letters, cancel)).ToDictionary(d => (d.Letter, d.Bureau));
        var views = copies.OrderBy(c => c.Bureau.Value, StringComparer.Ordinal).Select(c => ViewOf(c, ways.GetValueOrDefault((c.Letter, c.Bureau)))).ToList();
        return new View(views, views.Count(v => v.Standing is Standing.Recalled || (v.Standing is Standing.Refused or Standing.GivenUp && copies.Exists(c => c.IsRecalled && c.Bureau.Value == v.Bureau))));
    }

    private static CopyView ViewOf(NoticeCopy copy, DeliveryView? way)
    {
        var standing = way switch
        {
            { State: DeliveryState.GivenUp, ReadAt: null } => Standing.GivenUp,
            { State: DeliveryState.Refused or DeliveryState.Dead } => Standing.Refused,
            { ActedAt: not null } when copy.IsRecalled => Standing.Deleted,
            _ when copy.IsRecalled => Standing.Recalled,
            { ReadAt: not null } => Standing.Read,
            { State: DeliveryState.Delivered } => Standing.Delivered,
            _ => Standing.Sent,
        };
        return new(copy.Bureau.Value, standing, copy.SentAt, way?.ActedAt ?? way?.ReadAt ?? way?.DeliveredAt, way?.GivenUpFor ?? way?.Fault);
    }
}
