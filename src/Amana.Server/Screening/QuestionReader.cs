using System.Globalization;
using System.Text.Json;
using Amana.Lists.Questions;
using Amana.Matching;
using Amana.Server.Foundation;

namespace Amana.Server.Screening;

/// <summary>A question that can be asked, with what of it is not compared.</summary>
internal sealed record ReadQuestion
{
    public string? Id { get; init; }
    public bool IdIsNumber { get; init; }
    public required string Schema { get; init; }
    public required Question Question { get; init; }
    public required IReadOnlyList<QuestionNote> Warnings { get; init; }
    /// <summary>Field to values, as they were given and can be shown again.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Given { get; init; }

    /// <summary>What stands for the question in lists: its first name, or its document number when it has no name.</summary>
    public string Name => HasName ? Question.Names[0] : Question.IdNumbers[0];

    public bool HasName => Question.Names.Count > 0;
}

/// <summary>Turns fields of outside text into a question, or says why not. Every door of this module reads through it.</summary>
internal static class QuestionReader
{
    /// <summary>Fields in the order in which they are given; a field may come more than once.</summary>
    /// <param name="schema">A FollowTheMoney schema; null when the asker does not say.</param>
    public static Result<ReadQuestion> Read(IEnumerable<(string Field, string Text)> fields, string? schema, string? id = null)
    {
        if (schema is not null && !Schemata.IsKnown(schema)) return ScreeningRefusals.SchemaUnknown;
        var draft = new QuestionDraft(number: 1);
        var given = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var (field, text) in fields)
        {
            if (!AskedText.IsWhole(text)) return ScreeningRefusals.TextBroken with { Field = field };
            string line = AskedText.OneLine(text, out _);
            if (line.Length == 0) continue;
            if (!given.TryGetValue(field, out var values)) given[field] = values = [];
            values.Add(line);
            draft.Add(field, text);
        }
        var read = draft.Finish();
        if (read.Error is { } error) return ToRefusal(error);
        return Finish(read with { Id = id }, schema ?? Schemata.Thing, given);
    }

    /// <summary>A question line of the command line as the body of a request.</summary>
    public static Result<ReadQuestion> Read(ReadOnlyMemory<byte> body)
    {
        if (IsTooDeep(body)) return ScreeningRefusals.BodyTooDeep;
        var read = QuestionJson.Read(body, 1);
        return read.Error is { } error ? ToRefusal(error) : FromLine(read);
    }

    /// <summary>A line that is a question, of a file that was read before.</summary>
    public static ReadQuestion FromLine(QuestionLine line) => Finish(line, line.Schema ?? Schemata.Thing, GivenIn(line.Question!));

    /// <summary>A question that was kept, asked again.</summary>
    public static ReadQuestion? Again(string body) => Read(System.Text.Encoding.UTF8.GetBytes(body)).Succeeded(out var read, out _) ? read : null;

    /// <summary>The question as one line, to be kept and asked again.</summary>
    public static string Keep(ReadQuestion question)
    {
        var line = new Dictionary<string, object>(StringComparer.Ordinal);
        if (question.Id is not null) line["id"] = question.Id;
        line["schema"] = question.Schema;
        foreach (var (field, values) in question.Given.Where(g => g.Key is not "schema")) line[field] = field is "gender" ? values[0] : values;
        return JsonSerializer.Serialize(line, JsonRules.Options);
    }

    public static Refusal ToRefusal(QuestionNote note) => new(RefusalKind.Invalid, note.Code, note.Detail, Field: note.Field);

    private static ReadQuestion Finish(QuestionLine read, string schema, IReadOnlyDictionary<string, List<string>> given)
    {
        var question = read.Question!;
        // Where a question says what it is about, only such records answer.
        if (question.Kind is SubjectKind.Any) question = question with { Kind = Schemata.KindOf(schema) };
        return new ReadQuestion
        {
            Id = read.Id,
            IdIsNumber = read.IdIsNumber,
            Schema = schema,
            Question = question,
            Warnings = read.Warnings,
            Given = given.ToDictionary(g => g.Key, g => (IReadOnlyList<string>)g.Value, StringComparer.Ordinal),
        };
    }

    private static Dictionary<string, List<string>> GivenIn(Question question)
    {
        var given = new Dictionary<string, List<string>>(StringComparer.Ordinal) { ["name"] = [.. question.Names] };
        if (question.BirthDates.Count > 0) given["birthDate"] = [.. question.BirthDates.Select(Iso)];
        if (question.Countries.Count > 0) given["country"] = [.. question.Countries];
        if (question.Sex is not Sex.Unknown) given["gender"] = [question.Sex.ToString().ToLowerInvariant()];
        if (question.IdNumbers.Count > 0) given["idNumber"] = [.. question.IdNumbers];
        return given;
    }

    private static string Iso(PartialDate date) => date switch
    {
        { Month: 0 } => string.Create(CultureInfo.InvariantCulture, $"{date.Year:D4}"),
        { Day: 0 } => string.Create(CultureInfo.InvariantCulture, $"{date.Year:D4}-{date.Month:D2}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{date.Year:D4}-{date.Month:D2}-{date.Day:D2}"),
    };

    // The depth limit of a question line is its own; a body that is only deep is said to be deep.
    private static bool IsTooDeep(ReadOnlyMemory<byte> body)
    {
        int depth = 0;
        foreach (byte b in body.Span)
        {
            if (b is (byte)'[' or (byte)'{' && ++depth > JsonRules.MaxDepth) return true;
            if (b is (byte)'"' or (byte)']' or (byte)'}') return false;
        }
        return false;
    }
}
