using System.IO.Pipelines;
using System.Text;
using Amana.Lists.Questions;
using Amana.Server.Screening;

namespace Amana.Server.Tests.Screening;

public class LineChunksTests
{
    [Theory]
    [InlineData("a\nb\nc\n", "1:a 2:b 3:c")]
    [InlineData("a\nb\nc", "1:a 2:b 3:c")]
    [InlineData("a\r\n\r\n \nb\r\n", "1:a 4:b")]
    [InlineData("\uFEFFa\nb", "1:a 2:b")]
    [InlineData("", "")]
    [InlineData("\n\n", "")]
    public async Task Lines_are_cut_and_numbered_and_blank_ones_ask_nothing(string text, string expected)
    {
        var lines = await ReadAllAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)));
        string.Join(' ', lines.Select(l => $"{l.Number}:{Encoding.UTF8.GetString(l.Bytes.Span)}")).ShouldBe(expected);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_line_that_is_too_long_is_skipped_in_its_place_and_the_rest_goes_on(int times)
    {
        string text = "a\n" + new string('x', times * (QuestionJson.LineBytesMax + 1)) + "\nb\n";
        var lines = await ReadAllAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)));
        lines.Select(l => (l.Number, l.TooLong)).ShouldBe([(1, false), (2, true), (3, false)]);
        lines[1].Bytes.Length.ShouldBe(0);
    }

    [Fact]
    public async Task A_line_that_never_ends_is_one_line_that_is_too_long()
    {
        var lines = await ReadAllAsync(new MemoryStream(new byte[(5 * QuestionJson.LineBytesMax) + 7]));
        lines.ShouldHaveSingleItem().TooLong.ShouldBeTrue();
    }

    [Fact]
    public async Task One_line_sent_alone_is_given_on_at_once()
    {
        var pipe = new Pipe();
        var chunks = new LineChunks(pipe.Reader.AsStream());
        var first = chunks.NextAsync(default);
        await pipe.Writer.WriteAsync("one\ntw"u8.ToArray());
        (await first.WaitAsync(TimeSpan.FromSeconds(10)))!.Lines.Count.ShouldBe(1);
        var second = chunks.NextAsync(default);
        await pipe.Writer.WriteAsync("o\n"u8.ToArray());
        var (number, bytes, _) = (await second.WaitAsync(TimeSpan.FromSeconds(10)))!.Lines.ShouldHaveSingleItem();
        (number, Encoding.UTF8.GetString(bytes.Span)).ShouldBe((2, "two"));
        await pipe.Writer.CompleteAsync();
        (await chunks.NextAsync(default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_chunk_is_bounded()
    {
        var chunks = new LineChunks(new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("a\n", 1_000)))));
        (await chunks.NextAsync(default))!.Lines.Count.ShouldBe(LineChunks.LinesMax);
    }

    private static async Task<List<(long Number, ReadOnlyMemory<byte> Bytes, bool TooLong)>> ReadAllAsync(Stream from)
    {
        var lines = new List<(long, ReadOnlyMemory<byte>, bool)>();
        var chunks = new LineChunks(from);
        while (await chunks.NextAsync(default) is { } chunk) lines.AddRange(chunk.Lines);
        return lines;
    }
}
