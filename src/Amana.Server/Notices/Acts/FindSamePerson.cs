using Amana.Lists;
using Amana.Lists.Questions;
using Amana.Matching;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Screening;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Notices;

/// <summary>Before a request is begun: is there one about the same person already, in force or at work in this bureau? Journaled as a question.</summary>
internal sealed class FindSamePerson(AmanaDb db, Gate gate, JournalWriter journal, AskList askList)
{
    private const int ShownMax = 10, AtWorkMax = 2_000;
    private const double Least = 0.5;

    public sealed record Request(NoticeColour Colour, IReadOnlyDictionary<string, IReadOnlyList<string>> Fields);

    public sealed record Row(NoticeRow Notice, double Score);

    /// <returns>Best first; what the caller may not see is not there.</returns>
    public async Task<Result<IReadOnlyList<Row>>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (!(await gate.CheckAsync(caller, Right.DraftNotices, NoticeRules.Own.Of(request.Colour).Purpose, cancel)).Succeeded(out var purpose, out var forbidden)) return forbidden;
        if (!NoticeContent.Read(request.Colour, request.Fields).Succeeded(out var content, out var unreadable)) return unreadable;
        var fields = Listing.QuestionOf(content);
        if (fields.Count == 0) return NoticeRefusals.NameFirst;
        if (!askList.Ask(NoticeBoard.List, fields, content.Text("unKind") == "entity" ? "Organization" : "Person", Least, ShownMax, purpose, caller).Succeeded(out var inForce, out var refused)) return refused;

        var scores = inForce.ToDictionary(f => f.Id, f => f.Score, StringComparer.Ordinal);
        foreach (var hit in await AtWorkAsync(fields, caller, cancel)) scores[hit.SubjectId] = Math.Max(hit.Score, scores.GetValueOrDefault(hit.SubjectId));
        var references = scores.OrderByDescending(s => s.Value).Take(ShownMax).Select(s => s.Key).ToList();
        var notices = await gate.Reach(db.Notices.AsNoTracking().VisibleTo(caller), caller).Where(n => references.Contains(n.Reference)).ToListAsync(cancel);
        journal.Record(caller.Actor, "notice.searched-first", details: new { request.Colour, found = notices.Count }, purpose: purpose);
        await db.SaveChangesAsync(cancel);
        return notices.Select(n => new Row(NoticeViews.RowOf(n), scores[n.Reference])).OrderByDescending(r => r.Score).ToList();
    }

    // A few hundred at most, opened for this one question and forgotten.
    private async Task<IReadOnlyList<Matching.Hit>> AtWorkAsync(IReadOnlyList<(string Field, string Text)> fields, Caller caller, CancellationToken cancel)
    {
        var own = await gate.Reach(db.Notices.AsNoTracking().VisibleTo(caller), caller)
            .Where(n => n.Bureau == caller.Bureau && n.Amends == null && (n.State == NoticeState.Draft || n.State == NoticeState.InReview || n.State == NoticeState.InfoRequested || n.State == NoticeState.Approved))
            .OrderByDescending(n => n.ChangedAt).Take(AtWorkMax).ToListAsync(cancel);
        List<Subject> subjects = [.. own.Select(Listing.Of).OfType<ListedEntity>().Select(Subjects.Of)];
        if (subjects.Count == 0) return [];
        var draft = new QuestionDraft(number: 1);
        foreach (var (field, text) in fields) draft.Add(field, text);
        if (draft.Finish().Question is not { } question) return [];
        using var index = MatchIndex.Build(subjects, cancel);
        return index.Ask(question, new AskOptions { Limit = ShownMax, MinScore = Least });
    }
}
