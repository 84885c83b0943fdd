namespace Amana.Cli.Tests;

public class ExplainTests(Scratch files) : IClassFixture<Scratch>
{
    [Fact]
    public async Task Two_names_get_a_score_a_verdict_and_the_evidence()
    {
        var called = await Called.WithAsync("explain", "Виктор Павленко", "Viktor Pavlenko", "--schema", "Person", "--format", "ndjson");
        called.Code.ShouldBe(0, called.Error);
        var answer = called.Json.Single();
        answer.GetProperty("score").GetRawText().ShouldMatch(@"^[01]\.\d{4,}$");
        answer.GetProperty("match").GetBoolean().ShouldBeTrue();
        answer.GetProperty("threshold").GetDouble().ShouldBe(0.7);
        answer.GetProperty("evidence").GetArrayLength().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Names_of_two_different_people_are_no_match()
    {
        var answer = (await Called.WithAsync("explain", "Erika Mustermann", "Kenji Yamamoto", "--format", "ndjson")).Json.Single();
        answer.GetProperty("match").GetBoolean().ShouldBeFalse();
        answer.GetProperty("score").GetDouble().ShouldBeLessThan(0.5);
    }

    [Fact]
    public async Task The_ladder_shows_each_token_of_both_names()
    {
        var called = await Called.WithAsync("explain", "Erika Mustermann", "Erica Musterman", "--format", "table");
        foreach (string token in (string[])["Erika", "Mustermann", "Erica", "Musterman"]) called.Out.ShouldContain(token);
    }

    [Fact]
    public async Task It_says_how_many_people_share_the_name()
    {
        (await Called.WithAsync("explain", "Maria Garcia", "Maria Garcia", "--format", "table")).Out.ShouldMatch(@"about \d+ people in a million share this name");
        (await Called.WithAsync("explain", "Viktor Pavlenko", "Viktor Pavlenko", "--format", "table")).Out.ShouldContain("fewer than one person in a million");
        var answer = (await Called.WithAsync("explain", "Maria Garcia", "Maria Garcia", "--format", "ndjson")).Json.Single();
        answer.GetProperty("evidence")[0].GetProperty("peopleInMillion").GetDouble().ShouldBeInRange(50, 5_000);
    }

    [Fact]
    public async Task A_file_of_pairs_gives_a_line_a_pair_in_order_and_keeps_its_bad_rows()
    {
        string pairs = files.Write("pairs.csv", "name1,name2,schema\nErika Mustermann,Erika Mustermann,Person\n,Nobody,\nPierre Dubois,Kenji Yamamoto,Person\nA B,C D,Spaceship\n");
        var called = await Called.WithAsync("explain", "--pairs", pairs);
        called.Code.ShouldBe(3);
        called.Json.Length.ShouldBe(4);
        called.Json[0].GetProperty("match").GetBoolean().ShouldBeTrue();
        called.Json[1].GetProperty("error").GetProperty("code").GetString().ShouldBe("question.name-missing");
        called.Json[2].GetProperty("match").GetBoolean().ShouldBeFalse();
        called.Json[3].GetProperty("error").GetProperty("code").GetString().ShouldBe("question.schema-unknown");
    }

    [Fact]
    public async Task A_pair_s_score_does_not_depend_on_the_pairs_around_it()
    {
        string alone = files.Write("alone.csv", "name1,name2\nViktor Pavlenko,Victor Pavlenko\n");
        string among = files.Write("among.csv", "name1,name2\nAnna Eriksson,Ana Erikson\nViktor Pavlenko,Victor Pavlenko\nYael Cohen,Jael Kohen\n");
        (await Called.WithAsync("explain", "--pairs", among)).Lines[1].ShouldBe((await Called.WithAsync("explain", "--pairs", alone)).Lines[0]);
    }

    [Fact]
    public async Task A_file_without_the_two_columns_is_refused() =>
        (await Called.WithAsync("explain", "--pairs", files.Write("wrong.csv", "a,b\n1,2\n"))).Code.ShouldBe(2);

    [Fact]
    public async Task An_empty_name_is_refused() => (await Called.WithAsync("explain", " ", "Erika Mustermann")).Code.ShouldBe(2);
}
