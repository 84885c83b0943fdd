using System.Text.Json;
using Amana.Exchange.Directory;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Exchange.Book;

/// <summary>A card that waits to be put into the directory by this server, the Secretariat's.</summary>
internal sealed class PendingCard
{
    public required BureauCode Bureau { get; init; }
    public required string Form { get; set; }
    public required DateTimeOffset At { get; set; }
}

/// <summary>A bureau has new keys, or another address: its card, signed with a key that the directory has.</summary>
internal sealed class CardReader(AmanaDb db, BureauBook book, DirectorySignal signal, TimeProvider clock) : ILetterReader
{
    public const string KindWord = "card";

    public sealed record Body(string? Card);

    public async Task<string?> TakeAsync(ReceivedLetter letter, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(letter);
        if (book.Secretariat != book.Self) return "not-secretariat";
        if (letter.Body.ValueKind is not JsonValueKind.Object || letter.Body.Deserialize<Body>(JsonRules.Options)?.Card is not { } form) return "card";
        var now = clock.GetUtcNow();
        if (BureauCard.Read(form, book.Pinned!.Directory, now) is not { } card || card.Bureau != letter.From) return "card";
        if (await db.Set<PendingCard>().SingleOrDefaultAsync(c => c.Bureau == letter.From, cancel) is { } waiting) (waiting.Form, waiting.At) = (form, now);
        else db.Add(new PendingCard { Bureau = letter.From, Form = form, At = now });
        signal.Ring();
        return null;
    }
}
