using System.IO.Compression;

namespace Amana.Lists.Input;

/// <summary>Reads gzip, several members in a row included, and notices when the file breaks off.</summary>
/// <remarks>The framework's own stream ends without a word when its input does. The last four bytes of a whole
/// file are the length of its last member (RFC 1952, 2.3.1), and that member begins where some read ended, so the
/// length must lead back to one of those places. A cut passes by chance once in some ten thousand files of 10 GB,
/// never in small ones. Broken content inside a member is found by the framework through its check sum.</remarks>
internal sealed class CheckedGzip(TailStream raw, string file) : ForwardStream
{
    private readonly GZipStream _gzip = new(raw, CompressionMode.Decompress);
    private readonly HashSet<uint> _starts = [0];
    private long _total;

    public override int Read(Span<byte> buffer)
    {
        try
        {
            int n = _gzip.Read(buffer);
            if (n == 0 && buffer.Length > 0) CheckEnd();
            _total += n;
            _starts.Add((uint)_total);
            return n;
        }
        catch (InvalidDataException)
        {
            throw Broken("is not valid gzip from some point on");
        }
    }

    private void CheckEnd()
    {
        if (!_starts.Contains((uint)_total - raw.LastFour)) throw Broken("breaks off before its end");
    }

    private ListFileException Broken(string how) =>
        new(ListCodes.GzipBroken, $"The compressed file {file} {how}. Fetch it again.", file);

    protected override void Dispose(bool disposing)
    {
        if (disposing) _gzip.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>Passes a file's bytes on, counts them and remembers the last four.</summary>
internal sealed class TailStream(Stream inner) : ForwardStream
{
    public long Bytes { get; private set; }
    /// <summary>The last four bytes so far, little-endian.</summary>
    public uint LastFour { get; private set; }

    public override int Read(Span<byte> buffer)
    {
        int n = inner.Read(buffer);
        Bytes += n;
        foreach (byte b in buffer[Math.Max(0, n - 4)..n]) LastFour = (LastFour >> 8) | ((uint)b << 24);
        return n;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>A stream that is only read, from front to back.</summary>
internal abstract class ForwardStream : Stream
{
    public sealed override bool CanRead => true;
    public sealed override bool CanSeek => false;
    public sealed override bool CanWrite => false;
    public sealed override long Length => throw new NotSupportedException();
    public sealed override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    public abstract override int Read(Span<byte> buffer);
    public sealed override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
    public sealed override void Flush() { }
    public sealed override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public sealed override void SetLength(long value) => throw new NotSupportedException();
    public sealed override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
