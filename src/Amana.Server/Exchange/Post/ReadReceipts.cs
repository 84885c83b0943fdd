using Amana.Exchange.Post;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Exchange.Book;
using Amana.Server.Foundation;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Exchange.Post;

/// <summary>Letter by letter: which bureaus signed that they read it or did what it asks, and which have not. Without content.</summary>
internal sealed class ReadReceipts(AmanaDb db, Gate gate)
{
    public const int PageSize = 20;
    /// <summary>So many of the newest letters are looked through by pages.</summary>
    public const int LettersMost = 1000;

    /// <summary>How far a letter came at one bureau, by what that bureau signed.</summary>
    public enum Step
    {
        /// <summary>Refused, or not taken in time: a person decides.</summary>
        Stuck,
        /// <summary>Not there yet.</summary>
        Waiting,
        /// <summary>Stored, and nobody has opened it.</summary>
        Delivered,
        /// <summary>We sent it no longer.</summary>
        GivenUp,
        /// <summary>A person opened it.</summary>
        Read,
        /// <summary>What it asks was done or answered: a notice deleted, a request answered.</summary>
        Acted,
    }

    /// <param name="At">When it came so far: read and acted by the other bureau's clock, else ours.</param>
    /// <param name="Fault">Word of the last refusal or failure.</param>
    public sealed record Standing(string Bureau, Step Step, DateTimeOffset At, string? Fault, string? GivenUpFor)
    {
        public bool IsOpen => Step < Step.GivenUp;
    }

    /// <param name="Open">Bureaus that have neither confirmed nor been given up.</param>
    /// <param name="Bureaus">Those that have not confirmed first.</param>
    public sealed record Row(Guid Letter, string Kind, int Bytes, DateTimeOffset WrittenAt, int Open, IReadOnlyList<Standing> Bureaus);

    /// <param name="Total">At most <see cref="LettersMost"/>.</param>
    public sealed record View(int Total, IReadOnlyList<Row> Rows);

    /// <param name="bureau">Only letters to that one; null: all.</param>
    /// <param name="isOpen">Only letters that somebody has not confirmed.</param>
    public async Task<Result<View>> RunAsync(BureauCode? bureau, bool isOpen, int page, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ReadBureaus, cancel) is { } forbidden) return forbidden;
        var deliveries = db.Deliveries.AsNoTracking();
        // Nobody confirms a receipt or a card, and quiet ones stand with what they are about.
        var letters = db.PostedLetters.AsNoTracking()
            .Where(l => l.Kind != ReceiptReader.KindWord && l.Kind != CardReader.KindWord && l.Kind != QuietKinds.Consultation && l.Kind != QuietKinds.ConsultationAnswer);
        if (bureau is not null) letters = letters.Where(l => deliveries.Any(d => d.Letter == l.Id && d.Peer == bureau && (!isOpen || (d.ReadAt == null && d.State != DeliveryState.GivenUp))));
        else if (isOpen) letters = letters.Where(l => deliveries.Any(d => d.Letter == l.Id && d.ReadAt == null && d.State != DeliveryState.GivenUp));
        // Ids are in the order of time.
        var newest = letters.OrderByDescending(l => l.Id).Take(LettersMost);
        int total = await newest.CountAsync(cancel);
        var found = await newest.OrderByDescending(l => l.Id).Skip((Math.Max(page, 1) - 1) * PageSize).Take(PageSize).Select(l => new { l.Id, l.Kind, l.Bytes, l.WrittenAt }).ToListAsync(cancel);
        var ids = found.ConvertAll(l => l.Id);
        var ways = (await deliveries.Where(d => ids.Contains(d.Letter)).ToListAsync(cancel)).ToLookup(d => d.Letter);
        return new View(total, found.ConvertAll(l =>
        {
            var bureaus = ways[l.Id].Where(d => bureau is null || d.Peer == bureau).Select(Of).OrderBy(s => s.Step).ThenBy(s => s.Bureau, StringComparer.Ordinal).ToList();
            return new Row(l.Id, l.Kind, l.Bytes, l.WrittenAt, bureaus.Count(b => b.IsOpen), bureaus);
        }));
    }

    private static Standing Of(Delivery d) => d switch
    {
        { ActedAt: { } at } => new(d.Peer.Value, Step.Acted, at, null, null),
        { ReadAt: { } at } => new(d.Peer.Value, Step.Read, at, null, null),
        { State: DeliveryState.Delivered } => new(d.Peer.Value, Step.Delivered, d.DeliveredAt ?? d.QueuedAt, null, null),
        { State: DeliveryState.GivenUp } => new(d.Peer.Value, Step.GivenUp, d.QueuedAt, d.Fault, d.GivenUpFor),
        { State: DeliveryState.Waiting } => new(d.Peer.Value, Step.Waiting, d.FailedSince ?? d.QueuedAt, d.Fault, null),
        _ => new(d.Peer.Value, Step.Stuck, d.FailedSince ?? d.QueuedAt, d.Fault, null),
    };
}
