using System.Net;
using System.Text;
using Amana.Server.Access;
using Microsoft.Extensions.Time.Testing;

namespace Amana.Server.Tests.Access;

public class PasswordRulesTests
{
    [Theory]
    [InlineData(null, "access.password-too-short")]
    [InlineData("", "access.password-too-short")]
    [InlineData("short-one", "access.password-too-short")]
    [InlineData("Password2026!!", "access.password-common")]
    [InlineData("passwordpassword", "access.password-common")]
    [InlineData("aaaaaaaaaaaaaaaa", "access.password-common")]
    [InlineData("123456789012345", "access.password-common")]
    [InlineData("1Q2W3E4R5T6Y", "access.password-common")]
    [InlineData("the-desk.officer-password", "access.password-common")]
    public void A_password_that_is_guessed_early_is_refused(string? password, string code) =>
        PasswordRules.Check(password, "desk.officer")!.Code.ShouldBe(code);

    [Theory]
    [InlineData("three green boats")]
    [InlineData("alllowercaseletterswithoutanything")]
    [InlineData("سفينة خضراء في المرفأ")]
    public void Length_is_enough_whatever_the_letters(string password) => PasswordRules.Check(password, "desk.officer").ShouldBeNull();

    [Fact]
    public void A_password_is_never_cut_but_refused_when_too_long() =>
        PasswordRules.Check(string.Concat(Enumerable.Range(0, 60).Select(i => $"{i} boats ")), null)!.Code.ShouldBe("access.password-too-long");

    // RFC 6238, appendix B, SHA-1, eight digits.
    [Theory]
    [InlineData(59, "94287082")]
    [InlineData(1111111109, "07081804")]
    [InlineData(1111111111, "14050471")]
    [InlineData(1234567890, "89005924")]
    [InlineData(2000000000, "69279037")]
    [InlineData(20000000000, "65353130")]
    public void Codes_are_those_of_the_RFC(long seconds, string code) =>
        Totp.CodeAt("12345678901234567890"u8, Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds)), digits: 8).ShouldBe(code);

    // RFC 4648, section 10, without padding.
    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Base32_is_that_of_the_RFC(string text, string base32) => Totp.Base32(Encoding.ASCII.GetBytes(text)).ShouldBe(base32);

    [Fact]
    public void A_code_is_good_for_its_neighbours_in_time_and_once()
    {
        byte[] secret = new byte[20];
        var now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
        long step = Totp.StepAt(now);
        Totp.Find(secret, Totp.CodeAt(secret, step), now, 0).ShouldBe(step);
        Totp.Find(secret, Totp.CodeAt(secret, step - 1), now, 0).ShouldBe(step - 1);
        Totp.Find(secret, Totp.CodeAt(secret, step + 1), now, 0).ShouldBe(step + 1);
        Totp.Find(secret, Totp.CodeAt(secret, step - 2), now, 0).ShouldBeNull();
        Totp.Find(secret, Totp.CodeAt(secret, step), now, after: step).ShouldBeNull();
    }

    [Fact]
    public void A_stranger_who_guesses_does_not_lock_the_officer_out()
    {
        var clock = new FakeTimeProvider();
        var delays = new SignInDelays(clock);
        string stranger = SignInDelays.NetworkOf(IPAddress.Parse("203.0.113.9")), office = SignInDelays.NetworkOf(IPAddress.Parse("198.51.100.7"));
        for (int i = 0; i < 20; i++) delays.Missed("officer", stranger);
        delays.WaitOf("Officer", stranger).ShouldBe(TimeSpan.FromMinutes(5));
        delays.WaitOf("officer", office).ShouldBe(TimeSpan.Zero);
        clock.Advance(TimeSpan.FromMinutes(6));
        delays.WaitOf("officer", stranger).ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void A_network_that_tries_many_names_waits_too()
    {
        var delays = new SignInDelays(new FakeTimeProvider());
        for (int i = 0; i < 100; i++) delays.Missed($"name{i}", "net");
        delays.WaitOf("another", "net").ShouldBeGreaterThan(TimeSpan.Zero);
        delays.WaitOf("another", "elsewhere").ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void Two_misses_cost_nothing_and_success_forgets_them()
    {
        var delays = new SignInDelays(new FakeTimeProvider());
        delays.Missed("officer", "net");
        delays.Missed("officer", "net");
        delays.WaitOf("officer", "net").ShouldBe(TimeSpan.Zero);
        delays.Succeeded("officer", "net");
        delays.Missed("officer", "net");
        delays.Missed("officer", "net");
        delays.WaitOf("officer", "net").ShouldBe(TimeSpan.Zero);
    }
}
