using System.IO.Pipelines;
using Amana.Server.Screening;

namespace Amana.Server.Tests.Screening;

public sealed class AnswerSpoolTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("amana-spool-").FullName;

    [Fact]
    public async Task Answers_wait_in_order_beyond_memory_for_a_client_that_does_not_read_yet()
    {
        await using var spool = new AnswerSpool(_folder);
        byte[] block = new byte[1 << 20];
        for (int i = 0; i < 24; i++)
        {
            byte[] copy = [.. block];
            copy.AsSpan().Fill((byte)i);
            await spool.WriteAsync(copy, default).WaitAsync(TimeSpan.FromSeconds(10));
        }
        spool.End();
        var sent = new MemoryStream();
        await spool.SendAsync(sent, default);
        byte[] all = sent.ToArray();
        all.Length.ShouldBe(24 << 20);
        for (int i = 0; i < 24; i++) all.AsSpan(i << 20, 1 << 20).IndexOfAnyExcept((byte)i).ShouldBe(-1);
    }

    [Fact]
    public async Task What_waits_on_the_disk_is_sealed_whatever_the_size_of_the_answers()
    {
        await using var spool = new AnswerSpool(_folder);
        byte[] line = "{\"name\":\"Vexxolumbra\"}\n"u8.ToArray();
        using var wanted = new MemoryStream();
        foreach (int lines in (int[])[1, 300_000, 1, 7_000, 90_000])
        {
            byte[] answer = new byte[lines * line.Length];
            for (int i = 0; i < lines; i++) line.CopyTo(answer, i * line.Length);
            wanted.Write(answer);
            await spool.WriteAsync(answer, TestContext.Current.CancellationToken);
        }

        byte[] file = await ReadAsync(Directory.GetFiles(_folder).ShouldHaveSingleItem());
        file.Length.ShouldBeGreaterThan(1 << 20);
        file.AsSpan().IndexOf("Vexxolumbra"u8).ShouldBe(-1);
        spool.End();
        using var sent = new MemoryStream();
        await spool.SendAsync(sent, TestContext.Current.CancellationToken);
        sent.ToArray().AsSpan().SequenceEqual(wanted.ToArray()).ShouldBeTrue();

        static async Task<byte[]> ReadAsync(string path)
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            byte[] all = new byte[file.Length];
            await file.ReadExactlyAsync(all, TestContext.Current.CancellationToken);
            return all;
        }
    }

    [Fact]
    public async Task Whoever_writes_waits_when_the_file_is_full_and_goes_on_when_the_client_reads()
    {
        await using var spool = new AnswerSpool(_folder);
        byte[] block = new byte[32 << 20];
        int written = 0;
        var writing = Task.Run(async () =>
        {
            for (; written < 12; written++) await spool.WriteAsync(block, default);
            spool.End();
        });
        await Task.Delay(1500);
        writing.IsCompleted.ShouldBeFalse();
        written.ShouldBeLessThan(12);
        long sent = 0;
        var pipe = new Pipe();
        var counting = Task.Run(async () =>
        {
            while (true)
            {
                var read = await pipe.Reader.ReadAsync();
                sent += read.Buffer.Length;
                pipe.Reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted) return;
            }
        });
        await spool.SendAsync(pipe.Writer.AsStream(), default);
        await pipe.Writer.CompleteAsync();
        await writing;
        await counting;
        sent.ShouldBe(12L * block.Length);
    }

    [Fact]
    public async Task Nothing_stays_on_the_disk()
    {
        await using (var spool = new AnswerSpool(_folder))
        {
            for (int i = 0; i < 8; i++) await spool.WriteAsync(new byte[1 << 20], default);
            Directory.GetFiles(_folder).Length.ShouldBe(1);
        }
        Directory.GetFiles(_folder).ShouldBeEmpty();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
