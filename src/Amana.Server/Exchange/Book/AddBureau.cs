using Amana.Exchange.Directory;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Vocabulary;

namespace Amana.Server.Exchange.Book;

/// <summary>The Secretariat takes a bureau into the directory: its card, fetched anew, and the words of its key as people compared them.</summary>
internal sealed class AddBureau(AmanaDb db, Gate gate, AskCard ask, DirectoryTurn turn, DirectoryDesk desk, BureauBook book, TimeProvider clock)
{
    /// <param name="Address">Where its server is.</param>
    /// <param name="Words">As somebody there read them over the telephone.</param>
    /// <param name="Names">In ar, en, fr, es; null: as the card says.</param>
    /// <param name="Relay">Code of the bureau that passes envelopes on to it; null: directly.</param>
    public sealed record Request(string? Address, string? Words, IReadOnlyDictionary<string, string>? Names, string? Relay);

    public async Task<Refusal?> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ManageBureaus, cancel) is { } forbidden) return forbidden;
        if (book.Pinned is null) return ExchangeRefusals.NoDirectory;
        if (!desk.IsSecretariat) return ExchangeRefusals.NotSecretariat;
        if (!(await ask.RunAsync(request.Address, caller, cancel)).Succeeded(out var card, out var refusal)) return refusal;
        if (!EntryRules.AreWords(request.Words, card.Words)) return ExchangeRefusals.Words;
        if (EntryRules.NamesOf(request.Names ?? card.Entry.Names) is not { } names) return ExchangeRefusals.Names;

        using var alone = await turn.TakeAsync(cancel);
        if (book.Find(card.Entry.Bureau) is not null) return ExchangeRefusals.BureauThere;
        if (book.All.Count >= BureauDirectory.BureausMost) return ExchangeRefusals.Full;
        if (!IsRelay(request.Relay, card.Entry.Bureau, out var relay)) return ExchangeRefusals.Relay;
        var entry = card.Entry with { Names = names, Address = new Uri(request.Address!.Trim()), State = BureauState.Active, Relay = relay };
        var pinned = desk.Next([.. book.All, entry]);
        var correspondent = new Correspondent { Bureau = entry.Bureau };
        correspondent.Compare(card.Words, clock.GetUtcNow());
        if (await db.Correspondents.FindAsync([entry.Bureau], cancel) is { } before) before.Compare(card.Words, clock.GetUtcNow());
        else db.Add(correspondent);
        desk.Record(caller.Actor, pinned, "directory.bureau-added", entry.Bureau, new { pinned.Directory.Version, card.Words });
        return await desk.GoByAsync(pinned, cancel);
    }

    private bool IsRelay(string? given, BureauCode bureau, out BureauCode? relay)
    {
        relay = null;
        if (string.IsNullOrWhiteSpace(given)) return true;
        if (!BureauCode.TryParse(given.Trim(), null, out var code) || code == bureau || book.Find(code) is not { Relay: null }) return false;
        relay = code;
        return true;
    }
}
