using System.Net.Http.Json;
using System.Text.Json;

namespace Amana.Server.Tests;

internal static class Answers
{
    /// <summary>The answer is a problem with this status and code, complete in form; returns it.</summary>
    public static async Task<JsonElement> ShouldBeRefusedAsync(this HttpResponseMessage answer, int status, string code)
    {
        string body = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBe(status, body);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json", body);
        var problem = JsonDocument.Parse(body).RootElement;
        problem.GetProperty("code").GetString().ShouldBe(code, body);
        problem.GetProperty("status").GetInt32().ShouldBe(status);
        problem.GetProperty("title").GetString().ShouldNotBeNullOrEmpty();
        problem.GetProperty("detail").GetString().ShouldNotBeNullOrEmpty();
        return problem;
    }

    public static async Task<JsonElement> ShouldBeJsonAsync(this HttpResponseMessage answer, int status = 200)
    {
        string body = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBe(status, body);
        return JsonDocument.Parse(body).RootElement;
    }
}
