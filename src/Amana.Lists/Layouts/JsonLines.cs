using System.Text.Json;
using Amana.Lists.Input;

namespace Amana.Lists.Layouts;

/// <summary>Reads NDJSON: a JSON object a line. A line that is none is set aside and the next is read.</summary>
internal static class JsonLines
{
    public static IEnumerable<ListedEntity> Read(ListRun run, Func<EntityDraft, IJsonLayout> layoutOf)
    {
        var layout = layoutOf(run.Draft);
        foreach (var file in run.Files)
        {
            using var input = run.Open(file, asText: true);
            var lines = new LineReader(input.Content);
            while (TryReadRow(run, lines, layout, out var entity))
            {
                if (entity is not null) yield return entity;
            }
        }
    }

    private static bool TryReadRow(ListRun run, LineReader lines, IJsonLayout layout, out ListedEntity? entity)
    {
        entity = null;
        if (!lines.TryRead(out var line)) return false;
        run.At(lines.Line);
        if (lines.TooLong)
            run.Rejected.Row(ListCodes.RowTooLong, $"The line is longer than {LineReader.LineBytesMax / 1024 / 1024} MiB.", line);
        else if (!IsBlank(line))
            entity = ReadRow(run, layout, line);
        return true;
    }

    internal static ListedEntity? ReadRow(ListRun run, IJsonLayout layout, ReadOnlySpan<byte> row)
    {
        try
        {
            run.Draft.Clear();
            return layout.Read(row);
        }
        catch (JsonException e)
        {
            var (code, reason) = JsonText.Explain(e);
            if (row.Contains((byte)0)) (code, reason) = (ListCodes.Nul, "The row holds NUL bytes.");
            run.Rejected.Row(code, reason, row);
            return null;
        }
    }

    private static bool IsBlank(ReadOnlySpan<byte> line) => line.TrimStart(" \t\r"u8).IsEmpty;
}
