using Amana.Exchange.Post;
using Amana.Server.Data;
using Amana.Server.Exchange.Line;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Exchange.Relay;

/// <summary>Brings held envelopes to their recipients.</summary>
internal sealed class RelayLine(BureauLine line, BureauBook book, TimeProvider clock)
{
    /// <summary>Shows it to its recipient and keeps the answer in the row; the caller saves.</summary>
    public async Task<LineAnswer> BringAsync(RelayedEnvelope held, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(held);
        if (held.Envelope is null) return new(held.Receipt, held.Refusal);
        if (!book.Exchanges(held.To) || !book.Exchanges(held.From)) return LineAnswer.Later("suspended");
        var answer = LetterLine.Read(await line.SendAsync(book.Find(held.To)!.Address, HttpMethod.Post, LetterLine.LettersPath, held.Envelope, LetterLine.EnvelopeType, isSigned: true, cancel));
        if (answer.Receipt is null && answer.Refusal is null) return answer;
        (held.Receipt, held.Refusal, held.DoneAt, held.Envelope) = (answer.Receipt, answer.Refusal, clock.GetUtcNow(), null);
        return answer;
    }

    /// <summary>Those that wait, the oldest of each recipient: the order is kept.</summary>
    public static async Task<List<RelayedEnvelope>> HeadsAsync(AmanaDb db, CancellationToken cancel)
    {
        var waiting = db.RelayedEnvelopes.Where(e => e.DoneAt == null);
        var recipients = await waiting.Select(e => e.To).Distinct().ToListAsync(cancel);
        var heads = new List<RelayedEnvelope>();
        foreach (var to in recipients)
        {
            // Another request may have brought it meanwhile.
            if (await waiting.Where(e => e.To == to).OrderBy(e => e.At).FirstOrDefaultAsync(cancel) is { } head) heads.Add(head);
        }

        return heads;
    }
}
