using Amana.Server.Tests.PublicNotices;

namespace Amana.Server.Tests.Web;

/// <summary>Pages that no machine opens, whatever its rights.</summary>
public class PersonPagesTests(DemoSite site) : IClassFixture<DemoSite>
{
    [Fact]
    public async Task Inviting_somebody_is_for_people_and_its_page_answers_in_four_languages_with_nothing_inline()
    {
        using var administrator = await BrowserSession.SignInAsync(site.Address, "administrator");
        foreach (var language in Server.Web.Languages.All)
        {
            string html = await administrator.PageAsync($"/admin/people/invite?lang={language.Code}");
            html.ShouldMatch($"<html[^>]* lang=\"{language.Code}\" dir=\"{language.Direction}\"");
            html.Split("<h1").Length.ShouldBe(2);
            html.ShouldNotContain(" style=\"");
            html.ShouldNotContain("<script>");
        }
    }
}
