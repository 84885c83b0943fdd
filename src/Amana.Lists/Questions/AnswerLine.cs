using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Amana.Matching;

namespace Amana.Lists.Questions;

/// <summary>Writes the answer to one question as one JSON object: what <c>amana screen</c> prints and
/// <c>POST /api/v1/screenings/bulk</c> sends.</summary>
public static class AnswerLine
{
    /// <summary>Arabic and Han letters are written as they are, not as escapes.</summary>
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary><c>{"id":…,"hits":[…]}</c>, with <c>error</c> for a line that is no question, <c>warnings</c> where a
    /// part was not compared, and <c>us</c> when <paramref name="microseconds"/> is given.</summary>
    public static void Write(Utf8JsonWriter json, QuestionLine question, IReadOnlyList<Hit> hits, double? microseconds = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(hits);
        json.WriteStartObject();
        if (question.Id is null) json.WriteNull("id");
        else if (question.IdIsNumber) { json.WritePropertyName("id"); json.WriteRawValue(question.Id); }
        else json.WriteString("id", question.Id);
        json.WriteStartArray("hits");
        foreach (var hit in hits) Write(json, hit);
        json.WriteEndArray();
        if (question.Error is { } error) WriteError(json, error, question.Number);
        if (question.Warnings.Count > 0)
        {
            json.WriteStartArray("warnings");
            foreach (var warning in question.Warnings) Write(json, warning, line: null);
            json.WriteEndArray();
        }
        if (microseconds is { } us) WriteNumber(json, "us", us, "0.0");
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, Hit hit)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(hit);
        json.WriteStartObject();
        json.WriteString("entity", hit.SubjectId);
        json.WriteString("caption", hit.Caption);
        WriteNumber(json, "score", hit.Score, Score);
        WriteEvidence(json, hit.Evidence);
        json.WriteEndObject();
    }

    /// <summary>The property <c>evidence</c>: a list of fields, the name's with its ladder of <c>tokens</c>.</summary>
    public static void WriteEvidence(Utf8JsonWriter json, IReadOnlyList<Evidence> evidence)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(evidence);
        json.WriteStartArray("evidence");
        foreach (var field in evidence)
        {
            json.WriteStartObject();
            json.WriteString("field", field.Field);
            json.WriteString("effect", CodeOf(field.Effect));
            if (field.Score is { } score) WriteNumber(json, "score", score, Score); else json.WriteNull("score");
            WriteNumber(json, "contribution", field.Contribution, Score);
            json.WriteString("asked", field.Asked);
            json.WriteString("listed", field.Listed);
            json.WriteString("reason", field.Reason);
            if (field.PeopleInMillion is { } people) WriteNumber(json, "peopleInMillion", people, People);
            if (field.Tokens.Count > 0) WriteTokens(json, field.Tokens);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>The property <c>error</c> of a line that could not be read.</summary>
    public static void WriteError(Utf8JsonWriter json, QuestionNote error, long line)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(error);
        json.WritePropertyName("error");
        Write(json, error, line);
    }

    public static string CodeOf(Effect effect) => effect switch
    {
        Effect.Silent => "silent",
        Effect.Supports => "supports",
        Effect.SupportsALittle => "supports-a-little",
        Effect.SpeaksAgainst => "speaks-against",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>Scores carry at least four decimals.</summary>
    public static void WriteScore(Utf8JsonWriter json, string name, double score) => WriteNumber(json, name, score, Score);

    private const string Score = "0.0000##";

    /// <summary>One person in a million millions is the least that is told from none.</summary>
    private const string People = "0.######";

    private static void WriteTokens(Utf8JsonWriter json, IReadOnlyList<TokenEvidence> tokens)
    {
        json.WriteStartArray("tokens");
        foreach (var token in tokens)
        {
            json.WriteStartObject();
            json.WriteString("asked", token.Asked);
            json.WriteString("listed", token.Listed);
            if (token.AskedRomanised is not null) json.WriteString("askedRomanised", token.AskedRomanised);
            if (token.ListedRomanised is not null) json.WriteString("listedRomanised", token.ListedRomanised);
            json.WriteString("relation", token.Relation);
            WriteNumber(json, "similarity", token.Similarity, Score);
            WriteNumber(json, "weight", token.Weight, Score);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, QuestionNote note, long? line)
    {
        json.WriteStartObject();
        json.WriteString("code", note.Code);
        if (note.Field is not null) json.WriteString("field", note.Field);
        json.WriteString("detail", note.Detail);
        if (line is { } number) json.WriteNumber("line", number);
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double value, string format)
    {
        Span<char> text = stackalloc char[32];
        value.TryFormat(text, out int length, format, CultureInfo.InvariantCulture);
        json.WritePropertyName(name);
        json.WriteRawValue(text[..length], skipInputValidation: true);
    }
}
