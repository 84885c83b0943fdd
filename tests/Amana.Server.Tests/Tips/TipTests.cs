using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Amana.Server.Access;
using Amana.Server.PublicNotices;
using Amana.Server.Tests.Notices;
using Amana.Server.Tests.PublicNotices;
using Amana.Server.Tests.Web;
using Amana.Server.Tips;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Server.Tests.Tips;

/// <summary>What strangers tell the bureau: anonymous, sealed, bounded.</summary>
public partial class TipTests(DemoSite site) : IClassFixture<DemoSite>
{
    private static readonly TimeSpan AsPeopleDo = StrangerForms.Youngest + TimeSpan.FromSeconds(0.6);

    [Fact]
    public async Task A_tip_is_given_without_script_or_cookie_kept_sealed_and_its_giver_comes_back_for_the_question()
    {
        var about = site.Services.GetRequiredService<ShownNotices>().Current.Newest.First(n => n.Kind is PublicKind.Red);
        using var giver = Stranger("203.0.113.7");
        string address = $"/fr/tip?notice={about.Id.Replace('/', '-')}", what = $"Seen at the north station, wearing a green coat {Guid.NewGuid()}";
        string form = await FormAsync(giver, address);
        await Task.Delay(AsPeopleDo, TestContext.Current.CancellationToken);
        using var answer = await SendAsync(giver, address, form, what, PictureTests.Jpeg());
        string html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, html);
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        string[] codes = [.. Code().Matches(html).Select(m => m.Groups["code"].Value)];
        (string reference, string code) = (codes[0], codes[1]);
        reference.ShouldStartWith("TIP-");

        await using (var db = await site.OpenDbAsync())
        {
            var kept = await db.Tips.SingleAsync(t => t.Reference == reference, TestContext.Current.CancellationToken);
            kept.Notice.ShouldBe(about.Id);
            Encoding.UTF8.GetString(kept.Body).ShouldNotContain("green coat");
            kept.CodeHash.ShouldNotContain(code.Replace("-", "", StringComparison.Ordinal));
            var picture = await db.TipPictures.SingleAsync(p => p.Tip == kept.Id, TestContext.Current.CancellationToken);
            Encoding.Latin1.GetString(picture.Body).ShouldNotContain("JFIF");
        }

        var given = (await site.JournalAsync("tip.given", reference)).Single();
        (given.Who, given.Details).ShouldBe(("server:server", $"{{\"notice\":\"{about.Id}\",\"picture\":true}}"));

        using var officer = await BrowserSession.SignInAsync(site.Address, "officer");
        (await officer.PageAsync("/tips")).ShouldContain(reference);
        (await officer.PageAsync($"/tips/{reference}")).ShouldNotContain("green coat");
        string opened = await officer.PageAsync($"/tips/{reference}?purpose=wanted-persons");
        opened.ShouldContain("green coat");
        opened.ShouldContain("Nobody has checked this");
        (await site.JournalAsync("tip.read", reference)).Single().Purpose.ShouldBe("wanted-persons");
        using var machine = await site.ClientAsync(Right.ReadTips);
        byte[] seen = await machine.GetByteArrayAsync($"/api/v1/tips/{reference}/picture", TestContext.Current.CancellationToken);
        Encoding.Latin1.GetString(seen).ShouldNotContain("GPS");
        await officer.PostAsync($"/tips/{reference}?purpose=wanted-persons", "ask", ("text", "Was the person alone?"));

