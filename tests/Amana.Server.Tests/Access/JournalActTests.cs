using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Amana.Server.Access;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Keys;

namespace Amana.Server.Tests.Access;

public class JournalActTests(AmanaServer server)
{
    [Fact]
    public async Task The_check_is_an_act_and_says_that_all_is_as_it_was_signed()
    {
        using var client = await server.ClientAsync(Right.ReadJournal);
        var found = await (await client.PostAsync("api/v1/journal/check", null)).ShouldBeJsonAsync();
        found.GetProperty("fault").ValueKind.ShouldBe(JsonValueKind.Null);
        found.GetProperty("entries").GetInt64().ShouldBeGreaterThan(0);
        (await server.JournalAsync("journal.checked")).ShouldNotBeEmpty();
        var standing = await (await client.GetAsync("api/v1/journal/standing")).ShouldBeJsonAsync();
        standing.GetProperty("size").GetInt64().ShouldBeGreaterThan(0);
        standing.GetProperty("broken").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Theory]
    [InlineData("check")]
    [InlineData("1/erase-content")]
    public async Task Whoever_may_not_is_refused(string act)
    {
        using var client = await server.ClientAsync(Right.Screen);
        using var answer = await client.PostAsJsonAsync($"api/v1/journal/{act}", new { reason = "A court has ordered it." });
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Content_is_erased_with_a_reason_once_and_the_journal_still_proves_itself()
    {
        await using var own = await AmanaServer.StartNewAsync();
        using var browser = own.Browser();
        using (await own.PostFormAsync(browser, "access/sign-in", ("userName", "nobody"), ("password", "wrong-all-the-time"))) { }
        var entry = (await own.JournalAsync("sign-in.failed")).ShouldHaveSingleItem();
        await own.RunAsync<SpecimenPeople, int>(async s => { await s.AddAsync(TestContext.Current.CancellationToken); return 0; });
        using var client = await own.SignInAsync("data-protection", SpecimenPeople.Password);

        using (var without = await client.PostAsJsonAsync($"api/v1/journal/{entry.Number}/erase-content", new { reason = "short" }))
        {
            without.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            (await without.Content.ReadAsStringAsync()).ShouldContain("access.erase-reason");
        }

        using (var erased = await client.PostAsJsonAsync($"api/v1/journal/{entry.Number}/erase-content", new { reason = "A court has ordered it." })) erased.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using (var twice = await client.PostAsJsonAsync($"api/v1/journal/{entry.Number}/erase-content", new { reason = "A court has ordered it." })) twice.StatusCode.ShouldBe(HttpStatusCode.NotFound);

        (await own.JournalAsync("sign-in.failed")).ShouldHaveSingleItem().Content.ShouldBeNull();
        var said = (await own.JournalAsync("journal.content-erased")).ShouldHaveSingleItem();
        said.OnWhat.ShouldBe($"{entry.Number}");
        own.ContentOf(said).ShouldContain("A court has ordered it.");
        var found = await (await client.PostAsync("api/v1/journal/check", null)).ShouldBeJsonAsync();
        found.GetProperty("fault").ValueKind.ShouldBe(JsonValueKind.Null);
        found.GetProperty("erased").GetInt64().ShouldBe(1);
    }

    [Fact]
    public async Task Keys_are_changed_while_the_server_runs_and_content_from_before_is_read()
    {
        await using var own = await AmanaServer.StartNewAsync();
        using var browser = own.Browser();
        using (await own.PostFormAsync(browser, "access/sign-in", ("userName", "nobody"), ("password", "wrong-all-the-time"))) { }
        var changed = await own.RunAsync<RotateKeys, Result<KeyRotation.Changed>>(act => act.RunAsync(own.ServerCaller, default));
        changed.Succeeded(out var keys, out var refusal).ShouldBeTrue(refusal?.Detail);
        keys!.Master.ShouldBe(2);
        own.ContentOf((await own.JournalAsync("sign-in.failed"))[0]).ShouldContain("7F0000");
        await own.RestartAsync();
        own.ContentOf((await own.JournalAsync("sign-in.failed"))[0]).ShouldContain("7F0000");
        (await own.JournalAsync("keys.rotated")).Count.ShouldBe(1);
        (await own.RunAsync<JournalProof, JournalProof.Finding>(proof => proof.ProveAsync(default))).Fault.ShouldBeNull();
    }
}
