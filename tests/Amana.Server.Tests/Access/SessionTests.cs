using System.Net;
using Amana.Server.Access;
using Amana.Server.Foundation;
using Amana.Server.Tests.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Server.Tests.Access;

public class SessionTests : IAsyncLifetime
{
    private const string Firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    private AmanaServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await AmanaServer.StartNewAsync();
        await _server.RunAsync<SpecimenPeople, int>(async s => { await s.AddAsync(default); return 0; });
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _server.DisposeAsync();
    }

    private async Task<HttpClient> SignInAsync(string userName = "officer", string? userAgent = null)
    {
        var client = _server.Browser();
        if (userAgent is not null) client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", userAgent);
        using var answer = await _server.PostFormAsync(client, "access/sign-in", ("userName", userName), ("password", SpecimenPeople.Password), ("return", "/"));
        answer.Headers.Location?.ToString().ShouldBe("/");
        return client;
    }

    [Fact]
    public async Task One_person_signs_in_from_several_places_at_the_same_moment()
    {
        var clients = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => SignInAsync())); // each checks that it was let in
        foreach (var client in clients) client.Dispose();
    }

    private static async Task<Actor> ActorOfAsync(HttpClient client)
    {
        string key = (await (await client.GetAsync("api/v1/me")).ShouldBeJsonAsync()).GetProperty("key").GetString()!;
        return new Actor(ActorKind.Person, key["person:".Length..]);
    }

    private async Task<IReadOnlyList<ReadSessions.SessionView>> SessionsAsync(Caller caller)
    {
        var result = await _server.RunAsync<ReadSessions, Result<IReadOnlyList<ReadSessions.SessionView>>>(a => a.RunAsync(new(Guid.Parse(caller.Actor.Key)), caller, default));
        result.Succeeded(out var found, out var refusal).ShouldBeTrue(refusal?.Code);
        return found!;
    }

    private Task<Refusal?> EndAsync(Caller caller, EndSessions.Request request) => _server.RunAsync<EndSessions, Refusal?>(a => a.RunAsync(request, caller, default));

    [Fact]
    public async Task The_cookie_of_an_ended_session_is_refused_at_once_and_the_others_go_on()
    {
        using var here = await SignInAsync(userAgent: Firefox);
        using var there = await SignInAsync();
        using var third = await SignInAsync();
        var own = _server.ServerCaller with { Actor = await ActorOfAsync(here), Rights = RoleTable.RightsOf(Role.Officer) };
        var mine = (await SessionsAsync(own)).Single(s => s.Device == "Firefox · Linux");
        var other = (await SessionsAsync(own)).First(s => s.Device is null);

        (await EndAsync(own, new(Guid.Parse(own.Actor.Key), Only: other.Id))).ShouldBeNull();
        (await EndAsync(own, new(Guid.Parse(own.Actor.Key), Only: other.Id)))!.Code.ShouldBe("access.session-over");
        (await here.GetAsync("api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        HttpStatusCode[] left = [(await there.GetAsync("api/v1/me")).StatusCode, (await third.GetAsync("api/v1/me")).StatusCode];
        left.ShouldBe([HttpStatusCode.OK, HttpStatusCode.Unauthorized], ignoreOrder: true);

        (await EndAsync(own, new(Guid.Parse(own.Actor.Key), AllBut: mine.Id))).ShouldBeNull();
        (await here.GetAsync("api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await (await there.GetAsync("api/v1/me")).ShouldBeRefusedAsync(401, "access.not-signed-in");
        await (await third.GetAsync("api/v1/me")).ShouldBeRefusedAsync(401, "access.not-signed-in");
        (await _server.JournalAsync("person.sessions-ended", own.Actor.Key)).Select(e => e.Details)
            .ShouldBe(["{\"which\":\"one\",\"count\":1}", "{\"which\":\"others\",\"count\":1}"]);
    }

    [Fact]
    public async Task A_cookie_copied_before_signing_out_opens_nothing_after()
    {
        using var client = await SignInAsync();
        using var copy = _server.Anonymous();
        using var again = _server.Browser();
        string cookie = "";
        using (var signIn = await _server.PostFormAsync(again, "access/sign-in", ("userName", "officer"), ("password", SpecimenPeople.Password), ("return", "/")))
        {
            cookie = signIn.Headers.GetValues("Set-Cookie").First(c => c.StartsWith("amana-session=", StringComparison.Ordinal)).Split(';')[0];
        }
        copy.DefaultRequestHeaders.Add("Cookie", cookie);
        (await copy.GetAsync("api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);

        var caller = _server.ServerCaller with { Actor = await ActorOfAsync(copy), Session = (await NewestAsync()).Id };
        await _server.RunAsync<SignOut, int>(async a => { await a.RunAsync(caller, default); return 0; });
        await (await copy.GetAsync("api/v1/me")).ShouldBeRefusedAsync(401, "access.not-signed-in");
        (await client.GetAsync("api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Nobody_sees_or_ends_the_sessions_of_another_without_the_right()
    {
        using var officer = await SignInAsync();
        using var analyst = await SignInAsync("analyst");
        var own = _server.ServerCaller with { Actor = await ActorOfAsync(analyst), Rights = RoleTable.RightsOf(Role.Analyst) };
        var other = Guid.Parse((await ActorOfAsync(officer)).Key);
        (await EndAsync(own, new(other)))!.Code.ShouldBe("access.forbidden");
        (await EndAsync(own, new(Guid.Parse(own.Actor.Key), Only: (await SessionsAsync(own with { Actor = new Actor(ActorKind.Person, other.ToString()) }))[0].Id)))!
            .Code.ShouldBe("access.session-over", "a session of somebody else is not one's own");
        var read = await _server.RunAsync<ReadSessions, Result<IReadOnlyList<ReadSessions.SessionView>>>(a => a.RunAsync(new(other), own, default));
        read.Succeeded(out _, out var refusal).ShouldBeFalse();
        refusal!.Code.ShouldBe("access.forbidden");
        (await officer.GetAsync("api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_session_nobody_used_for_an_hour_or_longer_than_a_shift_is_over()
    {
        using var idle = await SignInAsync();
        using var late = await SignInAsync("analyst");
        var now = TimeProvider.System.GetUtcNow();
        await using (var db = await _server.OpenDbAsync())
        {
            var people = await db.Set<Person>().ToDictionaryAsync(p => p.UserName!, p => p.Id);
            await db.Set<Session>().Where(s => s.PersonId == people["officer"]).ExecuteUpdateAsync(s => s.SetProperty(x => x.SeenAt, now - TimeSpan.FromMinutes(62)));
            await db.Set<Session>().Where(s => s.PersonId == people["analyst"]).ExecuteUpdateAsync(s => s.SetProperty(x => x.OpenedAt, now - TimeSpan.FromHours(12.1)));
        }
        await (await idle.GetAsync("api/v1/me")).ShouldBeRefusedAsync(401, "access.not-signed-in");
        await (await late.GetAsync("api/v1/me")).ShouldBeRefusedAsync(401, "access.not-signed-in");
    }

    [Fact]
    public async Task A_request_after_a_minute_is_noted_as_the_last()
    {
        using var client = await SignInAsync();
        var before = TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(5);
        await using (var db = await _server.OpenDbAsync()) await db.Set<Session>().ExecuteUpdateAsync(s => s.SetProperty(x => x.SeenAt, before));
        (await client.GetAsync("api/v1/me")).EnsureSuccessStatusCode();
        (await NewestAsync()).SeenAt.ShouldBeGreaterThan(before + TimeSpan.FromMinutes(4));
    }

    [Fact]
    public async Task The_profile_lists_the_own_sessions_and_marks_the_one_that_asks()
    {
        using var other = await SignInAsync();
        using var browser = await BrowserSession.SignInAsync(_server.Address, "officer");
        string page = await browser.PageAsync("/profile");
        page.ShouldContain("2 open");
        page.Split("This one").Length.ShouldBe(2);
        page.ShouldContain("End all others");
    }

    [Theory]
    [InlineData(Firefox, "Firefox · Linux")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0", "Edge · Windows")]
    [InlineData("Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36", "Chrome · Android")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1", "Safari · iPhone")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/605.1.15", "Safari · macOS")]
    [InlineData("curl/8.5.0", "curl")]
    [InlineData("something else", null)]
    [InlineData(null, null)]
    public void A_device_is_named_by_browser_and_system(string? header, string? expected) => DeviceName.Of(header).ShouldBe(expected);

    private async Task<Session> NewestAsync()
    {
        await using var db = await _server.OpenDbAsync();
        return await db.Set<Session>().OrderByDescending(s => s.OpenedAt).FirstAsync();
    }
}
