using System.Net;
using System.Net.Http.Headers;
using Amana.Paper;
using Amana.Server.Notices;
using Amana.Server.Notices.Pages;
using Amana.Server.Tests.PublicNotices;
using Amana.Server.Tests.Web;
using Amana.Server.Web;
using UglyToad.PdfPig;

namespace Amana.Server.Tests.Notices;

/// <summary>The paper of a notice as a file, opened with a reader that is not ours.</summary>
public class PaperFileTests(DemoSite site) : IClassFixture<DemoSite>
{
    [Fact]
    public async Task The_file_says_what_the_page_says_in_four_languages_and_each_copy_has_its_number()
    {
        var desks = await NoticeDesks.AtAsync(site);
        var fields = Requests.With(NoticeDesks.NewRed(), "familyNameOriginal=زورفاثيل", "forenameOriginal=كوينو", "warnings=armed",
            "facts.ar=أصدر القاضي الأمر TR-2026-204 في 18 نوفمبر 2026 بحق كوينو (Quennow) بتهمة الاحتيال.");
        string notice = Ref(await desks.DraftAsync(fields));
        using (var picture = new ByteArrayContent(PictureTests.Jpeg()))
            (await desks.Officer.PostAsync($"api/v1/notices/{notice}/pictures", picture)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await NoticeDesks.StepAsync(desks.Officer, notice, "submit");
        await desks.AnswerAllAsync(notice);
        await NoticeDesks.StepAsync(desks.Reviewer, notice, "approve", "All tests are met.");
        await NoticeDesks.StepAsync(desks.Second, notice, "publish");
        int copy = 0;
        foreach (var language in Languages.All)
        {
            using var answer = await AskAsync(desks.Officer, notice, $"?lang={language.Code}");
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/pdf");
            answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
            using var file = PdfDocument.Open(await answer.Content.ReadAsByteArrayAsync());
            file.Structure.Catalog.CatalogDictionary.ToString().ShouldContain(language.Code);
            string text = TextOf(file), name = fields["familyName"].ToUpperInvariant();
            text.ShouldContain(name);
            text.ShouldContain("كوينوزورفاثيل");
            text.ShouldContain(Bare(Texts.In(language)["notice.R.colour"]));
            text.ShouldContain(Bare(Texts.In(language)["notices.section.judicial"]));
            text.ShouldContain(Bare(language == Languages.Arabic ? fields["facts.ar"] : fields["facts"]));
            text.ShouldContain(notice + ".1.");
            text.ShouldContain(Bare(Texts.In(language).Say("notices.print-page", ("page", 1), ("pages", file.NumberOfPages))));
            text.ShouldContain(Bare(Texts.In(language)["notices.presumed"]));
            file.GetPage(1).GetImages().Count().ShouldBe(1);
            (await site.JournalAsync("notice.printed", notice))[^1].Details!.ShouldContain($"\"copy\":{++copy}");
        }

        using var letter = PdfDocument.Open(await (await AskAsync(desks.Officer, notice, "?paper=letter")).Content.ReadAsByteArrayAsync());
        letter.GetPage(1).Width.ShouldBe(612);
    }

    [Fact]
    public async Task Who_may_not_open_the_notice_gets_no_file_of_it_and_who_said_no_purpose_is_asked_for_it()
    {
        var desks = await NoticeDesks.AtAsync(site);
        string notice = await desks.PublishedAsync(NoticeDesks.NewRed());
        using var other = await site.ClientAsync(Server.Access.Right.Screen);
        (await AskAsync(other, notice)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await AskAsync(desks.Officer, "UTO-R-2026-9999")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await AskAsync(desks.Officer, notice, purpose: "no-such-purpose")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var administrator = await BrowserSession.SignInAsync(site.Address, "administrator");
        await administrator.PageAsync($"/notices/{notice}/print.pdf?purpose=wanted-persons", HttpStatusCode.Forbidden);
        using var officer = await BrowserSession.SignInAsync(site.Address, "officer");
        (await officer.PageAsync($"/notices/{notice}/print.pdf")).ShouldContain("id=\"purpose\"");
        (await officer.PageAsync($"/notices/{notice}/print?purpose=wanted-persons")).ShouldContain($"/notices/{notice}/print.pdf?lang=en&amp;purpose=wanted-persons");
        (await officer.PageAsync("/notices/UTO-R-2026-9999/print.pdf?purpose=wanted-persons", HttpStatusCode.NotFound)).ShouldContain("<h1");
        (await site.JournalAsync("notice.printed", notice)).Count.ShouldBe(1, "the page; no file was given");
    }

    [Theory]
    [InlineData("ar")]
    [InlineData("en")]
    public void A_long_notice_goes_on_over_pages_and_what_steers_or_is_a_script_stays_text(string code)
    {
        const string bad = "</text><script>alert(1)</script> ) Tj ET endstream \\(((";
        string facts = string.Concat(Enumerable.Repeat("زورفاثيل Zorvathiel 12.5 ", 1_600)) + "\u202E" + bad;
        var paper = Of(code) with { Name = bad, Parts = [new(1, "Facts", [new("Facts", [facts])])] };
        using var file = PdfDocument.Open(NoticePdf.Of(paper, [], SheetSize.A4, Requests.Now));
        file.NumberOfPages.ShouldBeGreaterThan(5);
        string text = TextOf(file);
        text.Split("Zorvathiel").Length.ShouldBe(1_601);
        text.ShouldContain("<script>alert(1)</script>)TjETendstream\\(((");
        foreach (var page in file.GetPages()) Bare(page.Text).ShouldContain(Bare(paper.Foot));
    }

    [Fact]
    public void A_paper_that_cannot_draw_a_letter_says_so()
    {
        using var whole = PdfDocument.Open(NoticePdf.Of(Of("en") with { OtherName = "דוגמה" }, [], SheetSize.A4, Requests.Now));
        using var lacking = PdfDocument.Open(NoticePdf.Of(Of("en") with { OtherName = "样本" }, [], SheetSize.A4, Requests.Now));
        string said = Bare(Texts.In(Languages.English)["notices.print-boxes"]);
        (TextOf(whole).Contains(said, StringComparison.Ordinal), TextOf(lacking).Contains(said, StringComparison.Ordinal)).ShouldBe((false, true));
    }

    [Fact]
    public void Every_type_has_its_sign_on_paper()
    {
        foreach (var type in Server.Web.Components.NoticeType.All)
        {
            using var file = PdfDocument.Open(NoticePdf.Of(Of("en") with { Letter = type.Letter }, [], SheetSize.A4, Requests.Now));
            TextOf(file).ShouldStartWith(type.Mark);
        }
    }

    private static NoticePaper Of(string code) => new()
    {
        Language = Languages.Find(code)!, Letter = 'R', Type = "Red", Meaning = "wanted", OtherNames = [], Reference = "UTO-R-2026-0291", Standing = "in force", Handling = "H2", Name = "SPECIMEN, Example", OtherName = null,
        Photographs = [], Check = "Check", CheckAddress = "https://amana.example/en/verify/x", Caution = "CAUTION", Remarks = [new("Read first", "UTO", [("en", "He was found.")])], Parts = [], Presumed = null, Foot = "Printed by D. Specimen. Copy 1.", Code = "code",
    };

    private static string Ref(System.Text.Json.JsonElement row) => NoticeDesks.Ref(row);

    private static async Task<HttpResponseMessage> AskAsync(HttpClient client, string notice, string query = "", string purpose = "wanted-persons")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/v1/notices/{notice}/print.pdf{query}");
        request.Headers.Add("Amana-Purpose", purpose);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/pdf"));
        return await client.SendAsync(request);
    }

    private static string TextOf(PdfDocument file) => Bare(string.Concat(file.GetPages().SelectMany(p => p.Letters).Select(l => l.Value)));

    // Isolates steer and are not printed; spaces lie between letters.
    private static string Bare(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c is not (>= '\u2066' and <= '\u2069')));
}
