using System.Net.Http.Json;
using System.Text.Json;
using Amana.Server.Access;

namespace Amana.Server.Tests.Notices;

/// <summary>Who works on notices over HTTP: a system that writes them with a token, and two people who review and publish, which no token does.</summary>
internal sealed class NoticeDesks
{
    private static int _cases;

    public required AmanaServer Server { get; init; }
    public required HttpClient Officer { get; init; }
    public required HttpClient Reviewer { get; init; }
    public required HttpClient Second { get; init; }

    public static async Task<NoticeDesks> AtAsync(AmanaServer server) => new()
    {
        Server = server,
        Officer = await server.ClientAsync(Right.ReadNotices, Right.DraftNotices),
        Reviewer = await server.PersonAsync(Role.Compliance),
        Second = await server.PersonAsync(Role.SecondOfficer),
    };

    /// <summary>A red request about somebody new, so that tests do not meet each other's refusals.</summary>
    public static Dictionary<string, string> NewRed()
    {
        int number = Interlocked.Increment(ref _cases);
        return Requests.With(Requests.Red(), $"familyName=Zorvathiel{number}", "forename=Quennow", $"warrantReference=TR-{number}", $"documents=passport; T{number:D8}; UTO",
            $"facts=In case {number} the person is alleged to have shown a forged identity card to a bank employee and to have withdrawn money.", "release=yes");
    }

    public async Task<JsonElement> DraftAsync(Dictionary<string, string> fields, string colour = "red") =>
        await (await Officer.PostAsJsonAsync("api/v1/notices", new { colour, form = "notice", fields })).ShouldBeJsonAsync(201);

    public async Task<string> SubmittedAsync(Dictionary<string, string> fields, string colour = "red")
    {
        string reference = Ref(await DraftAsync(fields, colour));
        await StepAsync(Officer, reference, "submit");
        return reference;
    }

    public async Task AnswerAllAsync(string reference)
    {
        var notice = await ReadAsync(Reviewer, reference);
        foreach (var finding in notice.GetProperty("findings").EnumerateArray().Where(f => f.GetProperty("outcome").GetString() == "needs-human"))
        {
            await (await Reviewer.PostAsJsonAsync($"api/v1/notices/{reference}/answers", new { criterion = finding.GetProperty("criterion").GetString(), met = true, text = "Weighed: yes." })).ShouldBeJsonAsync();
        }
    }

    public async Task<string> ApprovedAsync(Dictionary<string, string> fields, string colour = "red")
    {
        string reference = await SubmittedAsync(fields, colour);
        await AnswerAllAsync(reference);
        await StepAsync(Reviewer, reference, "approve", "All six tests are met.");
        return reference;
    }

    public async Task<string> PublishedAsync(Dictionary<string, string> fields, string colour = "red")
    {
        string reference = await ApprovedAsync(fields, colour);
        await StepAsync(Second, reference, "publish");
        return reference;
    }

    public static async Task<JsonElement> StepAsync(HttpClient client, string reference, string step, string? reason = null, string? code = null) =>
        await (await PostAsync(client, reference, step, reason, code)).ShouldBeJsonAsync();

    public static Task<HttpResponseMessage> PostAsync(HttpClient client, string reference, string step, string? reason = null, string? code = null, long? version = null) =>
        client.PostAsJsonAsync($"api/v1/notices/{reference}/{step}", new { reason, code, version });

    public static async Task<JsonElement> ReadAsync(HttpClient client, string reference) => await (await client.GetAsync($"api/v1/notices/{reference}")).ShouldBeJsonAsync();

    public static string Ref(JsonElement row) => row.GetProperty("reference").GetString()!;

    public static string State(JsonElement row) => row.GetProperty("state").GetString()!;
}
