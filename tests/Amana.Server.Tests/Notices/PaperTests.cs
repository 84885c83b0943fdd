using System.Net;
using System.Text.RegularExpressions;
using Amana.Server.Tests.PublicNotices;
using Amana.Server.Tests.Web;

namespace Amana.Server.Tests.Notices;

/// <summary>A notice on paper, and what the paper is worth later.</summary>
public partial class PaperTests(DemoSite site) : IClassFixture<DemoSite>
{
    [Fact]
    public async Task A_notice_is_printed_in_four_languages_and_its_paper_says_later_whether_it_is_still_good()
    {
        var desks = await NoticeDesks.AtAsync(site);
        var fields = NoticeDesks.NewRed();
        string notice = await desks.PublishedAsync(fields), name = fields["familyName"].ToUpperInvariant(), code = "";
        using var officer = await BrowserSession.SignInAsync(site.Address, "officer");
        (await officer.PageAsync($"/notices/{notice}/print")).ShouldNotContain(name, customMessage: "a purpose first");
        foreach (var language in Server.Web.Languages.All)
        {
            string html = await officer.PageAsync($"/notices/{notice}/print?purpose=wanted-persons&lang={language.Code}");
            html.ShouldMatch($"<html[^>]* lang=\"{language.Code}\" dir=\"{language.Direction}\"");
            html.ShouldContain(name);
            html.ShouldContain("viewBox");
            html.ShouldContain("D. Specimen");
            html.ShouldNotContain("class=\"side\"");
            code = Code().Match(html).Value;
            code.ShouldStartWith(notice + ".1.");
        }

        (await site.JournalAsync("notice.printed", notice)).Count.ShouldBe(4);
        (await site.JournalAsync("notice.printed", notice))[0].Purpose.ShouldBe("wanted-persons");
        using var anybody = site.Anonymous();
        foreach (var language in Server.Web.Languages.All)
        {
            using var answer = await anybody.GetAsync($"/{language.Code}/verify/{code}", TestContext.Current.CancellationToken);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
            string html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            html.ShouldContain("class=\"ban ok\"");
            html.ShouldNotContain(name);
        }

        (await anybody.GetStringAsync($"/en/verify?code={code[..^1]}{(code[^1] == 'A' ? 'B' : 'A')}", TestContext.Current.CancellationToken)).ShouldContain("It is not ours");
        (await anybody.GetStringAsync($"/en/verify/{code.Replace(".1.", ".2.", StringComparison.Ordinal)}", TestContext.Current.CancellationToken)).ShouldContain("It is not ours");
        (await anybody.GetStringAsync($"/en/verify/{notice}", TestContext.Current.CancellationToken)).ShouldContain("It is not ours");
        await NoticeDesks.StepAsync(desks.Officer, notice, "withdraw", "Found.", "purpose-achieved");
        (await anybody.GetStringAsync($"/en/verify/{code}", TestContext.Current.CancellationToken)).ShouldContain("no longer in force");
        using var administrator = await BrowserSession.SignInAsync(site.Address, "administrator");
        await administrator.PageAsync($"/notices/{notice}/print?purpose=wanted-persons", HttpStatusCode.Forbidden);
    }

    [GeneratedRegex(@"UTO-R-\d{4}-\d{4,}\.\d+\.[A-Za-z0-9_-]{12}", RegexOptions.None, 5000)]
    private static partial Regex Code();
}
