using System.Security.Cryptography;
using System.Text;
using Amana.Exchange.Envelopes;
using Amana.Server.Data;
using Amana.Server.Exchange.Line;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Exchange.Relay;

/// <summary>An envelope for a bureau whose relay we are: brought at once, or held while it is away.</summary>
internal sealed class PassOnLetter(AmanaDb db, RequestDoor door, CarrierPace pace, RelayLine line, BureauBook book, JournalWriter journal, IDatabaseEngine engine, TimeProvider clock)
{
    private const int HeldMost = 10_000;

    /// <param name="Receipt">The recipient's own; null while it is away.</param>
    public sealed record Passed(string? Receipt);

    public async Task<Result<Passed>> RunAsync(string code, HttpRequest request, CancellationToken cancel)
    {
        if (await RequestDoor.ReadAsync(request, Envelope.BytesMost, cancel) is not { } envelope) return await door.RefuseAsync("unknown", ExchangeRefusals.EnvelopeTooLarge, cancel);
        if (!(await door.CheckAsync(request, envelope, cancel)).Succeeded(out var from, out var refusal)) return refusal;
        if (!BureauCode.TryParse(code, null, out var to) || book.Find(to) is not { } entry || entry.Relay != book.Self || !book.Exchanges(to)) return await door.RefuseAsync(from.Value, ExchangeRefusals.NotRelay, cancel);
        if (pace.Take(from) is not { } turn) return ExchangeRefusals.Busy;
        using (turn)
        {
            string hash = Convert.ToHexStringLower(SHA256.HashData([.. Encoding.ASCII.GetBytes($"{to}\n"), .. envelope]));
            var held = await db.RelayedEnvelopes.SingleOrDefaultAsync(e => e.Hash == hash, cancel);
            if (held is null)
            {
                if (await db.RelayedEnvelopes.CountAsync(e => e.DoneAt == null && e.To == to, cancel) >= HeldMost) return ExchangeRefusals.RelayFull;
                held = new RelayedEnvelope { Hash = hash, From = from, To = to, At = clock.GetUtcNow(), Envelope = envelope };
                db.Add(held);
                journal.Record(Actor.Server, "letter.relayed", hash[..16], details: new { from = from.Value, to = to.Value, bytes = envelope.Length });
                if (await db.SaveOrRefuseAsync(engine, ExchangeRefusals.Busy, cancel) is { } meanwhile) return meanwhile;
            }

            if (held.DoneAt is null)
            {
                await line.BringAsync(held, cancel);
                if (await db.SaveOrRefuseAsync(engine, ExchangeRefusals.Busy, cancel) is { } meanwhile) return meanwhile;
            }

            return held.Refusal is { } word ? ExchangeRefusals.Letter(word) : new Passed(held.Receipt);
        }
    }
}
