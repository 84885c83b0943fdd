using System.Net;
using System.Text;
using Amana.Server.Tests.Notices;
using Amana.Server.Tests.PublicNotices;
using Amana.Server.Tests.Web;
using Amana.Server.Web;

namespace Amana.Server.Tests.News;

/// <summary>News with a picture: cleaned, said in words in four languages, gone with its item.</summary>
public class NewsPictureTests(DemoSite site) : IClassFixture<DemoSite>
{
    private static readonly (string, string)[] Texts = [.. Languages.All.SelectMany(l => new[] { ($"title-{l.Code}", $"Hall {l.Code}"), ($"body-{l.Code}", $"Text {l.Code}") })];
    private static readonly (string, string)[] Alternatives = [.. Languages.All.Select(l => ($"alternative-{l.Code}", $"The hall \"{l.Code}\""))];

    [Fact]
    public async Task A_picture_loses_what_is_hidden_in_it_and_is_said_in_words_in_each_language()
    {
        using var writer = await BrowserSession.SignInAsync(site.Address, "second-officer");
        (await writer.PostFileAsync("/news", "publish", "picture", PictureTests.Jpeg(), [("slug", "hall"), .. Texts, .. Alternatives])).Status.ShouldBe(HttpStatusCode.OK);
        using var reader = site.Anonymous();
        foreach (var language in Languages.All)
        {
            string html = await reader.GetStringAsync($"/{language.Code}/news/hall", TestContext.Current.CancellationToken);
            html.ShouldContain($"src=\"/{language.Code}/news/hall/picture\" alt=\"The hall &quot;{language.Code}&quot;\"");
            using var picture = await reader.GetAsync($"/{language.Code}/news/hall/picture", TestContext.Current.CancellationToken);
            picture.Content.Headers.ContentType!.MediaType.ShouldBe("image/jpeg");
            picture.Headers.Contains("Set-Cookie").ShouldBeFalse();
            string bytes = Encoding.Latin1.GetString(await picture.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
            bytes.ShouldNotContain("GPS");
            bytes.ShouldNotContain("taken at home");
        }

        (await site.JournalAsync("news.published", "hall")).Single().Details.ShouldBe("{\"picture\":true}");
        await writer.PostAsync("/news", "down-hall");
        using var gone = await reader.GetAsync("/en/news/hall/picture", TestContext.Current.CancellationToken);
        gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_picture_without_words_or_that_is_none_is_refused_and_what_was_typed_stays()
    {
        using var writer = await BrowserSession.SignInAsync(site.Address, "second-officer");
        var (status, page) = await writer.PostFileAsync("/news", "publish", "picture", PictureTests.Jpeg(), [("slug", "no-words"), .. Texts, .. Alternatives[1..]]);
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.ShouldContain("Say in all four languages what the picture shows");
        page.ShouldContain("Hall en");
        (await writer.PostFileAsync("/news", "publish", "picture", "<svg onload=alert(1)>"u8.ToArray(), [("slug", "no-words"), .. Texts, .. Alternatives])).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await writer.PostFileAsync("/news", "publish", "picture", PictureTests.Jpeg(60_000, 60_000), [("slug", "no-words"), .. Texts, .. Alternatives])).Status.ShouldBe(HttpStatusCode.BadRequest, "a bomb");
        await writer.RefusedAsync("/news", "publish", HttpStatusCode.UnprocessableEntity, [("slug", "no-words"), .. Texts, .. Alternatives]);
        (await writer.PostFileAsync("/news", "publish", "picture", PictureTests.Jpeg(), [("slug", "no-words"), .. Texts, .. Alternatives[1..], ("alternative-ar", new string('a', 251))])).Status.ShouldBe(HttpStatusCode.BadRequest);
        using var reader = site.Anonymous();
        using var nothing = await reader.GetAsync("/en/news/no-words", TestContext.Current.CancellationToken);
        nothing.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("en", "The page has changed meanwhile")]
    [InlineData("ar", "تغيّرت الصفحة في هذه الأثناء")]
    [InlineData("fr", "La page a changé entre-temps")]
    [InlineData("es", "La página ha cambiado entretanto")]
    public async Task A_form_that_the_page_no_longer_draws_is_answered_with_a_page_that_says_so(string language, string said)
    {
        using var writer = await BrowserSession.SignInAsync(site.Address, "second-officer");
        var (status, page) = await writer.PostFileAsync($"/news?lang={language}", "down-by-another", "picture", [1]);
        status.ShouldBe(HttpStatusCode.BadRequest);
        page.ShouldContain($">{said}</h1>");
        page.ShouldContain($"lang=\"{language}\"");
        page.Split("<h1").Length.ShouldBe(2);
    }
}
