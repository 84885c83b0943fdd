using Amana.Exchange.Envelopes;
using Amana.Exchange.Post;
using Amana.Server.Exchange.Line;
using Amana.Server.Foundation;
using Amana.Vocabulary;

namespace Amana.Server.Exchange.Relay;

/// <summary>An envelope for a bureau whose relay we are: brought at once, or held while it is away.</summary>
internal sealed class PassOnLetter(RequestDoor door, CarrierPace pace, RelayOffice relay, BureauBook book)
{
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
            var answer = await relay.PassOnAsync(from, to, envelope, cancel);
            if (answer.Refusal is { } word) return ExchangeRefusals.Letter(word);
            return answer.Fault == RelayOffice.Full ? ExchangeRefusals.RelayFull : new Passed(answer.Receipt);
        }
    }
}
