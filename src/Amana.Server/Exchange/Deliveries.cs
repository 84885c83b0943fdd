using Amana.Exchange.Post;
using Amana.Server.Data;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Exchange;

/// <summary>Where a letter of ours stands at one bureau.</summary>
/// <param name="State">Of its way there.</param>
/// <param name="DeliveredAt">When we had the receipt.</param>
/// <param name="ReadAt">By the other bureau's clock; null before a person there opened it.</param>
/// <param name="ActedAt">By the other bureau's clock; null before it was answered or done.</param>
/// <param name="Fault">Word of the last refusal or failure.</param>
/// <param name="GivenUpFor">Why a person here gave it up; null for what was not.</param>
public sealed record DeliveryView(Guid Letter, BureauCode Bureau, DeliveryState State, DateTimeOffset QueuedAt, DateTimeOffset? DeliveredAt, DateTimeOffset? ReadAt, DateTimeOffset? ActedAt, string? Fault, string? GivenUpFor);

/// <summary>Where letters that we sent stand. Asked by modules about letters of their own: whoever asks has let the reader through already.</summary>
public sealed class Deliveries(AmanaDb db)
{
    public async Task<IReadOnlyList<DeliveryView>> OfAsync(Guid letter, CancellationToken cancel) => await OfAsync([letter], cancel);

    /// <param name="letters">At most 1,000.</param>
    public async Task<IReadOnlyList<DeliveryView>> OfAsync(IReadOnlyCollection<Guid> letters, CancellationToken cancel) =>
        await db.Deliveries.AsNoTracking().Where(d => letters.Contains(d.Letter)).OrderBy(d => d.Number)
            .Select(d => new DeliveryView(d.Letter, d.Peer, d.State, d.QueuedAt, d.DeliveredAt, d.ReadAt, d.ActedAt, d.Fault, d.GivenUpFor)).ToListAsync(cancel);
}
