using System.Text;
using System.Text.Json;

namespace Amana.Cli.Tests;

public class ScreenTests(Scratch files) : IClassFixture<Scratch>
{
    private Task<Called> ScreenAsync(string queries, params string[] more) =>
        Called.WithInputAsync(queries, ["screen", "-", "--against", files.Corpus, .. more]);

    private static string Question(string id, string name) => JsonSerializer.Serialize(new { id, name });

    [Fact]
    public async Task A_question_is_answered_with_the_record_s_own_id_a_score_of_four_decimals_and_evidence()
    {
        var called = await ScreenAsync(Question("a", "Erika Mustermann"));
        called.Code.ShouldBe(0, called.Error);
        var answer = called.Json.ShouldHaveSingleItem();
        answer.GetProperty("id").GetString().ShouldBe("a");
        var hit = answer.GetProperty("hits")[0];
        hit.GetProperty("entity").GetString().ShouldBe("Q006");
        hit.GetProperty("caption").GetString().ShouldBe("Erika Mustermann");
        hit.GetProperty("score").GetRawText().ShouldMatch(@"^[01]\.\d{4,}$");
        hit.GetProperty("evidence").ValueKind.ShouldBe(JsonValueKind.Array);
    }

    [Fact]
    public async Task A_table_of_document_numbers_alone_is_answered()
    {
        string corpus = files.Write("numbers.ndjson", """{"id":"Q1","schema":"Person","name":"Erika Mustermann","names":[{"n":"Erika Mustermann","s":"Latn","t":"primary"}],"idNumbers":["L898902C3"]}""");
        var called = await Called.WithInputAsync("id,idNumber\na,l898902c3\nb,L898902C4\n", ["screen", "-", "--against", corpus]);
        called.Code.ShouldBe(0, called.Error);
        called.Json[0].GetProperty("hits")[0].GetProperty("entity").GetString().ShouldBe("Q1");
        called.Json[1].GetProperty("hits").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_name_in_another_script_finds_its_record()
    {
        var called = await ScreenAsync($"{Question("1", "محمد الراشدي")}\n{Question("2", "Виктор Павленко")}");
        called.Json.Select(a => a.GetProperty("hits")[0].GetProperty("entity").GetString()).ShouldBe(["Q002", "Q001"]);
        called.Out.ShouldNotContain("\\u06");
    }

    [Fact]
    public async Task Answers_come_in_the_order_of_the_questions_with_any_number_of_threads()
    {
        string queries = files.Write("many.ndjson", string.Join('\n', Enumerable.Range(0, 700).Select(i => Question($"{i}", Scratch.Specimens[i % 10][0]))));
        var one = await Called.WithAsync("screen", queries, "--against", files.Corpus, "--threads", "1");
        var many = await Called.WithAsync("screen", queries, "--against", files.Corpus, "--threads", "8");
        one.Json.Select(a => a.GetProperty("id").GetString()).ShouldBe(Enumerable.Range(0, 700).Select(i => $"{i}"));
        many.Out.ShouldBe(one.Out);
    }

    [Fact]
    public async Task A_line_that_cannot_be_read_is_answered_in_its_place_and_the_rest_goes_on()
    {
        string deep = string.Concat(Enumerable.Repeat("{\"a\":", 10_000)) + "1" + new string('}', 10_000);
        string[] bad =
        [
            "no json at all", "[1,2]", deep, "{\"id\":\"x\",\"name\":\"\\ud800\"}", "{\"id\":\"e\",\"name\":\"  \"}", "{\"id\":\"n\"}",
            $"{{\"id\":\"l\",\"name\":\"{new string('a', 100_000)}\"}}", "{\"id\":\"s\",\"name\":\"A B\",\"schema\":\"Spaceship\"}", "{\"id\":\"t\",\"name\":{\"a\":1}}",
            $"{{\"id\":\"m\",\"name\":[{string.Join(',', Enumerable.Range(0, 1000).Select(i => $"\"name {i}\""))}]}}",
            $"{{\"id\":\"z\",\"name\":\"{new string('z', 2_000_000)}\"}}", "{\"id\":\"nul\",\"name\":\"a\0b\"}",
        ];
        var called = await ScreenAsync(string.Join('\n', bad.SelectMany(line => (string[])[Question("good", "Erika Mustermann"), line])));
        called.Code.ShouldBe(3);
        called.Json.Length.ShouldBe(2 * bad.Length);
        for (int i = 0; i < bad.Length; i++)
        {
            called.Json[2 * i].GetProperty("hits").GetArrayLength().ShouldBe(1);
            var refused = called.Json[(2 * i) + 1];
            refused.GetProperty("hits").GetArrayLength().ShouldBe(0);
            refused.GetProperty("error").GetProperty("code").GetString()!.ShouldStartWith("question.");
            refused.GetProperty("error").GetProperty("detail").GetString().ShouldNotBeNullOrEmpty();
        }
    }

    [Theory]
    [InlineData("birthDate", "1980-02-31", "question.date-impossible")]
    [InlineData("birthDate", "31.02.1980", "question.date-impossible")]
    [InlineData("country", "Atlantis", "question.country-unknown")]
    [InlineData("gender", "maybe", "question.gender-unknown")]
    public async Task What_cannot_be_compared_is_left_out_and_said(string field, string value, string code)
    {
        var called = await ScreenAsync($"{{\"id\":\"1\",\"name\":\"Erika Mustermann\",\"{field}\":\"{value}\"}}");
        called.Code.ShouldBe(0);
        var answer = called.Json.Single();
        answer.GetProperty("hits")[0].GetProperty("entity").GetString().ShouldBe("Q006");
        var warning = answer.GetProperty("warnings")[0];
        warning.GetProperty("code").GetString().ShouldBe(code);
        warning.GetProperty("field").GetString().ShouldBe(field);
    }

    [Fact]
    public async Task A_csv_of_questions_is_read_by_its_header_with_a_lone_quote_set_aside()
    {
        string csv = "\uFEFFId;Name;Birth date\n1;Erika Mustermann;\n2;\"Dubois\n3;Pierre Dubois;1967\n4;\"Anna Maria\nEriksson\";\n";
        var called = await ScreenAsync(csv);
        called.Code.ShouldBe(3);
        called.Json.Select(a => a.GetProperty("id").GetString()).ShouldBe(["1", null, "3", "4"]);
        called.Json[1].GetProperty("error").GetProperty("line").GetInt64().ShouldBe(3);
        called.Json[2].GetProperty("hits")[0].GetProperty("entity").GetString().ShouldBe("Q007");
        called.Json[3].GetProperty("hits")[0].GetProperty("entity").GetString().ShouldBe("Q000");
    }

    [Fact]
    public async Task Gzip_and_utf16_are_read_as_they_are()
    {
        string question = Question("1", "Виктор Павленко");
        byte[] utf16 = [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(question + "\n")];
        foreach (byte[] input in (byte[][])[Scratch.Gzip(question), utf16])
        {
            var called = await Called.WithInputAsync(input, "screen", "-", "--against", files.Write("c.ndjson.gz", Scratch.Gzip(File.ReadAllText(files.Corpus))));
            called.Code.ShouldBe(0, called.Error);
            called.Json.Single().GetProperty("hits")[0].GetProperty("entity").GetString().ShouldBe("Q001");
        }
    }

    [Fact]
    public async Task A_number_as_id_goes_back_as_a_number()
    {
        var called = await ScreenAsync("{\"id\":17,\"name\":\"Erika Mustermann\"}");
        called.Json.Single().GetProperty("id").GetInt32().ShouldBe(17);
    }

    [Fact]
    public async Task Top_and_lowest_score_bound_the_answers()
    {
        string corpus = files.Write("same.ndjson", string.Join('\n', Enumerable.Range(0, 20).Select(i => $"{{\"id\":\"S{i}\",\"schema\":\"Person\",\"names\":[\"Erika Mustermann\"]}}")));
        (await Called.WithInputAsync(Question("1", "Erika Mustermann"), "screen", "-", "--against", corpus)).Json.Single().GetProperty("hits").GetArrayLength().ShouldBe(5);
        (await Called.WithInputAsync(Question("1", "Erika Mustermann"), "screen", "-", "--against", corpus, "--top", "12")).Json.Single().GetProperty("hits").GetArrayLength().ShouldBe(12);
        (await Called.WithInputAsync(Question("1", "Erika Mustermann"), "screen", "-", "--against", corpus, "--min-score", "1")).Json.Single().GetProperty("hits")
            .EnumerateArray().ShouldAllBe(h => h.GetProperty("score").GetDouble() >= 1);
    }

    [Fact]
    public async Task Timings_are_on_every_line_and_in_the_last_line_of_standard_error()
    {
        var called = await ScreenAsync($"{Question("1", "Erika Mustermann")}\n{Question("2", "Nobody Here")}", "--timings");
        called.Json.ShouldAllBe(a => a.GetProperty("us").GetDouble() >= 0);
        called.Error.TrimEnd().Split('\n')[^1].ShouldMatch(@"^queries=2 seconds=\d+\.\d+ load_seconds=\d+\.\d+$");
    }

    [Fact]
    public async Task Csv_has_a_row_for_each_answer_and_one_for_a_question_without()
    {
        var called = await ScreenAsync($"{Question("1", "Erika Mustermann")}\n{Question("2", "Zzyzx Qwrtp")}", "--format", "csv");
        called.Lines[0].ShouldBe("line,id,rank,entity,caption,score,evidence,error,warnings");
        called.Lines[1].ShouldStartWith("1,1,1,Q006,Erika Mustermann,");
        called.Lines[2].ShouldBe("2,2,,,,,,,");
    }

    [Theory]
    [InlineData("=1+2", "'=1+2")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("\n=1", "\"'\n=1\"")]
    [InlineData("＝1", "'＝1")]
    [InlineData("=HYPERLINK(\"x\",1)", "\"'=HYPERLINK(\"\"x\"\",1)\"")]
    [InlineData("a=1", "a=1")]
    [InlineData("a,b", "\"a,b\"")]
    public async Task No_cell_of_the_csv_begins_like_a_formula(string text, string cell)
    {
        // No list brings an identifier with a control; a question may.
        var (listed, listedCell) = char.IsControl(text[0]) ? ("Q1", "Q1") : (text, cell);
        string corpus = files.Write("formula.ndjson", JsonSerializer.Serialize(new { id = listed, schema = "Person", names = new[] { "Erika Mustermann" }, dob = new[] { "1966-07-12" } }));
        var called = await Called.WithInputAsync(JsonSerializer.Serialize(new { id = text, name = "Erika Mustermann", birthDate = "1966-07-12" }), "screen", "-", "--against", corpus, "--format", "csv");
        called.Code.ShouldBe(0, called.Error);
        called.Out.ShouldStartWith("line,id,rank,entity,caption,score,evidence,error,warnings\n");
        called.Out.ShouldContain($"\n1,{cell},1,{listedCell},Erika Mustermann,");
        called.Out.ShouldMatch(",name[+] birthDate[+±],,\n$");
    }

    [Fact]
    public async Task A_table_is_for_people_and_a_list_cannot_steer_their_terminal()
    {
        string corpus = files.Write("evil.ndjson", "{\"id\":\"E1\",\"schema\":\"Person\",\"names\":[\"Erika Mustermann\"]}");
        var called = await Called.WithInputAsync("{\"id\":\"\\u001b[31mred\",\"name\":\"Erika Mustermann\"}", "screen", "-", "--against", corpus, "--format", "table");
        called.Out.ShouldContain("Erika Mustermann");
        called.Out.ShouldNotContain('\e');
    }

    [Fact]
    public async Task Lists_of_different_layouts_answer_together()
    {
        string ftm = files.Write("ftm.ndjson", "{\"id\":\"F1\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Amina Specimen\"]}}\n");
        var called = await Called.WithInputAsync($"{Question("1", "Amina Specimen")}\n{Question("2", "Erika Mustermann")}", "screen", "-", "--against", ftm, files.Corpus);
        called.Json.Select(a => a.GetProperty("hits")[0].GetProperty("entity").GetString()).ShouldBe(["F1", "Q006"]);
    }

    [Theory]
    [InlineData("screen")]
    [InlineData("screen", "no-such-file", "--against", "no-such-list")]
    [InlineData("screen", "-", "--against", "-")]
    [InlineData("screen", "-", "--against", ".", "--top", "0")]
    [InlineData("screen", "-", "--against", ".", "--min-score", "NaN")]
    [InlineData("frobnicate")]
    [InlineData("explain", "one name")]
    [InlineData("explain", "a", "b", "--schema", "Spaceship")]
    [InlineData("lists")]
    public async Task Wrong_use_is_one_with_a_sentence_and_no_stack(params string[] args)
    {
        var called = await Called.WithAsync(args);
        called.Code.ShouldBe(1, called.Error);
        called.Error.ShouldStartWith("amana: ");
        called.Error.ShouldNotContain("   at ");
        called.Out.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("[{\"id\":\"1\",\"name\":\"a\"}]")]
    [InlineData("who,when\na,b\n")]
    public async Task Input_that_is_no_file_of_questions_is_refused_with_two(string input)
    {
        var called = await ScreenAsync(input);
        called.Code.ShouldBe(2, called.Error);
        called.Error.ShouldStartWith("amana: ");
        called.Error.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Input_that_breaks_off_is_refused_after_what_was_read()
    {
        byte[] whole = Scratch.Gzip(string.Join('\n', Enumerable.Range(0, 5000).Select(i => Question($"{i}", $"Erika Mustermann {i * 7919 % 5000}"))));
        var called = await Called.WithInputAsync(whole[..(whole.Length / 2)], "screen", "-", "--against", files.Corpus);
        called.Code.ShouldBe(2);
        called.Error.ShouldContain("list.gzip-broken");
        called.Json.Length.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_list_that_is_broken_or_of_no_layout_is_refused_with_two()
    {
        (await Called.WithInputAsync(Question("1", "a b"), "screen", "-", "--against", files.Write("broken.gz", Scratch.Gzip("{\"id\":1}")[..12]))).Code.ShouldBe(2);
        (await Called.WithInputAsync(Question("1", "a b"), "screen", "-", "--against", files.Write("x.xml", "<html/>"))).Code.ShouldBe(2);
        (await Called.WithInputAsync(Question("1", "a b"), "screen", "-", "--against", files.Write("empty.ndjson", ""))).Code.ShouldBe(2);
    }

    [Fact]
    public async Task A_reader_that_leaves_early_ends_the_command_without_a_word()
    {
        string queries = files.Write("long.ndjson", string.Join('\n', Enumerable.Range(0, 20_000).Select(i => Question($"{i}", "Erika Mustermann"))));
        var called = await Called.InShellAsync($"amana screen '{queries}' --against '{files.Corpus}' | head -n 2");
        called.Lines.Length.ShouldBe(2);
        called.Error.ShouldBeEmpty();
        called.Code.ShouldBe(0);
    }

    [Fact]
    public async Task A_full_disk_is_not_taken_for_a_reader_that_left()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "This system has no /dev/full.");
        string queries = files.Write("one.ndjson", Question("1", "Erika Mustermann"));
        var called = await Called.InShellAsync($"amana screen '{queries}' --against '{files.Corpus}' > /dev/full");
        called.Code.ShouldBe(2);
        called.Error.ShouldStartWith("amana: ");
        called.Error.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task An_answer_leaves_before_the_next_question_comes()
    {
        var called = await Called.InShellAsync(
            $"mkfifo '{files.Path("in")}'; ( exec 3>'{files.Path("in")}'; echo '{Question("1", "Erika Mustermann")}' >&3; "
            + $"for i in $(seq 100); do [ -s '{files.Path("out")}' ] && break; sleep 0.1; done; wc -l < '{files.Path("out")}'; echo '{Question("2", "Pierre Dubois")}' >&3 ) & "
            + $"amana screen - --against '{files.Corpus}' < '{files.Path("in")}' > '{files.Path("out")}'; wait; wc -l < '{files.Path("out")}'");
        called.Lines.Select(l => l.Trim()).ShouldBe(["1", "2"]);
    }
}
