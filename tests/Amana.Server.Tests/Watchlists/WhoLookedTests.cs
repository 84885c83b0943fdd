using System.Net;
using Amana.Server.Access;
using Amana.Server.Foundation;
using Amana.Server.Tests.Screening;
using Amana.Server.Tests.Web;

namespace Amana.Server.Tests.Watchlists;

public class WhoLookedTests
{
    private const string Record = "/records/persons/looked-1";

    [Fact]
    public async Task The_record_page_shows_who_looked_and_for_what_to_who_may_read_the_journal()
    {
        await using var server = await AmanaServer.StartNewAsync(demo: true);
        await server.PutListAsync("looked-at", TestLists.Person("looked-1", "Exemplar Primus"), TestLists.Person("looked-2", "Exemplar Secundus"));
        using var officer = await BrowserSession.SignInAsync(server.Address, "officer");
        using var analyst = await BrowserSession.SignInAsync(server.Address, "analyst");
        using var compliance = await BrowserSession.SignInAsync(server.Address, "compliance");
        using var machine = await server.ClientAsync(Right.ReadRecords);

        await officer.PageAsync($"{Record}?purpose=training");
        string ofOfficer = await officer.PageAsync($"{Record}?purpose=training");
        ofOfficer.ShouldNotContain("who-looked");
        await analyst.PageAsync($"{Record}?purpose=training");
        await analyst.PageAsync("/records/persons/looked-2?purpose=training");
        (await machine.GetAsync("entities/looked-1")).StatusCode.ShouldBe(HttpStatusCode.OK);

        string page = await compliance.PageAsync($"{Record}?purpose=training");
        string looks = page[page.IndexOf("id=\"who-looked\"", StringComparison.Ordinal)..];
        looks.ShouldContain("5 looks");
        looks.ShouldContain("4 readers");
        Positions(looks, "C. Exemplar", "test", "B. Placeholder", "D. Specimen").ShouldBeInOrder();
        looks.ShouldContain("Border check");
        looks.ShouldContain("href=\"/audit?on=looked-1\"");
        string audit = await compliance.PageAsync("/audit?on=looked-1");
        audit.ShouldContain("D. Specimen");
        audit.ShouldNotContain("looked-2");
    }

    [Fact]
    public async Task Who_looked_is_closed_to_those_who_may_not_read_the_journal()
    {
        await using var server = await AmanaServer.StartNewAsync();
        var officer = server.ServerCaller with { Actor = new Actor(ActorKind.Person, "some-officer"), Rights = RoleTable.RightsOf(Role.Officer) };
        var result = await server.RunAsync<ReadLooks, Result<ReadLooks.LooksView>>(a => a.RunAsync(new(["looked-1"]), officer, default));
        result.Succeeded(out _, out var refusal).ShouldBeFalse();
        refusal!.Code.ShouldBe("access.forbidden");
    }

    private static IEnumerable<int> Positions(string text, params string[] parts) => parts.Select(p => text.IndexOf(p, StringComparison.Ordinal));
}
