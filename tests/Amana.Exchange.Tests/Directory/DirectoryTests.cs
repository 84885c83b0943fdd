using Amana.Exchange.Directory;
using Amana.Exchange.Envelopes;
using Amana.Vocabulary;

namespace Amana.Exchange.Tests.Directory;

public sealed class DirectoryTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);
    private readonly LetterSigner _secretariat = LetterSigner.Of("SEC#1", new byte[32]), _successor = LetterSigner.Of("SEC#2", [.. Enumerable.Repeat((byte)2, 32)]);
    private readonly OpeningKey _sealing = OpeningKey.New("UTO#e1");

    public void Dispose()
    {
        _secretariat.Dispose();
        _successor.Dispose();
        _sealing.Dispose();
    }

    private static DirectoryKey KeyOf(LetterSigner signer, DateTimeOffset? revoked = null) => new(signer.Name, signer.PublicKey, At.AddYears(-1), At.AddYears(1), revoked);

    private BureauDirectory Write(long version, DateTimeOffset? revoked = null, BureauState state = BureauState.Active, byte signing = 7, DirectoryKey? next = null)
    {
        using var signer = LetterSigner.Of("UTO#s1", [.. Enumerable.Repeat(signing, 32)]);
        var names = new Dictionary<string, string>(StringComparer.Ordinal) { ["ar"] = "يوتوبيا", ["en"] = "Utopia", ["fr"] = "Utopie", ["es"] = "Utopía" };
        var sealing = new DirectoryKey("UTO#e1", _sealing.Public.ToSpki(), At.AddYears(-1), At.AddYears(1));
        return new(version, At, [new(BureauCode.Of("UTO"), names, new Uri("https://amana.utopia.example/"), state, [KeyOf(signer, revoked)], [sealing])], next);
    }

    private PinnedDirectory Pinned(BureauDirectory directory)
    {
        PinnedDirectory.Pin(PinnedDirectory.Sign(directory, _secretariat), KeyOf(_secretariat), out var pinned).ShouldBe(DirectoryFault.None);
        return pinned!;
    }

    private DirectoryFault Follow(PinnedDirectory from, BureauDirectory to, out PinnedDirectory? next, LetterSigner? signer = null) =>
        from.Follow(PinnedDirectory.Sign(to, signer ?? _secretariat), out next);

    [Fact]
    public void What_the_Secretariat_signed_comes_back_whole()
    {
        var entry = Pinned(Write(3)).Directory.Find(BureauCode.Of("UTO"))!;
        entry.Names["ar"].ShouldBe("يوتوبيا");
        entry.SigningKeyAt("UTO#s1", At).ShouldNotBeNull();
        entry.SigningKeyAt("UTO#s1", At.AddYears(1)).ShouldBeNull("it ends then");
        entry.SealingKeyAt(At).ShouldBe(_sealing.Public);
    }

    [Fact]
    public void A_newer_one_is_followed_an_older_one_is_not_and_one_that_says_something_else_is_a_fault()
    {
        var pinned = Pinned(Write(3));
        Follow(pinned, Write(4), out var next).ShouldBe(DirectoryFault.None);
        Follow(next!, Write(3), out _).ShouldBe(DirectoryFault.Older);
        Follow(pinned, Write(3), out var same).ShouldBe(DirectoryFault.None);
        same.ShouldBeSameAs(pinned);
        Follow(pinned, Write(3, state: BureauState.Suspended), out _).ShouldBe(DirectoryFault.TwoTongues);
    }

    [Fact]
    public void Nobody_but_the_pinned_key_gives_a_newer_one_until_it_announces_its_successor()
    {
        var pinned = Pinned(Write(3));
        Follow(pinned, Write(4), out _, _successor).ShouldBe(DirectoryFault.Signer);
        Follow(pinned, Write(4, next: KeyOf(_successor)), out var announcing).ShouldBe(DirectoryFault.None);
        Follow(announcing!, Write(5), out var still).ShouldBe(DirectoryFault.None, "the old key is good as long as it is");
        still!.Signer.Name.ShouldBe("SEC#1");
        Follow(announcing!, Write(5), out var after, _successor).ShouldBe(DirectoryFault.None);
        Follow(after!, Write(6), out _, _secretariat).ShouldBe(DirectoryFault.Signer, "once the successor has signed, the old one is over");
        using var thief = LetterSigner.Of("SEC#1", [.. Enumerable.Repeat((byte)9, 32)]);
        Follow(pinned, Write(4), out _, thief).ShouldBe(DirectoryFault.Signer);
    }

    [Fact]
    public void A_key_that_was_revoked_is_never_trusted_again_and_no_key_changes_under_its_name()
    {
        var revoked = Pinned(Write(3, revoked: At));
        revoked.Directory.SigningKey("UTO#s1", At.AddDays(-10)).ShouldBeNull("whenever it says it signed");
        Follow(revoked, Write(4), out _).ShouldBe(DirectoryFault.KeyChanged);
        Follow(Pinned(Write(3)), Write(4, signing: 8), out _).ShouldBe(DirectoryFault.KeyChanged);
    }

    [Fact]
    public void A_suspended_bureau_signs_nothing_that_is_believed()
    {
        Pinned(Write(3)).Directory.SigningKey("UTO#s1", At).ShouldNotBeNull();
        Pinned(Write(3, state: BureauState.Suspended)).Directory.SigningKey("UTO#s1", At).ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("eyJhbGciOiJub25lIn0.e30.")]
    public void What_is_no_directory_is_refused(string text) => PinnedDirectory.Pin(text, KeyOf(_secretariat), out _).ShouldBe(DirectoryFault.Unreadable);

    [Fact]
    public void A_letter_is_no_directory_even_from_the_Secretariat()
    {
        string letter = SignedLetter.Sign(new Letter(Guid.Empty, BureauCode.Of("SEC"), [BureauCode.Of("UTO")], At, "message", "{}"u8.ToArray()), _secretariat);
        PinnedDirectory.Pin(letter, KeyOf(_secretariat), out _).ShouldBe(DirectoryFault.Signer);
    }

    [Fact]
    public void Words_are_those_of_the_proposal_and_tell_keys_apart()
    {
        // 127.0.0.1 and 63.84.220.193 in the proposal's own table.
        (KeyWords.Word(0x7F00) + "-" + KeyWords.Word(0x0001)).ShouldBe("lusab-babad");
        (KeyWords.Word(0x3F54) + "-" + KeyWords.Word(0xDCC1)).ShouldBe("gutih-tugad");
        KeyWords.Of(_secretariat.PublicKey).ShouldNotBe(KeyWords.Of(_successor.PublicKey));
        KeyWords.Of(_secretariat.PublicKey).Split('-').Length.ShouldBe(5);
    }
}
