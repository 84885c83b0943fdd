using System.Net;
using System.Text.RegularExpressions;
using Amana.Server.PublicNotices;
using Amana.Server.Tests.Notices;
using Amana.Server.Tests.Web;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Server.Tests.PublicNotices;

/// <summary>A training instance with its specimen notices, for the tests of what the public sees.</summary>
public sealed class DemoSite : AmanaServer
{
    public DemoSite() => Demo = true;
}

/// <summary>The public site: readers without script, session or cookie.</summary>
public partial class PublicSiteTests(DemoSite site) : IClassFixture<DemoSite>
{
    public static TheoryData<string, string, string> Pages
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (string path in (string[])["", "/notices", "/notices?name=a&nationality=UT&sexId=M&ageMin=18&ageMax=80&page=2", "/missing", "/un", "/news", "/notices/RED", "/missing/YELLOW", "/un/UN"])
                foreach (var language in Server.Web.Languages.All) data.Add(language.Code, language.Direction, path);
            return data;
        }
    }

    [Theory, MemberData(nameof(Pages))]
    public async Task A_reader_without_script_session_or_cookie_reads_every_page_in_four_languages(string language, string direction, string path)
    {
        using var reader = site.Anonymous();
        using var answer = await reader.GetAsync($"/{language}{Known(path)}?".Replace("??", "?", StringComparison.Ordinal).TrimEnd('?'), TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        string html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        html.ShouldMatch($"<html[^>]* lang=\"{language}\" dir=\"{direction}\"");
        html.Split("<h1").Length.ShouldBe(2, "one h1");
        html.ShouldNotContain("<script");
        Elsewhere().IsMatch(html).ShouldBeFalse("no other host");
        Inline().IsMatch(html).ShouldBeFalse("nothing inline");
        Title().Match(html).Groups["words"].Value.Length.ShouldBeGreaterThan(10);
        PictureWithoutWords().IsMatch(html).ShouldBeFalse("every picture says what it is");
        RawKey().Matches(html).Select(m => m.Value).ShouldBeEmpty("every text is there");
        html.ShouldContain($"hreflang=\"{(language == "fr" ? "es" : "fr")}\"");
        html.ShouldNotContain("class=\"side\"");
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
        answer.Headers.CacheControl!.Public.ShouldBeTrue();
        answer.Headers.CacheControl.MaxAge.ShouldBe(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_charge_is_read_in_the_language_of_the_page_and_the_service_keeps_its_shape()
    {
        var desks = await NoticeDesks.AtAsync(site);
        var fields = Notices.Requests.With(NoticeDesks.NewRed(), "charges=Escroquerie en bande organisée", "textLanguage=fr", "charges.ar=الاحتيال ضمن عصابة", "charges.es=Estafa en banda organizada", "charges.en=Organised fraud",
            "marks=Cicatrice au sourcil", "marks.en=Scar on the eyebrow");
        fields["releaseParts"] = "charge";
        string notice = await desks.PublishedAsync(fields);
        string id = (await NoticeDesks.ReadAsync(desks.Officer, notice)).GetProperty("publicId").GetString()!.Replace('/', '-');
        using var reader = site.Anonymous();
        foreach (var (language, charge) in ((string, string)[])[("ar", fields["charges.ar"]), ("en", "Organised fraud"), ("fr", fields["charges"]), ("es", fields["charges.es"])])
        {
            string html = WebUtility.HtmlDecode(await reader.GetStringAsync($"/{language}/notices/{id}", TestContext.Current.CancellationToken));
            html.ShouldMatch($"<p [^>]*lang=\"{language}\"[^>]*>{Regex.Escape(charge)}</p>");
            html.Contains("<details", StringComparison.Ordinal).ShouldBe(language != "fr", "what was written first stands below a translation");
            html.ShouldNotContain("Cicatrice", customMessage: "the description was not released");
        }

        var detail = await (await reader.GetAsync($"notices/v1/red/{id}", TestContext.Current.CancellationToken)).ShouldBeJsonAsync();
        var warrant = detail.GetProperty("arrest_warrants")[0];
        warrant.EnumerateObject().Select(p => p.Name).ShouldBe(["issuing_country_id", "charge", "charge_translation"]);
        (warrant.GetProperty("charge").GetString(), warrant.GetProperty("charge_translation").GetString()).ShouldBe((fields["charges"], "Organised fraud"));
    }

    [Theory]
    [InlineData("en", "Utopia")]
    [InlineData("ar", "يوتوبيا")]
    [InlineData("fr", "Utopie")]
    [InlineData("es", "Utopía")]
    public async Task A_specimen_country_has_a_name_in_four_languages(string language, string utopia)
    {
        using var reader = site.Anonymous();
        string html = WebUtility.HtmlDecode(await reader.GetStringAsync($"/{language}/notices", TestContext.Current.CancellationToken));
        html.ShouldContain(utopia);
        html.ShouldNotMatch(@">\s*(XU|XA|QM|QN|QS|QV)\s*<");
    }

    [Fact]
    public async Task Not_even_a_choice_of_language_or_a_session_leaves_a_cookie_or_a_menu_on_a_public_page()
    {
        using var officer = await site.SignInAsync("officer", Server.Access.SpecimenPeople.Password);
        using var answer = await officer.GetAsync("/fr/notices?lang=ar", TestContext.Current.CancellationToken);
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
        string html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        html.ShouldContain("lang=\"fr\" dir=\"ltr\"");
        html.ShouldNotContain("D. Specimen");
        html.ShouldNotContain("href=\"/hits\"");
    }

    [Fact]
    public async Task The_list_filters_and_pages_and_says_how_many_there_are()
    {
        using var reader = site.Anonymous();
        int total = Shown.Count(n => n.Kind is PublicKind.Red);
        string first = await PageAsync(reader, "/en/notices"), second = await PageAsync(reader, "/en/notices?page=2"), last = await PageAsync(reader, "/en/notices?page=9999");
        Faces(first).Count.ShouldBe(24);
        first.ShouldContain($"{total} public extracts");
        Faces(first).Intersect(Faces(second)).ShouldBeEmpty();
        Faces(last).Count.ShouldBe(total % 24 == 0 ? 24 : total % 24);
        last.ShouldNotContain("rel=\"next\"");

        var one = Shown.First(n => n is { Kind: PublicKind.Red, Forename: { Length: > 2 } });
        string found = await PageAsync(reader, $"/en/notices?name={Uri.EscapeDataString(one.Name!)}&forename={Uri.EscapeDataString(one.Forename!)}");
        Faces(found).ShouldContain($"/en/notices/{one.Id.Replace('/', '-')}");
        Faces(found).Count.ShouldBeLessThan(total);
        Faces(await PageAsync(reader, "/en/notices?sexId=F")).ShouldAllBe(address => Shown.Single(n => address.EndsWith("/" + n.Id.Replace('/', '-'), StringComparison.Ordinal)).Sex == "F");
        (await PageAsync(reader, "/en/notices?name=nobodyiscalledthis")).ShouldContain("No notice fits this");
        (await PageAsync(reader, "/en/notices?name=%3Cscript%3Ealert(1)%3C/script%3E")).ShouldNotContain("<script>alert");
    }

    [Fact]
    public async Task An_extract_shows_pictures_the_charge_and_that_the_person_is_presumed_innocent()
    {
        using var reader = site.Anonymous();
        var one = Shown.First(n => n.Kind is PublicKind.Red && n.Pictures.Count > 0 && n.Warrants.Count > 0);
        string html = await PageAsync(reader, $"/en/notices/{one.Id.Replace('/', '-')}");
        html.ShouldContain("presumed innocent");
        html.ShouldContain("Charge, as the requesting country states it");
        html.ShouldContain(WebUtility.HtmlEncode(one.Warrants[0].Charge!.Text.Split('\n')[0].Trim()));
        string picture = Picture().Match(html).Groups["address"].Value;
        using var bytes = await reader.GetAsync(picture, TestContext.Current.CancellationToken);
        bytes.Content.Headers.ContentType!.MediaType.ShouldBe("image/png");
        using var wrongList = await reader.GetAsync($"/en/missing/{one.Id.Replace('/', '-')}", TestContext.Current.CancellationToken);
        wrongList.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_withdrawn_notice_is_gone_at_once_from_page_list_and_kept_copies()
    {
        var desks = await NoticeDesks.AtAsync(site);
        var fields = NoticeDesks.NewRed();
        string reference = await desks.PublishedAsync(fields);
        var notice = Shown.Single(n => string.Equals(n.Name, fields["familyName"], StringComparison.OrdinalIgnoreCase));
        string address = $"/en/notices/{notice.Id.Replace('/', '-')}", list = $"/en/notices?name={notice.Name}";
        using var reader = site.Anonymous();
        reader.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        Faces(await PageAsync(reader, list)).ShouldBe([address]);
        for (int i = 0; i < 2; i++) (await PageAsync(reader, address)).ShouldContain(notice.Name!);

        await NoticeDesks.StepAsync(desks.Officer, reference, "withdraw", "Found.", "purpose-achieved");
        using var gone = await reader.GetAsync(address, TestContext.Current.CancellationToken);
        gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        gone.Headers.CacheControl?.Public.ShouldNotBe(true);
        string html = await gone.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        html.ShouldContain("This page is not here");
        html.ShouldNotContain(notice.Name!);
        html.ShouldNotContain("class=\"side\"");
        Faces(await PageAsync(reader, list)).ShouldBeEmpty();
    }

    [Fact]
    public async Task News_stands_in_four_languages_for_everybody_and_is_gone_when_taken_down()
    {
        using var officer = await BrowserSession.SignInAsync(site.Address, "second-officer");
        (string, string)[] texts = [.. Server.Web.Languages.All.SelectMany(l => new[] { ($"title-{l.Code}", $"Session opens {l.Code}"), ($"body-{l.Code}", $"First {l.Code}.\n\nSecond <b>{l.Code}</b>.") })];
        await officer.RefusedAsync("/news", "publish", HttpStatusCode.UnprocessableEntity, [("slug", "opens"), .. texts[1..]]);
        await officer.RefusedAsync("/news", "publish", HttpStatusCode.BadRequest, [("slug", "No Slug"), .. texts]);
        await officer.PostAsync("/news", "publish", [("slug", "opens"), .. texts]);
        await officer.RefusedAsync("/news", "publish", HttpStatusCode.Conflict, [("slug", "opens"), .. texts]);

        using var reader = site.Anonymous();
        foreach (var language in Server.Web.Languages.All)
        {
            (await PageAsync(reader, $"/{language.Code}/news")).ShouldContain($"Session opens {language.Code}");
            (await PageAsync(reader, $"/{language.Code}/news/opens")).ShouldContain($"<p>Second &lt;b&gt;{language.Code}&lt;/b&gt;.</p>");
        }

        (await site.JournalAsync("news.published", "opens")).Count.ShouldBe(1);
        await officer.PostAsync("/news", "down-opens");
        using var gone = await reader.GetAsync("/en/news/opens", TestContext.Current.CancellationToken);
        gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var other = await BrowserSession.SignInAsync(site.Address, "officer");
        await other.PageAsync("/news", HttpStatusCode.Forbidden);
    }

    private IReadOnlyList<ReleasedNotice> Shown => site.Services.GetRequiredService<ShownNotices>().Current.Newest;

    private string Known(string path) => path.Replace("RED", IdOf(PublicKind.Red), StringComparison.Ordinal).Replace("YELLOW", IdOf(PublicKind.Yellow), StringComparison.Ordinal)
        .Replace("/UN", "/" + IdOf(PublicKind.UnPerson), StringComparison.Ordinal);

    private string IdOf(PublicKind kind) => Shown.First(n => n.Kind == kind).Id.Replace('/', '-');

    private static async Task<string> PageAsync(HttpClient reader, string address)
    {
        using var answer = await reader.GetAsync(address, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, address);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static List<string> Faces(string html) => [.. Face().Matches(html).Select(m => m.Groups["address"].Value)];

    [GeneratedRegex("""<a class="face" href="(?<address>[^"]+)""", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Face();

    [GeneratedRegex("""<img class="portrait-p" src="(?<address>[^"]+)""", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Picture();

    [GeneratedRegex("""<img(?![^>]*\salt="[^"]+")[^>]*>""", RegexOptions.None, 5000)]
    private static partial Regex PictureWithoutWords();

    [GeneratedRegex("""(?:src|href|action)\s*=\s*["'](?:https?:)?//""", RegexOptions.IgnoreCase, 5000)]
    private static partial Regex Elsewhere();

    [GeneratedRegex("""<[^>]+\sstyle\s*=|\son[a-z]+\s*=\s*["']""", RegexOptions.IgnoreCase, 5000)]
    private static partial Regex Inline();

    [GeneratedRegex("<title>(?<words>[^<]*)</title>", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Title();

    [GeneratedRegex(""">\s*(?:public|site|tips|requests)\.[a-z.-]+\s*<""", RegexOptions.None, 5000)]
    private static partial Regex RawKey();
}
