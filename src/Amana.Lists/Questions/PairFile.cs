using System.Text;
using Amana.Lists.Input;
using Amana.Matching;

namespace Amana.Lists.Questions;

/// <summary>Two names to compare with each other, or the reason why the row is none.</summary>
public sealed record PairLine
{
    public required long Number { get; init; }
    public string Name1 { get; init; } = "";
    public string Name2 { get; init; } = "";
    public SubjectKind Kind { get; init; } = SubjectKind.Any;
    public QuestionNote? Error { get; init; }
}

/// <summary>A CSV file of pairs: columns <c>name1</c>, <c>name2</c> and, where given, <c>schema</c>.</summary>
public static class PairFile
{
    /// <exception cref="ListFileException">Empty, broken off, or without the two columns.</exception>
    public static IEnumerable<PairLine> Read(ListFile file, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(file);
        return ReadAll(file, cancel);
    }

    private static IEnumerable<PairLine> ReadAll(ListFile file, CancellationToken cancel)
    {
        var unread = new Queue<RejectedRow>();
        var run = new ListRun(new ListReading { List = "pairs", Files = [file], Rejected = unread.Enqueue }, cancel);
        using var input = run.Open(file, asText: true);
        var lines = new LineReader(input.Content);
        if (!lines.TryRead(out var head)) throw new ListFileException(ListCodes.Empty, $"The file {file.Name} is empty.", file.Name);
        string[] heads = [.. Encoding.UTF8.GetString(head).Split(',').Select(h => h.Trim().Trim('"').ToUpperInvariant())];
        int first = Array.IndexOf(heads, "NAME1"), second = Array.IndexOf(heads, "NAME2"), schema = Array.IndexOf(heads, "SCHEMA");
        if (first < 0 || second < 0)
            throw new ListFileException(ListCodes.NoColumn, $"{file.Name} has no columns 'name1' and 'name2' in its first line.", file.Name, 1);
        var rows = new CsvRows(run, lines, ',');
        while (rows.TryRead())
        {
            while (unread.TryDequeue(out var row)) yield return Unread(row);
            yield return PairOf(rows.Line, Cell(rows, first), Cell(rows, second), schema < 0 ? "" : Cell(rows, schema));
        }
        while (unread.TryDequeue(out var row)) yield return Unread(row);
    }

    private static PairLine PairOf(long number, string name1, string name2, string schema)
    {
        var kind = SubjectKind.Any;
        QuestionNote? error = null;
        if (name1.Length == 0 || name2.Length == 0) error = QuestionNotes.NoName with { Field = name1.Length == 0 ? "name1" : "name2" };
        else if (Math.Max(name1.Length, name2.Length) > Question.NameCharsMax) error = QuestionNotes.NameTooLong;
        else if (schema.Length > 0 && !QuestionSchemas.TryKindOf(schema, out kind)) error = QuestionNotes.UnknownSchema(schema);
        return new PairLine { Number = number, Name1 = name1, Name2 = name2, Kind = kind, Error = error };
    }

    private static string Cell(CsvRows rows, int at) => at < rows.Fields.Count ? rows.Fields[at].Trim() : "";

    private static PairLine Unread(RejectedRow row) => new() { Number = row.Line, Error = QuestionNotes.Unreadable(row.Reason) };
}
