using Amana.Lists.Input;

namespace Amana.Lists.Layouts;

/// <summary>Any delimited text with a head, read through a <see cref="ColumnMapping"/>.</summary>
internal static class MappedCsvLayout
{
    private sealed record Target(string Property, int Column);

    public static IEnumerable<ListedEntity> Read(ListRun run)
    {
        foreach (var file in run.Files)
        {
            using var input = run.Open(file, asText: true);
            var (head, content) = input.PeekText();
            var mapping = run.Mapping ?? ColumnMappings.FromHead(head, file.Name);
            var rows = new CsvRows(run, new LineReader(content), mapping.Delimiter);
            if (!rows.TryRead()) throw new ListFileException(ListCodes.Empty, $"The file {file.Name} has no head.", file.Name);
            string[] columns = [.. rows.Fields.Select(f => f.Trim())];
            var targets = Targets(mapping, columns, file.Name);
            while (rows.TryRead())
            {
                if (ReadRow(run, rows, mapping, columns, targets) is { } entity) yield return entity;
            }
        }
    }

    private static List<Target> Targets(ColumnMapping mapping, string[] columns, string file)
    {
        var targets = new List<Target>();
        foreach (var (property, names) in mapping.Columns)
            foreach (string name in names)
            {
                int at = Array.FindIndex(columns, c => c.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase));
                if (at < 0)
                    throw new ListFileException(ListCodes.NoColumn,
                        $"The mapping takes {property} from the column {name}, which {file} does not have. It has: {RejectedRows.Cut(string.Join(", ", columns))}.", file, 1);
                targets.Add(new Target(property, at));
            }
        return targets;
    }

    private static ListedEntity? ReadRow(ListRun run, CsvRows rows, ColumnMapping mapping, string[] columns, List<Target> targets)
    {
        run.Rejected.Line = rows.Line;
        if (rows.Fields.Count != columns.Length)
        {
            run.Rejected.Row(ListCodes.CsvFields, $"The row has {rows.Fields.Count} fields; the head has {columns.Length}.", rows.Text);
            return null;
        }
        var draft = run.Draft;
        draft.Clear();
        foreach (var (property, column) in targets) Take(run, draft, mapping, property, rows.Fields[column]);
        if (string.IsNullOrWhiteSpace(draft.Schema)) draft.Schema = mapping.DefaultSchema;
        return draft.Close(System.Text.Encoding.UTF8.GetBytes(rows.Text));
    }

    private static void Take(ListRun run, EntityDraft draft, ColumnMapping mapping, string property, string cell)
    {
        string text = cell.Trim();
        if (text.Length == 0) return;
        switch (property)
        {
            case "id": draft.Id ??= text.All(char.IsAsciiDigit) ? run.Numbered(text) : text; return;
            case "schema": draft.Schema ??= text; return;
            case "caption": draft.Caption ??= text; return;
        }
        string[] values = mapping.ValueSeparator is { Length: > 0 } separator ? text.Split(separator, StringSplitOptions.TrimEntries) : [text];
        foreach (string value in values) draft.Add(property, value);
    }
}
