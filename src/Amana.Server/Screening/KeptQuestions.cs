using Amana.Matching;
using Amana.Server.Data;
using Amana.Server.Keys;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Screening;

/// <summary>A question whose text is still kept, opened.</summary>
public sealed class KeptQuestion
{
    internal KeptQuestion(AskedQuestion asked, ReadQuestion read) => (Asked, Read) = (asked, read);

    internal AskedQuestion Asked { get; }
    internal ReadQuestion Read { get; }

    /// <summary>As the journal names it.</summary>
    public string Key => Asked.Id.ToString();
    public DateTimeOffset At => Asked.At;
    /// <summary>As in the journal.</summary>
    public string Who => Asked.Who;
    public string Bureau => Asked.Bureau;
    public string Purpose => Asked.Purpose;
    public Question Question => Read.Question;
}

/// <param name="LookedTo">Everything up to here was looked at.</param>
/// <param name="IsOver">There is nothing more.</param>
public sealed record KeptQuestions(IReadOnlyList<KeptQuestion> Questions, DateTimeOffset LookedTo, bool IsOver);

/// <summary>Opens what was asked, for work of the server that journals what it makes of it; no person is behind it, so it passes no gate.
/// Questions whose text was deleted, by law or by its period, and streams are not there.</summary>
public sealed class ReadKeptQuestions
{
    private readonly AmanaDb _db;
    private readonly FieldSealer _sealer;

    internal ReadKeptQuestions(AmanaDb db, FieldSealer sealer) => (_db, _sealer) = (db, sealer);

    /// <summary>Later than <paramref name="after"/> and not later than <paramref name="until"/>, oldest first, about <paramref name="max"/>.</summary>
    public async Task<KeptQuestions> BetweenAsync(DateTimeOffset after, DateTimeOffset until, int max, CancellationToken cancel)
    {
        var rows = await _db.AskedQuestions.AsNoTracking().Where(q => q.At > after && q.At <= until && q.Body != null).OrderBy(q => q.At).Take(max + 1).ToListAsync(cancel);
        bool isOver = rows.Count <= max;
        if (!isOver)
        {
            // All questions of one instant are looked at together, or the next look would miss some of them.
            var next = rows[^1].At;
            if (rows[0].At < next) rows.RemoveAll(q => q.At == next);
            else rows = await _db.AskedQuestions.AsNoTracking().Where(q => q.At == next && q.Body != null).ToListAsync(cancel);
        }

        return new KeptQuestions([.. rows.Select(Open).OfType<KeptQuestion>()], isOver ? until : rows[^1].At, isOver);
    }

    private KeptQuestion? Open(AskedQuestion asked) =>
        asked.Open(_sealer) is { } body && QuestionReader.Again(body) is { } read ? new KeptQuestion(asked, read) : null;
}