        using var back = Stranger("198.51.100.9");
        string thread = await PostAsync(back, "/fr/tip/answer", HttpStatusCode.OK, ("_handler", "code"), ("code", code.ToLowerInvariant().Replace('-', ' ')));
        thread.ShouldContain("Was the person alone?");
        thread.ShouldNotContain("green coat", customMessage: "who finds the paper learns nothing of the tip");
        (await PostAsync(back, "/fr/tip/answer", HttpStatusCode.OK, ("_handler", "answer"), ("code", code), ("answer", "With a child."))).ShouldContain("With a child.");
        (await officer.PageAsync("/tips")).ShouldContain("new answer");
        (await officer.PostAsync($"/tips/{reference}?purpose=wanted-persons", "close", ("helped", "yes"))).ShouldContain("With a child.");
        (await PostAsync(back, "/fr/tip/answer", HttpStatusCode.BadRequest, ("_handler", "answer"), ("code", code), ("answer", "More."))).ShouldContain("La page a changé entre-temps", customMessage: "a closed tip takes no answer");
        await PostAsync(back, "/fr/tip/answer", HttpStatusCode.BadRequest, ("_handler", "code"), ("code", "ABCD-EFGH-JKLM"));

        await using (var db = await site.OpenDbAsync())
        {
            await db.Tips.Where(t => t.Reference == reference).ExecuteUpdateAsync(t => t.SetProperty(x => x.ClosedAt, DateTimeOffset.UtcNow.AddDays(-31)), TestContext.Current.CancellationToken);
            (await site.Services.GetRequiredService<ForgetTips>().ForgetAsync(TestContext.Current.CancellationToken)).ShouldBe(1);
            (await db.Tips.AnyAsync(t => t.Reference == reference, TestContext.Current.CancellationToken)).ShouldBeFalse();
            (await db.TipPictures.AnyAsync(TestContext.Current.CancellationToken)).ShouldBeFalse();
        }
    }

    [Fact]
    public async Task Four_pages_ask_one_question_each_lose_nothing_and_keep_nothing_before_it_is_sent()
    {
        using var giver = Stranger("203.0.115.7");
        string start = await giver.GetStringAsync("/en/tip", TestContext.Current.CancellationToken);
        start.ShouldContain("4 short steps");
        start.ShouldContain("href=\"/en/tip?step=1\"");
        start.ShouldNotContain("<form");
        int before;
        await using (var db = await site.OpenDbAsync()) before = await db.Tips.CountAsync(TestContext.Current.CancellationToken);
        string page = WebUtility.HtmlDecode(await giver.GetStringAsync("/en/tip?step=1", TestContext.Current.CancellationToken));
        string what = $"He wore <b>green</b> & \"blue\" {Guid.NewGuid()}";

        page = await StepAsync(2, HttpStatusCode.UnprocessableEntity, ("what", " "));
        page.ShouldContain("name=\"what\"", customMessage: "the first question again");
        page.ShouldContain("Say what you know");
        page = await StepAsync(2, HttpStatusCode.OK, ("what", what));
        page.ShouldContain("Step 2 of 4");
        page.ShouldContain("value=\"not-seen\"");
        page = await StepAsync(3, HttpStatusCode.OK, ("day", "today"), ("when", "13:30"));
        page.ShouldContain("name=\"where\"");
        page = await StepAsync(2, HttpStatusCode.OK, ("where", "Café at the north station"));
        page.ShouldMatch("value=\"today\" checked");
        page.ShouldContain("value=\"13:30\"");
        page = await StepAsync(4, HttpStatusCode.OK, ("day", "yesterday"), ("when", "at noon"));
        string yesterday = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(-1).ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        page.ShouldContain($"{yesterday}, at noon");
        page.ShouldContain("Café at the north station");
        page.ShouldContain(what);
        page.ShouldContain("name=\"picture\"");
        for (int i = 0; i < 35; i++) page = await StepAsync(4, HttpStatusCode.OK); // going to and fro is no flood
        await using (var db = await site.OpenDbAsync()) (await db.Tips.CountAsync(TestContext.Current.CancellationToken)).ShouldBe(before);

        await Task.Delay(AsPeopleDo, TestContext.Current.CancellationToken);
        string receipt = await PostAsync(giver, "/en/tip", HttpStatusCode.OK, [.. Hidden(page)]);
        string reference = Code().Match(receipt).Groups["code"].Value;
        using var officer = await BrowserSession.SignInAsync(site.Address, "officer");
        string opened = WebUtility.HtmlDecode(await officer.PageAsync($"/tips/{reference}?purpose=wanted-persons"));
        opened.ShouldContain(what);
        opened.ShouldContain($"{yesterday}, at noon");
        opened.ShouldContain("Café at the north station");

        async Task<string> StepAsync(int step, HttpStatusCode expected, params (string Name, string Value)[] typed) =>
            await PostAsync(giver, $"/en/tip?step={step}", expected, [.. Hidden(page).Where(h => typed.All(t => t.Name != h.Name)), .. typed]);

        static IEnumerable<(string Name, string Value)> Hidden(string html) => HiddenField().Matches(html.Replace("<b>green</b> & \"blue\"", "<b>green</b> & &quot;blue&quot;", StringComparison.Ordinal))
            .Select(m => (m.Groups["name"].Value, WebUtility.HtmlDecode(m.Groups["value"].Value)));
    }

    [Fact]
    public async Task A_form_that_cannot_be_taken_comes_back_with_what_was_typed_and_says_why()
    {
        using var giver = Stranger("203.0.114.7");
        string form = await FormAsync(giver, "/en/tip");
        (await TryAsync(giver, HttpStatusCode.Conflict, ("form", form), ("what", "too quick"))).ShouldContain("too quick");
        await Task.Delay(AsPeopleDo, TestContext.Current.CancellationToken);
        (await TryAsync(giver, HttpStatusCode.BadRequest, ("form", form), ("what", "by machine"), ("subject2", "x"))).ShouldContain("only machines fill it in");
        (await TryAsync(giver, HttpStatusCode.UnprocessableEntity, ("form", form), ("what", " "), ("where", "Zénith"))).ShouldContain("Zénith");
        await TryAsync(giver, HttpStatusCode.BadRequest, ("form", form), ("what", new string('a', 5_001)));
        await TryAsync(giver, HttpStatusCode.Conflict, ("form", form[..^2] + "aa"), ("what", "forged"));
        await TryAsync(giver, HttpStatusCode.Conflict, ("form", form), ("what", "about"), ("notice", "2026-99999"));
        using (var bad = await SendAsync(giver, "/en/tip", form, "with a picture", "not a picture"u8.ToArray())) bad.StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        // The same form sent twice is one tip with one code.
        string first = await TryAsync(giver, HttpStatusCode.OK, ("form", form), ("what", "once")), second = await TryAsync(giver, HttpStatusCode.OK, ("form", form), ("what", "once"));
        Code().Match(second).Value.ShouldBe(Code().Match(first).Value);
        await using var db = await site.OpenDbAsync();
        (await db.Tips.CountAsync(t => t.Form == form.Split('.', StringSplitOptions.None)[1], TestContext.Current.CancellationToken)).ShouldBe(1);
    }

    [Fact]
    public async Task Only_who_has_the_right_opens_tips_and_the_way_out_clears_what_was_kept()
    {
        using var analyst = await BrowserSession.SignInAsync(site.Address, "analyst");
        await analyst.PageAsync("/tips", HttpStatusCode.Forbidden);
        using var anybody = site.Anonymous();
        using var left = await anybody.GetAsync("/leave", TestContext.Current.CancellationToken);
        left.Headers.GetValues("Clear-Site-Data").Single().ShouldContain("cache");
        (await left.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldNotContain("otice");
    }

    [Fact]
    public async Task Ten_thousand_tips_from_one_network_leave_room_for_all_others()
    {
        var forms = site.Services.GetRequiredService<StrangerForms>();
        string[] many = [.. Enumerable.Range(0, 10_000).Select(_ => forms.New(GiveTip.FormUse))];
        await Task.Delay(AsPeopleDo, TestContext.Current.CancellationToken);
        int before;
        await using (var db = await site.OpenDbAsync()) before = await db.Tips.CountAsync(TestContext.Current.CancellationToken);

        int taken = 0, refused = 0;
        var others = new List<HttpStatusCode>();
        using var loud = new HttpClient(new SocketsHttpHandler { UseCookies = false, MaxConnectionsPerServer = 16 }) { BaseAddress = site.Address };
        loud.DefaultRequestHeaders.Add("X-Forwarded-For", "192.0.2.66");
        loud.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        await Parallel.ForEachAsync(many.Index(), new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = TestContext.Current.CancellationToken }, async (one, cancel) =>
        {
            using var answer = await PostFormAsync(loud, "/en/tip", cancel, ("_handler", "tip"), ("form", one.Item), ("what", "flood"));
            if (answer.StatusCode is HttpStatusCode.TooManyRequests)
            {
                answer.Headers.RetryAfter!.Delta!.Value.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
                if (Interlocked.Increment(ref refused) == 1) (await answer.Content.ReadAsStringAsync(cancel)).ShouldContain("Too many requests from your network");
            }
            else if (answer.StatusCode is HttpStatusCode.OK) Interlocked.Increment(ref taken);

            if (one.Index % 1_000 != 500) return;
            // Meanwhile, from elsewhere.
            using var other = Stranger($"198.51.{one.Index / 1_000}.5");
            using var served = await PostFormAsync(other, "/ar/tip", cancel, ("_handler", "tip"), ("form", forms.New(GiveTip.FormUse)), ("what", "another network"));
            lock (others) others.Add(served.StatusCode);
        });

        (taken, refused).ShouldBe((30, 9_970));
        others.Count.ShouldBe(10);
        others.ShouldAllBe(status => status == HttpStatusCode.Conflict, "each was read and told that it came too fast, which is not 429");
        await using var after = await site.OpenDbAsync();
        (await after.Tips.CountAsync(TestContext.Current.CancellationToken)).ShouldBe(before + 30);
    }

    private HttpClient Stranger(string address)
    {
        var client = site.Anonymous();
        client.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        return client;
    }

    private static async Task<string> FormAsync(HttpClient client, string address)
    {
        using var answer = await client.GetAsync($"{address}{(address.Contains('?') ? '&' : '?')}step=1", TestContext.Current.CancellationToken);
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
        string html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        html.ShouldNotContain("<script");
        html.ShouldNotContain("__RequestVerificationToken");
        return Form().Match(html).Groups["form"].Value;
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string address, string form, string what, byte[] picture)
    {
        using var content = new MultipartFormDataContent
        {
            { new StringContent("tip"), "_handler" }, { new StringContent(form), "form" }, { new StringContent(address.Split('=') is [_, var id] ? id : ""), "notice" },
            { new StringContent(what), "what" }, { new StringContent("Zénith"), "where" }, { new ByteArrayContent(picture), "picture", "IMG_0001.jpg" },
        };
        return await client.PostAsync(address, content, TestContext.Current.CancellationToken);
    }

    private static Task<string> TryAsync(HttpClient client, HttpStatusCode expected, params (string, string)[] fields) => PostAsync(client, "/en/tip", expected, [("_handler", "tip"), .. fields]);

    private static async Task<string> PostAsync(HttpClient client, string address, HttpStatusCode expected, params (string, string)[] fields)
    {
        using var answer = await PostFormAsync(client, address, TestContext.Current.CancellationToken, fields);
        string html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(expected, html);
        return WebUtility.HtmlDecode(html);
    }

    private static async Task<HttpResponseMessage> PostFormAsync(HttpClient client, string address, CancellationToken cancel, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        return await client.PostAsync(address, content, cancel);
    }

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]+)" value="(?<value>[^"]*)""", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex HiddenField();

    [GeneratedRegex("""name="form" value="(?<form>[^"]+)""", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Form();

    [GeneratedRegex("""<p class="mono code[^>]*><bdi dir="ltr">(?<code>[^<]+)""", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Code();
}
