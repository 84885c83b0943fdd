using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Amana.Server.Access;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Tests.Notices;

/// <summary>Need to know on requests that are not in force yet: an officer inside (of unit financial), a second officer outside.</summary>
public sealed class NoticeWallTests : IAsyncLifetime
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly Dictionary<string, string> _fields = NoticeDesks.NewRed();
    private AmanaServer _own = null!;
    private HttpClient _inside = null!, _outside = null!, _compliance = null!;
    private string _notice = "";

    public async ValueTask InitializeAsync()
    {
        _own = await AmanaServer.StartNewAsync();
        await _own.RunAsync<SpecimenPeople, int>(async s => { await s.AddAsync(default); return 0; });
        using var administrator = await SignInAsync("administrator");
        (await administrator.PutAsJsonAsync("api/v1/units/financial", new { name = "Financial crime" }, Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await administrator.PutAsJsonAsync($"api/v1/people/{await KeyOfAsync("officer")}/unit", new { unit = "financial" }, Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (_inside, _outside, _compliance) = (await SignInAsync("officer"), await SignInAsync("second-officer"), await SignInAsync("compliance"));
        var drafted = await (await _inside.PostAsJsonAsync("api/v1/notices", new { colour = "red", form = "notice", fields = _fields }, Cancel)).ShouldBeJsonAsync(201);
        _notice = NoticeDesks.Ref(drafted);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in (HttpClient[])[_inside, _outside, _compliance]) client.Dispose();
        await _own.DisposeAsync();
    }

    [Theory]
    [InlineData(false, 403, "access.restricted")]
    [InlineData(true, 404, "notice.unknown")]
    public async Task No_act_on_a_restricted_request_goes_round_the_gate(bool concealed, int status, string code)
    {
        await RestrictAsync(concealed);
        foreach (string address in (string[])[$"api/v1/notices/{_notice}", $"api/v1/notices/{_notice}?format=stix", $"api/v1/notices/{_notice}/pictures/1"])
        {
            await (await _outside.GetAsync(address, Cancel)).ShouldBeRefusedAsync(status, code);
        }

        foreach (var (step, kind) in (IEnumerable<(string, string)>)[("submit", "x"), ("discard", "x"), ("amendments", "x"), ("addenda", "correction"), ("sightings", "seen")])
        {
            await (await _outside.PostAsJsonAsync($"api/v1/notices/{_notice}/{step}", new { kind, texts = new { en = "x" }, at = "2026-11-01", place = "Here", text = "x" }, Cancel)).ShouldBeRefusedAsync(status, code);
        }

        using var machine = await _own.ClientAsync(Right.ReadNotices, Right.DraftNotices);
        await (await machine.GetAsync($"api/v1/notices/{_notice}", Cancel)).ShouldBeRefusedAsync(status, code);
        (await _inside.GetAsync($"api/v1/notices/{_notice}", Cancel)).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task A_concealed_request_is_in_no_list_count_search_or_check_and_answers_as_one_that_never_was()
    {
        (await ListedAsync(_outside)).ShouldContain(_notice);
        (await SamePersonAsync(_outside)).ShouldContain(_notice);
        int before = await TotalAsync(_outside);
        await RestrictAsync(concealed: true);
        (await ListedAsync(_inside)).ShouldContain(_notice);
        (await ListedAsync(_outside)).ShouldNotContain(_notice);
        (await TotalAsync(_outside)).ShouldBe(before - 1);
        (await _outside.GetStringAsync($"api/v1/notices?q={_fields["familyName"]}", Cancel)).ShouldNotContain(_notice);
        (await SamePersonAsync(_inside)).ShouldContain(_notice);
        (await SamePersonAsync(_outside)).ShouldNotContain(_notice);
        foreach (string page in (string[])["", "notices", $"notices?q={_fields["familyName"]}"]) (await _outside.GetStringAsync(page, Cancel)).ShouldNotContain(_notice, Case.Sensitive, page);
        using var concealed = await _outside.GetAsync($"api/v1/notices/{_notice}", Cancel);
        using var missing = await _outside.GetAsync("api/v1/notices/UTO-R-2026-9998", Cancel);
        (await SaidAsync(concealed)).ShouldBe(await SaidAsync(missing));
    }

    [Fact]
    public async Task A_named_request_says_whom_to_ask_and_an_emergency_opens_it_for_reading()
    {
        await RestrictAsync(concealed: false);
        var said = await (await _outside.GetAsync($"api/v1/notices/{_notice}", Cancel)).ShouldBeRefusedAsync(403, "access.restricted");
        said.GetProperty("ask").GetString().ShouldBe("Financial crime");
        string page = await (await _outside.GetAsync($"notices/{_notice}", Cancel)).Content.ReadAsStringAsync(Cancel);
        page.ShouldContain($"/emergency?record={_notice}");
        page.ShouldNotContain(_fields["familyName"]);
        await (await _outside.PostAsJsonAsync("api/v1/emergencies", new { record = _notice, reason = "A child is missing and every minute counts" }, Cancel)).ShouldBeJsonAsync();
        (await _outside.GetAsync($"api/v1/notices/{_notice}", Cancel)).EnsureSuccessStatusCode();
        (await _own.JournalAsync("record.opened-in-emergency", _notice)).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Reviewers_see_it_and_what_is_in_force_is_for_all_its_recipients_again()
    {
        await RestrictAsync(concealed: true);
        await NoticeDesks.StepAsync(_inside, _notice, "submit");
        var notice = await NoticeDesks.ReadAsync(_compliance, _notice);
        foreach (var finding in notice.GetProperty("findings").EnumerateArray().Where(f => f.GetProperty("outcome").GetString() == "needs-human"))
        {
            await (await _compliance.PostAsJsonAsync($"api/v1/notices/{_notice}/answers", new { criterion = finding.GetProperty("criterion").GetString(), met = true, text = "Weighed: yes." }, Cancel)).ShouldBeJsonAsync();
        }

        await NoticeDesks.StepAsync(_compliance, _notice, "approve", "All tests are met.");
        await (await NoticeDesks.PostAsync(_outside, _notice, "publish")).ShouldBeRefusedAsync(404, "notice.unknown");
        (await _inside.PutAsJsonAsync($"api/v1/restrictions/{_notice}", new { units = new[] { "financial" }, people = new[] { await KeyOfAsync("second-officer") }, concealed = true, reason = "The second person is let in", version = 2 }, Cancel))
            .StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await NoticeDesks.StepAsync(_outside, _notice, "publish");
        (await _own.JournalAsync("record.unrestricted", _notice)).ShouldHaveSingleItem();
        using var reader = await _own.ClientAsync(Right.ReadNotices);
        (await reader.GetAsync($"api/v1/notices/{_notice}", Cancel)).EnsureSuccessStatusCode();
        await (await _inside.PutAsJsonAsync($"api/v1/restrictions/{_notice}", new { units = new[] { "financial" }, concealed = true, reason = "Too late for this one" }, Cancel)).ShouldBeRefusedAsync(404, "access.record-unknown");
    }

    private async Task<HttpClient> SignInAsync(string name)
    {
        var client = await _own.SignInAsync(name, SpecimenPeople.Password);
        client.DefaultRequestHeaders.Add("Amana-Purpose", "training");
        client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        return client;
    }

    private async Task<Guid> KeyOfAsync(string name)
    {
        await using var db = await _own.OpenDbAsync();
        return await db.Set<Person>().Where(p => p.UserName == name).Select(p => p.Id).SingleAsync(Cancel);
    }

    private async Task RestrictAsync(bool concealed) =>
        (await _inside.PutAsJsonAsync($"api/v1/restrictions/{_notice}", new { units = new[] { "financial" }, concealed, reason = "Source at risk if more people know" }, Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

    private static async Task<string> ListedAsync(HttpClient client) => await client.GetStringAsync("api/v1/notices?limit=200", Cancel);

    private static async Task<int> TotalAsync(HttpClient client) => (await client.GetFromJsonAsync<JsonElement>("api/v1/notices", Cancel)).GetProperty("total").GetInt32();

    private async Task<string> SamePersonAsync(HttpClient client)
    {
        var fields = new Dictionary<string, string[]>(StringComparer.Ordinal) { ["familyName"] = [_fields["familyName"]], ["forename"] = [_fields["forename"]] };
        using var answer = await client.PostAsJsonAsync("api/v1/notices/same-person", new { colour = "red", fields }, Cancel);
        string said = await answer.Content.ReadAsStringAsync(Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, said);
        return said;
    }

    private static async Task<string> SaidAsync(HttpResponseMessage answer)
    {
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel)).RootElement;
        return string.Join('|', problem.EnumerateObject().Where(p => p.Name is not ("traceId" or "instance" or "requestId")).Select(p => $"{p.Name}={p.Value}").Prepend($"{(int)answer.StatusCode}"));
    }
}
