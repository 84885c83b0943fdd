using System.Net.Http.Json;
using System.Text.Json;
using Amana.Server.Access;
using static Amana.Server.Tests.Screening.TestLists;

namespace Amana.Server.Tests.Screening;

public sealed class HitTests(AmanaServer server) : IAsyncLifetime
{
    private readonly string _list = $"hit-specimens-{Guid.CreateVersion7():N}"[..40];
    private HttpClient _one = null!;
    private HttpClient _two = null!;

    public async ValueTask InitializeAsync()
    {
        await server.PutListAsync(_list, Person("ht-1", "Mithal Specimen", ("birthDate", "1974-08-12")));
        _one = await server.ClientAsync(Right.Screen, Right.DecideHits);
        _two = await server.ClientAsync(Right.Screen, Right.DecideHits);
    }

    public ValueTask DisposeAsync()
    {
        _one.Dispose();
        _two.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Keep_makes_a_hit_with_a_reference_and_asking_again_finds_the_same_open_one()
    {
        string first = await KeepAsync();
        first.ShouldStartWith("HIT-");
        (await KeepAsync()).ShouldBe(first);
        var hit = await ReadAsync(first);
        hit.GetProperty("row").GetProperty("state").GetString().ShouldBe("open");
        hit.GetProperty("question").GetProperty("name")[0].GetString().ShouldBe("Mithal Specimen");
        hit.GetProperty("record").GetProperty("id").GetString().ShouldBe("ht-1");
        (await server.JournalAsync("hit.read", first)).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Not_the_same_is_remembered_for_the_pair_and_shown_but_not_hidden()
    {
        string reference = await KeepAsync();
        await DecideAsync(_one, reference, "not-the-same", "birth-date-differs");

        var answer = await AskAsync();
        var hit = answer.GetProperty("hits")[0];
        hit.GetProperty("hit").ValueKind.ShouldBe(JsonValueKind.Null);
        hit.GetProperty("settled").GetProperty("hit").GetString().ShouldBe(reference);
        hit.GetProperty("settled").GetProperty("recordChanged").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task A_changed_record_opens_the_settled_pair_again()
    {
        string reference = await KeepAsync();
        await DecideAsync(_one, reference, "not-the-same", "birth-date-differs");
        await server.PutListAsync(_list, Person("ht-1", "Mithal Specimen", ("birthDate", "1974-08-12"), ("passportNumber", "L898902C3")));

        var answer = await AskAsync();
        answer.GetProperty("hits")[0].GetProperty("settled").GetProperty("recordChanged").GetBoolean().ShouldBeTrue();
        (await KeepAsync()).ShouldBe(reference);
        var hit = await ReadAsync(reference);
        hit.GetProperty("row").GetProperty("state").GetString().ShouldBe("open");
        hit.GetProperty("reopenedAt").ValueKind.ShouldBe(JsonValueKind.String);
        hit.GetProperty("decisions").GetArrayLength().ShouldBe(1);
        hit.GetProperty("record").GetProperty("properties").GetProperty("passportNumber")[0].GetString().ShouldBe("L898902C3");
    }

    [Fact]
    public async Task Two_officers_who_decide_at_once_cannot_overwrite_each_other()
    {
        string reference = await KeepAsync();
        long version = (await ReadAsync(reference)).GetProperty("row").GetProperty("version").GetInt64();
        var both = await Task.WhenAll(
            _one.PostAsJsonAsync($"api/v1/hits/{reference}/decision", new { verdict = "same-person", reason = "document-agrees", version }),
            _two.PostAsJsonAsync($"api/v1/hits/{reference}/decision", new { verdict = "not-the-same", reason = "face-differs", version }));
        both.Count(a => a.IsSuccessStatusCode).ShouldBe(1);
        await both.Single(a => !a.IsSuccessStatusCode).ShouldBeRefusedAsync(409, "hit.changed-meanwhile");
        (await ReadAsync(reference)).GetProperty("decisions").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task A_decision_is_journaled_and_may_be_undone_by_the_officer_who_took_it()
    {
        string reference = await KeepAsync();
        await DecideAsync(_one, reference, "not-the-same", "other", "tattoo differs");
        await (await _two.PostAsync($"api/v1/hits/{reference}/undo", null)).ShouldBeRefusedAsync(409, "hit.not-yours");
        var hit = await (await _one.PostAsync($"api/v1/hits/{reference}/undo", null)).ShouldBeJsonAsync();
        hit.GetProperty("row").GetProperty("state").GetString().ShouldBe("open");
        hit.GetProperty("decisions")[0].GetProperty("undoneAt").ValueKind.ShouldBe(JsonValueKind.String);
        (await AskAsync()).GetProperty("hits")[0].GetProperty("settled").ValueKind.ShouldBe(JsonValueKind.Null);

        var decided = (await server.JournalAsync("hit.decided", reference)).ShouldHaveSingleItem();
        decided.Details!.ShouldNotContain("tattoo");
        (await server.JournalAsync("hit.decision-undone", reference)).ShouldHaveSingleItem().Purpose.ShouldBe("border-check");
    }

    [Theory]
    [InlineData("""{"reason":"document-agrees"}""", 422, "hit.verdict-missing")]
    [InlineData("""{"verdict":"guilty","reason":"document-agrees"}""", 400, "hit.verdict-unknown")]
    [InlineData("""{"verdict":"same-person"}""", 422, "hit.reason-missing")]
    [InlineData("""{"verdict":"same-person","reason":"sex-differs"}""", 400, "hit.reason-unknown")]
    [InlineData("""{"verdict":"same-person","reason":"other"}""", 422, "hit.reason-text-missing")]
    [InlineData("""{"verdict":7}""", 400, "http.json-unreadable")]
    [InlineData("""{""", 400, "http.json-unreadable")]
    public async Task A_decision_without_verdict_or_reason_is_refused_and_changes_nothing(string body, int status, string code)
    {
        string reference = await KeepAsync();
        var answer = await _one.PostAsync($"api/v1/hits/{reference}/decision", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        await answer.ShouldBeRefusedAsync(status, code);
        (await ReadAsync(reference)).GetProperty("row").GetProperty("state").GetString().ShouldBe("open");
    }

    [Fact]
    public async Task Hits_are_listed_by_state_and_taken_as_ones_own()
    {
        string reference = await KeepAsync();
        await (await _one.PostAsJsonAsync($"api/v1/hits/{reference}/assign", new { mine = true })).ShouldBeJsonAsync();
        var mine = await _one.GetFromJsonAsync<JsonElement>("api/v1/hits?state=open&mine=true");
        mine.GetProperty("hits").EnumerateArray().Select(h => h.GetProperty("reference").GetString()).ShouldBe([reference]);
        var others = await _two.GetFromJsonAsync<JsonElement>("api/v1/hits?mine=true");
        others.GetProperty("total").GetInt32().ShouldBe(0);
        mine.GetProperty("open").GetInt32().ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("HIT-26-99999")]
    [InlineData("HIT-26-00000")]
    [InlineData("nonsense")]
    public async Task An_unknown_reference_is_404(string reference) =>
        await (await _one.GetAsync($"api/v1/hits/{reference}")).ShouldBeRefusedAsync(404, "hit.unknown");

    [Fact]
    public async Task Who_may_only_ask_may_not_decide()
    {
        string reference = await KeepAsync();
        using var asker = await server.ClientAsync(Right.Screen);
        await (await asker.PostAsJsonAsync($"api/v1/hits/{reference}/decision", new { verdict = "same-person", reason = "document-agrees" })).ShouldBeRefusedAsync(403, "access.forbidden");
    }

    [Fact]
    public async Task A_question_that_many_ask_at_the_same_moment_makes_one_hit()
    {
        var hits = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => KeepAsync()));
        hits.Distinct().Count().ShouldBe(1);
    }

    private async Task<JsonElement> AskAsync(bool keep = false) => await (await _one.PostAsync($"api/v1/screenings?dataset={_list}&keep={keep}",
        new StringContent("""{"name":"Mithal Specimen","schema":"Person"}"""))).ShouldBeJsonAsync();

    private async Task<string> KeepAsync() => (await AskAsync(keep: true)).GetProperty("hits")[0].GetProperty("hit").GetString()!;

    private async Task<JsonElement> ReadAsync(string reference) => await (await _one.GetAsync($"api/v1/hits/{reference}")).ShouldBeJsonAsync();

    private static async Task DecideAsync(HttpClient client, string reference, string verdict, string reason, string? text = null) =>
        await (await client.PostAsJsonAsync($"api/v1/hits/{reference}/decision", new { verdict, reason, text })).ShouldBeJsonAsync();
}
