using System.Text;
using Amana.Sealing.Logs;
using Amana.Sealing.Notes;
using Amana.Sealing.Trees;

namespace Amana.Sealing.Tests.Logs;

public class EntryProofTests
{
    private static async Task<EntryProof> MakeAsync(SampleLog sample, int index, int size, byte[]? extra = null)
    {
        var hashes = await new TileTree(new TileFolder(sample.Folder), size).InclusionAsync(index, TestContext.Current.CancellationToken);
        SignedNote.TryParse(sample.Files()["checkpoint"], out var note).ShouldBeTrue();
        return new(index, extra ?? [], hashes, note!);
    }

    [Fact]
    public async Task Every_entry_of_a_log_is_proved_by_its_own_file_and_by_no_other()
    {
        const int Size = 300;
        using var sample = new SampleLog();
        await sample.GrowAsync(0, Size, TestContext.Current.CancellationToken);
        for (int i = 0; i < Size; i++)
        {
            byte[] file = (await MakeAsync(sample, i, Size, Encoding.UTF8.GetBytes($"entry {i}"))).ToBytes();
            EntryProof.TryParse(file, out var read).ShouldBeTrue();
            read!.Proves(SampleLog.Entry(i), sample.Key, out var checkpoint).ShouldBeTrue();
            (checkpoint!.Size, Encoding.UTF8.GetString(read.Extra.Span)).ShouldBe((Size, $"entry {i}"));
            read.Proves(SampleLog.Entry(i + 1), sample.Key, out _).ShouldBeFalse();
            (read with { Index = (i + 1) % Size }).Proves(SampleLog.Entry(i), sample.Key, out _).ShouldBeFalse();
        }
    }

    [Fact]
    public async Task The_file_has_the_form_of_the_specification()
    {
        using var sample = new SampleLog();
        await sample.GrowAsync(0, 4, TestContext.Current.CancellationToken);
        string[] lines = Encoding.UTF8.GetString((await MakeAsync(sample, 2, 4, [1, 2, 3])).ToBytes()).Split('\n');
        lines[..3].ShouldBe(["c2sp.org/tlog-proof@v1", "extra AQID", "index 2"]);
        lines[3].ShouldBe(TreeHash.OfLeaf(SampleLog.Entry(3)).ToString());
        lines[5].ShouldBeEmpty();
        lines[6].ShouldBe(sample.Key.Name);
    }

    [Fact]
    public async Task No_altered_byte_of_a_proof_still_proves()
    {
        using var sample = new SampleLog();
        await sample.GrowAsync(0, 77, TestContext.Current.CancellationToken);
        byte[] good = (await MakeAsync(sample, 33, 77)).ToBytes();
        int proved = 0;
        for (int at = 0; at < good.Length; at++)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                byte[] altered = [.. good];
                altered[at] ^= (byte)(1 << bit);
                if (EntryProof.TryParse(altered, out var read) && read!.Proves(SampleLog.Entry(33), sample.Key, out _)) proved++;
            }
        }

        proved.ShouldBe(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("c2sp.org/tlog-proof@v1")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 0\n\n")]
    [InlineData("c2sp.org/tlog-proof@v2\nindex 0\n\nlog\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n— log AAAAAA==\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nindex 00\n\nlog\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n— log AAAAAA==\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nextra \nindex 0\n\nlog\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n— log AAAAAA==\n")]
    public void What_is_no_proof_is_refused(string text) => EntryProof.TryParse(Encoding.UTF8.GetBytes(text), out _).ShouldBeFalse();

    [Fact]
    public void An_opening_is_believed_only_when_the_entry_committed_to_it()
    {
        byte[] salt = ActCommitment.NewSalt(), rest = "[\"1\",\"person:x\"]"u8.ToArray();
        var act = new LoggedAct(DateTimeOffset.UnixEpoch, "kQ7w", "hit.decided", ActCommitment.Of(ActOpening.Label, salt, rest));
        byte[] bytes = new ActOpening(act.ToBytes(), salt, rest).ToBytes();
        ActOpening.TryParse(bytes, out var opening).ShouldBeTrue();
        opening!.Opened()!.What.ShouldBe("hit.decided");
        (opening with { Rest = "[\"1\",\"person:y\"]"u8.ToArray() }).Opened().ShouldBeNull();
        (opening with { Salt = ActCommitment.NewSalt() }).Opened().ShouldBeNull();
        ActOpening.TryParse("no lines"u8, out _).ShouldBeFalse();
        ActOpening.TryParse("a\nAAAA\nb"u8, out _).ShouldBeFalse("the salt is too short");
    }
}
