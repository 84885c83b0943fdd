using System.Net;
using Amana.Server.Watchlists;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Amana.Server.Tests.Watchlists;

/// <summary>Lists that are fetched: from a folder that the operator opened, and from web servers.</summary>
public class FetchTests(AmanaServer server)
{
    private async Task<Imports> SourceAsync(string list, string kind, string address)
    {
        var imports = await Imports.ToAsync(server);
        await imports.PostAsync("api/v1/sources", new { name = list, kind, address }, 201);
        return imports;
    }

    private static async Task<System.Text.Json.JsonElement> FetchAsync(Imports imports, string list) =>
        await imports.EndOfAsync((await imports.PostAsync("api/v1/runs", new { list }, 202)).GetProperty("ref").GetString()!);

    [Fact]
    public async Task Files_in_the_inbox_are_imported_gzip_or_not_and_the_same_again_changes_nothing()
    {
        string list = Imports.NewName("disk");
        string folder = Directory.CreateDirectory(Path.Combine(server.DataFolder, "inbox", list)).FullName;
        await File.WriteAllBytesAsync(Path.Combine(folder, "a.ftm.json.gz"), Imports.Gzip(Imports.Persons(1, 30)));
        await File.WriteAllTextAsync(Path.Combine(folder, "b.ftm.json"), Imports.Persons(31, 40));
        var imports = await SourceAsync(list, "disk", list);
        Imports.State(await FetchAsync(imports, list)).ShouldBe("done");
        (await imports.CountAsync(list)).ShouldBe(40);
        Imports.State(await FetchAsync(imports, list)).ShouldBe("unchanged");
        Directory.Delete(folder, recursive: true);
        var missing = await FetchAsync(imports, list);
        (Imports.State(missing), missing.GetProperty("endCode").GetString()).ShouldBe(("refused", "run.file-missing"), missing.ToString());
        (await imports.CountAsync(list)).ShouldBe(40);
    }

    [Fact]
    public async Task A_link_out_of_the_inbox_is_not_followed()
    {
        string list = Imports.NewName("link");
        File.CreateSymbolicLink(Path.Combine(Directory.CreateDirectory(Path.Combine(server.DataFolder, "inbox")).FullName, list), "/etc/hostname");
        var answer = await (await Imports.ToAsync(server)).Client.PostAsync("api/v1/sources",
            System.Net.Http.Json.JsonContent.Create(new { name = list, kind = "disk", address = list }));
        await answer.ShouldBeRefusedAsync(400, "source.path");
    }

    [Fact]
    public async Task An_address_is_asked_only_for_what_has_changed()
    {
        await using var web = await TestWeb.StartAsync();
        web.Body = Imports.Gzip(Imports.Persons(1, 25));
        string list = Imports.NewName("web");
        var imports = await SourceAsync(list, "https", $"{web.Address}list.ftm.json.gz");
        Imports.State(await FetchAsync(imports, list)).ShouldBe("done");
        (await imports.CountAsync(list)).ShouldBe(25);
        Imports.State(await FetchAsync(imports, list)).ShouldBe("unchanged");
        web.Statuses.ShouldBe([200, 304]);
        web.Body = Imports.Gzip(Imports.Persons(1, 26));
        Imports.State(await FetchAsync(imports, list)).ShouldBe("done");
        web.Statuses.ShouldBe([200, 304, 200]);
        (await imports.CountAsync(list)).ShouldBe(26);
    }

    [Theory]
    [InlineData("/gone", "failed", "run.fetch-refused")]
    [InlineData("/to?https://10.1.2.3/a", "refused", "run.private-address")]
    [InlineData("/to?http://10.1.2.3/a", "refused", "run.fetch-refused")]
    [InlineData("/to?file:///etc/passwd", "refused", "run.fetch-refused")]
    [InlineData("/to?/to?/to?/to?/to?/to?/to?/x", "refused", "run.fetch-refused")]
    [InlineData("/short", "failed", "run.fetch-failed")]
    public async Task What_a_web_server_may_not_do_ends_the_run_with_its_reason(string path, string state, string code)
    {
        await using var web = await TestWeb.StartAsync();
        string list = Imports.NewName("not");
        var imports = await SourceAsync(list, "https", web.Address + path[1..]);
        var run = await FetchAsync(imports, list);
        (Imports.State(run), run.GetProperty("endCode").GetString()).ShouldBe((state, code), run.ToString());
        (await imports.CountAsync(list)).ShouldBe(0);
    }

    [Theory]
    [InlineData("https://10.0.0.1/a")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://192.168.1.1/a")]
    [InlineData("https://[fe80::1]/a")]
    [InlineData("https://[::ffff:10.0.0.1]/a")]
    [InlineData("https://0xA000001/a")]
    [InlineData("https://167772161/a")]
    public async Task An_address_inside_a_network_is_not_fetched(string address)
    {
        string list = Imports.NewName("ssrf");
        var imports = await SourceAsync(list, "https", address);
        var run = await FetchAsync(imports, list);
        (Imports.State(run), run.GetProperty("endCode").GetString()).ShouldBe(("refused", "run.private-address"), run.ToString());
    }

    [Fact]
    public async Task A_name_is_judged_by_the_addresses_it_has_when_connecting()
    {
        // localhost is a name that every machine has, and it leads inside.
        var refused = await Should.ThrowAsync<RunEndsException>(async () => await AddressRule.ConnectAsync(new DnsEndPoint("localhost", 443), AddressRule.IsOpen, default));
        refused.Code.ShouldBe("run.private-address");
    }

    [Theory]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.8.8.8", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.255.0.1", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.0.2.5", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("93.184.216.34", true)]
    [InlineData("::1", false)]
    [InlineData("::ffff:192.168.0.1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("2002:a00:1::", false)]
    [InlineData("2606:2800:220:1::1", true)]
    public void Only_addresses_of_the_open_network_are_open(string address, bool open) => AddressRule.IsOpen(IPAddress.Parse(address)).ShouldBe(open);

    [Theory]
    [InlineData(false, "run.private-address")]
    [InlineData(true, "run.fetch-failed")] // let through, and nobody listens there
    public async Task An_instance_that_is_not_for_training_reaches_this_machine_only_when_its_operator_allows_it(bool allowed, string code)
    {
        var options = new WatchlistsOptions { AllowPrivateAddresses = allowed, FetchRetryMilliseconds = 1 };
        await using var own = new AmanaServer { Empty = true, Change = services => services.AddSingleton(Options.Create(options)) };
        await own.InitializeAsync();
        var imports = await Imports.ToAsync(own);
        var plain = await imports.Client.PostAsync("api/v1/sources", System.Net.Http.Json.JsonContent.Create(new { name = "plain", kind = "https", address = "http://127.0.0.1:1/a" }));
        await plain.ShouldBeRefusedAsync(400, "source.address");
        await imports.PostAsync("api/v1/sources", new { name = "here", kind = "https", address = "https://127.0.0.1:1/a" }, 201);
        var run = await FetchAsync(imports, "here");
        run.GetProperty("endCode").GetString().ShouldBe(code, run.ToString());
    }
}
