using System.Net;
using Amana.Server.Notices;
using Amana.Server.Tests.Web;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Tests.Notices;

/// <summary>The work on a notice through its pages, without script: write, check, submit, answer, approve, publish.</summary>
public class NoticePagesTests
{
    [Fact]
    public async Task A_notice_is_written_reviewed_and_published_on_its_pages()
    {
        await using var own = await AmanaServer.StartNewAsync(demo: true);
        using var officer = await BrowserSession.SignInAsync(own.Address, "officer");
        using var reviewer = await BrowserSession.SignInAsync(own.Address, "compliance");
        using var second = await BrowserSession.SignInAsync(own.Address, "second-officer");
        var fields = Requests.With(NoticeDesks.NewRed(), "penaltyMonths=");
        string family = fields["familyName"].ToUpperInvariant();
        await officer.PostAsync("/notices/new?type=red&searched=yes&lang=en", "draft", [.. Fields(fields), ("do", "check")]);
        string reference;
        await using (var db = await own.OpenDbAsync()) (await db.Notices.ToListAsync()).ShouldNotContain(n => n.Names.SearchText.StartsWith(family, StringComparison.Ordinal), "a check keeps nothing");

        await officer.PostAsync("/notices/new?type=red&searched=yes&lang=en", "draft", [.. Fields(fields), ("do", "save")]);
        await using (var db = await own.OpenDbAsync())
        {
            var draft = (await db.Notices.ToListAsync()).Single(n => n.Names.SearchText.StartsWith(family, StringComparison.Ordinal));
            reference = draft.Reference;
            draft.State.ShouldBe(NoticeState.Draft);
        }

        string edit = $"/notices/{reference}/edit?lang=en";
        string page = await officer.PageAsync(edit);
        page.ShouldContain("1 stops submission");
        page.ShouldContain("RPD, article 83(1)(b)(i)");
        (await officer.PostAsync(edit, "draft", [.. Fields(Requests.With(fields, "birthDate=2026-02-31")), ("do", "save")])).ShouldContain("2026-02-31", customMessage: "what was typed stays");
        (await officer.RefusedAsync(edit, "draft", HttpStatusCode.Conflict, [.. Fields(Requests.With(fields, "birthDate=1988-06-06")), .. await VersionAsync(), ("do", "submit")])).ShouldContain("R4p");
        await officer.PostAsync(edit, "draft", [.. Fields(Requests.With(fields, "penaltyMonths=60", "facts=Spoke at a rally <script>alert(1)</script> and took 41,000 specimen crowns in Zenith.")), .. await VersionAsync(), ("do", "submit")]);

        string review = $"/reviews/{reference}?lang=en";
        page = await reviewer.PageAsync(review);
        page.ShouldContain("rally<sup>1</sup></mark>");
        page.ShouldNotContain("<script>alert");
        await reviewer.PostAsync(review, "answer-R2", ("text", "Serious."));
        await using (var db = await own.OpenDbAsync()) (await db.NoticeAnswers.CountAsync(a => a.By != "server:specimen-reviewer")).ShouldBe(0, "nothing is chosen for the reviewer");
        foreach (string criterion in (string[])["R2", "R9a", "R9b"]) await reviewer.PostAsync(review, $"answer-{criterion}", ("met", "yes"), ("text", "Weighed."));
        (await reviewer.RefusedAsync(review, "step-approve", HttpStatusCode.UnprocessableEntity, ("reason", ""))).ShouldContain("Say why");
        await reviewer.PostAsync(review, "step-approve", ("reason", "All tests are met."));
        await second.PostAsync($"/notices/{reference}?lang=en", "step-publish");
        (await officer.PageAsync($"/notices/{reference}?lang=ar")).ShouldContain("dir=\"rtl\"");
        await using (var db = await own.OpenDbAsync()) (await db.Notices.SingleAsync(n => n.Reference == reference)).State.ShouldBe(NoticeState.Published);
        foreach (string language in (string[])["ar", "en", "fr", "es"])
        {
            foreach (string address in (string[])["/notices", "/notices/new", "/notices/new?type=yellow", $"/notices/{reference}"])
            {
                string text = await officer.PageAsync($"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}lang={language}");
                text.ShouldNotContain(">notices.", customMessage: $"{address} {language}: a key without a text");
            }
        }

        async Task<(string, string)[]> VersionAsync()
        {
            await using var db = await own.OpenDbAsync();
            return [("version", (await db.Notices.SingleAsync(n => n.Reference == reference)).Version.ToString(System.Globalization.CultureInfo.InvariantCulture))];
        }
    }

    private static (string, string)[] Fields(Dictionary<string, string> fields) => [.. fields.Select(f => (f.Key, f.Value))];
}
