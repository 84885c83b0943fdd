using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using System.Threading.Channels;
using Amana.Lists.Questions;
using Amana.Matching;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Watchlists;
using Amana.Vocabulary;
using Answer = Amana.Matching.Hit;

namespace Amana.Server.Screening;

/// <summary>Questions as a stream, a line each; answers in the same order, while questions still come.</summary>
internal sealed class ScreenStream(AmanaDb db, Gate gate, AskedBook book, ListShelf shelf, Instance instance)
{
    public sealed record Request
    {
        public ChoiceRequest Choice { get; init; } = new();
        public int Limit { get; init; } = ScreenOne.LimitDefault;
        public double Threshold { get; init; } = ScreenOne.ThresholdDefault;
        public bool Explain { get; init; } = true;
        public string? Purpose { get; init; }
    }

    /// <summary>Everything that can refuse the stream as a whole, before its first byte is read.</summary>
    public async Task<Result<Opened>> OpenAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (!(await gate.CheckAsync(caller, Right.Screen, request.Purpose, cancel)).Succeeded(out var purpose, out var refused)) return refused;
        if (ScreenOne.CheckOptions(request.Limit, request.Threshold) is { } wrong) return wrong;
        if (!Choice.Of(shelf, caller, request.Choice).Succeeded(out _, out var unknown)) return unknown;
        return new Opened(request, caller, purpose);
    }

    /// <summary>Reads, asks on all cores, journals chunk by chunk, sends. The lists are taken anew for each chunk.</summary>
    public async Task RunAsync(Opened opened, Stream from, Stream to, CancellationToken cancel)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await using var spool = new AnswerSpool(instance.Folder("spool"));
        var chunks = Channel.CreateBounded<Task<AskedChunk>>(new BoundedChannelOptions(Environment.ProcessorCount) { SingleReader = true, SingleWriter = true });
        Task[] parts =
        [
            EndWithAsync(ReadAsync(opened, from, chunks.Writer, over.Token), over, over.Token),
            EndWithAsync(JournalAsync(opened, chunks.Reader, spool, over.Token), over, over.Token),
            EndWithAsync(spool.SendAsync(to, over.Token), over, over.Token),
        ];
        await Task.WhenAll(parts);
    }

    // One part that fails ends the others; its own exception is the one that is seen.
    private static async Task EndWithAsync(Task part, CancellationTokenSource over, CancellationToken cancel)
    {
        try
        {
            await part;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            cancel.ThrowIfCancellationRequested();
        }
        finally
        {
            if (!part.IsCompletedSuccessfully) await over.CancelAsync();
        }
    }

    private async Task ReadAsync(Opened opened, Stream from, ChannelWriter<Task<AskedChunk>> chunks, CancellationToken cancel)
    {
        try
        {
            var lines = new LineChunks(from);
            while (await lines.NextAsync(cancel) is { } chunk)
            {
                if (!Choice.Of(shelf, opened.Caller, opened.Request.Choice).Succeeded(out var choice, out _)) choice = opened.LastChoice!;
                opened.LastChoice = choice;
                await chunks.WriteAsync(Task.Run(() => Ask(chunk, choice, opened.Request, cancel), cancel), cancel);
            }
        }
        finally
        {
            chunks.TryComplete();
        }
    }

    private async Task JournalAsync(Opened opened, ChannelReader<Task<AskedChunk>> chunks, AnswerSpool spool, CancellationToken cancel)
    {
        await foreach (var asking in chunks.ReadAllAsync(cancel))
        {
            var chunk = await asking;
            book.TakeChunk(opened.Caller, opened.Purpose, AskedVia.Stream, chunk.Choice, chunk.Counts, chunk.Sha256);
            await db.SaveChangesAsync(cancel); // the chunk and its journal entry, before its answers leave
            db.ChangeTracker.Clear();
            await spool.WriteAsync(chunk.Answers, cancel);
        }
        spool.End();
    }

    private static AskedChunk Ask(LineChunk chunk, Choice choice, Request request, CancellationToken cancel)
    {
        var buffer = new ArrayBufferWriter<byte>(16 << 10);
        using var json = new Utf8JsonWriter(buffer, AnswerLine.Options);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        int unreadable = 0, withAnswer = 0, answers = 0;
        var set = choice.Set;
        foreach (var (number, bytes, tooLong) in chunk.Lines)
        {
            cancel.ThrowIfCancellationRequested();
            hash.AppendData(bytes.Span);
            var line = tooLong ? new QuestionLine { Number = number, Error = QuestionNotes.TooLong } : QuestionJson.Read(bytes, number);
            IReadOnlyList<Answer> hits = [];
            if (line.Question is { } question)
            {
                hits = request.Limit == 0 ? [] : set.Ask(question, new AskOptions
                {
                    Limit = request.Limit, MinScore = request.Threshold, Explain = request.Explain, Admits = choice.Admits(line.Schema ?? Schemata.Thing),
                });
            }
            else unreadable++;
            if (hits.Count > 0) withAnswer++;
            answers += hits.Count;
            AnswerLine.Write(json, line, hits);
            json.Flush();
            json.Reset();
            buffer.Write("\n"u8);
        }
        return new AskedChunk(choice, new ChunkCounts(chunk.Lines[0].Number, chunk.Lines.Count, unreadable, withAnswer, answers),
            Convert.ToHexStringLower(hash.GetHashAndReset()), buffer.WrittenMemory);
    }

    /// <summary>A stream that was let in.</summary>
    public sealed class Opened(Request request, Caller caller, Purpose purpose)
    {
        public Request Request => request;
        public Caller Caller => caller;
        public Purpose Purpose => purpose;
        /// <summary>For the case that a named list is taken down while the stream runs: it ends with the version it had.</summary>
        public Choice? LastChoice { get; set; }
    }

    private sealed record AskedChunk(Choice Choice, ChunkCounts Counts, string Sha256, ReadOnlyMemory<byte> Answers);
}
