using System.Text;
using Amana.Exchange.Directory;
using Amana.Server.Access;
using Amana.Server.Exchange.Line;
using Amana.Server.Foundation;

namespace Amana.Server.Exchange.Book;

/// <summary>What the server at an address says of itself, before anybody vouches for it.</summary>
internal sealed class AskCard(Gate gate, BureauLine line)
{
    public const string CardPath = "exchange/v1/card";

    /// <param name="Words">Of the key that signed the card, to be compared by telephone.</param>
    public sealed record Shown(BureauEntry Entry, string Words);

    public async Task<Result<Shown>> RunAsync(string? address, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ManageBureaus, cancel) is { } forbidden) return forbidden;
        if (!BureauEntry.IsAddress(address?.Trim())) return ExchangeRefusals.Address;
        var answer = await line.SendAsync(new Uri(address!.Trim()), HttpMethod.Get, CardPath, default, null, isSigned: false, cancel);
        if (answer.Status != 200 || BureauCard.Read(Encoding.ASCII.GetString(answer.Bytes)) is not { } entry || entry.Sealing.Count == 0) return ExchangeRefusals.NoCard;
        return new Shown(entry, KeyWords.Of(entry.Signing[0].Key.Span));
    }
}
