using System.Buffers;
using System.Diagnostics;
using System.Threading.Channels;
using Amana.Lists.Questions;
using Amana.Matching;

namespace Amana.Cli.Screening;

/// <summary>Counts of one run.</summary>
internal sealed class RunFigures
{
    public long Questions { get; set; }
    public long Unread { get; set; }
    public TimeSpan Time { get; set; }
}

/// <summary>Asks questions on several threads and writes the answers in the order of the questions.</summary>
/// <remarks>Holds a bounded number of questions, however long the input is and however slowly the output is read.</remarks>
internal sealed class QuestionRun(MatchSet lists, AskOptions options, IAnswerFormat format, int threads)
{
    /// <summary>Batches read ahead for each thread.</summary>
    private const int BatchesAhead = 4;

    /// <param name="batchSize">1 where each answer should leave as soon as it can.</param>
    public async Task<RunFigures> RunAsync(IEnumerable<QuestionLine> questions, int batchSize, OutputStream output, CancellationToken cancel)
    {
        var figures = new RunFigures();
        var watch = Stopwatch.StartNew();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var batches = Channel.CreateBounded<Task<Batch>>(threads * BatchesAhead);
        var reading = Task.Run(() => ReadAsync(questions, batchSize, batches.Writer, ended.Token), CancellationToken.None);
        try
        {
            await WriteAsync(batches.Reader, output, figures, ended.Token);
        }
        finally
        {
            await ended.CancelAsync();
            await reading.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
        figures.Time = watch.Elapsed;
        return figures;
    }

    private sealed record Batch(ReadOnlyMemory<byte> Answers, int Questions, int Unread);

    private async Task ReadAsync(IEnumerable<QuestionLine> questions, int batchSize, ChannelWriter<Task<Batch>> batches, CancellationToken cancel)
    {
        Exception? end = null;
        using var free = new SemaphoreSlim(threads);
        var running = new List<Task>();
        try
        {
            foreach (var batch in questions.Chunk(batchSize))
            {
                await free.WaitAsync(cancel);
                running.RemoveAll(t => t.IsCompleted);
                var answered = Task.Run(() => Answer(batch, free), CancellationToken.None);
                running.Add(answered);
                await batches.WriteAsync(answered, cancel);
            }
        }
        catch (Exception failure) when (failure is not OutOfMemoryException) // goes to whoever reads the channel
        {
            end = failure;
        }
        batches.Complete(end);
        await Task.WhenAll(running).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private Batch Answer(QuestionLine[] questions, SemaphoreSlim free)
    {
        try
        {
            var bytes = new ArrayBufferWriter<byte>(questions.Length * 512);
            foreach (var question in questions)
            {
                long start = Stopwatch.GetTimestamp();
                var hits = question.Question is { } asked ? lists.Ask(asked, options) : [];
                format.Write(bytes, question, hits, Stopwatch.GetElapsedTime(start));
            }
            return new Batch(bytes.WrittenMemory, questions.Length, questions.Count(q => q.Error is not null));
        }
        finally
        {
            free.Release();
        }
    }

    private static async Task WriteAsync(ChannelReader<Task<Batch>> batches, OutputStream output, RunFigures figures, CancellationToken cancel)
    {
        while (await batches.WaitToReadAsync(cancel))
        {
            while (batches.TryRead(out var answered))
            {
                var batch = await answered;
                await output.WriteAsync(batch.Answers, cancel);
                figures.Questions += batch.Questions;
                figures.Unread += batch.Unread;
            }
            await output.FlushAsync(cancel);
        }
    }
}
