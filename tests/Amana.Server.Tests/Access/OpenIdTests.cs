using System.Net;
using System.Text.RegularExpressions;
using Amana.Server.Access;
using Amana.Server.Foundation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Amana.Server.Tests.Access;

/// <summary>Sign-in through a country's own identity provider: a real one, on a port of its own.</summary>
public sealed class OpenIdTests : IAsyncLifetime
{
    private OpenIdProvider _ministry = null!;
    private AmanaServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _ministry = await OpenIdProvider.StartAsync();
        _server = new AmanaServer { Settings = SettingsOf(_ministry.Address) };
        await _server.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _ministry.DisposeAsync();
    }

    [Fact]
    public async Task An_invited_person_joins_with_the_account_of_the_ministry_and_signs_in_with_it_from_then_on()
    {
        string key = await InviteAsync("lena");
        using (var first = _server.Browser())
        {
            (await first.GetStringAsync($"invitation?key={key}")).ShouldContain("/access/openid/join?kind=Invitation");
            (await TravelAsync(first, $"access/openid/join?kind=Invitation&key={key}")).ShouldBe("/");
            (await NameAsync(first)).ShouldBe("Lena of Utopia");
        }

        _ministry.Asked["code_challenge_method"].ToString().ShouldBe("S256");
        using var later = _server.Browser();
        (await later.GetStringAsync("sign-in")).ShouldContain("Ministry of Utopia");
        (await TravelAsync(later, "access/openid?return=%2Fhits")).ShouldBe("/hits");
        (await NameAsync(later)).ShouldBe("Lena of Utopia");
        (await _server.JournalAsync("person.joined")).ShouldContain(e => e.Details!.Contains("openid"));
    }

    [Fact]
    public async Task A_link_is_used_up_by_joining_and_one_factor_takes_up_none()
    {
        string key = await InviteAsync("mira");
        _ministry.Subject = "mira-there";
        _ministry.Factors = ["pwd"];
        using var browser = _server.Browser();
        (await TravelAsync(browser, $"access/openid/join?kind=Invitation&key={key}")).ShouldContain("refused=access.openid-one-factor");
        _ministry.Factors = ["mfa"];
        (await TravelAsync(browser, $"access/openid/join?kind=Invitation&key={key}")).ShouldBe("/");
        (await TravelAsync(_server.Browser(), $"access/openid/join?kind=Invitation&key={key}")).ShouldContain("refused=access.link-over");
    }

    [Fact]
    public async Task An_account_that_nobody_has_linked_opens_nothing_and_the_journal_says_so()
    {
        _ministry.Subject = "stranger";
        using var browser = _server.Browser();
        (await TravelAsync(browser, "access/openid")).ShouldContain("refused=access.openid-unknown");
        (await browser.GetAsync("api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await _server.JournalAsync("sign-in.failed")).ShouldContain(e => e.Details!.Contains("openid"));
    }

    [Fact]
    public async Task With_one_factor_at_the_ministry_the_own_second_step_is_asked_for()
    {
        using var own = await JoinWithPasswordAsync("noor");
        string profile = WebUtility.HtmlDecode(await own.GetStringAsync("profile"));
        string link = Regex.Match(profile, "/access/openid/link\\?ticket=[^\"]+", RegexOptions.None, TimeSpan.FromSeconds(1)).Value.TrimStart('/');
        _ministry.Subject = "noor-there";
        (await TravelAsync(own, link)).ShouldBe("/profile#openid");

        _ministry.Factors = ["pwd"];
        using var later = _server.Browser();
        (await TravelAsync(later, "access/openid?return=%2F")).ShouldStartWith("/sign-in/second-step");
        (await later.GetAsync("api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, "half a sign-in opens nothing");

        (await _server.PostFormAsync(own, "access/openid/unlink")).Headers.Location?.ToString().ShouldBe("/profile?refused=access.form-stale&return=%2Fprofile", "a form of a stranger");
        string key = await MeAsync(own, "key");
        var refusal = await _server.RunAsync<Amana.Server.Access.OpenId.LinkOpenId, Refusal?>(a => a.RunAsync(new(null), new Caller
        {
            Actor = new(ActorKind.Person, key["person:".Length..]), Bureau = _server.ServerCaller.Bureau, Rights = [],
        }, default));
        refusal.ShouldBeNull();
        (await TravelAsync(_server.Browser(), "access/openid")).ShouldContain("refused=access.openid-unknown");
    }

    [Fact]
    public async Task A_link_without_the_ticket_of_the_own_profile_links_nothing()
    {
        using var own = await JoinWithPasswordAsync("omar");
        (await TravelAsync(own, "access/openid/link?ticket=forged")).ShouldContain("refused=access.form-stale");
        (await TravelAsync(own, "access/openid/link")).ShouldContain("refused=access.form-stale");
    }

    [Fact]
    public async Task The_proof_of_being_there_wants_that_the_ministry_asked_just_now()
    {
        string key = await InviteAsync("paul");
        _ministry.Subject = "paul-there";
        using var browser = _server.Browser();
        await TravelAsync(browser, $"access/openid/join?kind=Invitation&key={key}");
        _ministry.AskedAt = DateTimeOffset.UtcNow.AddHours(-1);
        (await TravelAsync(browser, "access/openid/prove?return=%2Fprofile")).ShouldContain("refused=access.openid-not-asked-anew");
        _ministry.Asked["max_age"].ToString().ShouldBe("0");
        _ministry.AskedAt = DateTimeOffset.UtcNow;
        (await TravelAsync(browser, "access/openid/prove?return=%2Fprofile")).ShouldBe("/profile");
        _ministry.Subject = "somebody-else";
        (await TravelAsync(browser, "access/openid/prove?return=%2Fprofile")).ShouldContain("refused=access.openid-not-asked-anew");
    }

    [Fact]
    public async Task An_answer_that_this_browser_did_not_ask_for_signs_nobody_in()
    {
        string key = await InviteAsync("rosa");
        _ministry.Subject = "rosa-there";
        await TravelAsync(_server.Browser(), $"access/openid/join?kind=Invitation&key={key}");
        using var asked = _server.Browser();
        string answer = await UpToAnswerAsync(asked, "access/openid");
        using var other = _server.Browser();
        using var taken = await other.GetAsync(new Uri(answer));
        taken.Headers.Location!.ToString().ShouldContain("refused=access.openid-failed");
        using var garbled = await asked.GetAsync(answer[(answer.IndexOf("access/", StringComparison.Ordinal))..].Replace("code=", "code=x", StringComparison.Ordinal));
        garbled.Headers.Location!.ToString().ShouldContain("refused=access.openid-failed");
    }

    [Fact]
    public async Task When_the_ministry_does_not_answer_the_page_says_so()
    {
        await using var alone = new AmanaServer { Settings = SettingsOf("http://127.0.0.1:9") };
        await alone.InitializeAsync();
        using var browser = alone.Browser();
        using var answer = await browser.GetAsync("access/openid");
        answer.Headers.Location!.ToString().ShouldContain("refused=access.openid-unreachable");
    }

    [Theory]
    [InlineData("http://id.interior.example", "a secret")]
    [InlineData("not an address", "a secret")]
    [InlineData("https://id.interior.example", "")]
    public async Task Settings_that_cannot_be_used_are_said_at_the_start(string authority, string secret)
    {
        var server = new AmanaServer { Settings = new Dictionary<string, string?> { ["OpenId:Authority"] = authority, ["OpenId:ClientId"] = "amana", ["OpenId:ClientSecret"] = secret } };
        await Should.ThrowAsync<OptionsValidationException>(async () => await server.InitializeAsync());
        Directory.Delete(server.DataFolder, recursive: true);
    }

    private static Dictionary<string, string?> SettingsOf(string authority) => new(StringComparer.Ordinal)
    {
        ["OpenId:Authority"] = authority, ["OpenId:ClientId"] = OpenIdProvider.Client, ["OpenId:ClientSecret"] = OpenIdProvider.Secret,
        ["OpenId:Name"] = "Ministry of Utopia",
    };

    private async Task<string> InviteAsync(string name)
    {
        var result = await _server.RunAsync<InvitePerson, Result<InvitePerson.Invited>>(a =>
            a.RunAsync(new(name, $"{char.ToUpperInvariant(name[0])}{name[1..]} of Utopia", [Role.Officer]), _server.ServerCaller, default));
        result.Succeeded(out var invited, out var refusal).ShouldBeTrue(refusal?.ToString());
        return invited!.Link[(invited.Link.IndexOf("key=", StringComparison.Ordinal) + 4)..];
    }

    // Joins with password and second step, and is signed in.
    private async Task<HttpClient> JoinWithPasswordAsync(string name)
    {
        const string Password = "three green boats at sea";
        string key = await InviteAsync(name);
        var offer = _server.Services.GetRequiredService<SecondStep>().Offer(name);
        byte[] secret = Base32.Read(offer.Secret);
        var joined = await _server.RunAsync<TakeUpLink, Result<TakeUpLink.Done>>(a => a.RunAsync(
            new(key, LinkKind.Invitation, Password, offer.Sealed, Totp.CodeAt(secret, Totp.StepAt(DateTimeOffset.UtcNow) - 1)), default));
        joined.Succeeded(out _, out var refusal).ShouldBeTrue(refusal?.ToString());
        var browser = _server.Browser();
        (await _server.PostFormAsync(browser, "access/sign-in", ("userName", name), ("password", Password), ("return", "/"))).Dispose();
        (await _server.PostFormAsync(browser, "access/second-step", ("code", Totp.CodeAt(secret, Totp.StepAt(DateTimeOffset.UtcNow))), ("return", "/"))).Dispose();
        (await NameAsync(browser)).ShouldNotBeEmpty();
        return browser;
    }

    private static Task<string> NameAsync(HttpClient client) => MeAsync(client, "name");

    private static async Task<string> MeAsync(HttpClient client, string what) =>
        (await (await client.GetAsync("api/v1/me")).ShouldBeJsonAsync()).GetProperty(what).GetString()!;

    // As a browser goes: here, to the ministry, and back. Answers where it ends.
    private async Task<string> TravelAsync(HttpClient browser, string from)
    {
        string at = await UpToAnswerAsync(browser, from);
        if (!at.StartsWith("http", StringComparison.Ordinal)) return at;
        using var back = await browser.GetAsync(new Uri(at));
        return back.Headers.Location?.ToString() ?? back.StatusCode.ToString();
    }

    // The address with which the ministry sends the browser back; or where we send it ourselves.
    private async Task<string> UpToAnswerAsync(HttpClient browser, string from)
    {
        using var sent = await browser.GetAsync(from);
        string there = sent.Headers.Location!.ToString();
        if (!there.StartsWith(_ministry.Address, StringComparison.Ordinal)) return there;
        using var answer = await browser.GetAsync(new Uri(there));
        return answer.Headers.Location!.ToString();
    }
}
