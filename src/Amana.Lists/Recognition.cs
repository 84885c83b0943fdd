using System.Text.Json;
using Amana.Lists.Input;
using Amana.Lists.Layouts;

namespace Amana.Lists;

/// <summary>Tells the layout of a list's files from their names and their first bytes.</summary>
internal static class Recognition
{
    /// <summary>As much of a file as is looked at.</summary>
    private const int HeadBytes = 256 * 1024;
    private const int LinesAsked = 50;

    public static ListFormat Of(IReadOnlyList<ListFile> files)
    {
        if (files.Count == 0) throw new ListFileException(ListCodes.NoMainFile, "No file was given.");
        ListFormat? first = null;
        foreach (var file in files)
        {
            var format = OfacFiles.RoleOf(file.Name) is not null && !LooksLikeJsonOrXml(file) ? ListFormat.OfacCsv : OfContent(file);
            first ??= format;
            if (format != first)
                throw new ListFileException(ListCodes.MixedLayouts, $"{files[0].Name} is {first}, {file.Name} is {format}. Read them as two lists.", file.Name);
        }
        return first!.Value;
    }

    private static bool LooksLikeJsonOrXml(ListFile file) => FirstChar(Head(file)) is '{' or '[' or '<';

    private static ListFormat OfContent(ListFile file)
    {
        byte[] head = Head(file);
        return FirstChar(head) switch
        {
            '<' => OfXml(file, head),
            '{' or '[' => OfJson(file, head),
            '\0' => throw new ListFileException(ListCodes.Empty, $"The file {file.Name} holds nothing but blanks.", file.Name),
            _ => OfText(file, head),
        };
    }

    private static ListFormat OfXml(ListFile file, byte[] head) =>
        head.AsSpan().IndexOf("<CONSOLIDATED_LIST"u8) >= 0 ? ListFormat.UnXml : throw Unknown(file, "XML without the Security Council's CONSOLIDATED_LIST");

    private static ListFormat OfText(ListFile file, byte[] head)
    {
        if (IsNoText(head)) throw Unknown(file, "no text, but the bytes of some other kind of file");
        var line = head.AsSpan();
        int end = line.IndexOf((byte)'\n');
        if (end >= 0) line = line[..end];
        return line.IndexOf(",-0-"u8) >= 0 && line.Count((byte)',') >= 11 ? ListFormat.OfacCsv : ListFormat.Csv;
    }

    // A table may hold a stray NUL, which costs its row; pictures, archives and programs are full of such bytes.
    private static bool IsNoText(byte[] head)
    {
        var looked = head.AsSpan(0, Math.Min(head.Length, 4_096));
        int controls = 0;
        foreach (byte b in looked)
            if (b is < 0x20 and not ((byte)'\t' or (byte)'\n' or (byte)'\r' or 0x0B or 0x0C or 0x1A or 0x1B)) controls++;
        return controls * 20 > looked.Length;
    }

    // The names of the first object's fields tell the layout, even when the object is longer than what was read. A first
    // line that is broken tells nothing, so the next ones are asked.
    private static ListFormat OfJson(ListFile file, byte[] head)
    {
        int start = 0;
        for (int i = 0; i < LinesAsked && start < head.Length; i++)
        {
            if (OfNames(FieldNames(head.AsSpan(start))) is { } format) return format;
            int end = head.AsSpan(start).IndexOf((byte)'\n');
            if (end < 0) break;
            start += end + 1;
        }
        throw Unknown(file, "JSON whose objects have none of properties, names, name, entity_id");
    }

    private static ListFormat? OfNames(HashSet<string> names)
    {
        if (names.Contains("entity_id") || names.Contains("_embedded") || names.Contains("notices")) return ListFormat.Notices;
        if (names.Contains("properties")) return ListFormat.FollowTheMoney;
        return names.Contains("names") || names.Contains("name") ? ListFormat.Corpus : null;
    }

    private static HashSet<string> FieldNames(ReadOnlySpan<byte> json)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            var reader = new Utf8JsonReader(json, isFinalBlock: false, new JsonReaderState(new() { MaxDepth = JsonText.DepthMax }));
            while (reader.Read() && names.Count < 200)
            {
                if (reader.TokenType is JsonTokenType.PropertyName && reader.CurrentDepth <= 2 && reader.ValueSpan.Length < 100)
                    names.Add(reader.ValueIsEscaped ? "" : System.Text.Encoding.UTF8.GetString(reader.ValueSpan));
                if (reader.TokenType is JsonTokenType.EndObject && reader.CurrentDepth == 0) break;
            }
        }
        catch (JsonException)
        {
            // A broken row is the reader's business; what was seen before it decides.
        }
        return names;
    }

    private static ListFileException Unknown(ListFile file, string found) =>
        new(ListCodes.UnknownLayout, $"The file {file.Name} is of no layout that can be read: {found}.", file.Name);

    private static byte[] Head(ListFile file)
    {
        using var input = ListInput.Open(file, asText: true);
        byte[] head = new byte[HeadBytes];
        int n = input.Content.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        return head[..n];
    }

    private static char FirstChar(byte[] head)
    {
        var text = head.AsSpan().TrimStart(" \t\r\n"u8);
        return text.IsEmpty ? '\0' : (char)text[0];
    }
}
