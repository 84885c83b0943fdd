using Amana.Lists;
using Amana.Matching;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Keys;
using Amana.Server.Screening;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Requests;

/// <summary>Looks for what else is held about the applicant: questions that were asked about somebody of that name and whose text is still kept,
/// and entries of the journal on the notices that were noted. A lead, not the person; it keeps nothing of what it finds.</summary>
internal sealed class LookForTraces(AmanaDb db, Gate gate, JournalWriter journal, FieldSealer sealer, ReadKeptQuestions kept, ReadLooks looks, TimeProvider clock)
{
    private const int PageSize = 500, ShownMax = 50;
    public const int LookedMax = 100_000;
    private const double Least = 0.8;
    /// <summary>Longer than any text of a question is kept.</summary>
    private static readonly TimeSpan Back = TimeSpan.FromDays(400);

    public sealed record Request(string Reference);

    public sealed record QuestionView(DateTimeOffset At, string Bureau, string Purpose, double Score);

    /// <param name="Questions">The newest of them.</param>
    /// <param name="Found">How many there are.</param>
    /// <param name="Looked">How many kept questions were compared.</param>
    /// <param name="IsWhole">All that are kept were.</param>
    /// <param name="Entries">Entries of the journal on the notices that were noted, by how many people and machines.</param>
    public sealed record View(IReadOnlyList<QuestionView> Questions, int Found, int Looked, bool IsWhole, long Entries, int People);

    public async Task<Result<View>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (!(await gate.CheckAsync(caller, Right.HandleRequests, ReadRequest.PurposeCode, cancel)).Succeeded(out var purpose, out var forbidden)) return forbidden;
        if (await db.DataRequests.SingleOrDefaultAsync(r => r.Reference == request.Reference, cancel) is not { } asked) return RequestRefusals.Unknown;
        var (found, looked, isWhole) = await QuestionsAsync(SubjectOf(RequestBook.ContentOf(asked, sealer)), cancel);
        var notices = await db.RequestHoldings.Where(h => h.Request == asked.Id && h.Kind == HeldKind.Notice).Select(h => h.Notice).ToListAsync(cancel);
        (long entries, int people) = (0, 0);
        if (notices.Count > 0)
        {
            if (!(await looks.RunAsync(new(notices), caller, cancel)).Succeeded(out var seen, out var refused)) return refused;
            (entries, people) = (seen.Looks, seen.People);
        }

        db.AddStep(asked, "request.traces-looked-for", caller.Actor.ToString(), null, false, sealer, clock);
        journal.Record(caller.Actor, "request.traces-looked-for", asked.Reference, purpose, new { questions = found.Count, looked, isWhole, entries });
        if (await db.SaveRequestAsync(cancel) is { } meanwhile) return meanwhile;
        return new View([.. found.OrderByDescending(q => q.At).Take(ShownMax)], found.Count, looked, isWhole, entries, people);
    }

    private async Task<(List<QuestionView> Found, int Looked, bool IsWhole)> QuestionsAsync(Subject person, CancellationToken cancel)
    {
        var found = new List<QuestionView>();
        using var index = MatchIndex.Build([person], cancel);
        var now = clock.GetUtcNow();
        var after = now - Back;
        int looked = 0;
        while (looked < LookedMax)
        {
            var page = await kept.BetweenAsync(after, now, PageSize, cancel);
            foreach (var question in page.Questions)
            {
                foreach (var hit in index.Ask(question.Question, new AskOptions { Limit = 1, MinScore = Least })) found.Add(new(question.At, question.Bureau, question.Purpose, Math.Round(hit.Score, 2)));
            }

            looked += page.Questions.Count;
            if (page.IsOver) return (found, looked, true);
            after = page.LookedTo;
        }

        return (found, looked, false);
    }

    // The name alone: a birthday is written here as people write it.
    private static Subject SubjectOf(RequestContent content) => Subjects.Of(new ListedEntity
    {
        Id = "applicant", Schema = "Person", Caption = content.FamilyName,
        Properties = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["name"] = [$"{content.Forename} {content.FamilyName}".Trim()] },
    });
}
