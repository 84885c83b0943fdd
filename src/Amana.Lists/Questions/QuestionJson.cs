using System.Text.Json;

namespace Amana.Lists.Questions;

/// <summary>Reads a question from one line of NDJSON: <c>id</c>, <c>name</c> and optional <c>schema</c>,
/// <c>birthDate</c>, <c>country</c>, <c>gender</c>, <c>idNumber</c>. Each may be a text or a list of texts
/// (<c>id</c>, <c>schema</c> and <c>gender</c> only a text); other fields are ignored.</summary>
/// <remarks>The form is fixed in docs/specs/questions.md; the command line and <c>POST /api/v1/screenings/bulk</c> read the same.</remarks>
public static class QuestionJson
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 16, CommentHandling = JsonCommentHandling.Disallow };

    /// <summary>More than any question needs: 50 names of 1,000 chars, escaped, fit twice.</summary>
    public const int LineBytesMax = 1 << 20;

    /// <param name="utf8">One line without its end.</param>
    /// <param name="number">Of the line, from 1.</param>
    public static QuestionLine Read(ReadOnlyMemory<byte> utf8, long number)
    {
        if (utf8.Length > LineBytesMax) return new QuestionLine { Number = number, Error = QuestionNotes.TooLong };
        try
        {
            using var document = JsonDocument.Parse(utf8, Options);
            return Read(document.RootElement, number);
        }
        catch (JsonException)
        {
            return new QuestionLine
            {
                Number = number,
                Error = QuestionNotes.Unreadable("The line is not one JSON object, or is nested deeper than 16."),
            };
        }
    }

    private static QuestionLine Read(JsonElement line, long number)
    {
        if (line.ValueKind != JsonValueKind.Object)
        {
            return new QuestionLine { Number = number, Error = QuestionNotes.Unreadable("The line is JSON, but not an object.") };
        }
        var draft = new QuestionDraft(number);
        foreach (var property in line.EnumerateObject())
        {
            if (!TryNameOf(property, out string? name)) continue; // not one of ours
            if (name == "id") SetId(draft, property.Value);
            else if (QuestionDraft.IsField(name)) Add(draft, name, property.Value);
        }
        return draft.Finish();
    }

    private static void SetId(QuestionDraft draft, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Number) draft.SetId(value.GetRawText(), isNumber: true);
        else if (value.ValueKind is JsonValueKind.Null) return;
        else if (TryTextOf(value, out string? id)) draft.SetId(id, isNumber: false);
        else draft.Refuse(QuestionNotes.NotText("id"));
    }

    private static void Add(QuestionDraft draft, string field, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Null: return;
            case JsonValueKind.Array when QuestionDraft.MayRepeat(field):
                foreach (var item in value.EnumerateArray()) AddText(draft, field, item);
                return;
            default: AddText(draft, field, value); return;
        }
    }

    private static void AddText(QuestionDraft draft, string field, JsonElement value)
    {
        if (TryTextOf(value, out string? text)) draft.Add(field, text);
        else if (value.ValueKind is JsonValueKind.Number && field != "name") draft.Add(field, value.GetRawText()); // a year, a number of a card
        else draft.Refuse(QuestionNotes.NotText(field));
    }

    private static bool TryNameOf(JsonProperty property, out string name)
    {
        try
        {
            name = property.Name;
            return true;
        }
        catch (InvalidOperationException) // half of a surrogate pair, or bytes that are no UTF-8
        {
            name = "";
            return false;
        }
    }

    private static bool TryTextOf(JsonElement value, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? text)
    {
        text = null;
        if (value.ValueKind != JsonValueKind.String) return false;
        try
        {
            text = value.GetString();
            return text is not null;
        }
        catch (InvalidOperationException) // half of a surrogate pair, or bytes that are no UTF-8
        {
            return false;
        }
    }
}
