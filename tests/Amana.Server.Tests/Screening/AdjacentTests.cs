using System.Text.Json;
using Amana.Server.Access;
using static Amana.Server.Tests.Screening.TestLists;

namespace Amana.Server.Tests.Screening;

public sealed class AdjacentTests(AmanaServer server) : IAsyncLifetime
{
    private readonly string _list = $"adjacent-{Guid.CreateVersion7():N}"[..40];
    private HttpClient _client = null!;

    private string Id(string word) => $"{_list}-{word}";

    public async ValueTask InitializeAsync()
    {
        await server.PutListAsync(_list,
            Entity(Id("holding"), "Company", "Exemplar Holding", ("subsidiaries", Id("dock")), ("subsidiaries", Id("yard"))),
            Entity(Id("dock"), "Company", "Exemplar Dock"),
            Entity(Id("alone"), "Company", "Exemplar Alone", ("parent", Id("alone"))),
            Entity(Id("yard"), "Company", "Exemplar Yard", ("parent", Id("holding")), ("parent", Id("not-on-the-list")), ("addressEntity", "addr-1")),
            Entity(Id("ship"), "Vessel", "Exemplar Star", ("owner", Id("holding")), ("owner", Id("yard")), ("operator", Id("yard")), ("notes", Id("holding"))));
        _client = await server.ClientAsync(Right.Screen);
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_entities_that_one_names_come_by_property_in_yentes_shape()
    {
        var answer = await GetAsync($"entities/{Id("ship")}/adjacent");
        answer.GetProperty("entity").GetProperty("id").GetString().ShouldBe(Id("ship"));
        var adjacent = answer.GetProperty("adjacent");
        adjacent.EnumerateObject().Select(p => p.Name).ShouldBe(["operator", "owner"], ignoreOrder: true); // notes are a text, whatever they hold
        var owner = adjacent.GetProperty("owner");
        owner.GetProperty("total").GetProperty("value").GetInt32().ShouldBe(2);
        (owner.GetProperty("limit").GetInt32(), owner.GetProperty("offset").GetInt32()).ShouldBe((10, 0));
        owner.GetProperty("results").EnumerateArray().Select(r => r.GetProperty("caption").GetString()).ShouldBe(["Exemplar Holding", "Exemplar Yard"]);
        (await server.JournalAsync("entity.read", $"{_list}/{Id("ship")}")).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task One_property_is_paged_and_sorted()
    {
        var page = await GetAsync($"entities/{Id("ship")}/adjacent/owner?limit=1&offset=1");
        page.GetProperty("total").GetProperty("value").GetInt32().ShouldBe(2);
        page.GetProperty("results").EnumerateArray().Single().GetProperty("id").GetString().ShouldBe(Id("yard"));
        page = await GetAsync($"entities/{Id("ship")}/adjacent/owner?sort=caption:desc");
        page.GetProperty("results")[0].GetProperty("id").GetString().ShouldBe(Id("yard"));
        (await GetAsync($"entities/{Id("yard")}/adjacent/parent")).GetProperty("total").GetProperty("value").GetInt32().ShouldBe(1);
        (await GetAsync($"entities/{Id("yard")}/adjacent/addressEntity")).GetProperty("total").GetProperty("value").GetInt32().ShouldBe(0);
        (await GetAsync($"entities/{Id("alone")}/adjacent")).GetProperty("adjacent").EnumerateObject().ShouldBeEmpty();
    }

    [Fact]
    public async Task Those_that_name_an_entity_come_under_the_name_of_the_way_back()
    {
        var adjacent = (await GetAsync($"entities/{Id("holding")}/adjacent")).GetProperty("adjacent");
        adjacent.EnumerateObject().Select(p => p.Name).ShouldBe(["ownedVehicles", "subsidiaries"], ignoreOrder: true);
        Ids(adjacent.GetProperty("subsidiaries")).ShouldBe([Id("dock"), Id("yard")]); // named by it, and naming it: each once
        Ids(adjacent.GetProperty("ownedVehicles")).ShouldBe([Id("ship")]);
        Ids(await GetAsync($"entities/{Id("dock")}/adjacent/parent")).ShouldBe([Id("holding")]); // only the other end says so
    }

    [Fact]
    public async Task The_way_back_is_paged_and_sorted_too()
    {
        var page = await GetAsync($"entities/{Id("holding")}/adjacent/subsidiaries?sort=caption&limit=1");
        page.GetProperty("total").GetProperty("value").GetInt32().ShouldBe(2);
        Ids(page).ShouldBe([Id("dock")]);
        Ids(await GetAsync($"entities/{Id("holding")}/adjacent/subsidiaries?sort=caption&limit=1&offset=1")).ShouldBe([Id("yard")]);
        Ids(await GetAsync($"entities/{Id("holding")}/adjacent/operatedVehicles")).ShouldBeEmpty();
        Ids(await GetAsync($"entities/{Id("yard")}/adjacent/operatedVehicles")).ShouldBe([Id("ship")]);
    }

    [Fact]
    public async Task An_entity_that_a_new_version_no_longer_has_names_nobody_any_more()
    {
        await server.PutListAsync(_list, Entity(Id("holding"), "Company", "Exemplar Holding"), Entity(Id("yard"), "Company", "Exemplar Yard"));
        (await GetAsync($"entities/{Id("holding")}/adjacent")).GetProperty("adjacent").EnumerateObject().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("no-such/adjacent", 404, "screening.entity-unknown")]
    [InlineData("ship/adjacent/notes", 404, "screening.property-unknown")]
    [InlineData("yard/adjacent/owner", 404, "screening.property-unknown")]
    [InlineData("ship/adjacent/subsidiaries", 404, "screening.property-unknown")]
    [InlineData("ship/adjacent?limit=501", 422, "screening.out-of-range")]
    [InlineData("ship/adjacent?offset=-1", 422, "screening.out-of-range")]
    [InlineData("ship/adjacent?sort=shoe-size", 400, "screening.sort-unknown")]
    public async Task What_cannot_be_answered_is_refused(string address, int status, string code) =>
        await (await _client.GetAsync($"entities/{Id(address)}")).ShouldBeRefusedAsync(status, code);

    private static string[] Ids(JsonElement page) => [.. page.GetProperty("results").EnumerateArray().Select(r => r.GetProperty("id").GetString()!)];

    private async Task<JsonElement> GetAsync(string address) => await (await _client.GetAsync(address)).ShouldBeJsonAsync();
}
