using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Exchange;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Watchlists;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.BlindQuestions.Asked;

/// <summary>Compliance says which bureau may ask us how often, and about which lists.</summary>
internal sealed class SetBlindTerms(AmanaDb db, Gate gate, BureauBook book, ListShelf lists, BlindShelf shelf, EpochBell bell, JournalWriter journal, TimeProvider clock)
{
    /// <param name="PerDay">0: not at all.</param>
    /// <param name="Reason">On what it rests; for those who read it later.</param>
    /// <param name="Documents">Also about the numbers of lost and stolen documents.</param>
    public sealed record BureauRequest(string? Bureau, int PerDay, string? Reason, bool Documents = false);

    /// <param name="Open">False: no longer.</param>
    public sealed record ListRequest(string? List, bool Open, string? Reason);

    public async Task<Refusal?> RunAsync(BureauRequest request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ManageBlindQuestions, cancel) is { } forbidden) return forbidden;
        if (!BureauCode.TryParse(request.Bureau, null, out var bureau) || bureau == book.Self || book.Find(bureau) is null) return BlindRefusals.BureauUnknown;
        if (request.PerDay is < 0 or > BlindTerms.PerDayMost) return BlindRefusals.PerDay;
        if (WrittenReason.Of(request.Reason) is not { } reason) return BlindRefusals.Reason;
        var terms = await db.BlindTerms.SingleOrDefaultAsync(t => t.Bureau == bureau, cancel);
        if (terms is null) db.Add(terms = new BlindTerms { Bureau = bureau });
        bool isNarrower = terms.Documents && !request.Documents;
        terms.Set(request.PerDay, request.Documents, reason, clock.GetUtcNow());
        journal.Record(caller.Actor, "blind.terms-set", bureau, details: new { request.PerDay, request.Documents, reason });
        await db.SaveChangesAsync(cancel);
        if (isNarrower) shelf.Close(); // what was given out is worth nothing under the next key
        bell.Ring();
        return null;
    }

    public async Task<Refusal?> RunAsync(ListRequest request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ManageBlindQuestions, cancel) is { } forbidden) return forbidden;
        string name = request.List ?? "";
        var row = await db.OpenForBlind.SingleOrDefaultAsync(o => o.List == name, cancel);
        if (row is null && lists.Current.Find(name, caller) is null) return BlindRefusals.ListUnknown;
        if (WrittenReason.Of(request.Reason) is not { } reason) return BlindRefusals.Reason;
        if (request.Open && row is null) db.Add(new OpenForBlind { List = name, Since = clock.GetUtcNow() });
        if (!request.Open && row is not null) db.Remove(row);
        journal.Record(caller.Actor, request.Open ? "blind.list-opened" : "blind.list-closed", name, details: new { reason });
        await db.SaveChangesAsync(cancel);
        if (!request.Open) shelf.Close(); // what was given out is worth nothing under the next key
        bell.Ring();
        return null;
    }
}

/// <summary>Who may ask us about what, and how often each has today.</summary>
internal sealed class ReadBlindTerms(AmanaDb db, Gate gate, BureauBook book, ListShelf lists, BlindShelf shelf, TimeProvider clock)
{
    /// <param name="PerDay">0: not at all.</param>
    /// <param name="ClosedAt">When it was closed because of what it asked; null while it is not.</param>
    public sealed record BureauRow(string Bureau, IReadOnlyDictionary<string, string> Names, int PerDay, int Today, string? Reason, DateTimeOffset? SetAt, bool Documents, DateTimeOffset? ClosedAt);

    public sealed record ListRow(string Name, string Title, int Entities, bool IsOpen);

    /// <param name="Keys">Prints in the list of the epoch; null: none is made.</param>
    public sealed record View(IReadOnlyList<BureauRow> Bureaus, IReadOnlyList<ListRow> Lists, int? Keys, DateTimeOffset? MadeAt);

    public async Task<Result<View>> RunAsync(Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ManageBlindQuestions, cancel) is { } forbidden) return forbidden;
        var terms = await db.BlindTerms.AsNoTracking().ToDictionaryAsync(t => t.Bureau, cancel);
        var open = await db.OpenForBlind.AsNoTracking().Select(o => o.List).ToListAsync(cancel);
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var epoch = shelf.Now;
        return new View(
            [.. book.All.Where(b => b.Bureau != book.Self).OrderBy(b => b.Bureau.Value, StringComparer.Ordinal).Select(b =>
                terms.TryGetValue(b.Bureau, out var t) ? new BureauRow(b.Bureau.Value, b.Names, t.PerDay, t.AskedOn(today), t.Reason, t.SetAt, t.Documents, t.ClosedAt) : new BureauRow(b.Bureau.Value, b.Names, 0, 0, null, null, false, null))],
            [.. lists.Current.VisibleTo(caller).Select(l => new ListRow(l.Name, l.Title, l.EntityCount, open.Contains(l.Name)))],
            epoch is null ? null : epoch.All.Count + (epoch.Documents?.Count ?? 0), epoch is null ? null : DateTimeOffset.FromUnixTimeSeconds(epoch.Number * 60));
    }
}
