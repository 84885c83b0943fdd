using Amana.Tests.Shared;

namespace Amana.Cli.Tests;

/// <summary>A demo server and a token that may import, shared by the tests of this file.</summary>
public sealed class DemoServer : IAsyncLifetime
{
    internal ServerProcess Process { get; private set; } = null!;
    internal string[] Access { get; private set; } = [];
    internal string Token { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Process = await ServerProcess.StartAsync(demo: true);
        Token = await Process.TokenAsync("import", "read-lists", "screen", "read-records");
        Access = ["--server", Process.Address.ToString(), "--token", Token];
    }

    public ValueTask DisposeAsync() => Process.DisposeAsync();
}

public class ServerTests(DemoServer server, Scratch files) : IClassFixture<DemoServer>, IClassFixture<Scratch>
{
    private const string Sdn = "36,\"SPECIMEN AIRWAYS\",-0- ,\"UTO\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n173,\"SPECIMEN, Amina\",\"individual\",\"UTO\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"DOB 12 Aug 1974.\"\n";
    private const string Alt = "173,57,\"aka\",\"SPECIMEN, Aminah\",-0- \n";

    [Fact]
    public async Task An_import_waits_until_the_new_version_answers()
    {
        var called = await ImportAsync("cli-sdn", files.Write("sdn.csv.gz", Scratch.Gzip(Sdn)), files.Write("alt.csv.gz", Scratch.Gzip(Alt)));
        called.Code.ShouldBe(0, called.Error);
        called.Error.ShouldContain("the new version answers");
        called.Out.ShouldBeEmpty();
        var lists = await Called.WithAsync(["lists", .. server.Access]);
        var list = lists.Json.Single(l => l.GetProperty("name").GetString() == "cli-sdn");
        list.GetProperty("entity_count").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task A_title_in_another_script_is_listed_as_it_is_written()
    {
        const string Title = "قائمة نموذجية & «A»";
        var called = await Called.WithAsync(["import", files.Write("titled.ndjson", Entities(1)), "--list", "cli-titled", "--title", Title, .. server.Access]);
        called.Code.ShouldBe(0, called.Error);
        (await Called.WithAsync(["lists", .. server.Access])).Out.ShouldContain($"\"title\":\"{Title}\"");
    }

    [Fact]
    public async Task An_import_with_orphan_aliases_ends_with_three()
    {
        var called = await ImportAsync("cli-orphans", files.Write("sdn.csv", Sdn), files.Write("alt.csv", Alt + "999,1,\"aka\",\"NOBODY\",-0- \n"));
        called.Code.ShouldBe(3, called.Error);
        called.Error.ShouldContain("1 rows were set aside");
    }

    [Fact]
    public async Task An_import_of_a_file_that_breaks_off_ends_with_two_and_the_old_version_answers()
    {
        (await ImportAsync("cli-broken", files.Write("whole.ndjson", Entities(3)))).Code.ShouldBe(0);
        byte[] packed = Scratch.Gzip(Entities(400));
        var called = await ImportAsync("cli-broken", files.Write("broken.ndjson.gz", packed[..(packed.Length / 2)]));
        called.Code.ShouldBe(2, called.Error);
        var lists = await Called.WithAsync(["lists", .. server.Access]);
        lists.Json.Single(l => l.GetProperty("name").GetString() == "cli-broken").GetProperty("entity_count").GetInt32().ShouldBe(3);
    }

    [Fact]
    public async Task A_great_loss_waits_for_a_person_and_ends_with_four()
    {
        (await ImportAsync("cli-loss", files.Write("many.ndjson", Entities(200)))).Code.ShouldBe(0);
        var called = await ImportAsync("cli-loss", files.Write("few.ndjson", Entities(20)));
        called.Code.ShouldBe(4, called.Error);
        called.Error.ShouldContain("waits for a person");
    }

    [Fact]
    public async Task A_wrong_token_a_missing_right_and_a_server_that_is_not_there_end_with_four()
    {
        string list = files.Write("x.ndjson", Entities(1));
        var wrong = await Called.WithAsync("import", list, "--list", "x", "--server", server.Process.Address.ToString(), "--token", "not-a-token");
        wrong.Code.ShouldBe(4, wrong.Error);
        string reader = await server.Process.TokenAsync("read-lists");
        var forbidden = await Called.WithAsync("import", list, "--list", "x", "--server", server.Process.Address.ToString(), "--token", reader);
        forbidden.Code.ShouldBe(4, forbidden.Error);
        var nobody = await Called.WithAsync("lists", "--server", "http://127.0.0.1:1", "--token", "t");
        nobody.Code.ShouldBe(4, nobody.Error);
        foreach (var called in (Called[])[wrong, forbidden, nobody]) called.Error.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Server_and_token_may_stand_in_the_environment()
    {
        var called = await Called.InShellAsync("amana lists --format table", ("AMANA_SERVER", server.Process.Address.ToString()), ("AMANA_TOKEN", server.Token));
        called.Code.ShouldBe(0, called.Error);
        called.Out.ShouldContain("entries");
    }

    [Fact]
    public async Task A_server_is_measured_over_http()
    {
        string queries = files.Write("q.csv", "id,name\n1,Amina Specimen\n2,Nobody Atall\n");
        var called = await Called.WithAsync(["bench", queries, "--threads", "2", "--seconds", "1", .. server.Access]);
        called.Code.ShouldBe(0, called.Error);
        called.Out.ShouldMatch(@"threads=2 queries=[1-9]\d* seconds=\S+ per_second=\d+ p50_us=\d+ p99_us=\d+");
    }

    private Task<Called> ImportAsync(string list, params string[] paths) => Called.WithAsync(["import", .. paths, "--list", list, .. server.Access]);

    private static string Entities(int count) => string.Join('\n', Enumerable.Range(0, count)
        .Select(i => $"{{\"id\":\"QSP-{i}\",\"schema\":\"Person\",\"properties\":{{\"name\":[\"Specimen Person {i}\"]}}}}")) + "\n";
}
