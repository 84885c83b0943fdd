using System.Text;
using System.Text.Json;
using Amana.Server.Foundation;

namespace Amana.Server.LostAndStolen;

/// <summary>Rows of a file: CSV with a head of field names, by comma or semicolon, or a JSON array of objects.</summary>
internal static class BatchFile
{
    public const int BytesMax = 8 << 20;
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 4 };

    /// <summary>At most <see cref="BytesMax"/> bytes.</summary>
    public static async Task<Result<byte[]>> TakeAsync(Stream from, CancellationToken cancel)
    {
        using var all = new MemoryStream();
        byte[] part = new byte[64 << 10];
        for (int read; (read = await from.ReadAsync(part, cancel)) > 0;)
        {
            if (all.Length + read > BytesMax) return ItemRefusals.BatchTooLarge;
            all.Write(part, 0, read);
        }
        return all.ToArray();
    }

    public static Result<List<IReadOnlyDictionary<string, string>>> Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return ItemRefusals.BatchUnreadable;
        }
        return text.AsSpan().TrimStart().StartsWith("[") ? Json(text) : Csv(text);
    }

    private static Result<List<IReadOnlyDictionary<string, string>>> Json(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Options);
            var rows = new List<IReadOnlyDictionary<string, string>>();
            foreach (var row in document.RootElement.EnumerateArray())
            {
                if (row.ValueKind is not JsonValueKind.Object) return ItemRefusals.BatchUnreadable;
                rows.Add(TextsOf(row));
            }
            return rows;
        }
        catch (JsonException)
        {
            return ItemRefusals.BatchUnreadable;
        }
    }

    /// <summary>Field to text; of two fields of one name the last counts.</summary>
    public static Dictionary<string, string> TextsOf(JsonElement row)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (row.ValueKind is not JsonValueKind.Object) return texts;
        foreach (var field in row.EnumerateObject())
            texts[field.Name] = field.Value.ValueKind switch { JsonValueKind.String => field.Value.GetString()!, JsonValueKind.Null => "", _ => field.Value.GetRawText() };
        return texts;
    }

    private static Result<List<IReadOnlyDictionary<string, string>>> Csv(string text)
    {
        int end = text.AsSpan().IndexOfAny('\r', '\n');
        char comma = text.AsSpan(0, end < 0 ? text.Length : end).Contains(';') ? ';' : ',';
        var lines = Cells(text, comma).Where(l => l.Count > 1 || l[0].Length > 0).ToList();
        if (lines.Count < 2 || lines[0].Distinct(StringComparer.Ordinal).Count() != lines[0].Count) return ItemRefusals.BatchUnreadable;
        var head = lines[0].ConvertAll(h => h.Trim());
        return lines.Skip(1).Select(l => (IReadOnlyDictionary<string, string>)head.Zip(l).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal)).ToList();
    }

    private static IEnumerable<List<string>> Cells(string text, char comma)
    {
        var (row, cell, quoted) = (new List<string>(), new StringBuilder(), false);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (quoted && c == '"' && i + 1 < text.Length && text[i + 1] == '"') cell.Append(text[i++]);
            else if (c == '"' && (quoted || cell.Length == 0)) quoted = !quoted;
            else if (quoted || (c != comma && c is not ('\r' or '\n'))) cell.Append(c);
            else if (c == comma)
            {
                row.Add(cell.ToString());
                cell.Clear();
            }
            else if (c == '\n' || (c == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
            {
                row.Add(cell.ToString());
                cell.Clear();
                yield return row;
                row = [];
            }
        }
        if (row.Count == 0 && cell.Length == 0) yield break;
        row.Add(cell.ToString());
        yield return row;
    }
}
