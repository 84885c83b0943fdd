using Amana.Exchange.Post;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Exchange.Post;

/// <summary>What is on its way, and what waits for a person. Without content: kind, size, bureau, times.</summary>
internal sealed class ReadDeliveries(AmanaDb db, Gate gate)
{
    public const int PageSize = 50;

    /// <summary>Which part is asked for.</summary>
    public enum Part
    {
        /// <summary>Refused or dead: a person decides.</summary>
        Stuck,
        /// <summary>On its way.</summary>
        Waiting,
        /// <summary>Stored at the other bureau, newest first.</summary>
        Delivered,
        /// <summary>What a person gave up, newest first.</summary>
        GivenUp,
    }

    /// <param name="word">As in addresses: <c>stuck</c>, <c>given-up</c>.</param>
    public static bool TryRead(string? word, out Part part) => Enum.TryParse(word?.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out part) && Enum.IsDefined(part);

    /// <param name="Number">To name it to <see cref="SendAgain"/>.</param>
    /// <param name="Kind">Of the letter.</param>
    /// <param name="Bytes">Of the envelope.</param>
    public sealed record Row(
        long Number, Guid Letter, string Kind, int Bytes, string Bureau, DeliveryState State, DateTimeOffset QueuedAt, DateTimeOffset NextAt, int Attempts, DateTimeOffset? FailedSince, string? Fault,
        DateTimeOffset? DeliveredAt, DateTimeOffset? ReadAt, DateTimeOffset? ActedAt, string? GivenUpFor);

    /// <summary>What is in the way of letters to one bureau.</summary>
    /// <param name="Since">When the first of them was queued.</param>
    /// <param name="NextAt">When the first of them is tried next; null when a person decides.</param>
    /// <param name="Fault">Word of the last refusal or failure of the first of them.</param>
    public sealed record Queue(string Bureau, int Letters, DateTimeOffset Since, DateTimeOffset? NextAt, string? Fault);

    /// <param name="Total">Of the part.</param>
    /// <param name="Queues">The same part by bureau, the longest first; only of what is stuck or waits.</param>
    public sealed record View(int Stuck, int Waiting, int Delivered, int GivenUp, int Total, IReadOnlyList<Queue> Queues, IReadOnlyList<Row> Rows);

    public async Task<Result<View>> RunAsync(Part part, BureauCode? bureau, int page, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ReadBureaus, cancel) is { } forbidden) return forbidden;
        var all = db.Deliveries.AsNoTracking();
        if (bureau is not null) all = all.Where(d => d.Peer == bureau);
        // One by one: each is a part of the index by state and bureau, and a bureau's few letters are counted beside another's million.
        var counts = new Dictionary<DeliveryState, int>();
        foreach (var state in Enum.GetValues<DeliveryState>()) counts[state] = await all.CountAsync(d => d.State == state, cancel);
        int Count(DeliveryState state) => counts.GetValueOrDefault(state);
        int stuck = Count(DeliveryState.Refused) + Count(DeliveryState.Dead);
        var asked = part switch
        {
            Part.Stuck => all.Where(d => d.State == DeliveryState.Refused || d.State == DeliveryState.Dead).OrderByDescending(d => d.Number),
            Part.Waiting => all.Where(d => d.State == DeliveryState.Waiting).OrderBy(d => d.Number),
            Part.GivenUp => all.Where(d => d.State == DeliveryState.GivenUp).OrderByDescending(d => d.Number),
            _ => all.Where(d => d.State == DeliveryState.Delivered).OrderByDescending(d => d.Number),
        };
        var rows = await asked.Skip((Math.Max(page, 1) - 1) * PageSize).Take(PageSize).Join(db.PostedLetters, d => d.Letter, l => l.Id, (d, l) => new { d, l.Kind, l.Bytes }).ToListAsync(cancel);
        if (!caller.Has(Right.HandleRequests)) rows.RemoveAll(r => QuietKinds.All.Contains(r.Kind));
        int total = part switch { Part.Stuck => stuck, Part.Waiting => Count(DeliveryState.Waiting), Part.GivenUp => Count(DeliveryState.GivenUp), _ => Count(DeliveryState.Delivered) };
        return new View(stuck, Count(DeliveryState.Waiting), Count(DeliveryState.Delivered), Count(DeliveryState.GivenUp), total, part is Part.Stuck or Part.Waiting ? await QueuesAsync(asked, cancel) : [],
            [.. rows.Select(r => new Row(r.d.Number, r.d.Letter, r.Kind, r.Bytes, r.d.Peer.Value, r.d.State, r.d.QueuedAt, r.d.NextAt, r.d.Attempts, r.d.FailedSince, r.d.Fault, r.d.DeliveredAt, r.d.ReadAt, r.d.ActedAt, r.d.GivenUpFor))]);
    }

    private async Task<IReadOnlyList<Queue>> QueuesAsync(IQueryable<Delivery> part, CancellationToken cancel)
    {
        var counts = await part.GroupBy(d => d.Peer).Select(g => new { Letters = g.Count(), First = g.Min(d => d.Number) }).ToDictionaryAsync(g => g.First, g => g.Letters, cancel);
        var numbers = counts.Keys.ToList(); // one for each bureau
        var firsts = await db.Deliveries.AsNoTracking().Where(d => numbers.Contains(d.Number)).ToListAsync(cancel);
        return [.. firsts.Select(d => new Queue(d.Peer.Value, counts[d.Number], d.QueuedAt, d.State is DeliveryState.Waiting ? d.NextAt : null, d.Fault)).OrderByDescending(q => q.Letters).ThenBy(q => q.Bureau, StringComparer.Ordinal)];
    }
}
