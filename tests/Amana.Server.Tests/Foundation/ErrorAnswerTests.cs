using System.Net.Http.Headers;
using System.Text;
using Amana.Server.Access;

namespace Amana.Server.Tests.Foundation;

public class ErrorAnswerTests(AmanaServer server)
{
    [Fact]
    public async Task An_unknown_address_is_a_problem_without_asking_who_asks()
    {
        using var client = server.Anonymous();
        await (await client.GetAsync("api/v1/nothing-here")).ShouldBeRefusedAsync(404, "http.not-found");
    }

    [Fact]
    public async Task A_method_that_is_not_there_is_a_problem()
    {
        using var client = server.Anonymous();
        await (await client.DeleteAsync("healthz")).ShouldBeRefusedAsync(405, "http.method-not-allowed");
    }

    [Theory]
    [InlineData("text/plain", "name=x", 415, "http.content-type-unknown")]
    [InlineData("application/json; charset=klingon", "{}", 400, "http.charset-unknown")]
    [InlineData("application/json", "", 400, "http.unreadable")]
    [InlineData("application/json", "{", 400, "http.json-unreadable")]
    [InlineData("application/json", "[1,2", 400, "http.json-unreadable")]
    [InlineData("application/json", "\"text\"", 400, "http.json-unreadable")]
    [InlineData("application/json", "{\"name\":{\"a\":1}}", 400, "http.json-unreadable")]
    [InlineData("application/json", "{\"name\":\"\\ud800\",\"rights\":[\"screen\"]}", 400, "http.json-unreadable")]
    [InlineData("application/json", "{\"name\":\"x\",\"rights\":[]}", 400, "access.token-without-right")]
    [InlineData("application/json", "{\"name\":\"x\"}", 400, "access.token-without-right")]
    [InlineData("application/json", "{\"rights\":[\"screen\"]}", 400, "access.token-name")]
    [InlineData("application/json", "{\"name\":\"x\",\"rights\":[\"everything\"]}", 400, "access.right-unknown")]
    [InlineData("application/json", "{\"name\":\"x\",\"rights\":[\"screen\"],\"expires\":\"soon\"}", 400, "access.token-life")]
    [InlineData("application/json", "{\"name\":\"x\",\"rights\":[\"screen\"],\"purpose\":\"fun\"}", 400, "access.purpose-unknown")]
    public async Task A_body_that_cannot_be_used_is_refused_with_its_reason(string type, string body, int status, string code)
    {
        using var client = await server.ClientAsync(Right.ManageTokens);
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        await (await client.PostAsync("api/v1/tokens", content)).ShouldBeRefusedAsync(status, code);
    }

    [Fact]
    public async Task JSON_nested_ten_thousand_deep_is_refused()
    {
        using var client = await server.ClientAsync(Right.ManageTokens);
        string deep = "{\"name\":" + new string('[', 10_000) + new string(']', 10_000) + "}";
        using var content = new StringContent(deep, Encoding.UTF8, "application/json");
        var answer = await client.PostAsync("api/v1/tokens", content);
        ((int)answer.StatusCode).ShouldBe(400);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task Bytes_that_are_no_UTF_8_are_refused()
    {
        using var client = await server.ClientAsync(Right.ManageTokens);
        using var content = new ByteArrayContent([.. "{\"name\":\""u8, 0xC3, 0x28, 0xFF, .. "\",\"rights\":[\"screen\"]}"u8]);
        content.Headers.ContentType = new("application/json");
        await (await client.PostAsync("api/v1/tokens", content)).ShouldBeRefusedAsync(400, "http.json-unreadable");
    }

    [Theory]
    [InlineData("api/v1/journal?limit=abc", "limit")]
    [InlineData("api/v1/journal?from=yesterday", "from")]
    [InlineData("api/v1/journal?before=99999999999999999999", "before")]
    public async Task A_query_value_that_cannot_be_read_names_its_field(string address, string field)
    {
        using var client = await server.ClientAsync(Right.ReadJournal);
        var problem = await (await client.GetAsync(address)).ShouldBeRefusedAsync(400, "http.unreadable");
        problem.GetProperty("field").GetString().ShouldBe(field);
        problem.GetProperty("detail").GetString()!.ShouldNotContain("yesterday");
    }

    [Fact]
    public async Task A_key_that_is_no_key_is_refused()
    {
        using var client = await server.ClientAsync(Right.ManageTokens);
        await (await client.DeleteAsync("api/v1/tokens/not-a-key")).ShouldBeRefusedAsync(400, "http.unreadable");
        await (await client.DeleteAsync($"api/v1/tokens/{Guid.Empty}")).ShouldBeRefusedAsync(404, "access.token-not-found");
    }

    [Fact]
    public async Task An_address_of_a_hundred_thousand_letters_is_refused_in_words()
    {
        using var client = server.Anonymous();
        await (await client.GetAsync("api/v1/me?q=" + new string('a', 100_000))).ShouldBeRefusedAsync(400, "http.address-too-long");
    }

    [Fact]
    public async Task Every_answer_carries_the_headers_that_keep_browsers_careful()
    {
        using var client = server.Anonymous();
        var answer = await client.GetAsync("healthz");
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.GetValues("X-Frame-Options").ShouldBe(["DENY"]);
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("frame-ancestors 'none'");
    }
}
