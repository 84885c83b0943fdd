using System.Security.Cryptography;
using System.Text;
using Amana.Sealing.Notes;
using Amana.Sealing.Trees;

namespace Amana.Sealing.Tests.Notes;

public class NoteTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Seed = SHA256.HashData("a seed for tests"u8);

    // The example of the specification (C2SP signed-note): a key, and a note that it signed.
    private const string PeterNeumannKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    private const string PeterNeumannNote =
        "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n" +
        "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    [Fact]
    public void The_note_of_the_specification_verifies_with_its_key()
    {
        NoteKey.TryParse(PeterNeumannKey, out var key).ShouldBeTrue();
        SignedNote.TryParse(Encoding.UTF8.GetBytes(PeterNeumannNote), out var note).ShouldBeTrue();
        note!.IsSignedBy(key!).ShouldBeTrue();
        note.ToString().ShouldBe(PeterNeumannNote);
        key!.ToString().ShouldBe(PeterNeumannKey);
    }

    [Fact]
    public void A_note_changed_in_any_byte_is_not_signed()
    {
        using var signer = NoteSigner.Of("journal.utopia.example", NoteAlgorithm.Ed25519, Seed);
        string text = new Checkpoint("journal.utopia.example", 7, TreeHash.OfLeaf([1])).ToString();
        byte[] bytes = SignedNote.Of(text, signer.Sign(text, Noon)).ToBytes();
        Opens(bytes, signer).ShouldBeTrue();
        for (int i = 0; i < bytes.Length; i++)
        {
            byte[] other = [.. bytes];
            other[i] ^= 1;
            Opens(other, signer).ShouldBeFalse($"byte {i}");
            Opens(bytes[..i], signer).ShouldBeFalse($"cut at {i}");
        }
    }

    [Fact]
    public void A_witness_signs_with_its_time_under_another_id()
    {
        using var log = NoteSigner.Of("journal.utopia.example", NoteAlgorithm.Ed25519, Seed);
        using var witness = NoteSigner.Of("witness.neighbour.example", NoteAlgorithm.Cosignature, NoteSigner.NewSeed());
        string text = new Checkpoint("journal.utopia.example", 7, TreeHash.OfLeaf([1])).ToString();
        var note = SignedNote.Of(text, log.Sign(text, Noon)).With(witness.Sign(text, Noon.AddMinutes(1)));
        SignedNote.TryParse(note.ToBytes(), out var read).ShouldBeTrue();
        read!.IsSignedBy(log.Verifier, out var plain).ShouldBeTrue();
        plain.ShouldBeNull();
        read.IsSignedBy(witness.Verifier, out var at).ShouldBeTrue();
        at.ShouldBe(Noon.AddMinutes(1));
        log.Verifier.AsWitness.Id.ShouldNotBe(log.Verifier.Id);
        read.IsSignedBy(log.Verifier.AsWitness).ShouldBeFalse();
    }

    [Fact]
    public void A_key_of_another_name_does_not_open_the_checkpoint_of_a_log()
    {
        using var other = NoteSigner.Of("journal.neighbour.example", NoteAlgorithm.Ed25519, Seed);
        string text = new Checkpoint("journal.utopia.example", 7, TreeHash.OfLeaf([1])).ToString();
        Checkpoint.TryOpen(SignedNote.Of(text, other.Sign(text, Noon)).ToBytes(), other.Verifier, out _, out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("name")]
    [InlineData("name+c74f20a3")]
    [InlineData("PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")] // id of another key
    [InlineData("PeterNeumanx+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10T")]
    [InlineData("PeterNeumann+c74f20a3+CRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")] // an algorithm nobody knows
    public void What_is_no_key_is_refused(string text) => NoteKey.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("origin\n07\nROOT\n")]
    [InlineData("origin\n-1\nROOT\n")]
    [InlineData("origin\n+1\nROOT\n")]
    [InlineData("origin\n9223372036854775808\nROOT\n")]
    [InlineData("\n7\nROOT\n")]
    [InlineData("origin\n7\nROOT")]
    [InlineData("origin\n7\nAAAA\n")]
    [InlineData("origin\n7\nROOT\n\n")]
    [InlineData("origin\n7\n")]
    public void What_is_no_checkpoint_is_refused(string text) =>
        Checkpoint.TryParse(text.Replace("ROOT", TreeHash.OfNothing.ToString(), StringComparison.Ordinal), out _).ShouldBeFalse();

    [Fact]
    public void Lines_after_the_root_are_kept()
    {
        string text = $"origin\n7\n{TreeHash.OfNothing}\nsome extension\n";
        Checkpoint.TryParse(text, out var checkpoint).ShouldBeTrue();
        checkpoint!.ToString().ShouldBe(text);
    }

    private static bool Opens(byte[] bytes, NoteSigner signer) => Checkpoint.TryOpen(bytes, signer.Verifier, out _, out _);
}
