using System.Text;
using System.Text.Json;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Screening;

/// <summary>Hands the results of a batch out: rows with hits and rows that could not be read. People without a match are not in it.</summary>
internal sealed class BatchResults(AmanaDb db, Gate gate, JournalWriter journal, TimeProvider clock)
{
    private const int PageRows = 1_000;

    /// <summary>Passes the gate, journals, and begins the day until the batch is forgotten when it is over.</summary>
    public async Task<Result<BatchView>> OpenAsync(string reference, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.Screen, cancel) is { } forbidden) return forbidden;
        if (!Reference.TryRead(Reference.OfBatch, reference, out string? known)) return ScreeningRefusals.BatchUnknown;
        var batch = await db.Batches.VisibleTo(caller).SingleOrDefaultAsync(b => b.Reference == known, cancel);
        if (batch is null) return ScreeningRefusals.BatchUnknown;
        if (!(await gate.CheckAsync(caller, Right.Screen, batch.Purpose, cancel)).Succeeded(out var purpose, out var refused)) return refused;
        if (batch.State is BatchState.Forgotten) return ScreeningRefusals.BatchForgotten;

        batch.Report(clock.GetUtcNow());
        journal.Record(caller.Actor, "batch.results-fetched", batch.Reference, purpose, new { batch.RowsDone, batch.HitsFound });
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return ScreeningRefusals.BatchStillRunning with { Detail = "The batch is just being saved; fetch again." };
        }
        return BatchView.From(batch, clock.GetUtcNow());
    }

    public async Task WriteAsync(string reference, bool csv, Stream to, Caller caller, CancellationToken cancel)
    {
        db.ChangeTracker.Clear();
        var id = await db.Batches.Where(b => b.Reference == reference).Select(b => b.Id).SingleAsync(cancel);
        await using var text = new StreamWriter(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        if (csv) await text.WriteLineAsync("row,id,asked,hit,list,entity,caption,score,state,verdict,error,detail");
        for (int at = 0; ; at += PageRows)
        {
            var hits = await gate.Reach(db.Hits.AsNoTracking().Where(h => h.Batch == id), caller).OrderBy(h => h.BatchLine).ThenByDescending(h => h.Score).ThenBy(h => h.Id)
                .Skip(at).Take(PageRows).ToListAsync(cancel);
            foreach (var hit in hits) await text.WriteLineAsync((csv ? CsvOf(hit) : JsonOf(hit)).AsMemory(), cancel);
            await text.FlushAsync(cancel);
            if (hits.Count < PageRows) break;
        }
        await foreach (var row in db.BatchRows.AsNoTracking().Where(r => r.Batch == id).OrderBy(r => r.Line).ThenBy(r => r.Position).AsAsyncEnumerable().WithCancellation(cancel))
        {
            await text.WriteLineAsync((csv
                ? Line(row.Line.ToString(System.Globalization.CultureInfo.InvariantCulture), "", "", "", "", "", "", "", "", "", row.Code, row.Detail)
                : JsonOf(row)).AsMemory(), cancel);
        }
        await text.FlushAsync(cancel);
    }

    private static string JsonOf(Hit hit) => JsonSerializer.Serialize(new
    {
        row = hit.BatchLine, id = IdOf(hit), hit = hit.Reference, asked = hit.Content.AskedName, list = hit.List, entity = hit.EntityId, caption = hit.Content.Caption,
        score = Math.Round(hit.Score, 6), hit.State, hit.Verdict, evidence = JsonSerializer.Deserialize<JsonElement>(hit.Content.Evidence),
    }, JsonRules.Options);

    private static string JsonOf(BatchRow row) => row.IsError
        ? JsonSerializer.Serialize(new { row = row.Line, error = new { row.Code, row.Field, row.Detail } }, JsonRules.Options)
        : JsonSerializer.Serialize(new { row = row.Line, warning = new { row.Code, row.Field, row.Detail } }, JsonRules.Options);

    private static string CsvOf(Hit hit) => Line(
        hit.BatchLine?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "", IdOf(hit) ?? "", hit.Content.AskedName, hit.Reference, hit.List, hit.EntityId, hit.Content.Caption,
        hit.Score.ToString("0.0000", System.Globalization.CultureInfo.InvariantCulture), hit.State.ToString().ToLowerInvariant(), hit.Verdict?.ToString() ?? "", "", "");

    private static string? IdOf(Hit hit) =>
        hit.Content.QuestionBody.Length > 0 && JsonSerializer.Deserialize<JsonElement>(hit.Content.QuestionBody).TryGetProperty("id", out var id) ? id.ToString() : null;

    private static string Line(params string[] cells) => string.Join(',', cells.Select(Cell));

    // A spreadsheet runs a cell that begins like a formula; names can.
    private static string Cell(string text)
    {
        if (text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r') text = $"'{text}";
        return text.AsSpan().IndexOfAny(",\"\n\r") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
