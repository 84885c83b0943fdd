using Amana.Matching;

namespace Amana.Lists.Questions;

/// <summary>One line of a file or stream of questions: a question, or the reason why it is none.</summary>
public sealed record QuestionLine
{
    /// <summary>Of the file, from 1; of a CSV record the first.</summary>
    public required long Number { get; init; }
    /// <summary>The asker's own, given back with the answer; null when the line has none or cannot be read.</summary>
    public string? Id { get; init; }
    /// <summary>The id was a JSON number, and goes back as one.</summary>
    public bool IdIsNumber { get; init; }
    /// <summary>The FollowTheMoney schema, as given; null when the line has none.</summary>
    public string? Schema { get; init; }
    /// <summary>Null when <see cref="Error"/> is set.</summary>
    public Question? Question { get; init; }
    public QuestionNote? Error { get; init; }
    /// <summary>What was left out of the comparison, and why. Nothing is left out silently.</summary>
    public IReadOnlyList<QuestionNote> Warnings { get; init; } = [];
}

/// <param name="Code">Stable, <c>question.reason</c>.</param>
/// <param name="Detail">One English sentence.</param>
/// <param name="Field">As in the line; null for the whole line.</param>
public sealed record QuestionNote(string Code, string Detail, string? Field = null);

/// <summary>Every reason for which a line is no question, or a part of it is not compared.</summary>
public static class QuestionNotes
{
    public static readonly QuestionNote TooLong = new("question.line-too-long",
        $"A line is at most {QuestionJson.LineBytesMax:N0} bytes.");
    public static readonly QuestionNote NoName = new("question.name-missing",
        "A question needs a name or a document number.", "name");
    public static readonly QuestionNote TooManyNames = new("question.names-too-many",
        $"A question has at most {Question.NamesMax} names.", "name");
    public static readonly QuestionNote NameTooLong = new("question.name-too-long",
        $"A name has at most {Question.NameCharsMax:N0} characters.", "name");
    public static readonly QuestionNote TooManyValues = new("question.values-too-many",
        $"A field has at most {ValuesMax} values.");
    public static readonly QuestionNote NoLetter = new("question.name-without-letters",
        "There is no letter or digit in this name, so it was not compared.", "name");

    public static QuestionNote DirectionMarks(string field) => new("question.direction-marks",
        "The text holds marks that change the direction of writing; it was compared without them.", field);

    /// <summary>Values of one field beside the names.</summary>
    public const int ValuesMax = 50;

    public static QuestionNote Unreadable(string why) => new("question.unreadable", why);

    public static QuestionNote TooManyCells(int cells, int heads) => new("question.cells-too-many",
        $"The row has {cells} cells, the header {heads}.");

    public static QuestionNote NotText(string field) => new("question.not-text",
        $"The field '{field}' is not text, or text with broken characters.", field);

    public static QuestionNote UnknownSchema(string schema) => new("question.schema-unknown",
        $"There is no schema '{Shown(schema)}'. Known are Person, Organization, Company, LegalEntity, Vessel, Airplane and Thing.", "schema");

    public static QuestionNote NoSuchDate(string value) => new("question.date-impossible",
        $"'{Shown(value)}' is no date, so it was not compared.", "birthDate");

    public static QuestionNote UnknownCountry(string value) => new("question.country-unknown",
        $"'{Shown(value)}' is no country that is known here, so it was not compared.", "country");

    public static QuestionNote UnknownSex(string value) => new("question.gender-unknown",
        $"'{Shown(value)}' is not male, female or other, so it was not compared.", "gender");

    private static string Shown(string value) => value.Length <= 40 ? value : string.Concat(value.AsSpan(0, 40), "…");
}
