namespace Amana.Lists.Input;

/// <summary>Cuts JSON that is not one object a line into its objects: an array of any length, objects over several lines,
/// or both in a row.</summary>
/// <remarks>Memory: one object, at most <see cref="LineReader.LineBytesMax"/>; a longer one is passed over.</remarks>
internal sealed class JsonValues(Stream stream, string file)
{
    private const int ReadBytes = 64 * 1024;
    private byte[] _buffer = new byte[2 * ReadBytes];
    private int _at;
    private int _end;
    private int _arrays;
    private long _line = 1;

    /// <summary>The line on which the object last read begins.</summary>
    public long Line { get; private set; }
    public bool TooLong { get; private set; }

    /// <summary>The next object, or a piece that is none up to the next comma or line end. Valid until the next call.</summary>
    /// <exception cref="ListFileException">The file ends inside an object or an array.</exception>
    public bool TryRead(out ReadOnlySpan<byte> value)
    {
        while (Available())
        {
            byte c = _buffer[_at];
            if (c is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)',') _at++;
            else if (c == '\n') { _at++; _line++; }
            else if (c == '[') { _at++; _arrays++; }
            else if (c == ']' && _arrays > 0) { _at++; _arrays--; }
            else { value = c == '{' ? ReadObject() : ReadStray(); return true; }
        }
        if (_arrays > 0) throw Broken();
        value = default;
        return false;
    }

    private ReadOnlySpan<byte> ReadObject()
    {
        (Line, TooLong) = (_line, false);
        int start = _at, depth = 0;
        bool text = false;
        for (; ; _at++)
        {
            if (_at >= _end && !Refill(ref start)) throw Broken();
            byte c = _buffer[_at];
            if (c == '\n') _line++;
            if (text)
            {
                if (c == '\\') { _at++; if (_at >= _end && !Refill(ref start)) throw Broken(); }
                else if (c == '"') text = false;
            }
            else if (c == '"') text = true;
            else if (c is (byte)'{' or (byte)'[') depth++;
            else if (c is (byte)'}' or (byte)']' && --depth == 0) break;
        }
        _at++;
        return _buffer.AsSpan(start, _at - start);
    }

    private ReadOnlySpan<byte> ReadStray()
    {
        (Line, TooLong) = (_line, false);
        int start = _at;
        while ((_at < _end || Refill(ref start)) && _buffer[_at] is not ((byte)',' or (byte)'\n' or (byte)'{' or (byte)'[')) _at++;
        return _buffer.AsSpan(start, _at - start);
    }

    private bool Available()
    {
        int start = _at;
        return _at < _end || Refill(ref start);
    }

    // Keeps what begins at start and reads more behind it. Once it is over the limit, only its beginning is kept.
    private bool Refill(ref int start)
    {
        int kept = _at - start;
        if (kept > LineReader.LineBytesMax || TooLong)
        {
            TooLong = true;
            kept = Math.Min(kept, RejectedRows.ExcerptChars);
        }
        var target = kept + ReadBytes + 1 > _buffer.Length ? new byte[_buffer.Length * 2] : _buffer;
        _buffer.AsSpan(start, kept).CopyTo(target);
        (_buffer, start, _at) = (target, 0, kept);
        int n = stream.Read(_buffer.AsSpan(_at, ReadBytes));
        _end = _at + n;
        return n > 0;
    }

    private ListFileException Broken() =>
        new(ListCodes.JsonBroken, $"The file {file} breaks off inside an object or array that began on line {Line}.", file, _line);
}
