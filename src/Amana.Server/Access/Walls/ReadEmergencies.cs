using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Keys;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access.Walls;

/// <summary>The queue of emergencies for compliance: what waits for a review, then what was reviewed. Reading it is an act.</summary>
internal sealed class ReadEmergencies(AmanaDb db, Gate gate, Kinds kinds, JournalWriter journal, FieldSealer sealer, TimeProvider clock)
{
    private const int ReviewedMost = 100, OpenMost = 500;

    /// <param name="By">Display name.</param>
    /// <param name="Ask">Unit or person that the record is of; null when it is no longer restricted.</param>
    /// <param name="Address">The record's page.</param>
    public sealed record EmergencyView(
        Guid Id, string Record, string? Address, string? Ask, string By, DateTimeOffset At, DateTimeOffset Until, bool IsRunning, string Reason,
        DateTimeOffset ReviewDueAt, bool IsLate, DateTimeOffset? ReviewedAt, string? ReviewedBy, bool? Justified, string? Finding);

    public sealed record View(IReadOnlyList<EmergencyView> Waiting, IReadOnlyList<EmergencyView> Reviewed);

    public async Task<Result<View>> RunAsync(Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ReviewEmergencies, cancel) is { } forbidden) return forbidden;
        var waiting = await db.Emergencies.AsNoTracking().Where(e => e.ReviewedAt == null).OrderBy(e => e.At).Take(OpenMost).ToListAsync(cancel);
        var reviewed = await db.Emergencies.AsNoTracking().Where(e => e.ReviewedAt != null).OrderByDescending(e => e.At).Take(ReviewedMost).ToListAsync(cancel);
        var records = waiting.Concat(reviewed).Select(e => e.Record).Distinct().ToList();
        var ask = await db.WhomToAskAsync(await db.Walls.AsNoTracking().Where(w => records.Contains(w.Record)).ToListAsync(cancel), cancel);
        var names = await db.NamesOfAsync([.. waiting.Concat(reviewed).SelectMany(e => new[] { e.By, e.ReviewedBy }).OfType<string>().Distinct()], cancel);
        journal.Record(caller.Actor, "emergencies.listed", details: new { waiting = waiting.Count });
        await db.SaveChangesAsync(cancel);

        var now = clock.GetUtcNow();
        EmergencyView ViewOf(EmergencyOpening e) => new(
            e.Id.Value, e.Record, kinds.AddressOf(e.Record), ask.GetValueOrDefault(e.Record), names.GetValueOrDefault(e.By) ?? e.By, e.At, e.Until, e.Until > now, e.ReasonIn(sealer),
            e.ReviewDueAt, e.ReviewedAt is null && e.ReviewDueAt < now, e.ReviewedAt, e.ReviewedBy is { } by ? names.GetValueOrDefault(by) ?? by : null, e.Justified, e.FindingIn(sealer));
        return new View(waiting.ConvertAll(ViewOf), reviewed.ConvertAll(ViewOf));
    }
}
