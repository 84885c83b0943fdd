using Amana.Matching;
using Amana.Server.Access;
using Amana.Server.Foundation;
using Amana.Server.Watchlists;
using Amana.Vocabulary;

namespace Amana.Server.Screening;

/// <summary>Asks one list for an act of another module, which has passed the gate with a purpose. The question is taken down and
/// journaled like one of a person; the act saves.</summary>
public sealed class AskList
{
    private readonly AskedBook _book;
    private readonly ListShelf _shelf;

    internal AskList(AskedBook book, ListShelf shelf) => (_book, _shelf) = (book, shelf);

    /// <param name="fields">As in <c>POST /api/v1/screenings</c>: name, birthDate, country, gender, idNumber.</param>
    /// <returns>Best first; empty when there is no such list.</returns>
    public Result<IReadOnlyList<FoundInList>> Ask(string list, IEnumerable<(string Field, string Text)> fields, string schema, double threshold, int limit, Purpose purpose, Caller caller)
    {
        ArgumentNullException.ThrowIfNull(purpose);
        ArgumentNullException.ThrowIfNull(caller);
        if (!QuestionReader.Read(fields, schema).Succeeded(out var question, out var unreadable)) return unreadable;
        if (NameReading.Refuse(question) is { } unaskable) return unaskable;
        if (!_shelf.IsReady) return ScreeningRefusals.NotReady;
        if (_shelf.Current.Find(list, caller) is null) return new List<FoundInList>();
        if (!Choice.Of(_shelf, caller, new ChoiceRequest { Dataset = list }).Succeeded(out var choice, out var unknown)) return unknown;
        var answers = choice.Set.Ask(question.Question, new AskOptions { Limit = limit, MinScore = threshold, Admits = choice.Admits(question.Schema) });
        _book.Take(caller, purpose, AskedVia.Draft, choice, question, answers);
        return answers.Select(a => new FoundInList(a.SubjectId, a.Caption, a.Score)).ToList();
    }
}

/// <param name="Id">Of the record in its list.</param>
/// <param name="Score">0 to 1.</param>
public sealed record FoundInList(string Id, string Caption, double Score);
