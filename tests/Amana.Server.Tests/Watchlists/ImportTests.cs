using System.Text;
using System.Text.Json;
using Amana.Server.Access;

namespace Amana.Server.Tests.Watchlists;

public class ImportTests(AmanaServer server)
{
    [Fact]
    public async Task A_run_records_what_it_added_changed_and_removed()
    {
        var imports = await Imports.ToAsync(server);
        string list = Imports.NewName("diff");
        await server.ShouldPublishAsync(imports, list, Imports.Persons(1, 200));
        string second = Imports.Persons(2, 199) + Imports.Persons(200, 200, "CHANGED") + Imports.Persons(201, 203);
        var run = await imports.ImportAsync(list, second);
        Imports.State(run).ShouldBe("done", run.ToString());
        (Imports.Number(run, "added"), Imports.Number(run, "changed"), Imports.Number(run, "removed")).ShouldBe((3, 1, 1));
        string changes = await imports.Client.GetStringAsync($"api/v1/runs/{run.GetProperty("ref").GetString()}/changes");
        changes.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement)
            .Select(c => c.GetProperty("kind").GetString() + " " + c.GetProperty("entity").GetString())
            .ShouldBe(["changed Q-200", "added Q-201", "added Q-202", "added Q-203", "removed Q-1"], ignoreOrder: true);
        (await imports.CountAsync(list)).ShouldBe(202);
    }

    [Fact]
    public async Task Who_may_import_follows_the_run_and_sees_the_lists_but_opens_no_record()
    {
        using var client = await server.ClientAsync(Right.Import);
        var imports = new Imports(client);
        string list = Imports.NewName("follow");
        var run = await imports.ImportAsync(list, Imports.Persons(1, 3));
        Imports.State(run).ShouldBe("done", run.ToString());
        (await (await client.GetAsync($"api/v1/lists/{list}")).ShouldBeJsonAsync()).GetProperty("name").GetString().ShouldBe(list);
        await (await client.GetAsync("api/v1/records/Q-1")).ShouldBeRefusedAsync(403, "access.forbidden");
    }

    [Fact]
    public async Task The_same_files_again_need_no_new_version()
    {
        var imports = await Imports.ToAsync(server);
        string list = Imports.NewName("same");
        await server.ShouldPublishAsync(imports, list, Imports.Persons(1, 10));
        Imports.State(await imports.ImportAsync(list, Imports.Persons(1, 10))).ShouldBe("unchanged");
    }

    [Fact]
    public async Task The_guard_keeps_the_old_version_until_a_person_confirms_with_a_reason()
    {
        var imports = await Imports.ToAsync(server);
        string list = Imports.NewName("guard");
        await server.ShouldPublishAsync(imports, list, Imports.Persons(1, 100));
        var run = await imports.ImportAsync(list, Imports.Persons(1, 90));
        Imports.State(run).ShouldBe("waiting");
        (await imports.CountAsync(list)).ShouldBe(100);
        string reference = run.GetProperty("ref").GetString()!;
        var unsaid = await imports.Client.PostAsync($"api/v1/runs/{reference}/confirm", new StringContent("""{"reason":" "}""", Encoding.UTF8, "application/json"));
        await unsaid.ShouldBeRefusedAsync(422, "run.reason-missing");
        await imports.PostAsync($"api/v1/runs/{reference}/confirm", new { reason = "The publisher closed ten cases." });
        Imports.State(await imports.EndOfAsync(reference)).ShouldBe("done");
        (await imports.CountAsync(list)).ShouldBe(90);
        (await server.JournalAsync("import.confirmed", reference)).Count.ShouldBe(1);
        (await server.JournalAsync("list.published", reference)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_run_that_its_guard_stopped_can_be_stopped_for_good()
    {
        var imports = await Imports.ToAsync(server);
        string list = Imports.NewName("drop");
        await server.ShouldPublishAsync(imports, list, Imports.Persons(1, 100));
        var run = await imports.ImportAsync(list, Imports.Persons(1, 50));
        await imports.PostAsync($"api/v1/runs/{run.GetProperty("ref").GetString()}/stop");
        // What it had marked as gone is taken back: the next run sees all hundred.
        var next = await imports.ImportAsync(list, Imports.Persons(1, 101));
        Imports.State(next).ShouldBe("done", next.ToString());
        (Imports.Number(next, "added"), Imports.Number(next, "removed")).ShouldBe((1, 0));
        (await imports.CountAsync(list)).ShouldBe(101);
    }

    [Fact]
    public async Task The_last_publication_can_be_undone_once()
    {
        var imports = await Imports.ToAsync(server);
        string list = Imports.NewName("undo");
        await server.ShouldPublishAsync(imports, list, Imports.Persons(1, 100));
        var run = await server.ShouldPublishAsync(imports, list, Imports.Persons(1, 99) + Imports.Persons(100, 100, "CHANGED") + Imports.Persons(101, 110));
        string undo = $"api/v1/runs/{run.GetProperty("ref").GetString()}/undo";
        await Eventually.SucceedsAsync(async () => (await imports.Client.PostAsync(undo, null)).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK));
        (await imports.CountAsync(list)).ShouldBe(100);
        (await imports.HasAsync(list, "Q-110")).ShouldBeFalse();
        await (await imports.Client.PostAsync(undo, null)).ShouldBeRefusedAsync(409, "run.nothing-to-undo");
        // The files that were undone can come again, and are a change again.
        var again = await server.ShouldPublishAsync(imports, list, Imports.Persons(1, 99) + Imports.Persons(100, 100, "CHANGED") + Imports.Persons(101, 110));
        (Imports.Number(again, "added"), Imports.Number(again, "changed")).ShouldBe((10, 1));
    }

    [Fact]
    public async Task Every_reading_of_a_record_is_in_the_journal_with_its_purpose()
    {
        var imports = await Imports.ToAsync(server);
        string list = Imports.NewName("read");
        string id = Imports.NewName("Q");
        await server.ShouldPublishAsync(imports, list, $$$"""{"id":"{{{id}}}","schema":"Person","caption":"A","properties":{"name":["Specimen Anna"]}}""");
        var record = await (await imports.Client.GetAsync($"api/v1/records/{id}")).ShouldBeJsonAsync();
        record.GetProperty("entries")[0].GetProperty("list").GetString().ShouldBe(list);
        var entry = (await server.JournalAsync("record.read", id)).ShouldHaveSingleItem();
        entry.Purpose.ShouldBe("border-check");
    }

    [Fact]
    public async Task Without_the_right_nothing_is_taken_and_nothing_is_kept()
    {
        string list = Imports.NewName("no");
        var answer = await new Imports(await server.ClientAsync(Right.ReadLists)).SendAsync(list, "a.json", "{}"u8.ToArray());
        await answer.ShouldBeRefusedAsync(403, "access.forbidden");
        await (await (await server.ClientAsync(Right.ReadLists)).GetAsync($"api/v1/lists/{list}")).ShouldBeRefusedAsync(404, "watchlist.unknown");
    }

    [Fact]
    public async Task A_restart_opens_the_saved_index_and_builds_a_damaged_one_anew()
    {
        await using var own = await AmanaServer.StartNewAsync();
        var imports = await Imports.ToAsync(own);
        await own.ShouldPublishAsync(imports, "kept", Imports.Persons(1, 50));
        await own.ShouldPublishAsync(imports, "hurt", Imports.Persons(51, 90));
        string hurt = Directory.GetFiles(Path.Combine(own.DataFolder, "lists", "hurt"), "*.amana").Single();
        await own.RestartAsync();
        await File.WriteAllBytesAsync(hurt + ".x", [1, 2, 3], TestContext.Current.CancellationToken);
        File.Move(hurt + ".x", hurt, overwrite: true);
        await own.RestartAsync();
        var after = await Imports.ToAsync(own);
        await Eventually.SucceedsAsync(async () => (await after.Client.GetAsync("readyz")).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK));
        await (await after.Client.GetAsync("api/v1/records/Q-51")).ShouldBeJsonAsync();
        await (await after.Client.GetAsync("api/v1/records/Q-1")).ShouldBeJsonAsync();
    }
}

internal static class Publishing
{
    public static async Task<JsonElement> ShouldPublishAsync(this AmanaServer server, Imports imports, string list, string content)
    {
        server.ShouldNotBeNull();
        var run = await imports.ImportAsync(list, content);
        Imports.State(run).ShouldBe("done", run.ToString());
        return run;
    }
}

internal static class Eventually
{
    /// <summary>Tries again for up to a minute.</summary>
    public static async Task SucceedsAsync(Func<Task> check)
    {
        for (int tried = 0; ; tried++)
        {
            try
            {
                await check();
                return;
            }
            catch (ShouldAssertException) when (tried < 600)
            {
                await Task.Delay(100);
            }
        }
    }
}
