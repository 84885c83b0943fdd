using Amana.Lists.Input;

namespace Amana.Lists.Layouts;

/// <summary>The lists of the US Treasury's Office of Foreign Assets Control in their published CSV layout: a main file
/// (<c>sdn</c>, <c>cons_prim</c>) and beside it aliases (<c>alt</c>), addresses (<c>add</c>) and long remarks
/// (<c>sdn_comments</c>), joined by number.</summary>
/// <remarks>No heads; <c>-0-</c> is null. Source: OFAC, "Specially Designated Nationals List: data formats and schemas"
/// (dat_spec.txt). The side files are held packed in memory, at most <see cref="OfacSideRows.RowsMax"/> rows: about 80
/// bytes a row. The main file is streamed.</remarks>
internal static class OfacLayout
{
    private static readonly string[] MainColumns =
        ["ent_num", "SDN_Name", "SDN_Type", "Program", "Title", "Call_Sign", "Vess_type", "Tonnage", "GRT", "Vess_flag", "Vess_owner", "Remarks"];

    public static IEnumerable<ListedEntity> Read(ListRun run)
    {
        var files = OfacFiles.Of(run.Files);
        foreach (var group in files)
        {
            using var sides = new OfacSideRows();
            foreach (var (role, file) in group.Sides) sides.Load(run, role, file);
            using (var input = run.Open(group.Main, asText: true))
            {
                var rows = new CsvRows(run, new LineReader(input.Content), ',');
                while (rows.TryRead())
                {
                    if (ReadRow(run, rows, sides) is { } entity) yield return entity;
                }
            }
            sides.RejectOrphans(run.Rejected);
        }
    }

    /// <summary><c>-0-</c>, blank or absent is null.</summary>
    public static string? Value(List<string> fields, int at)
    {
        if (at >= fields.Count) return null;
        string value = fields[at].Trim();
        return value.Length == 0 || value == "-0-" ? null : value;
    }

    private static ListedEntity? ReadRow(ListRun run, CsvRows rows, OfacSideRows sides)
    {
        run.Rejected.Line = rows.Line;
        var fields = rows.Fields;
        if (fields.Count != MainColumns.Length)
        {
            run.Rejected.Row(ListCodes.CsvFields, $"The row has {fields.Count} fields; {MainColumns.Length} are expected.", rows.Text);
            return null;
        }
        if (!int.TryParse(Value(fields, 0), out int number) || number <= 0)
        {
            run.Rejected.Row(ListCodes.NoId, "The first field is no entry number.", rows.Text, MainColumns[0]);
            return null;
        }
        var draft = run.Draft;
        draft.Clear();
        Fill(draft, run.Numbered(number.ToString(System.Globalization.CultureInfo.InvariantCulture)), number, fields, sides);
        return draft.Close(System.Text.Encoding.UTF8.GetBytes(rows.Text));
    }

    private static void Fill(EntityDraft draft, string id, int number, List<string> fields, OfacSideRows sides)
    {
        string? type = Value(fields, 2)?.ToLowerInvariant();
        draft.Id = id;
        draft.Schema = type switch { "individual" => "Person", "vessel" => "Vessel", "aircraft" => "Airplane", _ => "Organization" };
        bool person = type == "individual";
        OfacNames.Add(draft, "name", Value(fields, 1), person);
        draft.Add("topics", "sanction");
        foreach (string program in (Value(fields, 3) ?? "").Split(["] [", "[", "]", ";"], StringSplitOptions.RemoveEmptyEntries))
            draft.Add("program", program.Trim());
        draft.Add("position", Value(fields, 4));
        draft.Add("callSign", Value(fields, 5));
        draft.Add("type", Value(fields, 6));
        draft.Add("tonnage", Value(fields, 7));
        draft.Add("grossRegisteredTonnage", Value(fields, 8));
        draft.Add("flag", Value(fields, 9));
        draft.Add("owner", Value(fields, 10));
        if (type == "aircraft") draft.Add("registrationNumber", Value(fields, 1));
        string? more = sides.AddTo(draft, number, person);
        string? remarks = Value(fields, 11);
        OfacRemarks.Read(draft, more is null ? remarks : $"{remarks} {more}");
    }
}
