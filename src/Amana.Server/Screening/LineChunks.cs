using System.Buffers;
using System.IO.Pipelines;
using Amana.Lists.Questions;

namespace Amana.Server.Screening;

/// <summary>Some lines of a stream, at least one.</summary>
internal sealed record LineChunk(IReadOnlyList<(long Number, ReadOnlyMemory<byte> Bytes, bool TooLong)> Lines);

/// <summary>Cuts a stream into lines, and lines into chunks: as many as have come, so that one question sent alone is answered at once.</summary>
/// <remarks>Memory is bounded by the longest line that is taken; the rest of a longer one is skipped as it comes.</remarks>
internal sealed class LineChunks(Stream from)
{
    public const int LinesMax = 256;

    private readonly PipeReader _reader = PipeReader.Create(from, new StreamPipeReaderOptions(bufferSize: 64 << 10, leaveOpen: true));
    private long _number;
    private bool _skipping;
    private bool _first = true;

    /// <summary>The next chunk; null at the end.</summary>
    public async Task<LineChunk?> NextAsync(CancellationToken cancel)
    {
        while (true)
        {
            var read = await _reader.ReadAsync(cancel);
            var rest = read.Buffer;
            var lines = new List<(long, ReadOnlyMemory<byte>, bool)>();
            while (lines.Count < LinesMax && TryCut(ref rest, out var line)) Add(lines, line);
            if (lines.Count < LinesMax && read.IsCompleted && rest.Length > 0)
            {
                Add(lines, rest);
                rest = rest.Slice(rest.End);
            }
            if (rest.Length > QuestionJson.LineBytesMax)
            {
                // Longer than any question: its end is waited for, its bytes are not kept.
                _skipping = true;
                rest = rest.Slice(rest.End);
            }
            // With lines in hand, what is left is looked at again at once; without, only when more has come.
            _reader.AdvanceTo(rest.Start, lines.Count == 0 ? rest.End : rest.Start);
            if (lines.Count > 0) return new LineChunk(lines);
            if (read.IsCompleted)
            {
                await _reader.CompleteAsync();
                return _skipping ? EndOfLongLine() : null;
            }
        }
    }

    private LineChunk EndOfLongLine()
    {
        _skipping = false;
        return new LineChunk([(++_number, ReadOnlyMemory<byte>.Empty, true)]);
    }

    private static bool TryCut(ref ReadOnlySequence<byte> rest, out ReadOnlySequence<byte> line)
    {
        if (rest.PositionOf((byte)'\n') is not { } end)
        {
            line = default;
            return false;
        }
        line = rest.Slice(0, end);
        rest = rest.Slice(rest.GetPosition(1, end));
        return true;
    }

    private void Add(List<(long, ReadOnlyMemory<byte>, bool)> lines, ReadOnlySequence<byte> line)
    {
        _number++;
        bool tooLong = _skipping || line.Length > QuestionJson.LineBytesMax;
        _skipping = false;
        byte[] bytes = tooLong ? [] : line.ToArray();
        ReadOnlyMemory<byte> text = bytes;
        if (_first && text.Span.StartsWith("\uFEFF"u8)) text = text[3..];
        _first = false;
        if (text.Span.EndsWith("\r"u8)) text = text[..^1];
        // A blank line asks nothing and is answered by nothing.
        if (!tooLong && text.Span.Trim(" \t"u8).IsEmpty) return;
        lines.Add((_number, text, tooLong));
    }
}
