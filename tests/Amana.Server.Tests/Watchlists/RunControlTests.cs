using Amana.Server.Foundation;
using Amana.Server.Watchlists;

namespace Amana.Server.Tests.Watchlists;

/// <summary>What a person can do to a run at work, and what others see meanwhile.</summary>
public class RunControlTests(AmanaServer server)
{
    private const int Many = 120_000;

    private async Task<(Imports Imports, string List, string Reference)> AtWorkAsync(string word)
    {
        var imports = await Imports.ToAsync(server);
        string list = Imports.NewName(word);
        await server.ShouldPublishAsync(imports, list, Imports.Persons(1, 10));
        string reference = (await (await imports.SendAsync(list, "a.ftm.json.gz", Imports.Gzip(Imports.Persons(1, Many)))).ShouldBeJsonAsync(202)).GetProperty("ref").GetString()!;
        await imports.WaitAsync(reference, run => Imports.Number(run, "rows") > 0);
        return (imports, list, reference);
    }

    [Fact]
    public async Task A_paused_run_rests_until_it_is_resumed_and_the_old_version_answers_meanwhile()
    {
        var (imports, list, reference) = await AtWorkAsync("pause");
        Imports.State(await imports.PostAsync($"api/v1/runs/{reference}/pause")).ShouldBe("paused");
        await (await imports.Client.PostAsync($"api/v1/runs/{reference}/pause", null)).ShouldBeRefusedAsync(409, "run.not-running");
        // The batch that was being written still comes to its end; after that nothing moves.
        int rows = -1;
        await Eventually.SucceedsAsync(async () =>
        {
            int before = rows;
            rows = Imports.Number(await imports.RunAsync(reference), "rows");
            await Task.Delay(300);
            before.ShouldBe(rows);
        });
        rows.ShouldBeLessThan(Many);
        (await imports.CountAsync(list)).ShouldBe(10);
        (await imports.HasAsync(list, "Q-11")).ShouldBeFalse();
        await imports.PostAsync($"api/v1/runs/{reference}/resume");
        var end = await imports.EndOfAsync(reference);
        Imports.State(end).ShouldBe("done", end.ToString());
        (await imports.CountAsync(list)).ShouldBe(Many);
        (await server.JournalAsync(onWhat: reference)).Select(e => e.What).ShouldBe(["import.started", "import.paused", "import.resumed", "list.published"]);
    }

    [Fact]
    public async Task A_stopped_run_leaves_nothing_behind()
    {
        var (imports, list, reference) = await AtWorkAsync("stop");
        Imports.State(await imports.PostAsync($"api/v1/runs/{reference}/stop")).ShouldBe("stopped");
        await (await imports.Client.PostAsync($"api/v1/runs/{reference}/resume", null)).ShouldBeRefusedAsync(409, "run.not-paused");
        await (await imports.Client.PostAsync($"api/v1/runs/{reference}/stop", null)).ShouldBeRefusedAsync(409, "run.over");
        (await imports.CountAsync(list)).ShouldBe(10);
        var next = await imports.ImportAsync(list, Imports.Persons(1, 11));
        Imports.State(next).ShouldBe("done", next.ToString());
        (Imports.Number(next, "added"), Imports.Number(next, "changed"), Imports.Number(next, "removed")).ShouldBe((1, 0, 0));
        (await imports.CountAsync(list)).ShouldBe(11);
    }

    [Fact]
    public async Task An_order_to_a_busy_run_is_taken_at_once_and_each_is_carried_out()
    {
        var (imports, _, reference) = await AtWorkAsync("busy");
        // Again and again, while the run writes as fast as it can and saves its own progress.
        for (int i = 0; i < 8; i++)
        {
            Imports.State(await imports.PostAsync($"api/v1/runs/{reference}/pause")).ShouldBe("paused");
            Imports.State(await imports.PostAsync($"api/v1/runs/{reference}/resume")).ShouldBe("running");
        }
        Imports.State(await imports.PostAsync($"api/v1/runs/{reference}/stop")).ShouldBe("stopped");
        (await server.JournalAsync("import.paused", reference)).Count.ShouldBe(8);
    }

    [Fact]
    public void A_run_that_was_paused_or_stopped_in_the_queue_does_not_begin()
    {
        var at = DateTimeOffset.UnixEpoch;
        var paused = Queued();
        paused.Pause().ShouldBeNull();
        paused.Begin(at).ShouldBeFalse();
        (paused.State, paused.StartedAt).ShouldBe((RunState.Paused, null));
        var stopped = Queued();
        stopped.Stop(at).ShouldBeNull();
        stopped.Begin(at).ShouldBeFalse();
        stopped.State.ShouldBe(RunState.Stopped);
        Queued().Begin(at).ShouldBeTrue();

        static ImportRun Queued() => new()
        {
            Id = Id<ImportRun>.New(TimeProvider.System), Year = 2026, Serial = 1, List = 1, Trigger = RunTrigger.Person, StartedBy = "person:test", QueuedAt = DateTimeOffset.UnixEpoch,
        };
    }

    [Fact]
    public async Task A_run_shows_its_stage_rows_speed_and_time_left()
    {
        var (imports, _, reference) = await AtWorkAsync("show");
        var run = await imports.WaitAsync(reference, r => Imports.State(r) != "running" || r.GetProperty("secondsLeft").ValueKind == System.Text.Json.JsonValueKind.Number);
        Imports.State(run).ShouldBe("running", "it had no time left to tell: " + run);
        run.GetProperty("rowsPerSecond").GetDouble().ShouldBeGreaterThan(0);
        run.GetProperty("share").GetDouble().ShouldBeInRange(0.001, 0.999);
        run.GetProperty("stages").EnumerateArray().Single(s => s.GetProperty("state").GetString() == "now").GetProperty("stage").GetString()
            .ShouldBe(run.GetProperty("stage").GetString());
        await imports.PostAsync($"api/v1/runs/{reference}/stop");
    }

    [Fact]
    public async Task The_time_of_last_sight_moves_with_each_version_and_back_with_its_undoing()
    {
        var imports = await Imports.ToAsync(server);
        string list = Imports.NewName("seen");
        await server.ShouldPublishAsync(imports, list, Line("2026-01-01"));
        var run = await server.ShouldPublishAsync(imports, list, Line("2026-02-02"));
        (Imports.Number(run, "added"), Imports.Number(run, "changed"), Imports.Number(run, "removed")).ShouldBe((0, 0, 0));
        (await LastSeenAsync()).ShouldStartWith("2026-02-02");
        await imports.PostAsync($"api/v1/runs/{run.GetProperty("ref").GetString()}/undo");
        (await LastSeenAsync()).ShouldStartWith("2026-01-01");
        // The next run first takes back what was undone, in the tables too.
        await server.ShouldPublishAsync(imports, list, Line("2026-03-03"));
        (await LastSeenAsync()).ShouldStartWith("2026-03-03");

        static string Line(string seen) => $$$"""{"id":"Q-SEEN","schema":"Person","caption":"SPECIMEN Anna","properties":{"name":["SPECIMEN Anna"]},"last_seen":"{{{seen}}}T00:00:00"}""" + "\n";
        async Task<string> LastSeenAsync() => (await (await imports.Client.GetAsync($"api/v1/records?list={list}")).ShouldBeJsonAsync())
            .GetProperty("records")[0].GetProperty("lastSeen").GetString()!;
    }
}
