using System.Text;
using System.Text.Json;

namespace Amana.Server.Tests.Watchlists;

/// <summary>Whatever a file holds: a clear reason, the list that answered goes on answering, and never a 5xx.</summary>
public class BadFilesTests(AmanaServer server)
{
    public static TheoryData<string, string> WholeFiles => new()
    {
        { "empty", "list.empty" }, { "broken-gzip", "list.gzip-broken" }, { "truncated-xml", "list.xml-broken" },
        { "billion-laughs", "list.xml-forbidden" }, { "external-entity", "list.xml-forbidden" }, { "nonsense", "list.unknown-layout" },
    };

    [Theory]
    [MemberData(nameof(WholeFiles))]
    public async Task A_file_that_cannot_be_taken_refuses_the_run_and_the_old_version_answers(string file, string code)
    {
        var imports = await Imports.ToAsync(server);
        string list = Imports.NewName("bad");
        await server.ShouldPublishAsync(imports, list, Imports.Persons(1, 20));
        var (name, content) = FileOf(file);
        var run = await imports.ImportAsync(list, content, name);
        Imports.State(run).ShouldBe("refused", run.ToString());
        run.GetProperty("endCode").GetString().ShouldBe(code);
        (await imports.CountAsync(list)).ShouldBe(20);
    }

