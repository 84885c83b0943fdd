using System.Text;
using Amana.Lists.Input;

namespace Amana.Lists.Questions;

/// <summary>A file of questions, CSV with a header or NDJSON, read one line at a time. Gzip and UTF-16 are read as they are.</summary>
/// <remarks>A line that is no question is given as such and the rest goes on. Only the file as a whole can be refused.</remarks>
public static class QuestionFile
{
    /// <exception cref="ListFileException">Empty, broken off, a JSON array, or CSV without a column <c>name</c>.</exception>
    public static IEnumerable<QuestionLine> Read(ListFile file, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(file);
        return ReadAll(file, cancel);
    }

    private static IEnumerable<QuestionLine> ReadAll(ListFile file, CancellationToken cancel)
    {
        using var input = ListInput.Open(file, asText: true);
        var lines = new LineReader(input.Content);
        if (!TryReadFilled(lines, out byte[] first)) throw new ListFileException(ListCodes.Empty, $"The file {file.Name} is empty.", file.Name);
        if (StartsWith(first, (byte)'[')) throw OneArray(file.Name);
        var questions = StartsWith(first, (byte)'{') || HasJsonName(file.Name) ? ReadJson(lines, first) : QuestionCsv.Read(lines, first, file, cancel);
        foreach (var question in questions)
        {
            cancel.ThrowIfCancellationRequested();
            yield return question;
        }
    }

    private static IEnumerable<QuestionLine> ReadJson(LineReader lines, byte[] line)
    {
        do yield return QuestionJson.Read(line, lines.Line);
        while (TryReadFilled(lines, out line));
    }

    // The next line with more than blanks in it. Of a line over the reader's maximum its beginning is given, which is over ours too.
    private static bool TryReadFilled(LineReader lines, out byte[] line)
    {
        while (lines.TryRead(out var read))
        {
            if (read.Trim(" \t"u8).IsEmpty) continue;
            line = read.ToArray();
            return true;
        }
        line = [];
        return false;
    }

    private static bool StartsWith(byte[] line, byte what) => line.AsSpan().TrimStart(" \t"u8) is [var first, ..] && first == what;

    private static bool HasJsonName(string name)
    {
        if (name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)) name = name[..^3];
        return Path.GetExtension(name).ToUpperInvariant() is ".NDJSON" or ".JSONL" or ".JSON";
    }

    private static ListFileException OneArray(string file) =>
        new(ListCodes.UnknownLayout, $"{file} is one JSON array; questions are read as one JSON object a line (NDJSON).", file, 1);
}

/// <summary>Questions as rows below a header. Heads are compared without case, blanks and signs: <c>Birth date</c> is <c>birthDate</c>.</summary>
internal static class QuestionCsv
{
    public static IEnumerable<QuestionLine> Read(LineReader lines, byte[] header, ListFile file, CancellationToken cancel)
    {
        string text = Encoding.UTF8.GetString(header);
        char delimiter = DelimiterOf(text);
        string?[] fields = [.. text.Split(delimiter).Select(head => FieldOf(head))];
        if (!fields.Contains("name") && !fields.Contains("idNumber")) throw NoNameColumn(file.Name);
        var unread = new Queue<RejectedRow>();
        var run = new ListRun(new ListReading { List = "questions", Files = [file], Rejected = unread.Enqueue }, cancel);
        var rows = new CsvRows(run, lines, delimiter);
        while (rows.TryRead())
        {
            while (unread.TryDequeue(out var row)) yield return Unread(row);
            yield return Draft(rows, fields);
        }
        while (unread.TryDequeue(out var row)) yield return Unread(row);
    }

    private static QuestionLine Draft(CsvRows rows, string?[] fields)
    {
        var draft = new QuestionDraft(rows.Line);
        if (rows.Fields.Count > fields.Length) draft.Refuse(QuestionNotes.TooManyCells(rows.Fields.Count, fields.Length));
        for (int i = 0; i < Math.Min(rows.Fields.Count, fields.Length); i++)
        {
            if (fields[i] is not { } field) continue;
            if (field != "id") draft.Add(field, rows.Fields[i]);
            else if (rows.Fields[i].Trim() is { Length: > 0 } id) draft.SetId(id, isNumber: false);
        }
        return draft.Finish();
    }

    private static QuestionLine Unread(RejectedRow row) =>
        new() { Number = row.Line, Error = QuestionNotes.Unreadable(row.Reason) };

    private static string? FieldOf(string head) => string.Concat(head.Where(char.IsLetterOrDigit)).ToUpperInvariant() switch
    {
        "ID" => "id",
        "NAME" => "name",
        "SCHEMA" => "schema",
        "BIRTHDATE" => "birthDate",
        "COUNTRY" => "country",
        "GENDER" => "gender",
        "IDNUMBER" => "idNumber",
        _ => null,
    };

    // The one of comma, semicolon and tab that the header has most of.
    private static char DelimiterOf(string header) => ",;\t".MaxBy(c => header.Count(h => h == c));

    private static ListFileException NoNameColumn(string file) => new(ListCodes.NoColumn,
        $"{file} has neither a column 'name' nor 'idNumber' in its first line. Columns are id, name, schema, birthDate, country, gender, idNumber.", file, 1);
}
