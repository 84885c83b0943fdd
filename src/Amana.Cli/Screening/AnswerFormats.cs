using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Amana.Lists.Questions;
using Amana.Matching;

namespace Amana.Cli.Screening;

/// <summary>How an answer looks. Called by several threads at once.</summary>
internal interface IAnswerFormat
{
    string? Head { get; }
    void Write(ArrayBufferWriter<byte> bytes, QuestionLine question, IReadOnlyList<Hit> hits, TimeSpan time);
}

internal static class AnswerFormats
{
    /// <summary>A screen gets a table, a program one JSON object a line.</summary>
    public static string Chosen(string? asked, Terminal terminal) => asked ?? (terminal.OutIsScreen ? "table" : "ndjson");

    public static IAnswerFormat Of(string name, Terminal terminal, bool timings) => name switch
    {
        "table" => new AnswerTable(terminal.OutIsScreen && terminal.Variable("NO_COLOR") is null or "", timings),
        "csv" => new AnswerCsv(timings),
        _ => new AnswerNdjson(timings),
    };

    /// <summary><c>+name ±birthDate −country</c>: what supports, supports a little, speaks against.</summary>
    public static string Brief(IReadOnlyList<Evidence> evidence) => string.Join(' ', evidence.Where(e => e.Effect is not Effect.Silent)
        .Select(e => (e.Effect switch { Effect.Supports => "+", Effect.SupportsALittle => "±", _ => "−" }) + e.Field));

    /// <summary>How many people share the name, in words: a name that many bear proves little.</summary>
    public static string Namesakes(double peopleInMillion) => RoughCount.Of(peopleInMillion) switch
    {
        0 => "fewer than one person in a million shares this name",
        1 => "about 1 person in a million shares this name",
        var people => string.Create(CultureInfo.InvariantCulture, $"about {people} people in a million share this name"),
    };

    public static string Score(double score) => score.ToString("0.0000", CultureInfo.InvariantCulture);
}

internal sealed class AnswerNdjson(bool timings) : IAnswerFormat
{
    public string? Head => null;

    public void Write(ArrayBufferWriter<byte> bytes, QuestionLine question, IReadOnlyList<Hit> hits, TimeSpan time)
    {
        using (var json = new Utf8JsonWriter(bytes, AnswerLine.Options))
        {
            AnswerLine.Write(json, question, hits, timings ? time.TotalMicroseconds : null);
        }
        bytes.Write("\n"u8);
    }
}

/// <summary>One row a hit; a question without one has a row of its own.</summary>
/// <remarks>A spreadsheet runs a cell that begins like a formula, and names come from anybody: such a cell begins with an
/// apostrophe instead. Source: OWASP, CSV Injection.</remarks>
internal sealed class AnswerCsv(bool timings) : IAnswerFormat
{
    // With the full-width forms that spreadsheets of East Asia read the same way.
    private const string FormulaStarts = "=+-@\t\r\n＝＋－＠";

    public string Head => "line,id,rank,entity,caption,score,evidence,error,warnings" + (timings ? ",us" : "");

    public void Write(ArrayBufferWriter<byte> bytes, QuestionLine question, IReadOnlyList<Hit> hits, TimeSpan time)
    {
        var rows = new StringBuilder();
        string warnings = string.Join(' ', question.Warnings.Select(w => w.Code));
        for (int i = 0; i < Math.Max(1, hits.Count); i++)
        {
            var hit = i < hits.Count ? hits[i] : null;
            string?[] cells =
            [
                question.Number.ToString(CultureInfo.InvariantCulture), question.Id, hit is null ? "" : $"{i + 1}", hit?.SubjectId, hit?.Caption,
                hit is null ? "" : AnswerFormats.Score(hit.Score), hit is null ? "" : Evidence(hit.Evidence), question.Error?.Code, warnings,
            ];
            rows.AppendJoin(',', cells.Select(Quoted));
            if (timings) rows.Append(CultureInfo.InvariantCulture, $",{time.TotalMicroseconds:0.0}");
            rows.Append('\n');
        }
        Encoding.UTF8.GetBytes(rows.ToString(), bytes);
    }

    /// <summary><c>name+ birthDate± country−</c>: the sign behind, as no cell may begin with one.</summary>
    private static string Evidence(IReadOnlyList<Evidence> evidence) =>
        string.Join(' ', AnswerFormats.Brief(evidence).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(e => e[1..] + e[0]));

    public static string Quoted(string? cell)
    {
        cell ??= "";
        if (cell.Length > 0 && FormulaStarts.Contains(cell[0], StringComparison.Ordinal)) cell = "'" + cell;
        return cell.AsSpan().IndexOfAny(",\"\n\r") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}

/// <summary>A block for each question: who was asked about, then who it may be.</summary>
internal sealed class AnswerTable(bool colour, bool timings) : IAnswerFormat
{
    public string? Head => null;

    public void Write(ArrayBufferWriter<byte> bytes, QuestionLine question, IReadOnlyList<Hit> hits, TimeSpan time)
    {
        var text = new StringBuilder();
        string names = question.Question is { } asked ? string.Join(" / ", asked.Names) : $"line {question.Number}";
        text.Append(Styled("1", $"{Clean(question.Id ?? $"line {question.Number}")}  {Clean(names)}"));
        if (timings) text.Append(CultureInfo.InvariantCulture, $"  {time.TotalMicroseconds:0} µs");
        text.Append('\n');
        if (question.Error is { } error) text.Append(Styled("31", $"  {error.Detail} ({error.Code})")).Append('\n');
        foreach (var warning in question.Warnings) text.Append(Styled("33", $"  {warning.Detail}")).Append('\n');
        if (question.Error is null && hits.Count == 0) text.Append("  nobody on these lists\n");
        int widest = hits.Count == 0 ? 0 : Math.Min(28, hits.Max(h => h.SubjectId.Length));
        foreach (var hit in hits)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {Styled("36", AnswerFormats.Score(hit.Score))}  {Clean(hit.SubjectId).PadRight(widest)}  {Clean(hit.Caption)}");
            text.Append("   ").Append(Styled("2", AnswerFormats.Brief(hit.Evidence)));
            if (hit.Evidence.FirstOrDefault(e => e.PeopleInMillion is >= 1)?.PeopleInMillion is { } people) text.Append("   ").Append(Styled("2", AnswerFormats.Namesakes(people)));
            text.Append('\n');
        }
        Encoding.UTF8.GetBytes(text.ToString(), bytes);
    }

    private string Styled(string code, string text) => colour ? $"\e[{code}m{text}\e[0m" : text;

    // A list's text must not steer the terminal.
    public static string Clean(string text) => string.Concat(text.Where(c => !char.IsControl(c) && c is not (>= '\u202A' and <= '\u202E') and not (>= '\u2066' and <= '\u2069')));
}
