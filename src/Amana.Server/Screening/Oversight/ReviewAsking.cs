using System.Globalization;
using Amana.Matching;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Keys;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Screening;

/// <summary>For compliance: who asked how much, which questions may be curiosity and not duty, and a sample of all others. Reading it is
/// an act of its own.</summary>
/// <remarks>Rules on the Processing of Data, articles 17 and 26: use is supervised. A sign is a reason to look; nothing is decided here.</remarks>
internal sealed class ReviewAsking(AmanaDb db, Gate gate, JournalWriter journal, KnownPeople people, FieldSealer sealer, TimeProvider clock)
{
    public const int DaysMost = 90, DaysDefault = 7;
    /// <summary>What was usual is taken from these days before the period.</summary>
    public const int DaysBefore = 28;
    public const int QuestionsMost = 50_000, SignedMost = 200, SampleSize = 10;
    /// <summary>A name is like another from this score on, as for hits.</summary>
    private const double LikeName = 0.7;
    /// <summary>Of thousands of names some are like any; so a famous one is meant from a higher score on.</summary>
    private const double LikeFamous = 0.8;

    /// <param name="Days">Length of the period, up to now: 1 to 90.</param>
    public sealed record Request(int? Days);

    /// <param name="Name">Display name of a person, name of a token.</param>
    /// <param name="Signs">How many questions show which sign.</param>
    public sealed record AskerView(string Who, string? Name, int Questions, int BusiestDay, IReadOnlyDictionary<AskingSign, int> Signs);

    /// <param name="Asked">The name that was asked; null when the question was deleted or asked by number alone.</param>
    public sealed record QuestionView(Guid Id, DateTimeOffset At, string Who, string? Name, string Purpose, string? Asked, IReadOnlyList<AskingSign> Signs);

    /// <param name="Sample">Drawn by chance from those without a sign, the same for a day.</param>
    /// <param name="Truncated">There were more questions than are looked at.</param>
    /// <param name="Famous">Names on the list of famous people.</param>
    public sealed record View(int Days, int Questions, IReadOnlyList<AskerView> Askers, IReadOnlyList<QuestionView> Signed, IReadOnlyList<QuestionView> Sample, bool Truncated, int Famous);

