using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Amana.Server.Access;
using Amana.Server.Access.Machines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Amana.Server.Tests.Access;

/// <summary>OAuth 2 client credentials, as any client library asks for them.</summary>
public class MachineSignInTests(AmanaServer server)
{
    [Fact]
    public async Task A_client_exchanges_its_secret_for_access_with_no_more_rights_than_it_asks_for()
    {
        var (id, secret) = await MakeClientAsync(server, mustExchange: true, "screen", "read-records");
        using var client = server.Anonymous();
        var answer = await (await AskAsync(client, id, secret, "screen")).ShouldBeJsonAsync();
        answer.GetProperty("token_type").GetString().ShouldBe("Bearer");
        answer.GetProperty("expires_in").GetInt32().ShouldBeInRange(890, 900);

        client.DefaultRequestHeaders.Authorization = new("Bearer", answer.GetProperty("access_token").GetString());
        var me = await (await client.GetAsync("api/v1/me")).ShouldBeJsonAsync();
        me.GetProperty("key").GetString().ShouldBe($"token:{id}");
        me.GetProperty("rights").EnumerateArray().Select(r => r.GetString()).ShouldBe(["screen"]);
    }

    [Fact]
    public async Task Without_a_scope_access_is_for_all_that_the_client_may_and_basic_credentials_serve_as_well()
    {
        var (id, secret) = await MakeClientAsync(server, mustExchange: false, "screen", "import");
        using var client = server.Anonymous();
        client.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{id}:{secret}")));
        var answer = await (await client.PostAsync("connect/token", Form(("grant_type", "client_credentials")))).ShouldBeJsonAsync();
        client.DefaultRequestHeaders.Authorization = new("Bearer", answer.GetProperty("access_token").GetString());
        var me = await (await client.GetAsync("api/v1/me")).ShouldBeJsonAsync();
        me.GetProperty("rights").EnumerateArray().Select(r => r.GetString()).ShouldBe(["screen", "import"]);
    }

    [Fact]
    public async Task A_secret_that_must_be_exchanged_opens_nothing_by_itself()
    {
        var (_, secret) = await MakeClientAsync(server, mustExchange: true, "screen");
        using var client = server.Anonymous();
        client.DefaultRequestHeaders.Authorization = new("Bearer", secret);
        await (await client.GetAsync("api/v1/me")).ShouldBeRefusedAsync(401, "access.must-exchange");
    }

