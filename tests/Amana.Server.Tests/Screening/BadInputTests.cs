using System.Text;
using Amana.Server.Access;
using static Amana.Server.Tests.Screening.TestLists;

namespace Amana.Server.Tests.Screening;

/// <summary>What cannot be asked is refused in words, with code, field and reason, and never breaks the server.</summary>
public sealed class BadInputTests(AmanaServer server) : IAsyncLifetime
{
    private const string List = "bad-input-specimens";

    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        await server.PutListAsync(List, Person("bi-1", "Mithal Specimen", ("birthDate", "1980-03-02")));
        _client = await server.ClientAsync(Right.Screen);
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    public static TheoryData<string, int, string> Matches => new()
    {
        { "", 400, "screening.body-unreadable" },
        { "{", 400, "screening.body-unreadable" },
        { "[]", 400, "screening.body-unreadable" },
        { "null", 400, "screening.body-unreadable" },
        { "\"text\"", 400, "screening.body-unreadable" },
        { "{}", 422, "screening.queries-missing-field" },
        { "{\"queries\":null}", 422, "screening.queries-missing-field" },
        { "{\"queries\":[]}", 400, "screening.not-text" },
        { "{\"queries\":{}}", 400, "screening.queries-missing" },
        { "{\"queries\":{\"q\":null}}", 400, "screening.queries-missing" },
        { "{\"queries\":{\"q\":7}}", 400, "screening.not-text" },
        { "{\"queries\":{\"q\":{\"properties\":{\"name\":[\"A B\"]}}}}", 422, "screening.schema-missing" },
        { "{\"queries\":{\"q\":{\"schema\":\"Dragon\",\"properties\":{\"name\":[\"A B\"]}}}}", 400, "screening.schema-unknown" },
        { "{\"queries\":{\"q\":{\"schema\":7,\"properties\":{\"name\":[\"A B\"]}}}}", 400, "screening.schema-unknown" },
        { "{\"queries\":{\"q\":{\"schema\":\"Person\",\"properties\":[]}}}", 400, "screening.not-text" },
        { "{\"queries\":{\"q\":{\"schema\":\"Person\",\"properties\":{\"name\":[{}]}}}}", 400, "screening.not-text" },
        { "{\"queries\":{\"q\":{\"schema\":\"Person\",\"properties\":{\"name\":[[]]}}}}", 400, "screening.not-text" },
        { "{\"queries\":{\"q\":{\"schema\":\"Person\",\"properties\":{}}}}", 400, "question.name-missing" },
        { "{\"queries\":{\"q\":{\"schema\":\"Person\",\"properties\":{\"name\":[]}}}}", 400, "question.name-missing" },
        { "{\"queries\":{\"q\":{\"schema\":\"Person\",\"properties\":{\"name\":[\"\"]}}}}", 400, "question.name-missing" },
        { "{\"queries\":{\"q\":{\"schema\":\"Person\",\"properties\":{\"name\":[\"  \\t \"]}}}}", 400, "question.name-missing" },
        { "{\"queries\":{\"q\":{\"schema\":\"Person\",\"properties\":{\"name\":[\"...!?\"]}}}}", 400, "screening.name-missing" },
        { "{\"queries\":{\"q\":{\"schema\":\"Person\",\"properties\":{\"name\":[\"A\\u0000B\"]}}}}", 400, "screening.text-broken" },
        { "{\"queries\":{\"q\":{\"schema\":\"Person\",\"properties\":{\"name\":[\"A\\ud800B\"]}}}}", 400, "screening.text-broken" },
        { "{\"queries\":{\"q\":{\"schema\":\"Person\",\"properties\":{\"\\udfff\":[\"A B\"]}}}}", 400, "screening.text-broken" },
        { "{\"queries\":{\"\\ud800\":{\"schema\":\"Person\",\"properties\":{\"name\":[\"A B\"]}}}}", 400, "screening.text-broken" },
        { $"{{\"queries\":{{\"q\":{{\"schema\":\"Person\",\"properties\":{{\"name\":[\"{new string('a', 100_000)}\"]}}}}}}}}", 400, "question.name-too-long" },
        { $"{{\"queries\":{{\"q\":{{\"schema\":\"Person\",\"properties\":{{\"name\":[{string.Join(',', Enumerable.Range(0, 1_000).Select(i => $"\"Name {i}\""))}]}}}}}}}}", 400, "question.names-too-many" },
        { $"{{\"queries\":{{{string.Join(',', Enumerable.Range(0, 101).Select(i => $"\"q{i}\":{{\"schema\":\"Person\",\"properties\":{{\"name\":[\"A B\"]}}}}"))}}}}}", 400, "screening.queries-too-many" },
        { string.Concat(Enumerable.Repeat("[", 10_000)), 400, "screening.body-too-deep" },
        { string.Concat(Enumerable.Repeat("{\"queries\":", 10_000)), 400, "screening.body-too-deep" },
    };

    [Theory]
    [MemberData(nameof(Matches))]
    public async Task A_match_that_cannot_be_read_is_refused_with_its_reason(string body, int status, string code) =>
        await (await _client.PostAsync($"match/{List}", new StringContent(body, Encoding.UTF8, "application/json"))).ShouldBeRefusedAsync(status, code);

    [Theory]
    [InlineData("match/no-such-list", 404, "screening.dataset-unknown", "dataset")]
    [InlineData("match/bad-input-specimens?include_dataset=no-such-list", 404, "screening.dataset-unknown", "include_dataset")]
    [InlineData("match/bad-input-specimens?algorithm=magic", 400, "screening.algorithm-unknown", "algorithm")]
    [InlineData("match/bad-input-specimens?limit=501", 422, "screening.out-of-range", "limit")]
    [InlineData("match/bad-input-specimens?limit=-1", 422, "screening.out-of-range", "limit")]
    [InlineData("match/bad-input-specimens?threshold=1.5", 422, "screening.out-of-range", "threshold")]
    [InlineData("match/bad-input-specimens?threshold=NaN", 422, "screening.out-of-range", "threshold")]
    [InlineData("match/bad-input-specimens?exclude_schema=Dragon", 400, "screening.schema-unknown", "exclude_schema")]
    [InlineData("match/bad-input-specimens?changed_since=yesterday", 422, "screening.out-of-range", "changed_since")]
    public async Task An_option_that_cannot_be_is_refused_at_its_field(string address, int status, string code, string field)
    {
        var body = new StringContent("""{"queries":{"q":{"schema":"Person","properties":{"name":["Mithal Specimen"]}}}}""");
        var problem = await (await _client.PostAsync(address, body)).ShouldBeRefusedAsync(status, code);
        problem.GetProperty("field").GetString().ShouldBe(field);
    }

    [Fact]
    public async Task More_than_50_entities_cannot_be_left_out()
    {
        string ids = string.Join('&', Enumerable.Range(0, 51).Select(i => $"exclude_entity_ids=e{i}"));
        var body = new StringContent("""{"queries":{"q":{"schema":"Person","properties":{"name":["Mithal Specimen"]}}}}""");
        await (await _client.PostAsync($"match/{List}?{ids}", body)).ShouldBeRefusedAsync(400, "screening.excluded-too-many");
    }

    [Theory]
    [InlineData("limit=many")]
    [InlineData("threshold=high")]
    public async Task A_number_that_is_none_is_refused_at_its_field(string option)
    {
        var body = new StringContent("""{"queries":{"q":{"schema":"Person","properties":{"name":["Mithal Specimen"]}}}}""");
        var answer = await _client.PostAsync($"match/{List}?{option}", body);
        var problem = await answer.ShouldBeRefusedAsync(400, "http.unreadable");
        problem.GetProperty("field").GetString().ShouldBe(option.Split('=')[0]);
    }

    [Theory]
    [InlineData("search/bad-input-specimens", 400, "screening.q-missing")]
    [InlineData("search/bad-input-specimens?q=", 400, "screening.q-missing")]
    [InlineData("search/bad-input-specimens?q=%20%20", 400, "screening.q-missing")]
    [InlineData("search/bad-input-specimens?q=A%00B", 400, "screening.text-broken")]
    [InlineData("search/bad-input-specimens?q=A&schema=Dragon", 400, "screening.schema-unknown")]
    [InlineData("search/bad-input-specimens?q=A&limit=501", 422, "screening.out-of-range")]
    [InlineData("search/bad-input-specimens?q=A&offset=-1", 422, "screening.out-of-range")]
    [InlineData("search/bad-input-specimens?q=A&sort=shoe-size", 400, "screening.sort-unknown")]
    [InlineData("search/no-such-list?q=A", 404, "screening.dataset-unknown")]
    [InlineData("entities/no-such-entity", 404, "screening.entity-unknown")]
    public async Task A_search_that_cannot_be_is_refused(string address, int status, string code) =>
        await (await _client.GetAsync(address)).ShouldBeRefusedAsync(status, code);

    public static TheoryData<string, int, string, string?> Screenings => new()
    {
        { "", 400, "question.unreadable", null },
        { "[]", 400, "question.unreadable", null },
        { "{}", 400, "question.name-missing", "name" },
        { "{\"name\":\"\"}", 400, "question.name-missing", "name" },
        { "{\"name\":{}}", 400, "question.not-text", "name" },
        { "{\"name\":7}", 400, "question.not-text", "name" },
        { "{\"name\":\"A\\ud800\"}", 400, "question.not-text", "name" },
        { "{\"name\":\"A B\",\"schema\":\"Dragon\"}", 400, "question.schema-unknown", "schema" },
        { $"{{\"name\":\"{new string('a', 100_000)}\"}}", 400, "question.name-too-long", "name" },
        { $"{{\"name\":[{string.Join(',', Enumerable.Range(0, 1_000).Select(i => $"\"Name {i}\""))}]}}", 400, "question.names-too-many", "name" },
        { string.Concat(Enumerable.Repeat("[", 10_000)), 400, "screening.body-too-deep", null },
    };

    [Theory]
    [MemberData(nameof(Screenings))]
    public async Task A_question_that_cannot_be_read_is_refused_at_its_field(string body, int status, string code, string? field)
    {
        var problem = await (await _client.PostAsync("api/v1/screenings", new StringContent(body, Encoding.UTF8, "application/json"))).ShouldBeRefusedAsync(status, code);
        if (field is not null) problem.GetProperty("field").GetString().ShouldBe(field);
    }

    [Theory]
    [InlineData("de la")]
    [InlineData("bin al")]
    [InlineData("بن")]
    public async Task A_name_of_particles_alone_is_refused(string name)
    {
        var problem = await (await _client.PostAsync("api/v1/screenings", new StringContent($"{{\"name\":\"{name}\"}}"))).ShouldBeRefusedAsync(400, "screening.name-only-particles");
        problem.GetProperty("field").GetString().ShouldBe("name");
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_refused_as_too_large()
    {
        var answer = await _client.PostAsync($"match/{List}", new StringContent(new string(' ', 17 << 20)));
        await answer.ShouldBeRefusedAsync(413, "screening.body-too-large");
    }

    [Fact]
    public async Task Direction_marks_in_a_name_are_left_out_and_said()
    {
        var answer = await (await _client.PostAsync($"api/v1/screenings?dataset={List}", new StringContent("{\"name\":\"Mithal \u202ESpecimen\u202C\"}"))).ShouldBeJsonAsync();
        answer.GetProperty("hits")[0].GetProperty("entity").GetString().ShouldBe("bi-1");
        answer.GetProperty("warnings")[0].GetProperty("code").GetString().ShouldBe("question.direction-marks");
    }

    [Fact]
    public async Task An_unknown_country_is_not_compared_and_said()
    {
        var answer = await (await _client.PostAsync($"api/v1/screenings?dataset={List}", new StringContent("""{"name":"Mithal Specimen","country":"Atlantis of the sea"}"""))).ShouldBeJsonAsync();
        answer.GetProperty("warnings")[0].GetProperty("code").GetString().ShouldBe("question.country-unknown");
        answer.GetProperty("hits").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task An_expired_token_is_told_that_it_has_expired()
    {
        using var client = server.Anonymous();
        client.DefaultRequestHeaders.Authorization = new("Bearer", await server.TokenAsync(null, TimeSpan.FromMilliseconds(1), Right.Screen));
        await Task.Delay(50);
        await (await client.PostAsync($"match/{List}", new StringContent("{}"))).ShouldBeRefusedAsync(401, "access.token-expired");
    }

    [Fact]
    public async Task Without_the_right_nothing_is_asked()
    {
        using var client = await server.ClientAsync(Right.Import);
        await (await client.PostAsync($"match/{List}", new StringContent("{}"))).ShouldBeRefusedAsync(403, "access.forbidden");
        await (await client.PostAsync("api/v1/screenings/bulk", new StringContent("{}"))).ShouldBeRefusedAsync(403, "access.forbidden");
        await (await client.GetAsync("api/v1/hits")).ShouldBeRefusedAsync(403, "access.forbidden");
    }

    [Fact]
    public async Task An_unknown_purpose_is_refused_before_anything_is_asked()
    {
        using var client = await server.ClientAsync(Right.Screen);
        client.DefaultRequestHeaders.Add("Amana-Purpose", "curiosity");
        await (await client.PostAsync($"match/{List}", new StringContent("{}"))).ShouldBeRefusedAsync(400, "access.purpose-unknown");
    }
}
