using System.Net;
using System.Text.RegularExpressions;
using Amana.Server.Foundation;
using Amana.Server.Notices;
using Amana.Server.Tests.Web;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Tests.Notices;

/// <summary>What the form does for who writes: look first, choose who gets it, photographs, languages, previews. Without script.</summary>
public class WizardTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_begins_a_request_is_shown_notices_and_drafts_about_the_same_person_first()
    {
        await using var own = await AmanaServer.StartNewAsync(demo: true);
        var desks = await NoticeDesks.AtAsync(own);
        var known = NoticeDesks.NewRed();
        string inForce = await desks.PublishedAsync(known);
        var other = NoticeDesks.NewRed();
        using var officer = await BrowserSession.SignInAsync(own.Address, "officer");
        await officer.PostAsync("/notices/new?type=red&searched=yes&lang=en", "draft", ("familyName", other["familyName"]), ("forename", "Quennow"), ("birthDate", "1988"), ("do", "save"));
        string draft = await ReferenceAsync(own, other["familyName"]);

        const string First = "/notices/new?type=red&lang=en";
        (await officer.PageAsync(First)).ShouldNotContain("value=\"draft\"", customMessage: "the form comes after the search");
        (await officer.RefusedAsync(First, "first", HttpStatusCode.UnprocessableEntity)).ShouldContain("Type the name");
        (await officer.PostAsync(First, "first", ("familyName", known["familyName"]), ("forename", "Kwennow"), ("birthDate", "1988-06-06"))).ShouldContain(inForce);
        (await officer.PostAsync(First, "first", ("familyName", other["familyName"].ToUpperInvariant()), ("forename", "Quennow"))).ShouldContain(draft);
        string none = await officer.PostAsync(First, "first", ("familyName", "Wxyzzpqr"), ("forename", "Bdfghjk"));
        none.ShouldContain("Nobody like this was found");
        none.ShouldContain("name=\"familyName\" value=\"Wxyzzpqr\"");
        (await own.JournalAsync("notice.searched-first")).Count.ShouldBe(3);
        (await own.JournalAsync("question.asked")).Count.ShouldBeGreaterThanOrEqualTo(3);
        (await officer.PostAsync("/notices/new?type=red&searched=yes&lang=en", "draft", ("familyName", "Wxyzzpqr"), ("forename", "Bdfghjk"), ("do", "save"))).ShouldContain("Wxyzzpqr");
    }

    [Fact]
    public async Task A_diffusion_is_written_in_the_form_and_seen_by_those_it_names()
    {
        await using var own = await AmanaServer.StartNewAsync(demo: true);
        using var officer = await BrowserSession.SignInAsync(own.Address, "officer");
        const string New = "/notices/new?type=red&form=diffusion&searched=yes&lang=en";
        string form = await officer.PageAsync(New);
        form.ShouldContain("name=\"recipients\"");
        form.ShouldNotContain("name=\"release\"");
        (await officer.PageAsync("/notices/new?type=red&searched=yes&lang=en")).ShouldNotContain("name=\"recipients\"");
        var fields = NoticeDesks.NewRed();
        fields.Remove("release");
        await officer.PostAsync(New, "draft", [.. Fields(fields), ("do", "save")]);
        string reference = await ReferenceAsync(own, fields["familyName"]), edit = $"/notices/{reference}/edit?lang=en";
        (await officer.RefusedAsync(edit, "draft", HttpStatusCode.Conflict, [.. Fields(fields), .. await VersionAsync(own, reference), ("do", "submit")])).ShouldContain("D4");
        await officer.PostAsync(edit, "draft", [.. Fields(fields), .. await VersionAsync(own, reference), ("recipients", "QMR, QVL"), ("do", "submit")]);
        await using var db = await own.OpenDbAsync();
        var notice = await db.Notices.SingleAsync(n => n.Reference == reference, Cancel);
        (notice.Form, notice.Recipients, notice.State).ShouldBe((NoticeForm.Diffusion, ",QMR,QVL,", NoticeState.InReview));
    }

    [Fact]
    public async Task A_photograph_is_added_in_the_form_without_what_the_camera_wrote_and_taken_out_again()
    {
        await using var own = await AmanaServer.StartNewAsync(demo: true);
        using var officer = await BrowserSession.SignInAsync(own.Address, "officer");
        var fields = NoticeDesks.NewRed();
        var (status, page) = await officer.PostFileAsync("/notices/new?type=red&searched=yes&lang=en", "draft", "picture", PictureTests.Jpeg(), [.. Fields(fields), ("do", "save")]);
        status.ShouldBe(HttpStatusCode.OK);
        string reference = await ReferenceAsync(own, fields["familyName"]), edit = $"/notices/{reference}/edit?lang=en";
        page.ShouldContain($"/api/v1/notices/{reference}/pictures/1");
        byte[] kept;
        await using (var db = await own.OpenDbAsync()) kept = (await db.NoticePictures.OrderByDescending(p => p.Id).FirstAsync(Cancel)).Bytes;
        System.Text.Encoding.Latin1.GetString(kept).ShouldNotContain("GPS");
        (status, page) = await officer.PostFileAsync(edit, "draft", "picture", PictureTests.Png(60_000, 60_000), [.. Fields(fields), .. await VersionAsync(own, reference), ("do", "save")]);
        status.ShouldBe(HttpStatusCode.BadRequest);
        page.ShouldContain("6,000 by 6,000");
        (await officer.PostAsync(edit, "draft", [.. Fields(fields), .. await VersionAsync(own, reference), ("do", "drop-1")])).ShouldNotContain("/pictures/1");
        await using (var db = await own.OpenDbAsync()) (await db.Notices.SingleAsync(n => n.Reference == reference, Cancel)).Pictures.ShouldBe(0);
    }

    [Fact]
    public async Task A_text_is_shown_in_the_language_of_its_reader_and_flagged_in_every_language()
    {
        await using var own = await AmanaServer.StartNewAsync(demo: true);
        using var officer = await BrowserSession.SignInAsync(own.Address, "officer");
        using var reviewer = await BrowserSession.SignInAsync(own.Address, "compliance");
        var fields = Requests.With(NoticeDesks.NewRed(), "textLanguage=en", "facts.ar=حضر مظاهرة وأظهر بطاقة هوية مزورة", "facts.fr=A montré une fausse carte d’identité.");
        await officer.PostAsync("/notices/new?type=red&searched=yes&lang=en", "draft", [.. Fields(fields), ("do", "save")]);
        string reference = await ReferenceAsync(own, fields["familyName"]);
        await officer.PostAsync($"/notices/{reference}/edit?lang=en", "draft", [.. Fields(fields), .. await VersionAsync(own, reference), ("do", "submit")]);
        string french = await officer.PageAsync($"/notices/{reference}?lang=fr");
        french.IndexOf("fausse carte", StringComparison.Ordinal).ShouldBeInRange(0, french.IndexOf("forged identity card", StringComparison.Ordinal));
        (await reviewer.PageAsync($"/reviews/{reference}?lang=en")).ShouldContain("<mark class=\"flag\">مظاهرة", customMessage: "a translation is read for flags too");
    }

    [Fact]
    public async Task A_preview_shows_what_a_recipient_and_what_the_public_would_see()
    {
        await using var own = await AmanaServer.StartNewAsync(demo: true);
        using var officer = await BrowserSession.SignInAsync(own.Address, "officer");
        var fields = Requests.With(NoticeDesks.NewRed(), "except=QVL", "releaseParts=charge");
        await officer.PostAsync("/notices/new?type=red&searched=yes&lang=en", "draft", [.. Fields(fields), ("do", "save")]);
        string reference = await ReferenceAsync(own, fields["familyName"]);
        string page = await officer.PageAsync($"/notices/{reference}/preview?lang=en");
        // As a word: the tokens of the page's forms are chance and may have any three letters.
        Regex.IsMatch(page, @"\bQVL\b", RegexOptions.None, TimeSpan.FromSeconds(5)).ShouldBeFalse("nobody is told who is excluded");
        string seen = page[page.IndexOf("As the public sees it", StringComparison.Ordinal)..];
        seen.ShouldContain(fields["familyName"].ToUpperInvariant());
        seen.ShouldContain("Fraud");
        seen.ShouldNotContain("forged identity card");
        using var analyst = await BrowserSession.SignInAsync(own.Address, "analyst");
        await analyst.PageAsync($"/notices/{reference}/preview?lang=en", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_reviewer_records_a_protection_and_suspends_a_bureau_on_a_page_and_no_name_is_shown_again()
    {
        await using var own = await AmanaServer.StartNewAsync(demo: true);
        using var reviewer = await BrowserSession.SignInAsync(own.Address, "compliance");
        const string Page = "/reviews/safeguards?lang=en";
        (await reviewer.RefusedAsync(Page, "protect", HttpStatusCode.UnprocessableEntity, ("familyName", "Plimsharrow"), ("birthDate", "1979"), ("against", "QVL"))).ShouldContain("Plimsharrow", customMessage: "what was typed stays");
        string recorded = await reviewer.PostAsync(Page, "protect", ("familyName", "Plimsharrow"), ("forename", "Oda"), ("birthDate", "1979"), ("against", "qvl"), ("confirmedBy", "Bureau of Plimwick"));
        recorded.ShouldContain("QVL");
        recorded.ShouldNotContain("Plim");
        (await reviewer.RefusedAsync(Page, "suspend", HttpStatusCode.UnprocessableEntity, ("bureau", "QVL"))).ShouldContain("Say why");
        (await reviewer.PostAsync(Page, "suspend", ("bureau", "qvl"), ("reason", "Three forged <b>warrants</b>"))).ShouldContain("Three forged &lt;b&gt;warrants");
        (await reviewer.PostAsync(Page, "restore-QVL", ("why", "Explained"))).ShouldNotContain("restore-QVL");
        using var officer = await BrowserSession.SignInAsync(own.Address, "officer");
        await officer.PageAsync(Page, HttpStatusCode.Forbidden);
    }

    private static (string, string)[] Fields(Dictionary<string, string> fields) => [.. fields.Select(f => (f.Key, f.Value))];

    private static async Task<string> ReferenceAsync(AmanaServer server, string family)
    {
        await using var db = await server.OpenDbAsync();
        return (await db.Notices.AsNoTracking().ToListAsync(Cancel)).Single(n => n.Names.SearchText.StartsWith(family.ToUpperInvariant(), StringComparison.Ordinal)).Reference;
    }

    private static async Task<(string, string)[]> VersionAsync(AmanaServer server, string reference)
    {
        await using var db = await server.OpenDbAsync();
        return [("version", (await db.Notices.SingleAsync(n => n.Reference == reference, Cancel)).Version.ToString(System.Globalization.CultureInfo.InvariantCulture))];
    }
}
