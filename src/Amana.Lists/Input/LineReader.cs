namespace Amana.Lists.Input;

/// <summary>Cuts a stream of UTF-8 into lines. A line over the maximum is passed over and never held.</summary>
/// <remarks>Memory: one buffer, at most <see cref="LineBytesMax"/> and a read ahead.</remarks>
internal sealed class LineReader(Stream stream)
{
    /// <summary>16 MiB: forty times the longest entity that OpenSanctions publishes.</summary>
    public const int LineBytesMax = 16 * 1024 * 1024;
    private const int ReadBytes = 64 * 1024;

    private byte[] _buffer = new byte[2 * ReadBytes];
    private int _start;
    private int _end;
    private bool _streamEnded;

    /// <summary>Number of the line last read, from 1.</summary>
    public long Line { get; private set; }
    /// <summary>The line last read was over the maximum: what was given is only its beginning.</summary>
    public bool TooLong { get; private set; }
    /// <summary>The line last read was ended by a line end and not by the end of the file.</summary>
    public bool Ended { get; private set; }

    /// <summary>The next line without its line end (LF or CR LF); valid until the next call.</summary>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        int searched = _start;
        while (true)
        {
            int at = _buffer.AsSpan(searched, _end - searched).IndexOf((byte)'\n');
            if (at >= 0) { line = Take(searched + at, ended: true); return true; }
            searched = _end;
            if (_streamEnded)
            {
                if (_start == _end) { line = default; return false; }
                line = Take(_end, ended: false);
                return true;
            }
            if (_end - _start > LineBytesMax) { line = PassOver(); return true; }
            searched -= Fill();
        }
    }

    private ReadOnlySpan<byte> Take(int to, bool ended)
    {
        var line = _buffer.AsSpan(_start, to - _start);
        _start = ended ? to + 1 : to;
        Line++;
        (TooLong, Ended) = (false, ended);
        return line.Length > 0 && line[^1] == '\r' ? line[..^1] : line;
    }

    // Reads more, making room first. Returns by how much what is in the buffer was moved to the front.
    private int Fill()
    {
        int moved = 0;
        if (_buffer.Length - _end < ReadBytes)
        {
            int kept = _end - _start;
            var target = kept + ReadBytes > _buffer.Length ? new byte[_buffer.Length * 2] : _buffer;
            _buffer.AsSpan(_start, kept).CopyTo(target);
            moved = _start;
            (_buffer, _start, _end) = (target, 0, kept);
        }
        int n = stream.Read(_buffer.AsSpan(_end, ReadBytes));
        _end += n;
        _streamEnded = n == 0;
        return moved;
    }

    private byte[] PassOver()
    {
        byte[] excerpt = _buffer.AsSpan(_start, RejectedRows.ExcerptChars).ToArray();
        _buffer = new byte[2 * ReadBytes];
        (_start, _end) = (0, 0);
        Ended = false;
        while (!_streamEnded && !Ended)
        {
            int n = stream.Read(_buffer.AsSpan(0, ReadBytes));
            _streamEnded = n == 0;
            int at = _buffer.AsSpan(0, n).IndexOf((byte)'\n');
            if (at >= 0) (_start, _end, Ended) = (at + 1, n, true);
        }
        Line++;
        TooLong = true;
        return excerpt;
    }
}
