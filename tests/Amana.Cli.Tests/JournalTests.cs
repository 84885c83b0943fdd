using Amana.Sealing.Logs;
using Amana.Sealing.Notes;
using Amana.Tests.Shared;

namespace Amana.Cli.Tests;

public class JournalTests(Scratch files) : IClassFixture<Scratch>
{
    private static readonly NoteSigner Signer = NoteSigner.Of("journal.utopia.example", NoteAlgorithm.Ed25519, NoteSigner.NewSeed());

    [Fact]
    public async Task A_good_journal_is_proved()
    {
        string folder = await MakeAsync("good", 300);
        var called = await Called.WithAsync("journal", "verify", folder, "--key", Signer.Verifier.ToString());
        called.Code.ShouldBe(0, called.Error);
        called.Out.ShouldStartWith("proved entries=300 root=");
        string key = files.Write("journal.vkey", Signer.Verifier + "\n");
        (await Called.WithAsync("journal", "verify", folder, "--key", key)).Code.ShouldBe(0);
    }

    [Fact]
    public async Task The_first_bad_entry_is_on_the_last_line()
    {
        string folder = await MakeAsync("bad", 300);
        string bundle = Path.Combine(folder, "tile/entries/001.p/44");
        byte[] bytes = await File.ReadAllBytesAsync(bundle, TestContext.Current.CancellationToken);
        bytes[2] ^= 1;
        await File.WriteAllBytesAsync(bundle, bytes, TestContext.Current.CancellationToken);
        var called = await Called.WithAsync("journal", "verify", folder, "--key", Signer.Verifier.ToString());
        (called.Code, called.Lines[^1]).ShouldBe((2, "256"));
        called.Lines[0].ShouldContain("an entry is not the one that was signed");
    }

    [Fact]
    public async Task A_kept_checkpoint_that_is_forged_or_of_a_longer_journal_is_two()
    {
        string folder = await MakeAsync("cut", 100);
        string longer = Path.Combine(await MakeAsync("longer", 120), "checkpoint");
        var cut = await Called.WithAsync("journal", "verify", folder, "--key", Signer.Verifier.ToString(), "--since", longer);
        (cut.Code, cut.Lines[^1]).ShouldBe((2, "100"));
        byte[] forged = await File.ReadAllBytesAsync(longer, TestContext.Current.CancellationToken);
        forged[^8] ^= 2;
        (await Called.WithAsync("journal", "verify", folder, "--key", Signer.Verifier.ToString(), "--since", files.Write("forged", forged))).Code.ShouldBe(2);
        (await Called.WithAsync("journal", "verify", folder, "--key", Signer.Verifier.ToString(), "--since", Path.Combine(folder, "checkpoint"))).Code.ShouldBe(0);
    }

    [Fact]
    public async Task One_entry_is_proved_from_its_file_alone_and_a_witness_that_did_not_sign_is_missed()
    {
        string folder = files.Path("one");
        byte[] salt = ActCommitment.NewSalt(), rest = "[\"63900000000000000\",\"person:7\",\"hit.decided\",\"HIT-1\",null,null,null]"u8.ToArray();
        byte[] act = new LoggedAct(DateTimeOffset.UnixEpoch, "kQ7w", "hit.decided", ActCommitment.Of(ActOpening.Label, salt, rest)).ToBytes();
        var log = await LogFolder.OpenAsync(folder, 0, TestContext.Current.CancellationToken);
        log.Append(["first"u8.ToArray(), act, "third"u8.ToArray()]);
        var checkpoint = new Checkpoint(Signer.Verifier.Name, log.Size, log.Root);
        var note = SignedNote.Of(checkpoint.ToString(), Signer.Sign(checkpoint.ToString(), DateTimeOffset.UnixEpoch));
        var hashes = await new TileTree(new TileFolder(folder), 3).InclusionAsync(1, TestContext.Current.CancellationToken);
        string file = files.Write("entry.tlog-proof", new EntryProof(1, new ActOpening(act, salt, rest).ToBytes(), hashes, note).ToBytes());

        var called = await Called.WithAsync("journal", "verify", file, "--key", Signer.Verifier.ToString());
        called.Code.ShouldBe(0, called.Out + called.Error);
        called.Lines[0].ShouldStartWith("proved entry=1 of=3 root=");
        called.Lines.ShouldContain("who=person:7");
        called.Lines.ShouldContain("on=HIT-1");

        var stranger = NoteSigner.Of("bureau-b.example", NoteAlgorithm.Cosignature, NoteSigner.NewSeed()).Verifier;
        called = await Called.WithAsync("journal", "verify", file, "--key", Signer.Verifier.ToString(), "--witness", stranger.ToString());
        (called.Code, called.Lines[0]).ShouldBe((2, "not proved: the witness bureau-b.example has not signed the checkpoint"));
        string other = files.Write("other.tlog-proof", new EntryProof(1, new ActOpening(act, salt, "[]"u8.ToArray()).ToBytes(), hashes, note).ToBytes());
        (await Called.WithAsync("journal", "verify", other, "--key", Signer.Verifier.ToString())).Lines[0].ShouldContain("not what it committed to");
        (await Called.WithAsync("journal", "verify", files.Write("none.tlog-proof", "nothing"), "--key", Signer.Verifier.ToString())).Code.ShouldBe(2);
    }

