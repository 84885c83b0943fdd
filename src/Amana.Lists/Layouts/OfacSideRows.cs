using System.Runtime.InteropServices;
using System.Text;
using Amana.Lists.Input;

namespace Amana.Lists.Layouts;

/// <summary>The rows of alias, address and comment files, packed: one block of bytes, and 24 bytes of place for each row.</summary>
internal sealed class OfacSideRows : IDisposable
{
    /// <summary>Two hundred times what the Treasury publishes.</summary>
    public const int RowsMax = 5_000_000;
    private const int TextBytesMax = 1_000_000_000;

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Place(int Number, int File, int Line, int Start, int Bytes, OfacRole Role);

    private readonly List<Place> _places = [];
    private readonly List<string> _files = [];
    private readonly MemoryStream _text = new();
    private bool[] _used = [];
    private bool _sorted;

    public void Load(ListRun run, OfacRole role, ListFile file)
    {
        _files.Add(file.Name);
        using var input = run.Open(file, asText: true);
        var rows = new CsvRows(run, new LineReader(input.Content), ',');
        while (rows.TryRead()) Keep(run, role, rows);
        _sorted = false;
    }

    private void Keep(ListRun run, OfacRole role, CsvRows rows)
    {
        int expected = ColumnsOf(role);
        run.Rejected.Line = rows.Line;
        if (rows.Fields.Count != expected)
        {
            run.Rejected.Row(ListCodes.CsvFields, $"The row has {rows.Fields.Count} fields; {expected} are expected.", rows.Text);
            return;
        }
        if (!int.TryParse(OfacLayout.Value(rows.Fields, 0), out int number))
        {
            run.Rejected.Row(ListCodes.NoId, "The first field is no entry number.", rows.Text, "ent_num");
            return;
        }
        if (_places.Count >= RowsMax || _text.Length > TextBytesMax)
            throw new ListFileException(ListCodes.TooManySideRows, $"More than {RowsMax} alias and address rows.", run.Rejected.File, rows.Line);
        int start = (int)_text.Length;
        _text.Write(Encoding.UTF8.GetBytes(string.Join('\u001F', rows.Fields)));
        _places.Add(new Place(number, _files.Count - 1, (int)rows.Line, start, (int)_text.Length - start, role));
    }

    private static int ColumnsOf(OfacRole role) => role switch { OfacRole.Alias => 5, OfacRole.Address => 6, _ => 2 };

    /// <summary>Gives the entry its aliases and addresses. Returns the remarks that did not fit its own row.</summary>
    public string? AddTo(EntityDraft draft, int number, bool person)
    {
        Sort();
        string? remarks = null;
        for (int i = FirstOf(number); i < _places.Count && _places[i].Number == number; i++)
        {
            _used[i] = true;
            var fields = FieldsOf(_places[i]);
            switch (_places[i].Role)
            {
                case OfacRole.Alias: AddAlias(draft, fields, person); break;
                case OfacRole.Address: AddAddress(draft, fields); break;
                default: remarks += OfacLayout.Value(fields, 1); break;
            }
        }
        return remarks;
    }

    /// <summary>Rows whose entry is not in the main file. Their entry may have left the list, or the files are of different days.</summary>
    public void RejectOrphans(RejectedRows rejected)
    {
        Sort();
        for (int i = 0; i < _places.Count; i++)
        {
            if (_used[i]) continue;
            var place = _places[i];
            (string code, string what) = place.Role is OfacRole.Alias ? (ListCodes.OrphanAlias, "alias") : (ListCodes.OrphanAddress, "row");
            string row = string.Join(',', FieldsOf(place));
            rejected.Put(new RejectedRow(_files[place.File], place.Line, "ent_num", code,
                $"This {what} belongs to entry {place.Number}, which the main file does not have.", RejectedRows.Cut(row)));
        }
    }

    private static void AddAlias(EntityDraft draft, List<string> fields, bool person)
    {
        bool weak = OfacLayout.Value(fields, 4)?.Contains("weak", StringComparison.OrdinalIgnoreCase) ?? false;
        string property = weak ? "weakAlias" : OfacLayout.Value(fields, 2) == "fka" ? "previousName" : "alias";
        OfacNames.Add(draft, property, OfacLayout.Value(fields, 3), person);
    }

    private static void AddAddress(EntityDraft draft, List<string> fields)
    {
        string?[] parts = [OfacLayout.Value(fields, 2), OfacLayout.Value(fields, 3), OfacLayout.Value(fields, 4)];
        draft.Add("address", string.Join(", ", parts.Where(p => p is not null)));
        draft.Add("country", parts[2]);
    }

    public void Dispose() => _text.Dispose();

    private List<string> FieldsOf(Place place) =>
        [.. Encoding.UTF8.GetString(_text.GetBuffer(), place.Start, place.Bytes).Split('\u001F')];

    private void Sort()
    {
        if (_sorted) return;
        CollectionsMarshal.AsSpan(_places).Sort((a, b) => a.Number != b.Number ? a.Number.CompareTo(b.Number)
            : a.File != b.File ? a.File.CompareTo(b.File) : a.Line.CompareTo(b.Line));
        _used = new bool[_places.Count];
        _sorted = true;
    }

    private int FirstOf(int number)
    {
        int low = 0, high = _places.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_places[middle].Number < number) low = middle + 1; else high = middle;
        }
        return low;
    }
}
