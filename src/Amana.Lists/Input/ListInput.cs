using System.Text;

namespace Amana.Lists.Input;

/// <summary>One file of a list, opened: gzip taken off, text turned into UTF-8 where its byte order mark says otherwise.</summary>
internal sealed class ListInput : IDisposable
{
    private const int HeadBytes = 16 * 1024;
    private const int MarkBytes = 4;
    private readonly TailStream _raw;

    private ListInput(ListFile file, TailStream raw, Stream content)
    {
        File = file;
        _raw = raw;
        Content = content;
    }

    public ListFile File { get; }
    public Stream Content { get; }
    /// <summary>Bytes read of the file as it lies on disk.</summary>
    public long RawBytes => _raw.Bytes;

    /// <summary>The first bytes of the text, to the end of its first line at least when that is near, and a stream of all
    /// of it. From a pipe that gives little at a time, no more is waited for.</summary>
    public (byte[] Start, Stream Whole) PeekText()
    {
        byte[] head = new byte[HeadBytes];
        int n = 0;
        while (n < head.Length && !head.AsSpan(0, n).Contains((byte)'\n'))
        {
            int more = Content.Read(head.AsSpan(n));
            if (more == 0) break;
            n += more;
        }
        return (head[..n], new HeadStream(head.AsMemory(0, n), Content));
    }

    /// <param name="asText">True: UTF-16 becomes UTF-8 and byte order marks are dropped. False: for XML, which declares its own.</param>
    /// <exception cref="ListFileException">Empty, broken gzip, or a text encoding that cannot be told.</exception>
    public static ListInput Open(ListFile file, bool asText)
    {
        var raw = new TailStream(file.Open());
        try
        {
            var (head, stream) = Peek(raw);
            if (head.Length >= 2 && head.Span[0] == 0x1F && head.Span[1] == 0x8B)
                (head, stream) = Peek(new CheckedGzip(new TailStream(stream), file.Name));
            if (head.IsEmpty) throw new ListFileException(ListCodes.Empty, $"The file {file.Name} is empty.", file.Name);
            return new ListInput(file, raw, asText ? ToUtf8(head.Span, stream, file.Name) : stream);
        }
        catch
        {
            raw.Dispose();
            throw;
        }
    }

    private static (ReadOnlyMemory<byte> Head, Stream Whole) Peek(Stream stream)
    {
        byte[] head = new byte[HeadBytes];
        int n = stream.ReadAtLeast(head, MarkBytes, throwOnEndOfStream: false); // whoever types or pipes is not made to send more first
        return (head.AsMemory(0, n), new HeadStream(head.AsMemory(0, n), stream));
    }

    private static Stream ToUtf8(ReadOnlySpan<byte> head, Stream whole, string file)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE, 0, 0]) || head.StartsWith((ReadOnlySpan<byte>)[0, 0, 0xFE, 0xFF]))
            throw Encoding(file, "UTF-32");
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])) return Transcoded(whole, bigEndian: false);
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) return Transcoded(whole, bigEndian: true);
        if (LooksLikeUtf16(head)) throw Encoding(file, "UTF-16 without a byte order mark");
        if (head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) whole.ReadExactly(stackalloc byte[3]);
        return whole;
    }

    private static Stream Transcoded(Stream whole, bool bigEndian)
    {
        whole.ReadExactly(stackalloc byte[2]);
        return System.Text.Encoding.CreateTranscodingStream(whole, new UnicodeEncoding(bigEndian, byteOrderMark: false),
            new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }

    // Lists begin with ASCII (a bracket, a column head, a number), so in UTF-16 every other byte is zero.
    private static bool LooksLikeUtf16(ReadOnlySpan<byte> head)
    {
        if (head.Length < 4) return false;
        return (head[0] == 0 && head[1] != 0 && head[2] == 0 && head[3] != 0)
            || (head[0] != 0 && head[1] == 0 && head[2] != 0 && head[3] == 0);
    }

    private static ListFileException Encoding(string file, string found) =>
        new(ListCodes.Encoding, $"The file {file} is {found}. Save it as UTF-8.", file);

    public void Dispose() => Content.Dispose();

    private sealed class HeadStream(ReadOnlyMemory<byte> head, Stream rest) : ForwardStream
    {
        private ReadOnlyMemory<byte> _head = head;

        public override int Read(Span<byte> buffer)
        {
            if (_head.IsEmpty) return rest.Read(buffer);
            int n = Math.Min(buffer.Length, _head.Length);
            _head.Span[..n].CopyTo(buffer);
            _head = _head[n..];
            return n;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) rest.Dispose();
            base.Dispose(disposing);
        }
    }
}
