using System.Text.Json;
using Amana.Exchange.Envelopes;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Exchange.Post;

/// <summary>Another bureau signs that a letter of ours was read there, or acted on.</summary>
internal sealed class ReceiptReader(AmanaDb db, BureauBook book) : ILetterReader
{
    public const string KindWord = "receipt";

    /// <param name="Receipt">JWS; docs/specs/envelope.md.</param>
    public sealed record Body(string? Receipt);

    public async Task<string?> TakeAsync(ReceivedLetter letter, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(letter);
        if (letter.Body.ValueKind is not JsonValueKind.Object || letter.Body.Deserialize<Body>(JsonRules.Options)?.Receipt is not { } form) return "receipt";
        // Signed by the bureau that writes, for a letter of ours that went there: nobody confirms for another.
        if (LetterReceipt.Read(form, book.SigningKey) is not { } receipt || receipt.By != letter.From || receipt.From != book.Self) return "receipt";
        if (await db.Deliveries.SingleOrDefaultAsync(d => d.Letter == receipt.Letter && d.Peer == receipt.By, cancel) is not { } delivery) return "receipt";
        switch (receipt.Step)
        {
            case LetterStep.Read when delivery.ReadAt is null:
                delivery.ReadAt = receipt.At;
                break;
            case LetterStep.Acted when delivery.ActedAt is null:
                delivery.ReadAt ??= receipt.At;
                delivery.ActedAt = receipt.At;
                break;
            default:
                return null; // said before, or nothing new
        }

        delivery.LastReceipt = form;
        return null;
    }
}
