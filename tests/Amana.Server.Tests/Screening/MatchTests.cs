using System.Net.Http.Json;
using System.Text.Json;
using Amana.Server.Access;
using static Amana.Server.Tests.Screening.TestLists;

namespace Amana.Server.Tests.Screening;

/// <summary>The requests that yente's clients send, and what they read from the answers.</summary>
public sealed class MatchTests(AmanaServer server) : IAsyncLifetime
{
    private const string List = "match-specimens";

    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        await server.PutListAsync(List,
            Person("ms-1", "Mithal Specimen", ("birthDate", "1974-08-12"), ("nationality", "ut"), ("topics", "sanction"), ("alias", "مثال نموذجي"))
                with { Referents = ["ms-old-1"], LastChange = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), FirstSeen = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero) },
            Person("ms-2", "Muestra Ejemplo", ("topics", "role.pep")) with { LastChange = new(2021, 1, 1, 0, 0, 0, TimeSpan.Zero) },
            Entity("ms-3", "Company", "Specimen Shipping Limited", ("jurisdiction", "ut")),
            Entity("ms-4", "Vessel", "Specimen Star", ("imoNumber", "IMO9074729")));
        _client = await server.ClientAsync(Right.Screen);
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_number_alone_finds_its_bearer_and_no_other()
    {
        var answer = await (await MatchAsync("""
            {"queries":{"same":{"schema":"Vessel","properties":{"imoNumber":["9074729"]}},
                        "other":{"schema":"Vessel","properties":{"imoNumber":["9074730"]}}}}
            """)).ShouldBeJsonAsync();
        var same = answer.GetProperty("responses").GetProperty("same").GetProperty("results");
        same.GetArrayLength().ShouldBe(1);
        same[0].GetProperty("id").GetString().ShouldBe("ms-4");
        same[0].GetProperty("match").GetBoolean().ShouldBeTrue();
        answer.GetProperty("responses").GetProperty("other").GetProperty("results").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Each_query_is_answered_under_its_key_in_yentes_shape()
    {
        var answer = await (await MatchAsync("""
            {"queries":{"a":{"schema":"Person","properties":{"name":["Mithal Specimen"],"birthDate":["1974-08-12"]}},
                        "b":{"id":"mine","schema":"Company","properties":{"name":"Specimen Shipping Limited","email":["x@example.org"]}},
                        "c":{"schema":"Person","properties":{"name":["Zzyzx Qwfp"]}}}}
            """)).ShouldBeJsonAsync();

        answer.GetProperty("limit").GetInt32().ShouldBe(5);
        answer.GetProperty("matcher").GetProperty("name").GetProperty("description").GetString().ShouldNotBeNullOrEmpty();
        var a = answer.GetProperty("responses").GetProperty("a");
        a.GetProperty("status").GetInt32().ShouldBe(200);
        a.GetProperty("total").GetProperty("value").GetInt32().ShouldBe(1);
        a.GetProperty("total").GetProperty("relation").GetString().ShouldBe("eq");
        a.GetProperty("query").GetProperty("schema").GetString().ShouldBe("Person");
        a.GetProperty("query").GetProperty("properties").GetProperty("name")[0].GetString().ShouldBe("Mithal Specimen");
        var result = a.GetProperty("results")[0];
        result.GetProperty("id").GetString().ShouldBe("ms-1");
        result.GetProperty("caption").GetString().ShouldBe("Mithal Specimen");
        result.GetProperty("schema").GetString().ShouldBe("Person");
        result.GetProperty("properties").GetProperty("alias")[0].GetString().ShouldBe("مثال نموذجي");
        result.GetProperty("datasets")[0].GetString().ShouldBe(List);
        result.GetProperty("referents")[0].GetString().ShouldBe("ms-old-1");
        result.GetProperty("target").GetBoolean().ShouldBeTrue();
        result.GetProperty("first_seen").GetDateTimeOffset().Year.ShouldBe(2020);
        result.GetProperty("last_seen").ValueKind.ShouldBe(JsonValueKind.Null);
        result.GetProperty("last_change").GetDateTimeOffset().Month.ShouldBe(3);
        result.GetProperty("score").GetDouble().ShouldBeInRange(0.7, 1);
        result.GetProperty("match").GetBoolean().ShouldBeTrue();
        foreach (var feature in result.GetProperty("features").EnumerateObject())
        {
            feature.Value.ValueKind.ShouldBe(JsonValueKind.Number);
            result.GetProperty("explanations").GetProperty(feature.Name).GetProperty("score").ValueKind.ShouldBe(JsonValueKind.Number);
        }
        IdsOf(answer, "b").ShouldBe(["ms-3"]);
        answer.GetProperty("responses").GetProperty("b").GetProperty("query").GetProperty("id").GetString().ShouldBe("mine");
        answer.GetProperty("responses").GetProperty("b").GetProperty("warnings")[0].GetProperty("field").GetString().ShouldBe("email");
        IdsOf(answer, "c").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("?exclude_schema=Person", 0)]
    [InlineData("?exclude_schema=Company&exclude_schema=Vessel", 1)]
    [InlineData("?topics=sanction", 1)]
    [InlineData("?topics=role.pep", 0)]
    [InlineData("?topics=role.pep&topics=sanction", 1)]
    [InlineData("?changed_since=2026-01-01", 1)]
    [InlineData("?changed_since=2026-06-01T00:00:00", 0)]
    [InlineData("?exclude_entity_ids=ms-1", 0)]
    [InlineData("?exclude_entity_ids=ms-old-1", 0)]
    [InlineData("?exclude_entity_ids=ms-2", 1)]
    [InlineData("?exclude_dataset=match-specimens", 0)]
    [InlineData("?include_dataset=match-specimens", 1)]
    [InlineData("?limit=0", 0)]
    [InlineData("?algorithm=best", 1)]
    [InlineData("?algorithm=logic-v1", 1)]
    [InlineData("?algorithm=logic-v2", 1)]
    [InlineData("?algorithm=name-based", 1)]
    [InlineData("?algorithm=name-qualified", 1)]
    public async Task Options_choose_who_may_answer(string options, int results)
    {
        var answer = await (await MatchAsync("""{"queries":{"q":{"schema":"Person","properties":{"name":["Mithal Specimen"]}}}}""", options)).ShouldBeJsonAsync();
        IdsOf(answer, "q").Count.ShouldBe(results);
    }

    [Fact]
    public async Task The_dataset_default_is_all_that_the_caller_may_see()
    {
        var body = new StringContent("""{"queries":{"q":{"schema":"Person","properties":{"name":["Mithal Specimen"]}}}}""");
        var answer = await (await _client.PostAsync("match/default?exclude_entity_ids=none&limit=100", body)).ShouldBeJsonAsync();
        IdsOf(answer, "q").ShouldContain("ms-1");
    }

    [Theory]
    [InlineData("weights", """{"name_literal":0.8}""")]
    [InlineData("config", """{"nm_number_mismatch":0.4}""")]
    public async Task What_tunes_other_algorithms_is_not_used_and_each_answer_says_so(string field, string given)
    {
        string Body(string value) => """{"FIELD":VALUE,"queries":{"q":{"schema":"Person","properties":{"name":["Mithal Specimen"]}},"p":{"schema":"Person","properties":{"name":["von der"]}}}}"""
            .Replace("FIELD", field, StringComparison.Ordinal).Replace("VALUE", value, StringComparison.Ordinal);
        var answer = await (await MatchAsync(Body(given))).ShouldBeJsonAsync();
        foreach (string key in (string[])["q", "p"])
        {
            answer.GetProperty("responses").GetProperty(key).GetProperty("warnings").EnumerateArray()
                .Single(w => w.GetProperty("code").GetString() == "screening.tuning-unused").GetProperty("field").GetString().ShouldBe(field);
        }
        // Scores do not move, and who sends nothing is told nothing.
        var plain = await (await MatchAsync(Body("{}"))).ShouldBeJsonAsync();
        plain.GetProperty("responses").GetProperty("q").TryGetProperty("warnings", out _).ShouldBeFalse();
        ScoreOf(plain).ShouldBe(ScoreOf(answer));
        (await (await MatchAsync(Body("[1]"))).ShouldBeRefusedAsync(400, "screening.not-text")).GetProperty("field").GetString().ShouldBe(field);

        static double ScoreOf(System.Text.Json.JsonElement of) => of.GetProperty("responses").GetProperty("q").GetProperty("results")[0].GetProperty("score").GetDouble();
    }

    [Fact]
    public async Task A_question_about_a_vessel_is_never_answered_with_a_person()
    {
        var answer = await (await MatchAsync("""{"queries":{"q":{"schema":"Vessel","properties":{"name":["Mithal Specimen"]}},"v":{"schema":"Vessel","properties":{"name":["Specimen Star"]}}}}""")).ShouldBeJsonAsync();
        IdsOf(answer, "q").ShouldNotContain("ms-1");
        IdsOf(answer, "v").ShouldBe(["ms-4"]);
    }

    [Theory]
    [InlineData("1980-02-31", "question.date-impossible", "birthDate")]
    public async Task A_date_that_cannot_be_is_not_compared_and_the_answer_says_so(string date, string code, string field)
    {
        var answer = await (await MatchAsync("""{"queries":{"q":{"schema":"Person","properties":{"name":["Mithal Specimen"],"birthDate":["DATE"]}}}}""".Replace("DATE", date, StringComparison.Ordinal))).ShouldBeJsonAsync();
        var warning = answer.GetProperty("responses").GetProperty("q").GetProperty("warnings")[0];
        warning.GetProperty("code").GetString().ShouldBe(code);
        warning.GetProperty("field").GetString().ShouldBe(field);
        warning.GetProperty("detail").GetString().ShouldNotBeNullOrEmpty();
        IdsOf(answer, "q").ShouldBe(["ms-1"]);
    }

    [Fact]
    public async Task Parts_of_a_name_are_joined_when_there_is_no_whole_one()
    {
        var answer = await (await MatchAsync("""{"queries":{"q":{"schema":"Person","properties":{"firstName":["Mithal"],"lastName":["Specimen"]}}}}""")).ShouldBeJsonAsync();
        IdsOf(answer, "q").ShouldBe(["ms-1"]);
    }

    // The request of https://www.opensanctions.org/docs/api/request/ with specimen names: parts of names in several scripts.
    [Fact]
    public async Task Every_form_of_a_part_of_a_name_is_asked_for()
    {
        var answer = await (await MatchAsync("""
            {"queries":{"q":{"schema":"Person","properties":{"firstName":["Zzyzx","Mithal"],"fatherName":[""],"lastName":["Qwfp","Specimen"],"birthDate":[1974]}}}}
            """, "?topics=sanction&topics=sanction.linked&topics=debarment&include_dataset=match-specimens&algorithm=logic-v2&threshold=0.8")).ShouldBeJsonAsync();
        IdsOf(answer, "q").ShouldBe(["ms-1"]);
    }

    [Fact]
    public async Task The_number_of_answers_is_in_the_head_and_a_full_page_says_that_there_may_be_more()
    {
        var response = await MatchAsync("""{"weights":{},"config":{},"queries":{"q":{"schema":"LegalEntity","properties":{"name":["Mithal Specimen"]}},"r":{"schema":"Person","properties":{"name":["Zzyzx Qwfp"]}}}}""", "?limit=1&cutoff=0.5");
        response.Headers.GetValues("x-batch-size").ShouldBe(["2"]);
        var answers = (await response.ShouldBeJsonAsync()).GetProperty("responses");
        answers.GetProperty("q").GetProperty("total").GetProperty("relation").GetString().ShouldBe("gte");
        answers.GetProperty("r").GetProperty("total").GetProperty("relation").GetString().ShouldBe("eq");
        var why = answers.GetProperty("q").GetProperty("results")[0].GetProperty("explanations").GetProperty("name");
        why.GetProperty("query").GetString().ShouldBe("Mithal Specimen");
        why.GetProperty("candidate").GetString().ShouldBe("Mithal Specimen");
        why.GetProperty("detail").GetString().ShouldNotBeNullOrEmpty();
        why.GetProperty("peopleInMillion").GetDouble().ShouldBeInRange(0, 1); // an invented name is hardly anybody's
    }

    [Fact]
    public async Task A_name_that_cannot_be_asked_for_does_not_keep_the_others_from_their_answers()
    {
        var responses = (await (await MatchAsync("""
            {"queries":{"p":{"schema":"Person","properties":{"name":["van der"]}},"q":{"schema":"Person","properties":{"name":["Mithal Specimen"]}}}}
            """)).ShouldBeJsonAsync()).GetProperty("responses");
        responses.GetProperty("p").GetProperty("status").GetInt32().ShouldBe(400);
        responses.GetProperty("p").GetProperty("results").GetArrayLength().ShouldBe(0);
        responses.GetProperty("p").GetProperty("warnings")[0].GetProperty("code").GetString().ShouldBe("screening.name-only-particles");
        responses.GetProperty("q").GetProperty("status").GetInt32().ShouldBe(200);
        responses.GetProperty("q").GetProperty("results").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task A_query_that_is_null_is_left_out()
    {
        var answer = await (await MatchAsync("""{"queries":{"n":null,"q":{"schema":"Person","properties":{"name":["Mithal Specimen"]}}}}""")).ShouldBeJsonAsync();
        answer.GetProperty("responses").EnumerateObject().Select(r => r.Name).ShouldBe(["q"]);
    }

    [Fact]
    public async Task Every_question_is_in_the_journal_with_purpose_and_versions_and_without_a_name()
    {
        using var client = await server.ClientAsync(Right.Screen);
        string me = (await client.GetFromJsonAsync<JsonElement>("api/v1/me")).GetProperty("key").GetString()!;
        await (await client.PostAsync($"match/{List}", new StringContent("""{"queries":{"a":{"schema":"Person","properties":{"name":["Mithal Specimen"]}},"b":{"schema":"Person","properties":{"name":["Zzyzx Qwfp"]}}}}"""))).ShouldBeJsonAsync();

        var entries = await server.JournalAsync("question.asked", who: me);
        entries.Count.ShouldBe(2);
        entries.ShouldAllBe(e => e.Purpose == "border-check" && e.OnWhat != null);
        string details = entries[0].Details!;
        details.ShouldContain(List);
        details.ShouldContain("ms-1");
        details.ShouldNotContain("Mithal Specimen");
        details.ShouldNotContain("Mithal");
    }

    [Fact]
    public async Task The_header_names_the_purpose_of_a_token_that_has_another_one()
    {
        using var client = await server.ClientAsync(Right.Screen);
        client.DefaultRequestHeaders.Add("Amana-Purpose", "missing-persons");
        string me = (await client.GetFromJsonAsync<JsonElement>("api/v1/me")).GetProperty("key").GetString()!;
        await (await client.PostAsync($"match/{List}", new StringContent("""{"queries":{"a":{"schema":"Person","properties":{"name":["Zzyzx Qwfp"]}}}}"""))).ShouldBeJsonAsync();
        (await server.JournalAsync("question.asked", who: me)).ShouldHaveSingleItem().Purpose.ShouldBe("missing-persons");
    }

    private Task<HttpResponseMessage> MatchAsync(string body, string options = "") => _client.PostAsync($"match/{List}{options}", new StringContent(body));

    private static List<string> IdsOf(JsonElement answer, string key) =>
        [.. answer.GetProperty("responses").GetProperty(key).GetProperty("results").EnumerateArray().Select(r => r.GetProperty("id").GetString()!)];
}