    public static TheoryData<string, string> Rows => new()
    {
        { """{"id":"Q-9001","schema":"Person","properties":{"name":[""]}}""", "list.no-name" },
        { """{"schema":"Person","properties":{"name":["Specimen"]}}""", "list.no-id" },
        { """{"id":"Q-9002","schema":"Person","properties":{"name":["\ud800"]}}""", "list.broken-surrogate" },
        { """{"id":"Q-9003","schema":"Person","properties":{"name":["Specimen"],"birthDate":["31.02.1980"]}}""", "list.impossible-date" },
        { """{"id":"Q-9004","schema":"Person","properties":{"name":["Specimen\u202eX"]}}""", "list.bidi-control" },
        { """{"id":"Q-9005","schema":"Person","properties":{"name":["Spe\u0000cimen"]}}""", "list.nul" },
        { """{"id":"Q-1","schema":"Person","properties":{"name":["Twice"]}}""", "list.duplicate-id" },
        { "{\"id\":\"Q-9006\",\"schema\":\"Person\",\"properties\":" + "LONG" + "}", "list.json-too-deep" },
        { "NAME", "list.name-too-long" },
        { "{not json", "list.json" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_bad_row_is_kept_aside_with_its_place_and_reason_and_the_rest_goes_on(string row, string code)
    {
        row = row.Replace("LONG", new string('[', 10_000) + new string(']', 10_000), StringComparison.Ordinal);
        if (row == "NAME") row = $$$"""{"id":"Q-9007","schema":"Person","properties":{"name":["{{{new string('x', 100_000)}}}"]}}""";
        var imports = await Imports.ToAsync(server);
        string list = Imports.NewName("row");
        var run = await imports.ImportAsync(list, Imports.Persons(1, 5) + row + "\n" + Imports.Persons(6, 10));
        Imports.State(run).ShouldBe("done", run.ToString());
        (await imports.CountAsync(list)).ShouldBeGreaterThanOrEqualTo(10);
        string aside = await imports.Client.GetStringAsync($"api/v1/runs/{run.GetProperty("ref").GetString()}/rejected");
        var kept = aside.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement).ToList();
        var found = kept.FirstOrDefault(r => r.GetProperty("code").GetString() == code);
        found.ValueKind.ShouldBe(JsonValueKind.Object, aside);
        found.GetProperty("line").GetInt64().ShouldBe(6);
        found.GetProperty("file").GetString().ShouldBe("a.ftm.json");
    }

    [Fact]
    public async Task Rows_set_aside_come_as_a_csv_that_no_spreadsheet_takes_for_a_formula()
    {
        var imports = await Imports.ToAsync(server);
        string list = Imports.NewName("csv");
        const string Mapping = """{"columns":{"id":["id"],"name":["name"],"birthDate":["born"]}}""";
        var run = await imports.ImportAsync(list, "id,name,born\n1,Specimen Anna,1980-01-02\n2,Specimen Otto,=1+1\n", "a.csv", "csv", Mapping);
        Imports.State(run).ShouldBe("done", run.ToString());
        Imports.Number(run, "rejected").ShouldBe(1);
        string csv = await imports.Client.GetStringAsync($"api/v1/runs/{run.GetProperty("ref").GetString()}/rejected?format=csv");
        csv.ShouldContain(",'=1+1,");
        csv.ShouldNotContain(",=1");
    }

    [Theory]
    [InlineData("UPPER", "a.json", 400, "watchlist.name")]
    [InlineData("a..b", "a.json", 400, "watchlist.name")]
    [InlineData("good", "...", 400, "upload.file-name")]
    public async Task A_name_that_cannot_be_is_refused_before_anything_is_kept(string list, string file, int status, string code) =>
        await (await (await Imports.ToAsync(server)).SendAsync(list, file, "{}"u8.ToArray())).ShouldBeRefusedAsync(status, code);

    [Theory]
    [InlineData("format", "parquet", "source.format")]
    [InlineData("mapping", "{", "source.mapping")]
    [InlineData("mapping", "{\"columns\":{}}", "source.mapping")]
    public async Task Fields_of_an_upload_that_cannot_be_read_are_refused(string field, string value, string code)
    {
        var imports = await Imports.ToAsync(server);
        var answer = await imports.SendAsync(Imports.NewName("f"), "a.csv", "a"u8.ToArray(), field == "format" ? value : null, field == "mapping" ? value : null);
        (await answer.ShouldBeRefusedAsync(400, code)).GetProperty("field").GetString().ShouldBe(field);
    }

    [Fact]
    public async Task An_upload_without_a_file_or_without_multipart_is_refused()
    {
        var client = (await Imports.ToAsync(server)).Client;
        await (await client.PostAsync("api/v1/lists/none/files", new StringContent("x"))).ShouldBeRefusedAsync(415, "http.content-type-unknown");
        var nameless = new ByteArrayContent("x"u8.ToArray());
        nameless.Headers.TryAddWithoutValidation("Content-Type", "application/octet-stream");
        await (await client.PostAsync("api/v1/lists/none/files", nameless)).ShouldBeRefusedAsync(422, "upload.no-file");
        var broken = new ByteArrayContent("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nx"u8.ToArray());
        broken.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");
        await (await client.PostAsync("api/v1/lists/none/files", broken)).ShouldBeRefusedAsync(400, "upload.broken");
    }

    [Theory]
    [InlineData("""{"name":"s","kind":"ftp"}""", "source.kind")]
    [InlineData("""{"name":"ss","kind":"https"}""", "source.address-missing")]
    [InlineData("""{"name":"ss","kind":"https","address":"http://example.org/a"}""", "source.address")]
    [InlineData("""{"name":"ss","kind":"https","address":"https://u:p@example.org/a"}""", "source.address")]
    [InlineData("""{"name":"ss","kind":"disk","address":"/etc/passwd"}""", "source.path")]
    [InlineData("""{"name":"ss","kind":"disk","address":"../keys"}""", "source.path")]
    [InlineData("""{"name":"ss","schedule":"every 0h"}""", "source.schedule")]
    [InlineData("""{"name":"ss","guardShare":1.5}""", "source.guard")]
    public async Task A_source_that_cannot_be_is_refused_with_its_field(string body, string code)
    {
        body = body.Replace("\"s\"", "\"sss\"", StringComparison.Ordinal);
        var answer = await (await Imports.ToAsync(server)).Client.PostAsync("api/v1/sources", new StringContent(body, Encoding.UTF8, "application/json"));
        await answer.ShouldBeRefusedAsync(code == "source.address-missing" ? 422 : 400, code);
    }

    private static (string Name, byte[] Content) FileOf(string what) => what switch
    {
        "empty" => ("a.json", []),
        "broken-gzip" => ("a.ftm.json.gz", Imports.Gzip(Imports.Persons(1, 2_000))[..^400]),
        "truncated-xml" => ("a.xml", Encoding.UTF8.GetBytes("<?xml version=\"1.0\"?><CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID>")),
        "billion-laughs" => ("a.xml", Encoding.UTF8.GetBytes("<?xml version=\"1.0\"?><!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><CONSOLIDATED_LIST>&b;</CONSOLIDATED_LIST>")),
        "external-entity" => ("a.xml", Encoding.UTF8.GetBytes("<?xml version=\"1.0\"?><!DOCTYPE l [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><CONSOLIDATED_LIST>&x;</CONSOLIDATED_LIST>")),
        _ => ("a.bin", [0x89, 0x01, 0x02, 0x03, 0x04]),
    };
}
