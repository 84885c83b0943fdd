using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Amana.Server.Access;
using Amana.Server.Notices;
using Amana.Server.Requests;
using Amana.Server.Tests.Notices;
using Amana.Server.Tests.PublicNotices;
using Amana.Server.Tests.Web;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Tests.Requests;

/// <summary>What people ask about data on themselves, over real pages: from the form to the letter.</summary>
public partial class RequestTests(DemoSite site) : IClassFixture<DemoSite>
{
    private static readonly TimeSpan AsPeopleDo = StrangerForms.Youngest + TimeSpan.FromSeconds(0.6);

    [Fact]
    public async Task A_deletion_is_asked_checked_decided_carried_out_and_told_in_the_language_of_the_person()
    {
        var desks = await NoticeDesks.AtAsync(site);
        var fields = NoticeDesks.NewRed();
        string notice = await desks.PublishedAsync(fields), name = fields["familyName"];
        using var applicant = Stranger("203.0.113.41");
        var (reference, secret) = await AskAsync(applicant, "fr", name, "Deletion");
        await using (var db = await site.OpenDbAsync())
        {
            var kept = await db.DataRequests.SingleAsync(r => r.Reference == reference, TestContext.Current.CancellationToken);
            Encoding.UTF8.GetString(kept.Body).ShouldNotContain(name);
            Encoding.Latin1.GetString((await db.RequestPapers.SingleAsync(p => p.Request == kept.Id, TestContext.Current.CancellationToken)).Body).ShouldNotContain("JFIF");
        }

        using var reviewer = await BrowserSession.SignInAsync(site.Address, "compliance");
        string page = $"/requests/{reference}";
        (await reviewer.PageAsync("/requests")).ShouldContain(reference);
        string opened = await reviewer.PageAsync(page);
        opened.ShouldContain(name);
        opened.ShouldContain(notice, customMessage: "a name alike is found");
        opened.ShouldContain("Nothing runs yet");
        await reviewer.RefusedAsync(page, "admit", HttpStatusCode.Conflict);
        await reviewer.PostAsync(page, "more", ("text", "Il manque le verso."));
        string asked = await PostAsync(applicant, "/fr/your-data/status", HttpStatusCode.OK, ("_handler", "status"), ("reference", reference), ("secret", secret.ToLowerInvariant()));
        asked.ShouldContain("Il manque le verso.");
        await PostAsync(applicant, "/fr/your-data/status", HttpStatusCode.OK, ("_handler", "more"), ("reference", reference), ("secret", secret), ("answer", "Le voici."));
        await PostAsync(applicant, "/fr/your-data/status", HttpStatusCode.BadRequest, ("_handler", "status"), ("reference", reference), ("secret", "ABCD-EFGH-JKLM"));
        await reviewer.PostAsync(page, "prove", ("text", "Passport, check digits agree."));
        await reviewer.PostAsync(page, "admit");
        (await reviewer.PageAsync(page)).ShouldContain("9 calendar months");
        await reviewer.RefusedAsync(page, "hold", HttpStatusCode.BadRequest, ("notice", "UTO-R-2026-9999"), ("told", "All"), ("words", "x"));
        await reviewer.RefusedAsync(page, "propose", HttpStatusCode.Conflict, ("outcome", "Deleted"), ("reasons", "Sans base."));
        await reviewer.PostAsync(page, "hold", ("notice", notice), ("told", "All"), ("words", "Notice rouge demandée par l'Utopie."));

        // Until the decision nobody but reviewers sees the notice, and the public loses it at once.
        await reviewer.PostAsync(page, $"block-{notice}", ("lift", "no"));
        (await desks.Officer.GetAsync($"api/v1/notices/{notice}", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await reviewer.RefusedAsync(page, "propose", HttpStatusCode.Conflict, ("outcome", "NothingHeld"), ("reasons", "x"));
        await reviewer.RefusedAsync(page, "propose", HttpStatusCode.Conflict, ("outcome", "WeHold"), ("reasons", "only access asks for that"));
        await reviewer.RefusedAsync(page, "propose", HttpStatusCode.UnprocessableEntity, ("outcome", "Deleted"), ("reasons", " "));
        (await reviewer.RefusedAsync(page, "propose", HttpStatusCode.Conflict, ("outcome", "Deleted"), ("reasons", "x"))).ShouldContain("Ask the General Secretariat first");
        await ConsultAsync(reviewer, page, "ask-secretariat", "DoesNotComply");
        (await reviewer.RefusedAsync(page, "propose", HttpStatusCode.Conflict, ("outcome", "Deleted"), ("reasons", "x"))).ShouldContain("which its owner allowed");
        await ConsultAsync(reviewer, page, $"ask-{notice}", "TellAll");
        string proposed = await reviewer.PostAsync(page, "propose", ("outcome", "Deleted"), ("reasons", "Le mandat n'est plus valable."));
        proposed.ShouldContain("You proposed this");
        proposed.ShouldNotContain("value=\"confirm\"");
        string meanwhile = await PostAsync(applicant, "/fr/your-data/status", HttpStatusCode.OK, ("_handler", "status"), ("reference", reference), ("secret", secret));
        meanwhile.ShouldContain("recevable", customMessage: "a proposal is no decision");
        await using (var db = await site.OpenDbAsync()) (await db.Notices.SingleAsync(n => n.Reference == notice, TestContext.Current.CancellationToken)).State.ShouldBe(NoticeState.Blocked);
        using var second = await BrowserSession.SignInAsync(site.Address, "second-compliance");
        await ConfirmAsync(second, page);
        (await PostAsync(applicant, "/fr/your-data/status", HttpStatusCode.OK, ("_handler", "status"), ("reference", reference), ("secret", secret))).ShouldNotContain("mandat");
        await using (var db = await site.OpenDbAsync()) (await db.Notices.SingleAsync(n => n.Reference == notice, TestContext.Current.CancellationToken)).State.ShouldBe(NoticeState.Deleted);

        await reviewer.PostAsync(page, "tell");
        string letter = await PostAsync(applicant, "/ar/your-data/status", HttpStatusCode.OK, ("_handler", "status"), ("reference", reference), ("secret", secret));
        letter.ShouldContain("<article class=\"letter\" lang=\"fr\" dir=\"ltr\">");
        letter.ShouldContain("Les données à votre sujet ont été effacées");
        letter.ShouldContain("Le mandat n'est plus valable.");
        letter.ShouldContain("présumé innocent");
        await using (var db = await site.OpenDbAsync()) (await db.DataRequests.Where(r => r.Reference == reference).Join(db.RequestPapers, r => r.Id, p => p.Request, (_, p) => p).AnyAsync(TestContext.Current.CancellationToken)).ShouldBeFalse();
        (await site.JournalAsync(onWhat: reference)).Select(e => e.What).Distinct().ShouldBe(["request.received", "request.read", "request.more-asked", "request.more-given", "request.identity-proved",
            "request.admitted", "request.holding-noted", "request.notice-blocked", "request.secretariat-asked", "request.secretariat-answered", "request.owner-asked", "request.owner-answered", "request.decision-proposed",
            "request.decided", "request.told"]);
    }

    [Fact]
    public async Task A_correction_leaves_a_note_that_every_recipient_reads()
    {
        var desks = await NoticeDesks.AtAsync(site);
        var fields = NoticeDesks.NewRed();
        string notice = await desks.PublishedAsync(fields);
        using var applicant = Stranger("203.0.115.41");
        var (reference, _) = await AskAsync(applicant, "en", fields["familyName"], "Correction");
        using var reviewer = await BrowserSession.SignInAsync(site.Address, "compliance");
        string page = $"/requests/{reference}";
        await reviewer.PostAsync(page, "prove", ("text", "Passport."));
        await reviewer.PostAsync(page, "admit");
        await reviewer.PostAsync(page, "hold", ("notice", notice), ("told", "Part"), ("words", "A Red notice."));
        await ConsultAsync(reviewer, page, "ask-secretariat", "CompliesWithUpdate");
        await ConsultAsync(reviewer, page, $"ask-{notice}", "TellPart");
        await reviewer.RefusedAsync(page, "propose", HttpStatusCode.UnprocessableEntity, ("outcome", "Corrected"), ("reasons", "The date was wrong."));
        string proposed = await reviewer.PostAsync(page, "propose", ("outcome", "Corrected"), ("reasons", "The date was wrong."), ("note", "Born 1981, not 1971."));
        proposed.ShouldContain("A part is withheld");
        using var second = await BrowserSession.SignInAsync(site.Address, "second-compliance");
        await ConfirmAsync(second, page);
        using var officer = await BrowserSession.SignInAsync(site.Address, "officer");
        (await officer.PageAsync($"/notices/{notice}?purpose=wanted-persons")).ShouldContain("Born 1981, not 1971.");
    }

    [Fact]
    public async Task Nobody_who_does_not_handle_requests_learns_that_there_is_one()
    {
        using var officer = await BrowserSession.SignInAsync(site.Address, "officer");
        string desk = MainOf(await officer.PageAsync("/")), notices = MainOf(await officer.PageAsync("/notices"));
        using var applicant = Stranger("203.0.116.41");
        var (reference, _) = await AskAsync(applicant, "en", "Quietname", "Access");
        using var reviewer = await BrowserSession.SignInAsync(site.Address, "compliance");
        await reviewer.PageAsync($"/requests/{reference}");

        foreach (string who in (string[])["officer", "second-officer", "analyst", "data-protection", "administrator", "security-officer"])
        {
            using var other = await BrowserSession.SignInAsync(site.Address, who);
            await other.PageAsync("/requests", HttpStatusCode.Forbidden);
            string known = await other.PageAsync($"/requests/{reference}", HttpStatusCode.Forbidden), unknown = await other.PageAsync("/requests/DSR-26-99999", HttpStatusCode.Forbidden);
            MainOf(known).ShouldBe(MainOf(unknown));
            (await other.PageAsync("/")).ShouldNotContain("/requests");
        }

        MainOf(await officer.PageAsync("/")).ShouldBe(desk);
        MainOf(await officer.PageAsync("/notices")).ShouldBe(notices);
        foreach (string who in (string[])["data-protection", "administrator", "security-officer"])
        {
            using var reader = await BrowserSession.SignInAsync(site.Address, who);
            (await reader.PageAsync("/audit?what=request.received") + await reader.PageAsync("/audit")).ShouldNotContain("DSR-26");
            MainOf(await reader.PageAsync($"/audit?on={reference}")).ShouldBe(MainOf(await reader.PageAsync("/audit?on=DSR-26-99999")).Replace("DSR-26-99999", reference, StringComparison.Ordinal));
        }

        using var machine = await site.ClientAsync(Right.ReadJournal);
        string journal = await machine.GetStringAsync("/api/v1/journal?limit=500", TestContext.Current.CancellationToken);
        journal.ShouldNotContain("request.");
        (await machine.GetStringAsync($"/api/v1/journal?onWhat={reference}", TestContext.Current.CancellationToken)).ShouldNotContain(reference);
        long number = (await site.JournalAsync("request.received", reference)).Single().Number;
        (await machine.GetAsync($"/api/v1/journal/{number}/proof", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound, "no proof of what is not there");
        using var commission = await site.SignInAsync("compliance", SpecimenPeople.Password);
        (await commission.GetStringAsync($"/api/v1/journal?onWhat={reference}", TestContext.Current.CancellationToken)).ShouldContain("request.received");
        (await commission.GetAsync($"/api/v1/journal/{number}/proof", TestContext.Current.CancellationToken)).StatusCode.ShouldNotBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_request_that_cannot_be_taken_comes_back_with_what_was_typed()
    {
        using var applicant = Stranger("203.0.117.41");
        string form = await FormAsync(applicant);
        await Task.Delay(AsPeopleDo, TestContext.Current.CancellationToken);
        string back = await PostAsync(applicant, "/en/your-data", HttpStatusCode.UnprocessableEntity, ("_handler", "ask"), ("form", form), ("familyName", "Typedname"), ("born", "1970"), ("what", "all"));
        back.ShouldContain("Typedname");
        back.ShouldContain("Choose what you ask for");
        (await PostAsync(applicant, "/en/your-data", HttpStatusCode.UnprocessableEntity, ("_handler", "ask"), ("form", form), ("kind", "Access"), ("familyName", "Typedname"), ("born", "1970"), ("what", "all"))).ShouldContain("Add a copy of an identity document");
        (await PostAsync(applicant, "/en/your-data", HttpStatusCode.Conflict, ("_handler", "ask"), ("form", form + "x"), ("kind", "Access"), ("familyName", "Typedname"))).ShouldContain("Typedname");
    }

    [Theory]
    [InlineData("2026-01-31", "Access", "2026-05-31")]
    [InlineData("2026-10-31", "Access", "2027-02-28")]
    [InlineData("2027-10-31", "Access", "2028-02-29")]
    [InlineData("2026-05-31", "Deletion", "2027-02-28")]
    [InlineData("2026-03-15", "Correction", "2026-12-15")]
    public void The_clock_runs_in_calendar_months_from_admissibility(string admitted, string kind, string due)
    {
        var at = DateTimeOffset.Parse(admitted + "T10:00:00Z", System.Globalization.CultureInfo.InvariantCulture);
        var request = new DataRequest { Id = default, Reference = "DSR-26-00001", SecretHash = "", Asked = kind, Language = "en", ReceivedAt = at.AddDays(-20), Body = [] };
        request.DueAt.ShouldBe(at.AddDays(-20 + DataRequest.ConfirmDays));
        request.Admit(at)!.Code.ShouldBe("request.not-proved");
        request.Prove(at).ShouldBeNull();
        request.Admit(at).ShouldBeNull();
        request.DueAt!.Value.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture).ShouldBe(due);
        request.Extend(4)!.Code.ShouldBe("request.extension");
        request.Extend(1).ShouldBeNull();
        request.Extend(1)!.Code.ShouldBe("request.extension");
        request.DueAt.ShouldBe(at.AddMonths(request.Months + 1));
        request.Propose(RequestOutcome.Inadmissible, [], null, "person:1", at)!.Code.ShouldBe("request.wrong-state");
        request.Propose(RequestOutcome.NothingHeld, [], null, "person:1", at).ShouldBeNull();
        request.DueAt.ShouldBe(at.AddMonths(request.Months + 1), "the clock runs on while a proposal waits");
        request.Confirm("person:1", at)!.Code.ShouldBe("request.second-person");
        request.SendBack().ShouldBeNull();
        (request.State, request.Outcome).ShouldBe((RequestState.Admissible, null));
        request.Propose(RequestOutcome.NothingHeld, [], null, "person:2", at).ShouldBeNull();
        request.Confirm("person:1", at).ShouldBeNull();
        request.DueAt.ShouldBe(at.AddMonths(1));
        request.Tell(at).ShouldBeNull();
        request.DueAt.ShouldBeNull();
    }

    private HttpClient Stranger(string address) => StrangerAt(site, address);

    /// <summary>Asks whom that form asks, and notes the answer.</summary>
    internal static async Task ConsultAsync(BrowserSession reviewer, string page, string form, string answer)
    {
        string asked = await reviewer.PostAsync(page, form, ("text", "Please say within the time."));
        string open = Answering().Match(asked).Value;
        await reviewer.RefusedAsync(page, open, HttpStatusCode.UnprocessableEntity, ("text", "Because."));
        await reviewer.PostAsync(page, open, ("text", "Because."), ("answer", answer));
    }

    internal static async Task ConfirmAsync(BrowserSession second, string page)
    {
        string version = Version().Match(await second.PageAsync(page)).Groups["version"].Value;
        await second.PostAsync(page, "confirm", ("version", version), ("read", "yes"));
    }

    internal static HttpClient StrangerAt(AmanaServer site, string address)
    {
        var client = site.Anonymous();
        client.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        return client;
    }

    private static async Task<string> FormAsync(HttpClient client)
    {
        using var answer = await client.GetAsync("/en/your-data", TestContext.Current.CancellationToken);
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
        string html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        html.ShouldNotContain("<script");
        return FormOf(html);
    }

    internal static string FormOf(string html) => Form().Match(html).Groups["form"].Value;

    internal static async Task<(string Reference, string Secret)> AskAsync(HttpClient client, string language, string name, string kind)
    {
        string form = await FormAsync(client);
        await Task.Delay(AsPeopleDo, TestContext.Current.CancellationToken);
        using var content = new MultipartFormDataContent
        {
            { new StringContent("ask"), "_handler" }, { new StringContent(form), "form" }, { new StringContent(kind), "kind" }, { new StringContent(name), "familyName" }, { new StringContent("Quennow"), "forename" },
            { new StringContent("12 August 1974"), "born" }, { new StringContent("Everything."), "what" }, { new ByteArrayContent(PictureTests.Jpeg()), "paper1", "passport.jpg" },
        };
        using var answer = await client.PostAsync($"/{language}/your-data", content, TestContext.Current.CancellationToken);
        string html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, html);
        string[] codes = [.. Code().Matches(html).Select(m => m.Groups["code"].Value)];
        return (codes[0], codes[1]);
    }

    internal static async Task<string> PostAsync(HttpClient client, string address, HttpStatusCode expected, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        using var answer = await client.PostAsync(address, content, TestContext.Current.CancellationToken);
        string html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(expected, html);
        return WebUtility.HtmlDecode(html);
    }

    private static string MainOf(string html) => Token().Replace(html[html.IndexOf("<main", StringComparison.Ordinal)..html.IndexOf("</main>", StringComparison.Ordinal)], "");

    [GeneratedRegex("""name="form" value="(?<form>[^"]+)""", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Form();

    [GeneratedRegex("""<p class="mono code[^>]*><bdi dir="ltr">(?<code>[^<]+)""", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Code();

    [GeneratedRegex("answer-[0-9a-f-]{36}", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Answering();

    [GeneratedRegex("""name="version" value="(?<version>\d+)""", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Version();

    [GeneratedRegex("""value="[^"]{60,}"|\d\d:\d\d|<svg class="ring".*?</svg>|\d+ (h|min|d)( \d+)?""", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Token();
}
