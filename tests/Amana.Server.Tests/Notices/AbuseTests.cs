using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Amana.Server.Access;
using Amana.Server.Notices;
using Amana.Server.Tests.Web;
using Amana.Server.Uploads;
using static Amana.Server.Tests.Notices.NoticeDesks;

namespace Amana.Server.Tests.Notices;

/// <summary>What somebody might try with notices: each is stopped, and nothing of it reaches a page, the public or another bureau.</summary>
public class AbuseTests
{
    private const string Script = "<script>alert('x')</script>\"'><img src=x onerror=alert(1)>";

    public static TheoryData<NoticeColour> Colours => [.. Enum.GetValues<NoticeColour>()];

    /// <summary>A diffusion meets the conditions of a notice before it leaves; so does an amendment, through the same step.</summary>
    [Theory]
    [InlineData("R7v", "warrantReference=")]
    [InlineData("R4p", "penaltyMonths=23")]
    [InlineData("C1", "birthDate=2012-01-01")]
    [InlineData("D2", "relatedNotice=UTO-R-2026-9998")]
    [InlineData("D4", "recipients=")]
    public async Task No_diffusion_goes_round_the_conditions_of_a_notice(string criterion, string change)
    {
        await using var own = await AmanaServer.StartNewAsync();
        var desks = await AtAsync(own);
        var fields = Requests.With(NewRed(), "recipients=QMR", change);
        fields.Remove("release");
        string reference = Ref(await (await desks.Officer.PostAsJsonAsync("api/v1/notices", new { colour = "red", form = "diffusion", fields })).ShouldBeJsonAsync(201));
        (await (await PostAsync(desks.Officer, reference, "submit")).ShouldBeRefusedAsync(409, "notice.criteria-not-met")).GetProperty("field").GetString().ShouldBe(criterion);
    }

    [Fact]
    public async Task A_protected_person_is_protected_in_a_diffusion_and_in_an_amendment_that_puts_in_the_name()
    {
        await using var own = await AmanaServer.StartNewAsync();
        var desks = await AtAsync(own);
        await (await desks.Reviewer.PostAsJsonAsync("api/v1/protections", new { fields = new { familyName = "Plimsharrow", forename = "Oda", birthDate = "1979" }, against = new[] { "UTO" }, confirmedBy = "QST" })).ShouldBeJsonAsync();
        string reference = await desks.PublishedAsync(NewRed());
        string amendment = Ref(await (await desks.Officer.PostAsync($"api/v1/notices/{reference}/amendments", null)).ShouldBeJsonAsync(201));
        var changed = Requests.With(NewRed(), "familyName=PLIMSHARROW", "forename=Oda", "birthDate=1979-02-03");
        await (await desks.Officer.PutAsJsonAsync($"api/v1/notices/{amendment}", new { version = 2, fields = changed })).ShouldBeJsonAsync();
        await StepAsync(desks.Officer, amendment, "submit");
        await desks.AnswerAllAsync(amendment);
        (await (await PostAsync(desks.Reviewer, amendment, "approve", "Fine.")).ShouldBeRefusedAsync(409, "notice.criteria-open")).GetProperty("field").GetString().ShouldBe("R10");
        (await ReadAsync(desks.Second, reference)).GetProperty("fields").GetProperty("forename")[0].GetString().ShouldBe("Quennow");
    }

    [Fact]
    public async Task A_suspended_bureau_amends_nothing()
    {
        await using var own = await AmanaServer.StartNewAsync();
        var desks = await AtAsync(own);
        string reference = await desks.PublishedAsync(NewRed());
        string amendment = Ref(await (await desks.Officer.PostAsync($"api/v1/notices/{reference}/amendments", null)).ShouldBeJsonAsync(201));
        (await desks.Reviewer.PostAsJsonAsync("api/v1/bureaus/UTO/requests", new { suspended = true, reason = "Forged warrants." })).EnsureSuccessStatusCode();
        (await (await PostAsync(desks.Officer, amendment, "submit")).ShouldBeRefusedAsync(409, "notice.criteria-not-met")).GetProperty("field").GetString().ShouldBe("D3");
    }

