using Amana.Exchange.Envelopes;
using Amana.Exchange.Post;
using Amana.Server.Data;
using Amana.Server.Exchange.Book;
using Amana.Server.Exchange.Post;
using Amana.Server.Foundation;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Exchange.Line;

/// <summary>Envelopes from another server, each in a line: those that come first are taken (<see cref="PostOffice.ReceiveAsync"/>).</summary>
internal sealed class ReceiveLetter(RequestDoor door, CarrierPace pace, PostRoom room, HeardBook heard, BureauBook book, IDbContextFactory<AmanaDb> databases, TimeProvider clock)
{
    /// <returns>Our receipts, each a JWS in a line; of fewer than came when one cannot be taken. Why not is said when it comes as the first.</returns>
    public async Task<Result<string>> RunAsync(HttpRequest request, CancellationToken cancel)
    {
        if (room.Office is not { } office) return ExchangeRefusals.NotReady;
        if (await RequestDoor.ReadAsync(request, Envelope.BytesMost, cancel) is not { } body) return await door.RefuseAsync("unknown", ExchangeRefusals.EnvelopeTooLarge, cancel);
        var checkedFrom = await door.CheckAsync(request, body, cancel);
        if (!checkedFrom.Succeeded(out var carrier, out var refusal)) return refusal;
        if (pace.Take(carrier) is not { } at) return ExchangeRefusals.Busy;
        using (at)
        {
            var answers = await office.ReceiveAsync(LetterLine.Split(body), letter => Admits(letter, carrier), cancel);
            if (answers[0].Receipt is null) return await door.RefuseAsync(carrier.Value, ExchangeRefusals.Letter(answers[0].Refusal ?? "unreadable"), cancel);
            await HearAsync(carrier, cancel);
            return string.Join('\n', answers.Select(a => a.Receipt));
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
