using System.Text.Json;
using Amana.Lists.Input;

namespace Amana.Lists.Layouts;

/// <summary>Reads layouts with one JSON object an entity. A row that is no JSON is set aside and the next is read.</summary>
internal static class JsonLines
{
    public static IEnumerable<ListedEntity> Read(ListRun run, Func<EntityDraft, IJsonLayout> layoutOf)
    {
        var layout = layoutOf(run.Draft);
        foreach (var file in run.Files)
        {
            using var input = run.Open(file, asText: true);
            var rows = JsonRows.Of(file, input);
            while (TryReadRow(run, rows, layout, out var entity))
            {
                if (entity is not null) yield return entity;
            }
        }
    }

    private static bool TryReadRow(ListRun run, JsonRows rows, IJsonLayout layout, out ListedEntity? entity)
    {
        entity = null;
        if (!rows.TryRead(run, out var row)) return false;
        if (!row.IsEmpty) entity = ReadRow(run, layout, row);
        return true;
    }

    private static ListedEntity? ReadRow(ListRun run, IJsonLayout layout, ReadOnlySpan<byte> row)
    {
        try
        {
            run.Draft.Clear();
            return layout.Read(row);
        }
        catch (Exception e) when (JsonText.IsOfTheRow(e))
        {
            var (code, reason) = JsonText.Explain(e);
            if (row.Contains((byte)0)) (code, reason) = (ListCodes.Nul, "The row holds NUL bytes.");
            run.Rejected.Row(code, reason, row);
            return null;
        }
    }
}
