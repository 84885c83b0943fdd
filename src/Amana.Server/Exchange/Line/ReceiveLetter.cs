using Amana.Exchange.Envelopes;
using Amana.Server.Data;
using Amana.Server.Exchange.Book;
using Amana.Server.Exchange.Post;
using Amana.Server.Foundation;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Exchange.Line;

/// <summary>An envelope from another server.</summary>
internal sealed class ReceiveLetter(RequestDoor door, CarrierPace pace, PostRoom room, HeardBook heard, BureauBook book, IDbContextFactory<AmanaDb> databases, TimeProvider clock)
{
    /// <returns>Our receipt, a JWS.</returns>
    public async Task<Result<string>> RunAsync(HttpRequest request, CancellationToken cancel)
    {
        if (room.Office is not { } office) return ExchangeRefusals.NotReady;
        if (await RequestDoor.ReadAsync(request, Envelope.BytesMost, cancel) is not { } envelope) return await door.RefuseAsync("unknown", ExchangeRefusals.EnvelopeTooLarge, cancel);
        var checkedFrom = await door.CheckAsync(request, envelope, cancel);
        if (!checkedFrom.Succeeded(out var carrier, out var refusal)) return refusal;
        if (pace.Take(carrier) is not { } at) return ExchangeRefusals.Busy;
        using (at)
        {
            var answer = await office.ReceiveAsync(envelope, letter => Admits(letter, carrier), cancel);
            if (answer.Receipt is null) return await door.RefuseAsync(carrier.Value, ExchangeRefusals.Letter(answer.Refusal ?? "unreadable"), cancel);
            await HearAsync(carrier, cancel);
            return answer.Receipt;
        }
    }

    // Somebody who passes on what another wrote is no bureau's post, unless it is named as that.
    private string? Admits(Letter letter, BureauCode carrier) =>
        letter.From != carrier && book.Find(letter.From)?.Relay != carrier && book.Ours?.Relay != carrier ? "carrier" : book.Exchanges(letter.From) ? null : "refused-here";

    private async Task HearAsync(BureauCode from, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (!heard.IsNews(from, now)) return;
        await using var db = await databases.CreateDbContextAsync(cancel);
        await db.Correspondents.Where(c => c.Bureau == from).ExecuteUpdateAsync(set => set.SetProperty(c => c.HeardAt, now), cancel);
    }
}
