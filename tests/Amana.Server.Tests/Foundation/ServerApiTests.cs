using System.Text.RegularExpressions;
using Amana.Server.Foundation;

namespace Amana.Server.Tests.Foundation;

public partial class ServerApiTests(AmanaServer server)
{
    [Fact]
    public async Task Health_readiness_and_version_need_no_token()
    {
        using var client = server.Anonymous();
        (await client.GetStringAsync("healthz")).ShouldBe("{\"status\":\"ok\"}");
        var version = await (await client.GetAsync("version")).ShouldBeJsonAsync();
        version.GetProperty("version").GetString().ShouldNotBeNullOrEmpty();
        version.GetProperty("commit").GetString().ShouldNotBeNullOrEmpty();
        for (int tries = 0; tries < 100 && !(await client.GetAsync("readyz")).IsSuccessStatusCode; tries++) await Task.Delay(100);
        (await client.GetStringAsync("readyz")).ShouldBe("{\"status\":\"ok\"}");
    }

    [Fact]
    public async Task The_description_of_the_API_names_every_address_under_api_v1_with_a_text()
    {
        using var client = server.Anonymous();
        var document = await (await client.GetAsync("openapi/v1.json")).ShouldBeJsonAsync();
        document.GetProperty("openapi").GetString()!.ShouldStartWith("3.");
        var paths = document.GetProperty("paths");
        paths.TryGetProperty("/api/v1/tokens", out _).ShouldBeTrue();
        paths.TryGetProperty("/access/sign-in", out _).ShouldBeFalse();
        foreach (var operation in paths.EnumerateObject().Where(p => p.Name.StartsWith("/api/v1/", StringComparison.Ordinal)).SelectMany(p => p.Value.EnumerateObject()))
        {
            operation.Value.TryGetProperty("summary", out var summary).ShouldBeTrue(operation.Value.ToString());
            summary.GetString().ShouldNotBeNullOrEmpty();
        }
    }

    [Fact]
    public async Task The_reading_page_of_the_API_fetches_nothing_from_another_host()
    {
        using var client = server.Anonymous();
        string page = await client.GetStringAsync("api/");
        Absolute().Matches(page).ShouldBeEmpty();
        (await client.GetAsync("api/scalar.js")).Content.Headers.ContentType?.MediaType.ShouldBe("text/javascript");
    }

    [Theory]
    [InlineData("--data", "--data needs a value.")]
    [InlineData("--data x\0y", "--data: a folder's name holds no U+0000.")]
    [InlineData("--urls ftp://x", "--urls: 'ftp://x' is neither http nor https.")]
    [InlineData("--urls nonsense", "--urls: 'nonsense' is not an address such as http://127.0.0.1:5080.")]
    [InlineData("--urls http://127.0.0.1:99999", "--urls: 'http://127.0.0.1:99999' has no port between 0 and 65535.")]
    [InlineData("--demo --colour blue", "Unknown argument '--colour'. Known: --demo, --data DIR, --urls URL, --database CONNECTION, --bureau CODE, --bureaus N; and: token create.")]
    [InlineData("--demo --bureaus 5", "--bureaus: '5' is no number from 1 to 4.")]
    [InlineData("--data x --bureaus 3", "--bureaus starts specimen bureaus; it goes with --demo.")]
    [InlineData("--demo --bureaus 3 --bureau QST", "--bureaus goes with neither --bureau nor --database: each has its own records in SQLite.")]
    [InlineData("--demo --bureaus 3 --urls http://0.0.0.0:80", "--urls: with --bureaus one address of this machine, such as http://127.0.0.1:5080.")]
    public void A_wrong_command_line_is_refused_in_one_sentence(string line, string sentence) =>
        StartOptions.Parse(line.Split(' ')).Wrong.ShouldBe(sentence);

    [Fact]
    public void The_database_is_the_embedded_one_unless_another_is_named()
    {
        StartOptions.Parse(["--database", "Host=x"]).Options!.Database.ShouldBe("Host=x");
        StartOptions.Parse(["--database=Host=x;Database=y"]).Options!.Database.ShouldBe("Host=x;Database=y");
        StartOptions.Parse(["--database"]).Wrong!.ShouldContain("needs a value");
    }

    [Fact]
    public void Without_a_data_folder_the_instance_is_the_specimen_bureau()
    {
        StartOptions.Parse([]).Options!.Demo.ShouldBeTrue();
        StartOptions.Parse(["--data", "x"]).Options!.Demo.ShouldBeFalse();
        StartOptions.Parse(["--data=x", "--demo", "--urls=http://127.0.0.1:1"]).Options.ShouldBe(
            new StartOptions { DataFolder = Path.GetFullPath("x"), Demo = true, Urls = "http://127.0.0.1:1" });
    }

    [GeneratedRegex("(src|href)=\"(https?:)?//", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Absolute();
}
