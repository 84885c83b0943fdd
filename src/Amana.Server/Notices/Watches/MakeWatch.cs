using System.Globalization;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Notices;

/// <summary>Begins a watch: who asks about this person from now on is told to the officer, and the asker learns nothing of it.</summary>
internal sealed class MakeWatch(AmanaDb db, Gate gate, JournalWriter journal, TimeProvider clock)
{
    /// <param name="Fields">Names, birth, documents: as in a red notice.</param>
    /// <param name="Until">The last day, such as 2027-05-31.</param>
    public sealed record Request(IReadOnlyDictionary<string, IReadOnlyList<string>> Fields, string? LegalBasis, string? Until, string? Purpose);

    public async Task<Result<Id<PersonWatch>>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (!(await gate.CheckAsync(caller, Right.Screen, request.Purpose, cancel)).Succeeded(out var purpose, out var forbidden)) return forbidden;
        if (string.IsNullOrWhiteSpace(request.LegalBasis) || request.LegalBasis.Length > PersonWatch.BasisCharsMax) return NoticeRefusals.WatchBasis;
        var now = clock.GetUtcNow();
        if (!DateOnly.TryParseExact(request.Until, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var last)) return NoticeRefusals.WatchUntil;
        var until = new DateTimeOffset(last.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        if (until <= now || until > now.AddDays(NoticeRules.Own.Terms.WatchDaysMax + 1)) return NoticeRefusals.WatchUntil;
        var fields = new Dictionary<string, IReadOnlyList<string>>(request.Fields, StringComparer.Ordinal) { ["summary"] = [request.LegalBasis.Trim()] };
        if (!NoticeContent.Read(NoticeColour.UnSpecial, fields).Succeeded(out var content, out var unreadable)) return unreadable;
        if (Listing.QuestionOf(content).Count == 0) return NoticeRefusals.NameFirst;
        string bureau = caller.Bureau.Value;
        if (await db.PersonWatches.CountAsync(w => w.Bureau == bureau && w.EndedAt == null, cancel) >= PersonWatch.OpenMax) return NoticeRefusals.WatchesTooMany;

        var watch = new PersonWatch
        {
            Id = Id<PersonWatch>.New(clock), Bureau = bureau, By = caller.Actor.ToString(), Purpose = purpose.Code, MadeAt = now, Until = until, LookedTo = now, Content = content,
        };
        db.PersonWatches.Add(watch);
        journal.Record(caller.Actor, "watch.made", watch.Id, purpose, new { until }, new { person = content.Values });
        await db.SaveChangesAsync(cancel);
        return watch.Id;
    }
}
