using Amana.Exchange.Directory;
using Amana.Exchange.Envelopes;
using Amana.Vocabulary;

namespace Amana.Exchange.Tests.Directory;

public sealed class BureauCardTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);
    private readonly LetterSigner _old = LetterSigner.Of("UTO#s1", [.. Enumerable.Repeat((byte)1, 32)]), _new = LetterSigner.Of("UTO#s2", [.. Enumerable.Repeat((byte)2, 32)]);
    private readonly OpeningKey _sealing = OpeningKey.New("UTO#e1");

    public void Dispose()
    {
        _old.Dispose();
        _new.Dispose();
        _sealing.Dispose();
    }

    private static DirectoryKey KeyOf(LetterSigner signer) => new(signer.Name, signer.PublicKey, At.AddYears(-1), At.AddYears(1));

    private BureauEntry Entry(BureauState state = BureauState.Active, params LetterSigner[] signing)
    {
        var names = BureauEntry.Languages.ToDictionary(l => l, l => "Utopia " + l, StringComparer.Ordinal);
        var sealing = new DirectoryKey("UTO#e1", _sealing.Public.ToSpki(), At.AddYears(-1), At.AddYears(1));
        return new(BureauCode.Of("UTO"), names, new Uri("https://amana.utopia.example/"), state, [.. signing.Select(KeyOf)], [sealing],
            new("+999 1 555 0100", "desk@ncb.utopia.example", "24/7"), BureauCode.Of("REL"));
    }

    [Fact]
    public void A_card_says_what_the_bureau_says_of_itself_but_not_its_state()
    {
        var card = BureauCard.Read(BureauCard.Sign(Entry(BureauState.Suspended, _old), _old));
        card.ShouldNotBeNull();
        (card.State, card.Contact!.Hours, card.Relay, card.Names["ar"]).ShouldBe((BureauState.Active, "24/7", BureauCode.Of("REL"), "Utopia ar"));
    }

    [Fact]
    public void A_card_is_signed_with_the_key_that_it_names_first()
    {
        BureauCard.Read(BureauCard.Sign(Entry(signing: [_new, _old]), _old)).ShouldBeNull();
        string good = BureauCard.Sign(Entry(signing: [_old]), _old);
        BureauCard.Read(good[..^3] + "AAA").ShouldBeNull();
        BureauCard.Read("").ShouldBeNull();
        BureauCard.Read("a.b.c").ShouldBeNull();
    }

    [Fact]
    public void New_keys_are_announced_by_a_key_that_the_directory_has_and_by_no_other()
    {
        var directory = new BureauDirectory(1, At, [Entry(signing: [_old])]);
        var renewed = Entry(signing: [_new, _old]);
        BureauCard.Read(BureauCard.Sign(renewed, _old), directory, At)!.Signing.Count.ShouldBe(2);
        BureauCard.Read(BureauCard.Sign(renewed, _new), directory, At).ShouldBeNull("nobody has vouched for that key");
        BureauCard.Read(BureauCard.Sign(renewed, _old), directory, At.AddYears(2)).ShouldBeNull("the key is over");
        var revoked = directory with { Bureaus = [Entry(signing: []) with { Signing = [KeyOf(_old) with { RevokedAt = At }] }] };
        BureauCard.Read(BureauCard.Sign(renewed, _old), revoked, At).ShouldBeNull("the key was revoked");
    }

    [Fact]
    public void Contact_and_relay_stand_in_the_directory()
    {
        using var secretariat = LetterSigner.Of("SEC#1", [.. Enumerable.Repeat((byte)9, 32)]);
        PinnedDirectory.Pin(PinnedDirectory.Sign(new(1, At, [Entry(signing: [_old])]), secretariat), KeyOf(secretariat), out var pinned).ShouldBe(DirectoryFault.None);
        var entry = pinned!.Directory.Bureaus[0];
        (entry.Contact, entry.Relay).ShouldBe((new BureauContact("+999 1 555 0100", "desk@ncb.utopia.example", "24/7"), BureauCode.Of("REL")));
    }

    [Theory]
    [InlineData("https://a.example", true)]
    [InlineData("http://127.0.0.1:5080/", true)]
    [InlineData("http://a.example", false)]
    [InlineData("https://u:p@a.example", false)]
    [InlineData("https://a.example/?x", false)]
    [InlineData("/a", false)]
    [InlineData(null, false)]
    public void Addresses(string? text, bool good) => BureauEntry.IsAddress(text).ShouldBe(good);
}
