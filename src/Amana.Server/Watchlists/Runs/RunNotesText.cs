using System.Globalization;
using System.Text.Json;
using Amana.Server.Foundation;

namespace Amana.Server.Watchlists;

/// <summary>Rows set aside and changes as files: NDJSON for programs, CSV for a spreadsheet.</summary>
/// <remarks>A CSV cell that a spreadsheet would take for a formula gets an apostrophe in front.
/// Source: OWASP, CSV Injection.</remarks>
internal static class RunNotesText
{
    private static readonly string[] Head = ["file", "line", "column", "code", "reason", "excerpt", "rest_taken"];

    public static string CsvHead => string.Join(',', Head) + "\r\n";

    public static string Csv(RejectedRecord row) => string.Join(',', ((string?[])
        [row.File, row.Line.ToString(CultureInfo.InvariantCulture), row.Column, row.Code, row.Reason, row.Excerpt, row.RestTaken ? "yes" : "no"]).Select(Cell)) + "\r\n";

    public static string Ndjson(RejectedRecord row) => JsonSerializer.Serialize(
        new RejectedRowView(row.File, row.Line, row.Column, row.Code, row.Reason, row.Excerpt, row.RestTaken), JsonRules.Options) + "\n";

    public static string Ndjson(ListChange change) => JsonSerializer.Serialize(new ChangeView(change.Kind, change.Entity), JsonRules.Options) + "\n";

    public static string Cell(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        if (text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠') text = "'" + text;
        return text.AsSpan().IndexOfAny(',', '"', '\n') >= 0 || text.Contains('\r', StringComparison.Ordinal) || text.Contains(';', StringComparison.Ordinal)
            ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}

/// <param name="Line">From 1; 0 when not known.</param>
/// <param name="RestTaken">Only the value of the column was set aside; the rest of the row was taken.</param>
internal sealed record RejectedRowView(string File, long Line, string? Column, string Code, string Reason, string Excerpt, bool RestTaken);

internal sealed record ChangeView(ChangeKind Kind, string Entity);

/// <param name="Code">What happened: <c>stage-began</c>, <c>held</c>, <c>compared</c>, <c>guard-stopped</c>.</param>
internal sealed record LogLineView(DateTimeOffset At, RunStage Stage, string Code, IReadOnlyList<string> Values)
{
    public static LogLineView Of(RunLogLine line) => new(line.At, line.Stage, line.Code, line.Values.Length == 0 ? [] : line.Values.Split('\n'));
}
