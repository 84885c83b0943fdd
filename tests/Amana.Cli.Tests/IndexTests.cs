namespace Amana.Cli.Tests;

public class IndexTests(Scratch files) : IClassFixture<Scratch>
{
    [Fact]
    public async Task A_saved_index_answers_as_the_files_that_it_was_made_of()
    {
        string ftm = files.Write("ftm.ndjson", "{\"id\":\"F1\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Amina Specimen\"]}}\n");
        string index = files.Path("lists.amana");
        var made = await Called.WithAsync("index", files.Corpus, ftm, "--out", index);
        made.Code.ShouldBe(0, made.Error);
        made.Out.ShouldBeEmpty();
        string queries = files.Write("q.csv", "id,name\n1,Amina Specimen\n2,محمد الراشدي\n3,Erica Musterman\n");
        var fromIndex = await Called.WithAsync("screen", queries, "--against", index);
        fromIndex.Code.ShouldBe(0, fromIndex.Error);
        fromIndex.Json.Select(a => a.GetProperty("hits")[0].GetProperty("entity").GetString()).ShouldBe(["F1", "Q002", "Q006"]);
    }

    [Fact]
    public async Task Rows_set_aside_are_said_and_end_with_three()
    {
        string list = files.Write("some.ndjson", "{\"id\":\"A\",\"schema\":\"Person\",\"names\":[\"Erika Mustermann\"]}\n{\"schema\":\"Person\",\"names\":[\"No Id\"]}\n");
        var called = await Called.WithAsync("index", list, "--out", files.Path("some.amana"));
        called.Code.ShouldBe(3);
        called.Error.ShouldContain("some.ndjson, line 2");
    }

    [Fact]
    public async Task A_damaged_index_is_refused()
    {
        string index = files.Path("whole.amana");
        await Called.WithAsync("index", files.Corpus, "--out", index);
        byte[] bytes = File.ReadAllBytes(index);
        string cut = files.Write("cut.amana", bytes[..(bytes.Length / 2)]);
        var called = await Called.WithInputAsync("{\"id\":\"1\",\"name\":\"Erika Mustermann\"}", "screen", "-", "--against", cut);
        called.Code.ShouldBe(2);
        called.Error.ShouldStartWith("amana: ");
    }

    [Fact]
    public async Task A_refused_list_leaves_no_index_behind()
    {
        string index = files.Path("never.amana");
        (await Called.WithAsync("index", files.Write("no.xml", "<html/>"), "--out", index)).Code.ShouldBe(2);
        File.Exists(index).ShouldBeFalse();
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_wrong_use() =>
        (await Called.WithAsync("index", files.Corpus, "--out", files.Path("no/such/x.amana"))).Code.ShouldBe(1);
}
