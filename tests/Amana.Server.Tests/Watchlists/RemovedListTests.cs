using System.Net.Http.Json;
using System.Text.Json;
using Amana.Server.Access;
using Amana.Server.Watchlists;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Server.Tests.Watchlists;

/// <summary>A list that a person takes out of asking: what stops at once, what is kept, and what brings it back.</summary>
public class RemovedListTests(AmanaServer server)
{
    private const string Reason = "The publisher has given it up.";

    [Fact]
    public async Task A_removed_list_answers_nobody_and_all_of_it_comes_back_when_it_is_restored()
    {
        var (imports, list) = await PublishedAsync("gone");
        using var asker = await server.ClientAsync(Right.Screen);
        (await AskAsync(asker, list)).GetProperty("hits").GetArrayLength().ShouldBe(1);

        var removed = await imports.PostAsync($"api/v1/lists/{list}/remove", new { reason = Reason });
        removed.GetProperty("reason").GetString().ShouldBe(Reason);
        var until = removed.GetProperty("restorableUntil").GetDateTimeOffset();
        (until - removed.GetProperty("removedAt").GetDateTimeOffset()).ShouldBe(TimeSpan.FromDays(30));

        await (await imports.Client.GetAsync($"api/v1/lists/{list}")).ShouldBeRefusedAsync(404, "watchlist.unknown");
        await (await imports.Client.GetAsync($"api/v1/records?list={list}")).ShouldBeRefusedAsync(404, "watchlist.unknown");
        await (await asker.PostAsJsonAsync($"api/v1/screenings?dataset={list}", new { name = "SPECIMEN Number1" })).ShouldBeRefusedAsync(404, "screening.dataset-unknown");
        (await (await asker.GetAsync("catalog")).Content.ReadAsStringAsync()).ShouldNotContain(list);
        (await (await imports.Client.GetAsync("api/v1/lists")).Content.ReadAsStringAsync()).ShouldNotContain(list);
        (await RemovedAsync(imports)).Single(r => r.GetProperty("name").GetString() == list).GetProperty("entityCount").GetInt32().ShouldBe(1);

        (await imports.PostAsync($"api/v1/lists/{list}/restore")).GetProperty("entityCount").GetInt32().ShouldBe(1);
        (await AskAsync(asker, list)).GetProperty("hits").GetArrayLength().ShouldBe(1);
        (await RemovedAsync(imports)).ShouldNotContain(r => r.GetProperty("name").GetString() == list);
        (await server.JournalAsync(onWhat: list)).Select(e => e.What).ShouldBe(["source.added", "list.removed", "list.restored"], ignoreOrder: true);
        (await server.JournalAsync("list.removed", list)).Single().Details!.ShouldContain(Reason);
    }

