using System.Text.Json;

namespace Amana.Lists.Input;

/// <summary>The JSON objects of a file, whichever way they are laid out: one a line, or an array, or over several lines.</summary>
internal sealed class JsonRows
{
    private const int LinesAsked = 5;
    private readonly LineReader? _lines;
    private readonly JsonValues? _values;

    private JsonRows(LineReader? lines, JsonValues? values) => (_lines, _values) = (lines, values);

    /// <summary>One object a line when one of the first lines is a whole object, or has no end in sight; otherwise an array or
    /// objects over several lines. Line by line, one broken row spoils no other.</summary>
    public static JsonRows Of(ListFile file, ListInput input)
    {
        var (start, content) = input.PeekText();
        return IsOneALine(start) ? new JsonRows(new LineReader(content), null) : new JsonRows(null, new JsonValues(content, file.Name));
    }

    private static bool IsOneALine(ReadOnlySpan<byte> start)
    {
        var rest = start.TrimStart(" \t\r\n"u8);
        if (rest.StartsWith("["u8)) return false;
        for (int i = 0; i < LinesAsked && !rest.IsEmpty; i++)
        {
            int end = rest.IndexOf((byte)'\n');
            if (end < 0) return i == 0 || IsWhole(rest);
            if (IsWhole(rest[..end])) return true;
            rest = rest[(end + 1)..];
        }
        return false;
    }

    private static bool IsWhole(ReadOnlySpan<byte> line)
    {
        if (!line.TrimStart(" \t\r"u8).StartsWith("{"u8)) return false;
        try
        {
            var reader = JsonText.Reader(line);
            while (reader.Read()) { }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The next row; empty when the line is blank or was set aside as too long.</summary>
    public bool TryRead(ListRun run, out ReadOnlySpan<byte> row)
    {
        bool any = _lines is not null ? _lines.TryRead(out row) : _values!.TryRead(out row);
        if (!any) return false;
        run.At(_lines?.Line ?? _values!.Line);
        if (_lines?.TooLong ?? _values!.TooLong)
        {
            run.Rejected.Row(ListCodes.RowTooLong, $"The row is longer than {LineReader.LineBytesMax / 1024 / 1024} MiB.", row);
            row = default;
        }
        if (row.TrimStart(" \t\r"u8).IsEmpty) row = default;
        return true;
    }
}