    [Fact]
    public async Task Wrong_use_is_one_and_a_server_that_is_not_there_is_four()
    {
        string folder = await MakeAsync("use", 3);
        (await Called.WithAsync("journal", "verify", folder, "--key", "no+key")).Code.ShouldBe(1);
        (await Called.WithAsync("journal", "verify", folder)).Code.ShouldBe(1);
        (await Called.WithAsync("journal", "verify", files.Path("nowhere"), "--key", Signer.Verifier.ToString())).Code.ShouldBe(1);
        (await Called.WithAsync("journal", "verify", "ftp://127.0.0.1", "--key", Signer.Verifier.ToString())).Code.ShouldBe(1);
        var called = await Called.WithAsync("journal", "verify", "http://127.0.0.1:1/journal", "--key", Signer.Verifier.ToString());
        called.Code.ShouldBe(4);
        called.Error.ShouldContain("does not answer");
    }

    [Fact]
    public async Task An_empty_folder_proves_nothing()
    {
        Directory.CreateDirectory(files.Path("empty"));
        var called = await Called.WithAsync("journal", "verify", files.Path("empty"), "--key", Signer.Verifier.ToString());
        (called.Code, called.Lines[^1]).ShouldBe((2, "0"));
    }

    [Fact]
    public async Task The_journal_of_a_running_server_is_proved_over_http_and_grows_from_what_it_was()
    {
        await using var server = await ServerProcess.StartAsync(demo: true);
        string key = Path.Combine(server.DataFolder, "journal.vkey");
        string address = server.Address.ToString();
        var first = await ProvedAsync(() => Called.WithAsync("journal", "verify", address, "--key", key));
        using var client = new HttpClient();
        string since = files.Write("since", await client.GetByteArrayAsync(new Uri(server.Address, "journal/checkpoint"), TestContext.Current.CancellationToken));
        await server.TokenAsync("screen"); // an act
        var grown = await ProvedAsync(() => Called.WithAsync("journal", "verify", address + "journal/", "--key", key, "--since", since), unlike: first.Out);
        grown.Out.ShouldNotBe(first.Out);
    }

    private static async Task<Called> ProvedAsync(Func<Task<Called>> call, string? unlike = null)
    {
        for (int tries = 0; ; tries++)
        {
            var called = await call();
            if ((called.Code == 0 && called.Out != unlike) || tries == 600) return called.Code == 0 ? called : throw new InvalidOperationException(called.Out + called.Error);
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    private async Task<string> MakeAsync(string name, int size)
    {
        var log = await LogFolder.OpenAsync(files.Path(name), 0, TestContext.Current.CancellationToken);
        log.Append([.. Enumerable.Range(0, size).Select(i => new LoggedAct(DateTimeOffset.UnixEpoch.AddSeconds(i), "w", "specimen.happened", new byte[32]).ToBytes())]);
        string text = new Checkpoint(Signer.Verifier.Name, log.Size, log.Root).ToString();
        log.WriteCheckpoint(SignedNote.Of(text, Signer.Sign(text, DateTimeOffset.UnixEpoch)).ToBytes());
        return files.Path(name);
    }
}
