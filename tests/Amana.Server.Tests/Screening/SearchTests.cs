using System.Text.Json;
using Amana.Server.Access;
using static Amana.Server.Tests.Screening.TestLists;

namespace Amana.Server.Tests.Screening;

/// <summary><c>/search</c>, <c>/entities</c>, <c>/catalog</c> and <c>/algorithms</c> as yente's clients read them.</summary>
public sealed class SearchTests(AmanaServer server) : IAsyncLifetime
{
    private const string List = "search-specimens";

    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        await server.PutListAsync(List,
            Person("se-1", "Mithal Specimen", ("nationality", "ut"), ("topics", "sanction")) with { Referents = ["se-old-1"], FirstSeen = new(2021, 1, 1, 0, 0, 0, TimeSpan.Zero) },
            Person("se-2", "Mithal Specimen", ("nationality", "qm")) with { FirstSeen = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero) },
            Entity("se-3", "Company", "Mithal Specimen", ("jurisdiction", "ut")));
        _client = await server.ClientAsync(Right.Screen);
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_search_answers_with_total_page_and_facets()
    {
        var answer = await GetAsync($"search/{List}?q=Mithal+Specimen&limit=2");
        answer.GetProperty("limit").GetInt32().ShouldBe(2);
        answer.GetProperty("offset").GetInt32().ShouldBe(0);
        answer.GetProperty("total").GetProperty("value").GetInt32().ShouldBe(3);
        answer.GetProperty("total").GetProperty("relation").GetString().ShouldBe("eq");
        answer.GetProperty("results").GetArrayLength().ShouldBe(2);
        var countries = answer.GetProperty("facets").GetProperty("countries");
        countries.GetProperty("label").GetString().ShouldBe("Countries");
        countries.GetProperty("values")[0].GetProperty("name").GetString().ShouldBe("ut");
        countries.GetProperty("values")[0].GetProperty("count").GetInt32().ShouldBe(2);
        answer.GetProperty("facets").GetProperty("datasets").GetProperty("values")[0].GetProperty("count").GetInt32().ShouldBe(3);
        answer.GetProperty("facets").GetProperty("topics").GetProperty("values")[0].GetProperty("name").GetString().ShouldBe("sanction");
    }

    [Theory]
    [InlineData("schema=Person", "se-1 se-2")]
    [InlineData("schema=LegalEntity", "se-1 se-2 se-3")]
    [InlineData("schema=Vessel", "")]
    [InlineData("countries=ut", "se-1 se-3")]
    [InlineData("countries=ut&countries=qm", "se-1 se-2 se-3")]
    [InlineData("topics=sanction", "se-1")]
    [InlineData("datasets=search-specimens", "se-1 se-2 se-3")]
    [InlineData("datasets=another", "")]
    [InlineData("fuzzy=true", "se-1 se-2 se-3")]
    [InlineData("simple=false", "se-1 se-2 se-3")]
    [InlineData("offset=3", "")]
    [InlineData("countries=ut&countries=qm&filter_op=AND", "")]
    [InlineData("countries=UT&topics=sanction&filter_op=AND", "se-1")]
    [InlineData("filter=properties.nationality:qm", "se-2")]
    [InlineData("filter=topics:sanction", "se-1")]
    [InlineData("filter=schema:Company", "se-3")]
    [InlineData("include_dataset=search-specimens&exclude_schema=Company", "se-1 se-2")]
    [InlineData("exclude_dataset=search-specimens", "")]
    public async Task Filters_choose_what_is_found(string filter, string ids)
    {
        var answer = await GetAsync($"search/{List}?q=mithal+specimen&{filter}");
        string.Join(' ', IdsOf(answer).Order(StringComparer.Ordinal)).ShouldBe(ids);
    }

    [Fact]
    public async Task Only_the_facets_asked_for_are_counted()
    {
        var facets = (await GetAsync($"search/{List}?q=mithal+specimen&facets=schema&facets=genders")).GetProperty("facets");
        facets.EnumerateObject().Select(f => f.Name).ShouldBe(["schema", "genders"]);
        facets.GetProperty("schema").GetProperty("values").EnumerateArray().Select(v => v.GetProperty("count").GetInt32()).ShouldBe([2, 1]);
        facets.GetProperty("genders").GetProperty("values").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("facets=colours", "facets")]
    [InlineData("filter_op=XOR", "filter_op")]
    [InlineData("filter=birthDate", "filter")]
    [InlineData("filter=:1985", "filter")]
    public async Task A_filter_that_cannot_be_read_is_refused_with_its_field(string filter, string field)
    {
        var answer = await _client.GetAsync($"search/{List}?q=mithal&{filter}");
        ((int)answer.StatusCode).ShouldBe(422);
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("field").GetString().ShouldBe(field);
    }

    [Fact]
    public async Task A_part_of_a_name_finds_the_records_that_hold_it() =>
        IdsOf(await GetAsync($"search/{List}?q=Mithal")).Order(StringComparer.Ordinal).ShouldBe(["se-1", "se-2", "se-3"]);

    [Fact]
    public async Task Results_are_sorted_by_date_with_missing_ones_last()
    {
        IdsOf(await GetAsync($"search/{List}?q=mithal+specimen&sort=first_seen:desc")).ShouldBe(["se-2", "se-1", "se-3"]);
        IdsOf(await GetAsync($"search/{List}?q=mithal+specimen&sort=first_seen:asc")).ShouldBe(["se-1", "se-2", "se-3"]);
    }

    [Theory]
    [InlineData("se-2")]
    [InlineData("se-old-1")]
    public async Task An_id_typed_as_such_is_found(string id) =>
        IdsOf(await GetAsync($"search/{List}?q={id}")).ShouldContain(id == "se-old-1" ? "se-1" : id);

    [Fact]
    public async Task An_entity_is_opened_by_its_id_and_journaled()
    {
        var entity = await GetAsync("entities/se-1?nested=false");
        entity.GetProperty("caption").GetString().ShouldBe("Mithal Specimen");
        entity.GetProperty("datasets")[0].GetString().ShouldBe(List);
        (await server.JournalAsync("entity.read", $"{List}/se-1")).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task An_entity_asked_for_by_an_older_id_is_redirected()
    {
        var answer = await _client.GetAsync("entities/se-old-1");
        ((int)answer.StatusCode).ShouldBe(308);
        answer.Headers.Location!.ToString().ShouldBe("/entities/se-1");
    }

    [Fact]
    public async Task The_catalog_has_every_list_and_all_of_them_together()
    {
        var catalog = await GetAsync("catalog");
        var list = catalog.GetProperty("datasets").EnumerateArray().Single(d => d.GetProperty("name").GetString() == List);
        list.GetProperty("title").GetString().ShouldBe($"List {List}");
        list.GetProperty("version").GetString().ShouldNotBeNullOrEmpty();
        list.GetProperty("entity_count").GetInt32().ShouldBe(3);
        list.GetProperty("updated_at").GetDateTimeOffset().ShouldBeGreaterThan(DateTimeOffset.UtcNow.AddHours(-1));
        catalog.GetProperty("datasets").EnumerateArray().Single(d => d.GetProperty("name").GetString() == "default")
            .GetProperty("children").EnumerateArray().Select(c => c.GetString()).ShouldContain(List);
        catalog.GetProperty("current").EnumerateArray().Select(c => c.GetString()).ShouldContain(List);
        catalog.GetProperty("outdated").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task The_algorithms_name_the_default_the_best_and_their_features()
    {
        var answer = await GetAsync("algorithms");
        string best = answer.GetProperty("best").GetString()!;
        answer.GetProperty("default").GetString().ShouldBe(best);
        var algorithm = answer.GetProperty("algorithms").EnumerateArray().Single(a => a.GetProperty("name").GetString() == best);
        algorithm.GetProperty("description").GetString().ShouldNotBeNullOrEmpty();
        algorithm.GetProperty("features").GetProperty("name").GetProperty("description").GetString().ShouldNotBeNullOrEmpty();
        algorithm.GetProperty("docs").ValueKind.ShouldBe(JsonValueKind.Object);
    }

    private async Task<JsonElement> GetAsync(string address) => await (await _client.GetAsync(address)).ShouldBeJsonAsync();

    private static List<string> IdsOf(JsonElement answer) => [.. answer.GetProperty("results").EnumerateArray().Select(r => r.GetProperty("id").GetString()!)];
}
