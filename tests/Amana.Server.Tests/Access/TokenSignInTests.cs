using System.Net.Http.Headers;
using Amana.Server.Access;

namespace Amana.Server.Tests.Access;

public class TokenSignInTests(AmanaServer server)
{
    [Theory]
    [InlineData("Bearer")]
    [InlineData("bearer")]
    [InlineData("ApiKey")]
    [InlineData("APIKEY")]
    [InlineData("apikey")]
    public async Task A_token_is_read_as_Bearer_or_ApiKey_in_any_case(string scheme)
    {
        using var client = server.Anonymous();
        client.DefaultRequestHeaders.Authorization = new(scheme, await server.TokenAsync(Right.Screen));
        var me = await (await client.GetAsync("api/v1/me")).ShouldBeJsonAsync();
        me.GetProperty("rights").EnumerateArray().Select(r => r.GetString()).ShouldBe(["screen"]);
        me.GetProperty("purpose").GetString().ShouldBe("border-check");
    }

    [Fact]
    public async Task A_token_is_read_without_a_scheme_as_well()
    {
        using var client = server.Anonymous();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", await server.TokenAsync(Right.Screen));
        (await (await client.GetAsync("api/v1/me")).ShouldBeJsonAsync()).GetProperty("rights").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task A_database_that_takes_no_more_writes_shuts_no_machine_out_from_reading()
    {
        await using var own = await AmanaServer.StartNewAsync();
        using var client = own.Anonymous();
        client.DefaultRequestHeaders.Authorization = new("Bearer", await own.TokenAsync(Right.ReadJournal));
        own.Sql(own.Database is null
            ? "CREATE TRIGGER no_room BEFORE UPDATE ON api_tokens BEGIN SELECT RAISE(ABORT, 'no room'); END"
            : "CREATE TRIGGER no_room BEFORE UPDATE ON api_tokens FOR EACH ROW EXECUTE FUNCTION amana_refuse('no room')");
        (await client.GetAsync("api/v1/journal")).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
    }

    [Fact]
    public async Task Without_credentials_the_answer_is_401_and_names_the_way_in()
    {
        using var client = server.Anonymous();
        var answer = await client.GetAsync("api/v1/me");
        answer.Headers.WwwAuthenticate.ShouldContain(new AuthenticationHeaderValue("Bearer"));
        await answer.ShouldBeRefusedAsync(401, "access.not-signed-in");
    }

    [Theory]
    [InlineData("Bearer amana_nobody-knows-this-one", "access.token-unknown")]
    [InlineData("Bearer", "access.token-unknown")]
    [InlineData("amana_nobody-knows-this-one", "access.token-unknown")]
    [InlineData("Bearer  ", "access.token-unknown")]
    [InlineData("Basic dXNlcjpwYXNz", "access.scheme-unknown")]
    [InlineData("Key x", "access.scheme-unknown")]
    public async Task Credentials_that_open_nothing_are_told_apart(string header, string code)
    {
        using var client = server.Anonymous();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);
        await (await client.GetAsync("api/v1/me")).ShouldBeRefusedAsync(401, code);
    }

    [Fact]
    public async Task A_token_is_refused_once_it_has_expired()
    {
        using var client = server.Anonymous();
        client.DefaultRequestHeaders.Authorization = new("Bearer", await server.TokenAsync(null, TimeSpan.FromSeconds(1), Right.Screen));
        (await client.GetAsync("api/v1/me")).EnsureSuccessStatusCode();
        await Task.Delay(1100);
        await (await client.GetAsync("api/v1/me")).ShouldBeRefusedAsync(401, "access.token-expired");
    }

    [Fact]
    public async Task The_header_names_the_purpose_of_one_request()
    {
        using var client = await server.ClientAsync(Right.Screen);
        client.DefaultRequestHeaders.Add("Amana-Purpose", "missing-persons");
        var me = await (await client.GetAsync("api/v1/me")).ShouldBeJsonAsync();
        me.GetProperty("purpose").GetString().ShouldBe("missing-persons");
    }

    [Fact]
    public async Task Only_the_hash_of_a_token_is_stored()
    {
        string secret = await server.TokenAsync(Right.Screen);
        await using var db = await server.OpenDbAsync();
        var rows = db.Set<ApiToken>().ToList();
        rows.ShouldContain(t => t.SecretHash == ApiToken.HashOf(secret));
        rows.ShouldAllBe(t => !t.SecretHash.Contains(secret, StringComparison.Ordinal));
    }
}