    [Fact]
    public async Task A_list_is_removed_only_with_a_reason_and_the_right_to_import_and_once()
    {
        var (imports, list) = await PublishedAsync("why");
        await (await imports.Client.PostAsJsonAsync($"api/v1/lists/{list}/remove", new { reason = " " })).ShouldBeRefusedAsync(422, "watchlist.reason-missing");
        await (await imports.Client.PostAsJsonAsync($"api/v1/lists/{list}/remove", new { reason = new string('x', 1_001) })).ShouldBeRefusedAsync(400, "watchlist.reason-too-long");
        await (await imports.Client.PostAsJsonAsync("api/v1/lists/no-such-list/remove", new { reason = Reason })).ShouldBeRefusedAsync(404, "watchlist.unknown");
        await (await imports.Client.PostAsync($"api/v1/lists/{list}/restore", null)).ShouldBeRefusedAsync(409, "watchlist.not-removed");
        using var reader = await server.ClientAsync(Right.ReadLists);
        await (await reader.PostAsJsonAsync($"api/v1/lists/{list}/remove", new { reason = Reason })).ShouldBeRefusedAsync(403, "access.forbidden");
        (await imports.CountAsync(list)).ShouldBe(1);
        await imports.PostAsync($"api/v1/sources/{list}/remove", new { reason = Reason });
        await (await imports.Client.PostAsJsonAsync($"api/v1/lists/{list}/remove", new { reason = Reason })).ShouldBeRefusedAsync(409, "watchlist.removed");
        (await server.JournalAsync("list.removed", list)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task While_a_list_is_removed_nothing_is_made_changed_sent_or_fetched_under_its_name()
    {
        var (imports, list) = await PublishedAsync("name");
        await imports.PostAsync($"api/v1/lists/{list}/remove", new { reason = Reason });
        await (await imports.Client.PostAsJsonAsync("api/v1/lists", new { name = list })).ShouldBeRefusedAsync(409, "watchlist.removed");
        await (await imports.Client.PatchAsJsonAsync($"api/v1/sources/{list}", new { title = "Another" })).ShouldBeRefusedAsync(409, "watchlist.removed");
        await (await imports.SendAsync(list, "a.ftm.json", "{}"u8.ToArray())).ShouldBeRefusedAsync(409, "watchlist.removed");
        await (await imports.Client.PostAsJsonAsync("api/v1/runs", new { list })).ShouldBeRefusedAsync(409, "watchlist.removed");
        string run = (await server.JournalAsync("list.published")).Last(e => e.Details!.Contains(list, StringComparison.Ordinal)).OnWhat!;
        await (await imports.Client.PostAsync($"api/v1/runs/{run}/undo", null)).ShouldBeRefusedAsync(409, "watchlist.removed");
    }

    [Fact]
    public async Task A_run_at_work_is_stopped_with_its_list_and_the_version_before_is_what_comes_back()
    {
        var (imports, list) = await PublishedAsync("work");
        string run = (await (await imports.SendAsync(list, "a.ftm.json.gz", Imports.Gzip(Imports.Persons(1, 120_000)))).ShouldBeJsonAsync(202)).GetProperty("ref").GetString()!;
        await imports.WaitAsync(run, r => Imports.Number(r, "rows") > 0);
        await imports.PostAsync($"api/v1/lists/{list}/remove", new { reason = Reason });
        Imports.State(await imports.RunAsync(run)).ShouldBe("stopped");
        (await server.JournalAsync(onWhat: run)).Select(e => e.What).ShouldBe(["import.started", "import.stopped"]);
        await imports.PostAsync($"api/v1/lists/{list}/restore");
        (await imports.CountAsync(list)).ShouldBe(1);
        var next = await imports.ImportAsync(list, Imports.Persons(1, 2));
        (Imports.State(next), Imports.Number(next, "added")).ShouldBe(("done", 1), next.ToString());
    }

    [Fact]
    public async Task The_schedule_of_a_removed_list_rests_until_it_is_restored()
    {
        var imports = await Imports.ToAsync(server);
        string list = Imports.NewName("rest");
        await (await imports.Client.PostAsJsonAsync("api/v1/lists", new { name = list, kind = "disk", address = "none.ftm.json", schedule = "every 2h" })).ShouldBeJsonAsync(201);
        (await DueAsync(list)).ShouldNotBeNull();
        await imports.PostAsync($"api/v1/lists/{list}/remove", new { reason = Reason });
        (await DueAsync(list)).ShouldBeNull();
        await imports.PostAsync($"api/v1/lists/{list}/restore");
        (await DueAsync(list)).ShouldNotBeNull();
    }

    [Fact]
    public async Task The_page_removes_a_list_with_a_reason_and_brings_it_back_without_script()
    {
        await using var own = await AmanaServer.StartNewAsync(demo: true);
        using var visit = await Web.BrowserSession.SignInAsync(own.Address, "administrator");
        (await visit.PostAsync("/admin/sources/uto-specimens", "remove", ("reason", ""))).ShouldContain("Say why the list is removed");
        own.Services.GetRequiredService<ListShelf>().Current.Lists.ShouldContain(l => l.Name == "uto-specimens");
        await visit.PostAsync("/admin/sources/uto-specimens", "remove", ("reason", Reason));
        own.Services.GetRequiredService<ListShelf>().Current.Lists.ShouldNotContain(l => l.Name == "uto-specimens");
        (await visit.PageAsync("/admin/sources")).ShouldContain(Reason);
        (await visit.PageAsync("/admin/sources/uto-specimens")).ShouldContain(Reason);
        await visit.PostAsync("/admin/sources", "restore-uto-specimens");
        own.Services.GetRequiredService<ListShelf>().Current.Lists.ShouldContain(l => l.Name == "uto-specimens");
    }

    [Fact]
    public async Task When_the_time_is_over_all_is_deleted_but_a_decided_hit_keeps_what_was_seen()
    {
        var clock = new Ahead();
        await using var own = new AmanaServer { Change = services => services.AddSingleton<TimeProvider>(clock) };
        await own.InitializeAsync();
        var imports = await Imports.ToAsync(own);
        var first = await own.ShouldPublishAsync(imports, "mine", Imports.Persons(1, 3));
        using var officer = await own.ClientAsync(Right.Screen, Right.DecideHits);
        string hit = (await AskAsync(officer, "mine", keep: true)).GetProperty("hits")[0].GetProperty("hit").GetString()!;
        await (await officer.PostAsJsonAsync($"api/v1/hits/{hit}/decision", new { verdict = "same-person", reason = "document-agrees" })).ShouldBeJsonAsync();
        await imports.PostAsync("api/v1/lists/mine/remove", new { reason = Reason });
        var purge = own.Services.GetRequiredService<PurgeRemovedLists>();

        clock.Days = 29;
        (await purge.PurgeDueAsync(default)).ShouldBe(0);
        await own.RestartAsync();
        own.Services.GetRequiredService<ListShelf>().Current.Lists.ShouldBeEmpty();
        clock.Days = 31;
        var later = await Imports.ToAsync(own);
        using var again = await own.ClientAsync(Right.Screen, Right.DecideHits);
        purge = own.Services.GetRequiredService<PurgeRemovedLists>();
        await (await later.Client.PostAsync("api/v1/lists/mine/restore", null)).ShouldBeRefusedAsync(409, "watchlist.restore-too-late");
        (await purge.PurgeDueAsync(default)).ShouldBe(1);

        await using (var db = await own.OpenDbAsync())
        {
            (await db.Set<StoredEntity>().CountAsync(), await db.Set<ListVersion>().CountAsync(), await db.Set<ListSource>().CountAsync(), await db.Set<ListChange>().CountAsync())
                .ShouldBe((0, 0, 0, 0));
        }
        Directory.Exists(Path.Combine(own.DataFolder, "lists", "mine")).ShouldBeFalse();
        (await RemovedAsync(later)).ShouldBeEmpty();
        var kept = await (await again.GetAsync($"api/v1/hits/{hit}")).ShouldBeJsonAsync();
        kept.GetProperty("record").GetProperty("caption").GetString().ShouldBe("SPECIMEN Number1");
        kept.GetProperty("row").GetProperty("verdict").GetString().ShouldBe("same-person");
        (await own.JournalAsync("list.purged", "mine")).ShouldHaveSingleItem();

        var anew = await own.ShouldPublishAsync(later, "mine", Imports.Persons(1, 2));
        anew.GetProperty("ref").GetString().ShouldNotBe(first.GetProperty("ref").GetString());
        (await later.CountAsync("mine")).ShouldBe(2);
    }

    private async Task<(Imports, string List)> PublishedAsync(string word)
    {
        var imports = await Imports.ToAsync(server);
        string list = Imports.NewName(word);
        await server.ShouldPublishAsync(imports, list, Imports.Persons(1, 1));
        return (imports, list);
    }

    private async Task<DateTimeOffset?> DueAsync(string list)
    {
        await using var db = await server.OpenDbAsync();
        int number = await db.Set<WatchList>().Where(l => l.Name == list).Select(l => l.Number).SingleAsync();
        return await db.Set<ListSource>().Where(s => s.List == number).Select(s => s.DueAt).SingleAsync();
    }

    private static async Task<JsonElement> AskAsync(HttpClient client, string list, bool keep = false) =>
        await (await client.PostAsJsonAsync($"api/v1/screenings?dataset={list}&limit=1&keep={keep}", new { name = "SPECIMEN Number1", schema = "Person" })).ShouldBeJsonAsync();

    private static async Task<List<JsonElement>> RemovedAsync(Imports imports) =>
        [.. (await (await imports.Client.GetAsync("api/v1/removed-lists")).ShouldBeJsonAsync()).EnumerateArray()];

    /// <summary>A clock that is some days ahead; what is timed goes at its usual pace.</summary>
    private sealed class Ahead : TimeProvider
    {
        public int Days { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddDays(Days);
    }
}
