using System.Diagnostics;
using System.Globalization;
using Amana.Tests.Shared;

namespace Amana.Server.Tests.Watchlists;

/// <summary>A real server process that is killed in the middle of an import, or whose disk is full: nothing is lost.</summary>
public class CutOffTests
{
    private const int Before = 500;
    private const int After = 40_000;

    [Theory]
    [InlineData("read")]
    [InlineData("index")]
    public async Task A_run_that_was_killed_is_carried_to_its_end_after_the_restart(string stage)
    {
        var killed = await ServerProcess.StartAsync(demo: false, database: PostgresCluster.IsAsked ? await PostgresCluster.NewEmptyDatabaseAsync() : null);
        string token = await killed.TokenAsync("import", "read-lists", "read-records");
        var imports = Imports.To(killed, token);
        Imports.State(await imports.ImportAsync("kept", Imports.Persons(1, Before))).ShouldBe("done");
        string reference = (await (await imports.SendAsync("kept", "a.ftm.json.gz", Imports.Gzip(Imports.Persons(1, After) + "{broken\n"))).ShouldBeJsonAsync(202))
            .GetProperty("ref").GetString()!;
        await imports.WaitAsync(reference, run => Imports.Number(run, "rows") > 0 && (stage == "read" || run.GetProperty("stage").GetString() is "index" or "publish"));
        await killed.KillAsync();

        await using var server = await ServerProcess.StartAsync(demo: false, killed.DataFolder);
        var again = Imports.To(server, token);
        // Ready means that the lists answer, and it is the old version until the new one is whole.
        var (state, count) = (Imports.State(await again.RunAsync(reference)), await again.CountAsync("kept"));
        if (state != "done") count.ShouldBeOneOf(Before, After);
        if (state is "queued") count.ShouldBe(Before);
        var end = await again.EndOfAsync(reference);
        Imports.State(end).ShouldBe("done", end.ToString());
        (Imports.Number(end, "added"), Imports.Number(end, "changed"), Imports.Number(end, "removed"), Imports.Number(end, "rejected")).ShouldBe((After - Before, 0, 0, 1));
        (await again.CountAsync("kept")).ShouldBe(After);
        (await again.HasAsync("kept", string.Create(CultureInfo.InvariantCulture, $"Q-{After}"))).ShouldBeTrue();
        (await again.LinesAsync(reference, "rejected")).ShouldHaveSingleItem().GetProperty("line").GetInt64().ShouldBe(After + 1);
        (await again.LinesAsync(reference, "changes")).Select(c => c.GetProperty("entity").GetString()).Distinct().Count().ShouldBe(After - Before);
    }

    [Fact]
    public async Task A_full_disk_ends_the_run_with_its_reason_and_the_old_version_answers()
    {
        Assert.SkipUnless(await MayMountAsync(), "This machine lets nobody mount a small disk of his own.");
        // A file system of 56 MiB in a name space of its own: what the server sees is a disk that is really full. It is gone with the process.
        await using var server = await ServerProcess.StartAsync(demo: false, script: """
            exec unshare --user --map-root-user --mount bash -c 'mount -t tmpfs -o size=56m tmpfs "$PWD" && cd "$PWD" && head -c 8M /dev/zero >ballast &&
            "$1" "$2" token create --data "$4" --name t --right import --right read-lists --right read-records --purpose border-check && exec "$@"' bash "$@"
            """);
        var imports = Imports.To(server, server.Lines.First(l => l.Contains("amana_", StringComparison.Ordinal)).Split(' ')[^1]);
        Imports.State(await imports.ImportAsync("kept", Imports.Persons(1, Before))).ShouldBe("done");
        var run = await imports.ImportAsync("kept", Imports.Gzip(Imports.Persons(1, 150_000)), "a.ftm.json.gz");
        Imports.State(run).ShouldBe("failed", run.ToString());
        run.GetProperty("endCode").GetString().ShouldBe("run.disk-full");
        (await imports.CountAsync("kept")).ShouldBe(Before);
        await (await imports.SendAsync("kept", "b.ftm.json", new byte[60 << 20])).ShouldBeRefusedAsync(503, "upload.disk-full");
        // Somebody makes room, and all goes on as before.
        File.Delete(server.Inside("ballast"));
        var next = await imports.ImportAsync("kept", Imports.Persons(1, Before + 1));
        Imports.State(next).ShouldBe("done", next.ToString());
        (await imports.HasAsync("kept", string.Create(CultureInfo.InvariantCulture, $"Q-{Before + 1}"))).ShouldBeTrue();
    }

    private static async Task<bool> MayMountAsync()
    {
        using var tried = Process.Start("unshare", ["--user", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]);
        await tried.WaitForExitAsync();
        return tried.ExitCode == 0;
    }
}