    [Theory]
    [InlineData("UTO-R-2026-0001-A0")]
    [InlineData("UTO-R-2026-0001-A9999")]
    [InlineData("UTO-R-2026-0001-B1")]
    [InlineData("UTO-R-2026-0001-A1-A1")]
    [InlineData("UTO-X-2026-0001")]
    [InlineData("UTO-R-2026-0000")]
    [InlineData("'; DROP TABLE notices; --")]
    [InlineData("../../etc/passwd")]
    public async Task A_forged_reference_leads_nowhere(string reference)
    {
        NoticeReference.TryParse(reference, null, out _).ShouldBeFalse();
        await using var own = await AmanaServer.StartNewAsync();
        using var client = await own.ClientAsync(Right.ReadNotices, Right.DraftNotices);
        foreach (string door in (string[])["", "?format=stix", "/pictures/1"])
        {
            ((int)(await client.GetAsync($"api/v1/notices/{Uri.EscapeDataString(reference)}{door}")).StatusCode).ShouldBeOneOf(404, 400);
        }

        await (await client.PostAsync($"api/v1/notices/{Uri.EscapeDataString(reference)}/amendments", null)).ShouldBeRefusedAsync(404, "notice.unknown");
    }

    [Fact]
    public async Task Of_many_who_take_one_step_or_begin_one_amendment_at_once_one_wins()
    {
        await using var own = await AmanaServer.StartNewAsync();
        var desks = await AtAsync(own);
        string reference = await desks.ApprovedAsync(NewRed());
        var published = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PostAsync(desks.Second, reference, "publish")));
        published.Count(p => p.IsSuccessStatusCode).ShouldBe(1);
        published.Where(p => !p.IsSuccessStatusCode).ShouldAllBe(p => p.StatusCode == HttpStatusCode.Conflict);
        var begun = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => desks.Officer.PostAsync($"api/v1/notices/{reference}/amendments", null)));
        begun.Count(p => p.IsSuccessStatusCode).ShouldBe(1);
        begun.Where(p => !p.IsSuccessStatusCode).ShouldAllBe(p => p.StatusCode == HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_picture_bomb_and_what_only_says_that_it_is_a_picture_are_refused()
    {
        await using var own = await AmanaServer.StartNewAsync();
        var desks = await AtAsync(own);
        string reference = Ref(await desks.DraftAsync(NewRed()));
        byte[] html = "<html><script>alert(1)</script></html>"u8.ToArray();
        foreach (byte[] bytes in (byte[][])[PictureTests.Png(60_000, 60_000), PictureTests.Jpeg(65_000, 65_000), html, [.. new byte[CleanPicture.BytesMax + 10]], [0x89, 0x50, 0x4E, 0x47], []])
        {
            using var body = new ByteArrayContent(bytes);
            body.Headers.ContentType = new MediaTypeHeaderValue("image/png");
            await (await desks.Officer.PostAsync($"api/v1/notices/{reference}/pictures", body)).ShouldBeRefusedAsync(400, "notice.picture-unreadable");
        }

        (await ReadAsync(desks.Officer, reference)).GetProperty("pictures").GetInt32().ShouldBe(0);
    }

    /// <summary>Every field that takes text, in its own language and in four, and every page that shows one.</summary>
    [Theory]
    [MemberData(nameof(Colours))]
    public async Task A_script_in_every_text_field_is_text_on_every_page(NoticeColour colour)
    {
        await using var own = await AmanaServer.StartNewAsync(demo: true);
        var desks = await AtAsync(own);
        var fields = colour is NoticeColour.Red ? NewRed() : Requests.Of(colour);
        foreach (var field in NoticeRules.Own.FieldsOf(colour).Where(f => f.Kind is FieldKind.Text or FieldKind.Long or FieldKind.Lines && f.CharsMax >= Script.Length))
        {
            fields[field.Name] = Script;
            if (field.IsTranslated) fields[$"{field.Name}.ar"] = fields[$"{field.Name}.fr"] = Script;
        }

        if (colour is NoticeColour.Red or NoticeColour.Yellow) fields = Requests.With(fields, "release=yes", "releaseParts=charge");
        string reference = await desks.SubmittedAsync(fields, colour.Word());
        await StepAsync(desks.Reviewer, reference, "ask-bureau", Script);
        using var officer = await BrowserSession.SignInAsync(own.Address, "officer");
        using var reviewer = await BrowserSession.SignInAsync(own.Address, "compliance");
        Harmless(await officer.PageAsync($"/notices/{reference}/edit?lang=en"));
        await StepAsync(desks.Officer, reference, "answer-review", Script);
        await desks.AnswerAllAsync(reference);
        await StepAsync(desks.Reviewer, reference, "approve", Script);
        await StepAsync(desks.Second, reference, "publish");
        await (await desks.Reviewer.PostAsJsonAsync($"api/v1/notices/{reference}/addenda", new { kind = "caveat", texts = new { en = Script, ar = Script } })).ShouldBeJsonAsync();
        await (await desks.Second.PostAsJsonAsync($"api/v1/notices/{reference}/sightings", new { kind = "seen", on = "2026-11-01", where = Script, text = Script })).ShouldBeJsonAsync();
        string amendment = Ref(await (await desks.Officer.PostAsync($"api/v1/notices/{reference}/amendments", null)).ShouldBeJsonAsync(201));
        var changed = new Dictionary<string, string>(fields, StringComparer.Ordinal);
        foreach (var field in NoticeRules.Own.FieldsOf(colour).Where(f => f.Kind is FieldKind.Long)) changed[field.Name] = "Changed. " + Script;
        await (await desks.Officer.PutAsJsonAsync($"api/v1/notices/{amendment}", new { version = 2, fields = changed })).ShouldBeJsonAsync();
        await StepAsync(desks.Officer, amendment, "submit");
        foreach (string address in (string[])["/notices", $"/notices/{reference}", $"/notices/{reference}/preview", $"/notices/{amendment}", "/"]) Harmless(await officer.PageAsync($"{address}?lang=ar"));
        foreach (string address in (string[])["/print?purpose=", "/print.pdf?purpose="]) Harmless(await officer.PageAsync($"/notices/{reference}{address}{NoticeRules.Own.Of(colour).Purpose}&lang=es"));
        await PublicIsHarmlessAsync(own, (await ReadAsync(desks.Officer, reference)).GetProperty("publicId").GetString());
        foreach (string address in (string[])["/reviews", $"/reviews/{amendment}", $"/notices/{reference}", "/reviews/statistics"]) Harmless(await reviewer.PageAsync($"{address}?lang=fr"));
    }

    // Where the public reads it and where it is told what to do about it.
    private static async Task PublicIsHarmlessAsync(AmanaServer own, string? publicId)
    {
        if (publicId is null) return;
        string id = publicId.Replace('/', '-');
        using var anybody = own.Anonymous();
        string list = "";
        foreach (var language in Server.Web.Languages.All)
        {
            foreach (string kind in (string[])["notices", "missing", "un"])
            {
                using var answer = await anybody.GetAsync($"/{language.Code}/{kind}/{id}");
                if (answer.IsSuccessStatusCode) list = kind;
                Harmless(await answer.Content.ReadAsStringAsync());
            }

            Harmless(await anybody.GetStringAsync($"/{language.Code}/{list}"));
            Harmless(await anybody.GetStringAsync($"/{language.Code}/tip?step=1&notice={id}"));
        }

        list.ShouldNotBeEmpty("it is public");
    }

    private static void Harmless(string page)
    {
        page.ShouldNotContain("<script>alert", Case.Insensitive);
        page.ShouldNotContain("<img src=x", Case.Insensitive);
    }
}
