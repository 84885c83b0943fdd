using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Amana.Server.Access;
using Amana.Server.Access.Walls;
using Amana.Server.Tests.Screening;
using Microsoft.EntityFrameworkCore;
using static Amana.Server.Tests.Screening.TestLists;

namespace Amana.Server.Tests.Access;

/// <summary>Need to know on single records, and emergencies: an officer inside (of unit financial), a second officer and an analyst outside.</summary>
public sealed class WallTests : IAsyncLifetime
{
    private const string Inside = "officer", Outside = "second-officer", Why = "Source at risk if more people know";
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private AmanaServer _own = null!;
    private HttpClient _inside = null!;
    private HttpClient _outside = null!;
    private string _hit = "";

    public async ValueTask InitializeAsync()
    {
        _own = await AmanaServer.StartNewAsync();
        await _own.RunAsync<SpecimenPeople, int>(async s => { await s.AddAsync(default); return 0; });
        await _own.PutListAsync("walls", Person("w-1", "Mithal Specimen", ("birthDate", "1974-08-12")), Person("w-2", "Bassima Muster"));
        using var administrator = await _own.SignInAsync("administrator", SpecimenPeople.Password);
        (await administrator.PutAsJsonAsync("api/v1/units/financial", new { name = "Financial crime" }, Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await administrator.PutAsJsonAsync($"api/v1/people/{await KeyOfAsync(Inside)}/unit", new { unit = "financial" }, Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        _inside = await SignInAsync(Inside);
        _outside = await SignInAsync(Outside);
        _hit = (await KeepAsync(_inside, "Mithal Specimen"))!;
    }

    public async ValueTask DisposeAsync()
    {
        _inside.Dispose();
        _outside.Dispose();
        await _own.DisposeAsync();
    }

    [Fact]
    public async Task A_restricted_hit_is_in_no_list_count_page_or_answer_of_who_is_outside()
    {
        await RestrictAsync(concealed: false);
        (await HitsAsync(_inside)).ShouldContain(_hit);
        (await HitsAsync(_outside)).ShouldNotContain(_hit);
        var counts = await _outside.GetFromJsonAsync<JsonElement>("api/v1/hits", Cancel);
        counts.GetProperty("open").GetInt32().ShouldBe(0);
        counts.GetProperty("total").GetInt32().ShouldBe(0);
        foreach (string page in (string[])["", "hits", "hits?view=decided"]) (await _outside.GetStringAsync(page, Cancel)).ShouldNotContain(_hit, Case.Sensitive, page);
        (await _inside.GetStringAsync("", Cancel)).ShouldContain(_hit);
        var said = await (await _outside.GetAsync($"api/v1/hits/{_hit}", Cancel)).ShouldBeRefusedAsync(403, "access.restricted");
        said.GetProperty("ask").GetString().ShouldBe("Financial crime");
        said.ToString().ShouldNotContain("Mithal");
        (await _own.JournalAsync("access.refused", _hit)).ShouldNotBeEmpty();
        (await _inside.GetAsync($"api/v1/hits/{_hit}", Cancel)).EnsureSuccessStatusCode();
    }

    [Theory]
    [InlineData(false, 403, "access.restricted")]
    [InlineData(true, 404, "hit.unknown")]
    public async Task No_act_on_a_restricted_hit_goes_round_the_gate(bool concealed, int status, string code)
    {
        await RestrictAsync(concealed);
        await (await _outside.GetAsync($"api/v1/hits/{_hit}", Cancel)).ShouldBeRefusedAsync(status, code);
        await (await _outside.PostAsJsonAsync($"api/v1/hits/{_hit}/decision", new { verdict = "same-person", reason = "document-agrees" }, Cancel)).ShouldBeRefusedAsync(status, code);
        await (await _outside.PostAsync($"api/v1/hits/{_hit}/undo", null, Cancel)).ShouldBeRefusedAsync(status, code);
        await (await _outside.PostAsJsonAsync($"api/v1/hits/{_hit}/assign", new { mine = true }, Cancel)).ShouldBeRefusedAsync(status, code);
        string unknown = concealed ? "access.record-unknown" : "access.restricted";
        await (await _outside.GetAsync($"api/v1/restrictions/{_hit}", Cancel)).ShouldBeRefusedAsync(status, unknown);
        await (await _outside.DeleteAsync($"api/v1/restrictions/{_hit}?reason=because+I+want+it", Cancel)).ShouldBeRefusedAsync(status, unknown);
        await (await _outside.PutAsJsonAsync($"api/v1/restrictions/{_hit}", new { units = new[] { "financial" }, people = new[] { await KeyOfAsync(Outside) }, concealed, reason = Why, version = 2 }, Cancel))
            .ShouldBeRefusedAsync(status, unknown);
        (await _inside.GetFromJsonAsync<JsonElement>($"api/v1/hits/{_hit}", Cancel)).GetProperty("row").GetProperty("state").GetString().ShouldBe("open");
    }

    [Fact]
    public async Task A_concealed_hit_answers_as_one_that_never_was()
    {
        await RestrictAsync(concealed: true);
        using var concealed = await _outside.GetAsync($"api/v1/hits/{_hit}", Cancel);
        using var missing = await _outside.GetAsync("api/v1/hits/HIT-26-99998", Cancel);
        (await SaidAsync(concealed)).ShouldBe(await SaidAsync(missing));
        string? own = await KeepAsync(_outside, "Mithal Specimen");
        own.ShouldNotBeNull();
        own.ShouldNotBe(_hit, "who may not know of it gets a hit of the own");
        var answer = await AskAsync(_outside, "Mithal Specimen");
        answer.GetProperty("hits")[0].GetProperty("restrictedAsk").ValueKind.ShouldBe(JsonValueKind.Null);

        static async Task<string> SaidAsync(HttpResponseMessage answer)
        {
            var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel)).RootElement;
            return string.Join('|', problem.EnumerateObject().Where(p => p.Name is not ("traceId" or "instance" or "requestId")).Select(p => $"{p.Name}={p.Value}").Prepend($"{(int)answer.StatusCode}"));
        }
    }

    [Fact]
    public async Task A_question_at_the_border_is_answered_and_names_whom_to_ask()
    {
        await RestrictAsync(concealed: false);
        var answer = (await AskAsync(_outside, "Mithal Specimen")).GetProperty("hits")[0];
        answer.GetProperty("entity").GetString().ShouldBe("w-1");
        answer.GetProperty("restrictedAsk").GetString().ShouldBe("Financial crime");
        answer.ToString().ShouldNotContain(_hit);
        (await AskAsync(_inside, "Mithal Specimen")).GetProperty("hits")[0].GetProperty("restrictedAsk").ValueKind.ShouldBe(JsonValueKind.Null);
        (await AskAsync(_outside, "Bassima Muster")).GetProperty("hits")[0].GetProperty("restrictedAsk").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task What_was_settled_behind_a_wall_is_not_told_outside()
    {
        (await _inside.PostAsJsonAsync($"api/v1/hits/{_hit}/decision", new { verdict = "not-the-same", reason = "birth-date-differs" }, Cancel)).EnsureSuccessStatusCode();
        (await AskAsync(_outside, "Mithal Specimen")).GetProperty("hits")[0].GetProperty("settled").ValueKind.ShouldBe(JsonValueKind.Object);
        await RestrictAsync(concealed: true);
        var hit = (await AskAsync(_outside, "Mithal Specimen")).GetProperty("hits")[0];
        hit.GetProperty("settled").ValueKind.ShouldBe(JsonValueKind.Null);
        hit.ToString().ShouldNotContain(_hit);
        (await AskAsync(_inside, "Mithal Specimen")).GetProperty("hits")[0].GetProperty("settled").GetProperty("hit").GetString().ShouldBe(_hit);
    }

    [Fact]
    public async Task An_emergency_opens_one_record_for_hours_is_loud_and_is_reviewed()
    {
        await RestrictAsync(concealed: false);
        string second = (await KeepAsync(_inside, "Bassima Muster"))!;
        await RestrictAsync(concealed: false, second);
        await (await OpenAsync(_outside, _hit, "please")).ShouldBeRefusedAsync(422, "access.emergency-reason");
        await (await OpenAsync(_inside, _hit)).ShouldBeRefusedAsync(409, "access.emergency-not-needed");
        var opened = await (await OpenAsync(_outside, _hit)).ShouldBeJsonAsync();
        (opened.GetProperty("until").GetDateTimeOffset() - DateTimeOffset.UtcNow).ShouldBeInRange(TimeSpan.FromHours(3.9), TimeSpan.FromHours(4.1));

        (await _outside.GetAsync($"api/v1/hits/{_hit}", Cancel)).EnsureSuccessStatusCode();
        await (await _outside.GetAsync($"api/v1/hits/{second}", Cancel)).ShouldBeRefusedAsync(403, "access.restricted");
        (await _own.JournalAsync("record.opened-in-emergency", _hit)).ShouldNotBeEmpty();
        (await _own.JournalAsync("emergency.opened", _hit)).ShouldHaveSingleItem().Details!.ShouldNotContain("child");
        await (await _outside.DeleteAsync($"api/v1/restrictions/{_hit}?reason=because+I+want+it", Cancel)).ShouldBeRefusedAsync(403, "access.restricted");

        using var compliance = await SignInAsync("compliance");
        (await _inside.GetStringAsync("", Cancel)).ShouldContain("opened");
        string page = await compliance.GetStringAsync("audit/emergencies", Cancel);
        page.ShouldContain(_hit);
        page.ShouldContain("A child is missing");
        var waiting = (await compliance.GetFromJsonAsync<JsonElement>("api/v1/emergencies", Cancel)).GetProperty("waiting").EnumerateArray().ShouldHaveSingleItem();
        string id = waiting.GetProperty("id").GetString()!;
        await (await compliance.PostAsJsonAsync($"api/v1/emergencies/{id}/review", new { justified = false }, Cancel)).ShouldBeRefusedAsync(422, "access.emergency-finding");
        (await compliance.PostAsJsonAsync($"api/v1/emergencies/{id}/review", new { justified = false, finding = "There was time to ask the unit." }, Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await (await compliance.PostAsJsonAsync($"api/v1/emergencies/{id}/review", new { justified = true, finding = "On second thought it was right." }, Cancel)).ShouldBeRefusedAsync(409, "access.emergency-reviewed");
        await (await _outside.GetAsync($"api/v1/hits/{_hit}", Cancel)).ShouldBeRefusedAsync(403, "access.restricted");
    }

    [Fact]
    public async Task An_emergency_ends_by_itself_and_a_late_review_is_red()
    {
        await RestrictAsync(concealed: false);
        (await OpenAsync(_outside, _hit)).EnsureSuccessStatusCode();
        await using (var db = await _own.OpenDbAsync())
        {
            var opening = await db.Emergencies.SingleAsync(Cancel);
            opening.Until = DateTimeOffset.UtcNow.AddSeconds(-1);
            db.Entry(opening).Property(e => e.At).CurrentValue = DateTimeOffset.UtcNow - EmergencyOpening.ReviewWithin - TimeSpan.FromMinutes(1);
            await db.SaveChangesAsync(Cancel);
        }

        await (await _outside.GetAsync($"api/v1/hits/{_hit}", Cancel)).ShouldBeRefusedAsync(403, "access.restricted");
        using var compliance = await SignInAsync("compliance");
        (await compliance.GetStringAsync("audit/emergencies", Cancel)).ShouldContain("Review is late");
    }

    [Fact]
    public async Task Three_emergencies_at_one_time_are_the_most_also_when_asked_at_one_moment()
    {
        var hits = new List<string>();
        for (int i = 0; i < 6; i++)
        {
            await _own.PutListAsync($"many-{i}", Person($"m-{i}", $"Zebulon Number{(char)('a' + i)}vich"));
            hits.Add((await KeepAsync(_inside, $"Zebulon Number{(char)('a' + i)}vich"))!);
            await RestrictAsync(concealed: true, hits[^1]);
        }

        var answers = await Task.WhenAll(hits.Select(h => OpenAsync(_outside, h)));
        answers.Count(a => a.IsSuccessStatusCode).ShouldBe(3);
        answers.Count(a => a.StatusCode is HttpStatusCode.TooManyRequests).ShouldBe(3);
    }

    [Fact]
    public async Task Neither_administrator_nor_analyst_nor_machine_opens_a_restricted_record()
    {
        await RestrictAsync(concealed: false);
        using var administrator = await SignInAsync("administrator");
        await (await OpenAsync(administrator, _hit)).ShouldBeRefusedAsync(403, "access.forbidden");
        await (await administrator.GetAsync($"api/v1/hits/{_hit}", Cancel)).ShouldBeRefusedAsync(403, "access.forbidden");
        using var analyst = await SignInAsync("analyst");
        await (await OpenAsync(analyst, _hit)).ShouldBeRefusedAsync(403, "access.forbidden");
        await (await analyst.GetAsync($"api/v1/hits/{_hit}", Cancel)).ShouldBeRefusedAsync(403, "access.restricted");
        using var machine = await _own.ClientAsync(Right.Screen, Right.DecideHits);
        await (await machine.GetAsync($"api/v1/hits/{_hit}", Cancel)).ShouldBeRefusedAsync(403, "access.restricted");
        await (await OpenAsync(machine, _hit)).ShouldBeRefusedAsync(403, "access.forbidden");
        RoleTable.RightsOf(Role.Administrator).Overlaps([Right.RestrictRecords, Right.OpenInEmergency, Right.ReviewEmergencies]).ShouldBeFalse();
    }

    [Fact]
    public async Task A_wall_admits_its_maker_names_who_is_there_and_is_not_changed_unseen()
    {
        await (await WallAsync(_hit, [], [await KeyOfAsync(Outside)], null)).ShouldBeRefusedAsync(400, "access.wall-without-oneself");
        await (await WallAsync(_hit, [], [], null)).ShouldBeRefusedAsync(422, "access.wall-admits");
        await (await WallAsync(_hit, ["nowhere"], [], null)).ShouldBeRefusedAsync(404, "access.unit-unknown");
        await (await WallAsync(_hit, ["financial"], [Guid.NewGuid()], null)).ShouldBeRefusedAsync(404, "access.person-not-found");
        await (await WallAsync("HIT-26-99998", ["financial"], [], null)).ShouldBeRefusedAsync(404, "access.record-unknown");
        var both = await Task.WhenAll(WallAsync(_hit, ["financial"], [], null), WallAsync(_hit, ["financial"], [], null));
        both.Count(a => a.IsSuccessStatusCode).ShouldBe(1);
        await both.Single(a => !a.IsSuccessStatusCode).ShouldBeRefusedAsync(409, "access.wall-changed");
        await (await WallAsync(_hit, ["financial"], [], null)).ShouldBeRefusedAsync(409, "access.wall-changed");
        (await WallAsync(_hit, ["financial"], [await KeyOfAsync(Outside)], 2)).EnsureSuccessStatusCode();
        (await _outside.GetAsync($"api/v1/hits/{_hit}", Cancel)).EnsureSuccessStatusCode();
        (await _inside.DeleteAsync($"api/v1/restrictions/{_hit}?reason=the+source+is+safe+now", Cancel)).EnsureSuccessStatusCode();
        await (await _inside.DeleteAsync($"api/v1/restrictions/{_hit}?reason=the+source+is+safe+now", Cancel)).ShouldBeRefusedAsync(409, "access.not-restricted");
        (await _own.JournalAsync("record.restricted", _hit))[0].Details!.ShouldNotContain("Source");
    }

    [Fact]
    public async Task Whoever_leaves_the_unit_is_outside_from_the_next_request_on()
    {
        await RestrictAsync(concealed: false);
        using var administrator = await SignInAsync("administrator");
        (await administrator.PutAsJsonAsync($"api/v1/people/{await KeyOfAsync(Inside)}/unit", new { unit = (string?)null }, Cancel)).EnsureSuccessStatusCode();
        await (await _inside.GetAsync($"api/v1/hits/{_hit}", Cancel)).ShouldBeRefusedAsync(403, "access.restricted");
        await (await administrator.PutAsJsonAsync($"api/v1/people/{await KeyOfAsync("administrator")}/unit", new { unit = "financial" }, Cancel)).ShouldBeRefusedAsync(403, "access.not-oneself");
    }

    [Fact]
    public async Task The_pages_show_the_wall_inside_and_the_way_of_an_emergency_outside()
    {
        await RestrictAsync(concealed: false);
        (await _inside.GetStringAsync($"hits/{_hit}", Cancel)).ShouldContain("Financial crime");
        string outside = await (await _outside.GetAsync($"hits/{_hit}", Cancel)).Content.ReadAsStringAsync(Cancel);
        outside.ShouldContain($"/emergency?record={_hit}");
        outside.ShouldNotContain("Mithal");
        (await _outside.GetStringAsync($"emergency?record={_hit}", Cancel)).ShouldContain(_hit);
        using var administrator = await SignInAsync("administrator");
        (await administrator.GetStringAsync("admin/units", Cancel)).ShouldContain("Financial crime");
        (await administrator.GetStringAsync($"admin/people/{await KeyOfAsync(Inside)}", Cancel)).ShouldContain("Financial crime");
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

    private async Task RestrictAsync(bool concealed, string? hit = null) =>
        (await _inside.PutAsJsonAsync($"api/v1/restrictions/{hit ?? _hit}", new { units = new[] { "financial" }, concealed, reason = Why }, Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

    private Task<HttpResponseMessage> WallAsync(string hit, string[] units, Guid[] people, long? version) =>
        _inside.PutAsJsonAsync($"api/v1/restrictions/{hit}", new { units, people, concealed = false, reason = Why, version }, Cancel);

    private static Task<HttpResponseMessage> OpenAsync(HttpClient client, string hit, string reason = "A child is missing and every minute counts") =>
        client.PostAsJsonAsync("api/v1/emergencies", new { record = hit, reason }, Cancel);

    private static async Task<List<string>> HitsAsync(HttpClient client) =>
        [.. (await client.GetFromJsonAsync<JsonElement>("api/v1/hits", Cancel)).GetProperty("hits").EnumerateArray().Select(h => h.GetProperty("reference").GetString()!)];

    private static async Task<JsonElement> AskAsync(HttpClient client, string name, bool keep = false) => await (await client.PostAsync($"api/v1/screenings?keep={keep}",
        new StringContent($$"""{"name":"{{name}}","schema":"Person"}"""), Cancel)).ShouldBeJsonAsync();

    private static async Task<string?> KeepAsync(HttpClient client, string name) => (await AskAsync(client, name, keep: true)).GetProperty("hits")[0].GetProperty("hit").GetString();
}
