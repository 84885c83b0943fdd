using System.Text.Json;
using Amana.Server.Data;
using Amana.Server.Exchange;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Notices;

/// <summary>Another bureau met with the person of a notice of ours, and says what came of it.</summary>
internal sealed class SightingReader(AmanaDb db, BureauBook book, JournalWriter journal, TimeProvider clock) : ILetterReader
{
    public const string KindWord = "sighting";

    public sealed record Body(string? Reference, SightingKind? Kind, DateOnly? On, string? Where, string? Text);

    public async Task<string?> TakeAsync(ReceivedLetter letter, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(letter);
        if (letter.Body.ValueKind is not JsonValueKind.Object || letter.Body.Deserialize<Body>(JsonRules.Options) is not { Kind: { } kind, On: { } on, Where: { Length: > 0 and <= Sighting.PlaceCharsMax } where } said
            || !Enum.IsDefined(kind) || said.Text is { Length: > Sighting.TextCharsMax }) return "unreadable";
        var own = book.Self;
        // Whoever was not told of it is answered as for no notice.
        if (await db.Notices.SingleOrDefaultAsync(n => n.Reference == said.Reference && n.Bureau == own && n.Amends == null, cancel) is not { State.IsLive: true } notice || !notice.IsThereFor(letter.From.Value)) return "unknown";
        var now = clock.GetUtcNow();
        db.Sightings.Add(new Sighting { Id = Id<Sighting>.New(clock), Notice = notice.Id, Kind = kind, On = on, Bureau = letter.From.Value, By = $"bureau:{letter.From}", At = now }.Say(where, said.Text ?? ""));
        if (Sighting.IsFound(kind)) notice.Found(now);
        journal.Record(Actor.Server, "notice.sighting-received", notice.Reference, details: new { from = letter.From.Value, kind, on });
        return null;
    }
}
