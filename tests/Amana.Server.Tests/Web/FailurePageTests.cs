using System.Net;
using System.Text.RegularExpressions;
using Amana.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Tests.Web;

/// <summary>Our own failure. The table that is gone is one that the rail counts too: the page must not need what failed.</summary>
public sealed partial class FailurePageTests : IAsyncLifetime
{
    private AmanaServer _server = null!;
    private BrowserSession _officer = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await AmanaServer.StartNewAsync(demo: true);
        _officer = await BrowserSession.SignInAsync(_server.Address, "officer");
        await ChangeAsync(db => db.Database.ExecuteSqlAsync($"ALTER TABLE hits RENAME TO hits_gone"));
    }

    public async ValueTask DisposeAsync()
    {
        _officer.Dispose();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("en", "The server could not do this")]
    [InlineData("ar", "لم يستطع الخادم إنجاز هذا")]
    public async Task It_is_a_page_of_the_house_with_a_number_to_quote_and_no_details(string language, string title)
    {
        string page = await _officer.PageAsync($"/hits?lang={language}", HttpStatusCode.InternalServerError);
        page.ShouldContain($"lang=\"{language}\" dir=\"{(language == "ar" ? "rtl" : "ltr")}\"");
        page.ShouldContain($">{title}</h1>");
        page.ShouldContain("/css/tokens.");
        NumberToQuote().IsMatch(page).ShouldBeTrue(page);
        foreach (string detail in new[] { "Exception", "SQLite", "hits_gone", "no such table", "   at " }) page.ShouldNotContain(detail, Case.Insensitive);
    }

    [Fact]
    public async Task A_program_gets_a_problem_with_the_number_and_no_details()
    {
        using var client = await _server.ClientAsync(Amana.Server.Access.Right.Screen);
        using var answer = await client.GetAsync("api/v1/hits");
        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        string body = await answer.Content.ReadAsStringAsync();
        body.ShouldContain("\"server.failed\"");
        NumberToQuote().IsMatch(body).ShouldBeTrue(body);
        body.ShouldNotContain("SQLite", Case.Insensitive);
    }

    [Fact]
    public async Task When_the_cause_is_gone_the_same_session_goes_on()
    {
        await _officer.PageAsync("/", HttpStatusCode.InternalServerError);
        await ChangeAsync(db => db.Database.ExecuteSqlAsync($"ALTER TABLE hits_gone RENAME TO hits"));
        (await _officer.PageAsync("/hits")).ShouldContain("</nav>");
    }

    private async Task ChangeAsync(Func<AmanaDb, Task> change)
    {
        await using var db = await _server.OpenDbAsync();
        await change(db);
    }

    // What Kestrel calls a request: a connection and the request in it.
    [GeneratedRegex("[0-9A-V]{13}:[0-9A-F]{8}", RegexOptions.None, 5000)]
    private static partial Regex NumberToQuote();
}