    public async Task<Result<View>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ReadJournalContent, cancel) is { } forbidden) return forbidden;
        if (request.Days is < 1 or > DaysMost) return ScreeningRefusals.Days;
        int days = request.Days ?? DaysDefault;

        var now = clock.GetUtcNow();
        var since = now.AddDays(-days);
        var asked = await db.AskedQuestions.AsNoTracking().Where(q => q.At >= since && q.Count == 1).OrderByDescending(q => q.At).Take(QuestionsMost + 1).ToListAsync(cancel);
        var askers = asked.Select(q => q.Who).Distinct().ToList();
        var before = (await db.AskedQuestions.AsNoTracking().Where(q => q.At < since && q.At >= since.AddDays(-DaysBefore) && q.Count == 1 && askers.Contains(q.Who))
            .OrderByDescending(q => q.At).Take(QuestionsMost).Select(q => new { q.Who, q.At }).ToListAsync(cancel)).ToLookup(q => q.Who, q => q.At);
        bool truncated = asked.Count > QuestionsMost;
        if (truncated) asked.RemoveAt(QuestionsMost);

        var names = await people.NamesAsync(askers, cancel);
        var famous = await db.FamousLists.AsNoTracking().OrderByDescending(l => l.At).FirstOrDefaultAsync(cancel);
        var signs = await SignsAsync(asked, before, famous?.Names ?? [], cancel);
        journal.Record(caller.Actor, "asking.reviewed", details: new { days, questions = asked.Count });
        await db.SaveChangesAsync(cancel);

        QuestionView ViewOf(AskedQuestion q) => new(q.Id.Value, q.At, q.Who, names.GetValueOrDefault(q.Who), q.Purpose, NameOf(q), signs[q.Id]);
        var views = asked.Where(q => signs[q.Id].Count > 0).Take(SignedMost).Select(ViewOf).ToList();
        var by = asked.GroupBy(q => q.Who).Select(g => new AskerView(g.Key, names.GetValueOrDefault(g.Key), g.Count(), g.CountBy(q => AskingPattern.DayOf(q.At)).Max(d => d.Value),
            g.SelectMany(q => signs[q.Id]).CountBy(s => s).ToDictionary())).OrderByDescending(a => a.Signs.Values.Sum()).ThenByDescending(a => a.Questions).ToList();
        return new View(days, asked.Count, by, views, [.. SampleOf(asked.Where(q => signs[q.Id].Count == 0 && q.Body is not null), now).Select(ViewOf)], truncated, famous?.Count ?? 0);
    }

    private async Task<Dictionary<Id<AskedQuestion>, IReadOnlyList<AskingSign>>> SignsAsync(List<AskedQuestion> asked, ILookup<string, DateTimeOffset> before, IReadOnlyList<string> famous, CancellationToken cancel)
    {
        var everybody = await people.EverybodyAsync(cancel);
        using var colleagues = MatchIndex.Build(everybody.Select(p => new Subject { Id = p.Key, Kind = SubjectKind.Person, Names = [new SubjectName(p.Value)] }), cancel: cancel);
        using var known = MatchIndex.Build(famous.Select((name, at) => new Subject { Id = at.ToString(CultureInfo.InvariantCulture), Kind = SubjectKind.Person, Names = [new SubjectName(name)] }), cancel: cancel);
        var odd = asked.Select(q => q.Who).Distinct().ToDictionary(who => who, who => AskingPattern.OddHours([.. before[who]]), StringComparer.Ordinal);
        var busy = asked.GroupBy(q => q.Who).ToDictionary(g => g.Key, g => AskingPattern.DaysFarAbove(before[g.Key], g.Select(q => q.At)), StringComparer.Ordinal);
        var many = asked.GroupBy(q => q.Fingerprint).Where(g => g.Select(q => q.Who).Distinct().Count() >= AskingPattern.ManyPeople).Select(g => g.Key).ToHashSet(StringComparer.Ordinal);
        var signs = new Dictionary<Id<AskedQuestion>, IReadOnlyList<AskingSign>>();
        foreach (var q in asked)
        {
            var found = new List<AskingSign>();
            if (ReadAgain(q) is { } read)
            {
                string[] like = [.. colleagues.Ask(new Question { Names = read.Question.Names, Kind = SubjectKind.Person }, new AskOptions { Limit = 5, MinScore = LikeName }).Select(h => h.SubjectId)];
                if (like.Contains(q.Who)) found.Add(AskingSign.OwnName);
                else if (like.Length > 0) found.Add(AskingSign.Colleague);
                if (famous.Count > 0 && known.Ask(new Question { Names = read.Question.Names, Kind = SubjectKind.Person }, new AskOptions { Limit = 1, MinScore = LikeFamous }).Count > 0) found.Add(AskingSign.FamousPerson);
            }

            if (odd[q.Who].Contains(q.At.UtcDateTime.Hour)) found.Add(AskingSign.OddHour);
            if (busy[q.Who].ContainsKey(AskingPattern.DayOf(q.At))) found.Add(AskingSign.FarAboveUsual);
            if (many.Contains(q.Fingerprint)) found.Add(AskingSign.AskedByMany);
            signs[q.Id] = found;
        }

        return signs;
    }

    // The day is the seed: a reviewer who loads the page again sees the same, and nobody can draw until it suits.
    private static IEnumerable<AskedQuestion> SampleOf(IEnumerable<AskedQuestion> without, DateTimeOffset now)
    {
        var drawn = without.OrderBy(q => q.Id.Value).ToArray();
        new Random(AskingPattern.DayOf(now).DayNumber).Shuffle(drawn);
        return drawn.Take(SampleSize);
    }

    /// <summary>What was asked, when it is kept and asked by name.</summary>
    private ReadQuestion? ReadAgain(AskedQuestion q) => q.Open(sealer) is { } body && QuestionReader.Again(body) is { Question.Names.Count: > 0 } read ? read : null;

    private string? NameOf(AskedQuestion q) => ReadAgain(q)?.Question.Names[0];
}
