using System.Text;

namespace Amana.Lists.Input;

/// <summary>Rows of delimited text (RFC 4180), where a bad row is set aside and the next one is found again.</summary>
/// <remarks>A quote that is opened and not closed would swallow the rest of the file; here a row has at most
/// <see cref="RowLinesMax"/> lines and <see cref="RowCharsMax"/> characters, after which only its first line is set aside
/// and reading goes on with the second. Why not CsvHelper: docs/decisions/0020-csv-reader.md.</remarks>
internal sealed class CsvRows(ListRun run, LineReader lines, char delimiter)
{
    public const int RowLinesMax = 100;
    public const int RowCharsMax = 1024 * 1024;
    public const int FieldsMax = 2_000;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);
    private readonly LinkedList<(long Number, string Text)> _waiting = new();
    private readonly StringBuilder _field = new();

    /// <summary>Number of the row's first line.</summary>
    public long Line { get; private set; }
    /// <summary>The row as read.</summary>
    public string Text { get; private set; } = "";
    public List<string> Fields { get; } = [];

    public bool TryRead()
    {
        while (TryTakeLine(out var line))
        {
            if (line.Text.Length == 0 || line.Text == "\u001A") continue; // the Treasury's files end in a DOS end mark
            run.At(line.Number);
            (Line, Text) = line;
            if (TryParse(out string? fault)) return true;
            run.Rejected.Line = Line;
            run.Rejected.Row(ListCodes.CsvQuote, fault!, Text);
        }
        return false;
    }

    private enum State { FieldStart, Plain, Quoted, AfterQuote }

    private bool TryParse(out string? fault)
    {
        Fields.Clear();
        _field.Clear();
        fault = null;
        var taken = new List<(long, string)>();
        var state = State.FieldStart;
        string text = Text;
        while (true)
        {
            (state, fault) = ParseLine(text, state);
            if (fault is null && state is not State.Quoted)
            {
                Fields.Add(_field.ToString());
                if (taken.Count > 0) Text = Text + "\n" + string.Join('\n', taken.Select(t => t.Item2));
                return true;
            }
            fault ??= "A quote is opened and not closed.";
            bool hopeless = state is not State.Quoted || taken.Count >= RowLinesMax || _field.Length > RowCharsMax;
            if (hopeless || !TryTakeLine(out var next)) { GiveBack(taken); return false; }
            taken.Add(next);
            text = next.Text;
            _field.Append('\n');
        }
    }

    private (State, string? Fault) ParseLine(string text, State state)
    {
        foreach (char c in text)
        {
            switch (state)
            {
                case State.Quoted when c == '"': state = State.AfterQuote; break;
                case State.Quoted: _field.Append(c); break;
                case State.AfterQuote when c == '"': _field.Append('"'); state = State.Quoted; break;
                case State.FieldStart when c == '"': state = State.Quoted; break;
                case var _ when c == delimiter:
                    Fields.Add(_field.ToString());
                    _field.Clear();
                    state = State.FieldStart;
                    if (Fields.Count >= FieldsMax) return (State.Plain, $"The row has more than {FieldsMax} fields.");
                    break;
                case State.AfterQuote when c == ' ': break;
                case State.AfterQuote: return (State.Plain, "There is text after a closing quote.");
                default:
                    if (c == '"') return (State.Plain, "There is a quote inside a field that is not in quotes.");
                    _field.Append(c);
                    state = State.Plain;
                    break;
            }
        }
        return (state, null);
    }

    private void GiveBack(List<(long, string)> taken)
    {
        for (int i = taken.Count - 1; i >= 0; i--) _waiting.AddFirst(taken[i]);
    }

    private bool TryTakeLine(out (long Number, string Text) line)
    {
        if (_waiting.First is { } first)
        {
            line = first.Value;
            _waiting.RemoveFirst();
            return true;
        }
        while (lines.TryRead(out var bytes))
        {
            if (TryDecode(bytes, out string text)) { line = (lines.Line, text); return true; }
        }
        line = default;
        return false;
    }

    private bool TryDecode(ReadOnlySpan<byte> bytes, out string text)
    {
        text = "";
        run.Rejected.Line = lines.Line;
        if (lines.TooLong || bytes.Length > RowCharsMax * 4)
        {
            run.Rejected.Row(ListCodes.RowTooLong, $"The line is longer than {RowCharsMax / 1024 / 1024} MiB.", bytes);
            return false;
        }
        if (bytes.Contains((byte)0))
        {
            run.Rejected.Row(ListCodes.Nul, "The line holds NUL bytes.", bytes);
            return false;
        }
        try
        {
            text = Strict.GetString(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            run.Rejected.Row(ListCodes.InvalidUtf8, "The line is not valid UTF-8.", bytes);
            return false;
        }
    }
}