    [Fact]
    public async Task Ending_the_client_ends_the_access_it_was_given()
    {
        var (id, secret) = await MakeClientAsync(server, mustExchange: true, "screen");
        using var client = server.Anonymous();
        string access = (await (await AskAsync(client, id, secret, null)).ShouldBeJsonAsync()).GetProperty("access_token").GetString()!;
        client.DefaultRequestHeaders.Authorization = new("Bearer", access);
        (await client.GetAsync("api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var administrator = await server.ClientAsync(Right.ManageTokens);
        (await administrator.DeleteAsync($"api/v1/tokens/{id}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await (await client.GetAsync("api/v1/me")).ShouldBeRefusedAsync(401, "access.token-ended");
    }

    [Fact]
    public async Task Access_is_over_after_a_quarter_of_an_hour()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var own = new AmanaServer { Change = services => services.AddSingleton<TimeProvider>(clock) };
        await own.InitializeAsync();
        var (id, secret) = await MakeClientAsync(own, mustExchange: true, "screen");
        using var client = own.Anonymous();
        string access = (await (await AskAsync(client, id, secret, null)).ShouldBeJsonAsync()).GetProperty("access_token").GetString()!;
        client.DefaultRequestHeaders.Authorization = new("Bearer", access);
        (await client.GetAsync("api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        clock.Advance(MachineSignIn.AccessLasts + TimeSpan.FromSeconds(1));
        await (await client.GetAsync("api/v1/me")).ShouldBeRefusedAsync(401, "access.access-over");
    }

    [Fact]
    public async Task Access_outlives_a_restart_and_is_good_on_no_other_server()
    {
        await using var own = await AmanaServer.StartNewAsync();
        var (id, secret) = await MakeClientAsync(own, mustExchange: true, "screen");
        using var first = own.Anonymous();
        string access = (await (await AskAsync(first, id, secret, null)).ShouldBeJsonAsync()).GetProperty("access_token").GetString()!;
        await own.RestartAsync();
        foreach (var (at, good) in new[] { (own, true), (server, false) })
        {
            using var client = at.Anonymous();
            client.DefaultRequestHeaders.Authorization = new("Bearer", access);
            var answer = await client.GetAsync("api/v1/me");
            if (good) answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            else await answer.ShouldBeRefusedAsync(401, "access.access-over");
        }
    }

    [Theory]
    [InlineData("wrong-secret", null, 401, "invalid_client", "access.client-unknown")]
    [InlineData(null, "manage-people", 400, "invalid_scope", "access.scope-beyond")]
    [InlineData(null, "no-such-right", 400, "invalid_scope", "")]
    public async Task What_is_wrong_is_said_in_the_words_of_the_protocol(string? wrongSecret, string? scope, int status, string error, string code)
    {
        var (id, secret) = await MakeClientAsync(server, mustExchange: true, "screen");
        using var client = server.Anonymous();
        var answer = await AskAsync(client, id, wrongSecret ?? secret, scope);
        string body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        ((int)answer.StatusCode).ShouldBe(status, body);
        using var json = JsonDocument.Parse(body);
        json.RootElement.GetProperty("error").GetString().ShouldBe(error);
        json.RootElement.GetProperty("error_description").GetString()!.ShouldContain(code);
    }

    [Fact]
    public async Task The_secret_of_another_client_is_refused_and_an_altered_access_token_too()
    {
        var (id, secret) = await MakeClientAsync(server, mustExchange: false, "screen");
        var (_, other) = await MakeClientAsync(server, mustExchange: false, "screen");
        using var client = server.Anonymous();
        (await AskAsync(client, id, other, null)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        string access = (await (await AskAsync(client, id, secret, null)).ShouldBeJsonAsync()).GetProperty("access_token").GetString()!;
        char[] altered = access.ToCharArray();
        altered[^20] = altered[^20] == 'A' ? 'B' : 'A';
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", new string(altered));
        await (await client.GetAsync("api/v1/me")).ShouldBeRefusedAsync(401, "access.access-over");
    }

    [Theory]
    [InlineData("")]
    [InlineData("grant_type=password&username=a&password=b")]
    [InlineData("grant_type=client_credentials&client_id=%00&client_secret=%FF")]
    [InlineData("grant_type=client_credentials&client_id=x")]
    [InlineData("grant_type=client_credentials&grant_type=client_credentials")]
    public async Task Requests_that_are_none_get_an_error_and_never_a_fault(string form)
    {
        using var client = server.Anonymous();
        var answer = await client.PostAsync("connect/token", new StringContent(form, Encoding.ASCII, "application/x-www-form-urlencoded"));
        ((int)answer.StatusCode).ShouldBeInRange(400, 401);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        json.RootElement.EnumerateObject().ShouldContain(p => p.Name == "error" || p.Name == "code");
    }

    [Fact]
    public async Task The_server_says_where_and_how_to_ask()
    {
        using var client = server.Anonymous();
        var found = await (await client.GetAsync(".well-known/oauth-authorization-server")).ShouldBeJsonAsync();
        found.GetProperty("token_endpoint").GetString().ShouldBe(new Uri(server.Address, "connect/token").ToString());
        found.GetProperty("grant_types_supported").EnumerateArray().Select(g => g.GetString()).ShouldBe(["client_credentials"]);
        found.GetProperty("scopes_supported").EnumerateArray().Select(s => s.GetString()).ShouldContain("screen");
    }

    private static async Task<(string Id, string Secret)> MakeClientAsync(AmanaServer at, bool mustExchange, params string[] rights)
    {
        using var administrator = await at.ClientAsync(Right.ManageTokens);
        var made = await (await administrator.PostAsJsonAsync("api/v1/tokens", new { name = "gate 4", rights, mustExchange })).ShouldBeJsonAsync();
        return (made.GetProperty("id").GetString()!, made.GetProperty("token").GetString()!);
    }

    private static Task<HttpResponseMessage> AskAsync(HttpClient client, string id, string secret, string? scope) =>
        client.PostAsync("connect/token", scope is null
            ? Form(("grant_type", "client_credentials"), ("client_id", id), ("client_secret", secret))
            : Form(("grant_type", "client_credentials"), ("client_id", id), ("client_secret", secret), ("scope", scope)));

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) => new(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
}
