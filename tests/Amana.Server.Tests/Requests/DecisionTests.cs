using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Amana.Server.Access;
using Amana.Server.Notices;
using Amana.Server.Requests;
using Amana.Server.Tests.Notices;
using Amana.Server.Tests.PublicNotices;
using Amana.Server.Tests.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Amana.Server.Tests.Requests.RequestTests;

namespace Amana.Server.Tests.Requests;

/// <summary>Decisions on requests: two persons, all or none, those who have a say, a second look, and nothing told by a length.</summary>
public class DecisionTests(DemoSite site) : IClassFixture<DemoSite>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nobody_confirms_the_own_proposal_and_a_letter_that_was_not_read_is_not_confirmed()
    {
        var (reference, page, reviewer) = await AdmittedAsync("203.0.118.41", "Oneperson", "Access");
        using var first = reviewer;
        using var second = await BrowserSession.SignInAsync(site.Address, "second-compliance");
        await first.PostAsync(page, "propose", ("outcome", "NothingHeld"), ("reasons", "Nothing was found."));
        long version;
        await using (var db = await site.OpenDbAsync()) version = (await db.DataRequests.SingleAsync(r => r.Reference == reference, Cancel)).Version;
        await using (var scope = site.Services.CreateAsyncScope())
        {
            var caller = site.ServerCaller with { Actor = await ActorAsync("compliance") };
            (await scope.ServiceProvider.GetRequiredService<ConfirmDecision>().RunAsync(new(reference, true, version), caller, Cancel))!.Code.ShouldBe("request.second-person");
        }

        await second.RefusedAsync(page, "confirm", HttpStatusCode.UnprocessableEntity, ("version", $"{version}"));
        await second.RefusedAsync(page, "confirm", HttpStatusCode.Conflict, ("version", $"{version - 1}"), ("read", "yes"));
        await second.RefusedAsync(page, "back", HttpStatusCode.UnprocessableEntity, ("text", " "));
        (await second.PostAsync(page, "back", ("text", "Say where you looked."))).ShouldContain("Say where you looked.");
        await first.PostAsync(page, "propose", ("outcome", "NothingHeld"), ("reasons", "Nothing was found in notices and questions."));
        await first.PostAsync(page, "back", ("text", "One more place to look."));
        await first.PostAsync(page, "propose", ("outcome", "NothingHeld"), ("reasons", "Nothing was found anywhere."));
        await ConfirmAsync(second, page);
        (await site.JournalAsync(onWhat: reference)).Select(e => e.What).Where(w => w.Contains("propos", StringComparison.Ordinal) || w == "request.decided").ShouldBe(
            ["request.decision-proposed", "request.proposal-sent-back", "request.decision-proposed", "request.proposal-withdrawn", "request.decision-proposed", "request.decided"]);
    }

    [Fact]
    public async Task A_decision_over_several_notices_is_carried_out_on_all_or_on_none()
    {
        var desks = await NoticeDesks.AtAsync(site);
        string published = await desks.PublishedAsync(NoticeDesks.NewRed()), inReview = await desks.SubmittedAsync(NoticeDesks.NewRed());
        var (reference, page, reviewer) = await AdmittedAsync("203.0.119.41", "Manynotices", "Deletion");
        using var first = reviewer;
        foreach (string notice in (string[])[published, inReview]) await first.PostAsync(page, "hold", ("notice", notice), ("told", "Nothing"), ("words", "A rule."));
        await ConsultAsync(first, page, "ask-secretariat", "DoesNotComply");
        await first.PostAsync(page, "propose", ("outcome", "Deleted"), ("reasons", "It was never allowed."));
        using var second = await BrowserSession.SignInAsync(site.Address, "second-compliance");
        long version;
        await using (var db = await site.OpenDbAsync()) version = (await db.DataRequests.SingleAsync(r => r.Reference == reference, Cancel)).Version;
        // What is in review cannot be deleted yet: the other one is not deleted either, and nothing says that it was.
        await second.RefusedAsync(page, "confirm", HttpStatusCode.Conflict, ("version", $"{version}"), ("read", "yes"));
        await using (var db = await site.OpenDbAsync())
        {
            (await db.Notices.SingleAsync(n => n.Reference == published, Cancel)).State.ShouldBe(NoticeState.Published);
            (await db.DataRequests.SingleAsync(r => r.Reference == reference, Cancel)).State.ShouldBe(RequestState.Proposed);
        }

        (await site.JournalAsync("notice.deleted", published)).ShouldBeEmpty();
        await NoticeDesks.StepAsync(desks.Reviewer, inReview, "refuse", "Article 3.", "A3-political");
        await ConfirmAsync(second, page);
        await using (var db = await site.OpenDbAsync()) (await db.Notices.CountAsync(n => (n.Reference == published || n.Reference == inReview) && n.State == NoticeState.Deleted, Cancel)).ShouldBe(2);
        (await site.JournalAsync("notice.deleted", published)).ShouldHaveSingleItem();
    }

    [Fact]
    public void Without_an_answer_a_decision_is_taken_after_the_time_and_nothing_is_told()
    {
        var asked = new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);
        var request = new DataRequest { Id = default, Reference = "DSR-26-00001", SecretHash = "", Asked = "Deletion", Language = "en", ReceivedAt = asked, Body = [] };
        RequestHolding Held(MayBeTold told) => new() { Id = default, Request = default, Kind = HeldKind.Notice, Notice = "UTO-R-2026-0001", Told = told, Reason = [] };
        RequestConsultation Asked(ConsultedParty party, int days) =>
            new() { Id = default, Request = default, Party = party, Notice = party is ConsultedParty.Owner ? "UTO-R-2026-0001" : "", AskedAt = asked, DueAt = asked.AddDays(days), AskedBy = "person:1", Question = [] };
        string? WhyNot(MayBeTold told, DateTimeOffset now, params RequestConsultation[] consultations) => DecisionRules.WhyNot(request, RequestOutcome.Deleted, [Held(told)], consultations, now)?.Code;
        RequestConsultation secretariat = Asked(ConsultedParty.Secretariat, RequestConsultation.SecretariatDays), owner = Asked(ConsultedParty.Owner, RequestConsultation.OwnerDays);

        WhyNot(MayBeTold.Nothing, asked).ShouldBe("request.secretariat-open", "nobody was asked");
        WhyNot(MayBeTold.Nothing, asked.AddDays(44), secretariat).ShouldBe("request.secretariat-open");
        WhyNot(MayBeTold.Nothing, asked.AddDays(45), secretariat).ShouldBeNull();
        WhyNot(MayBeTold.All, asked.AddDays(45), secretariat).ShouldBe("request.owner-open", "the owner was not asked");
        WhyNot(MayBeTold.All, asked.AddDays(90), secretariat, owner).ShouldBe("request.owner-open", "silence is no leave to tell");
        WhyNot(MayBeTold.Nothing, asked.AddDays(90), secretariat, owner).ShouldBeNull("and does not keep the notice");
        owner.Take(ConsultationAnswer.Complies, [], asked)!.Code.ShouldBe("request.answer-missing", "that is the Secretariat's to say");
        owner.Take(ConsultationAnswer.TellPart, [], asked).ShouldBeNull();
        owner.Take(ConsultationAnswer.TellAll, [], asked)!.Code.ShouldBe("request.consultation-answered");
        WhyNot(MayBeTold.All, asked.AddDays(90), secretariat, owner).ShouldBe("request.owner-open", "a part was allowed");
        WhyNot(MayBeTold.Part, asked.AddDays(90), secretariat, owner).ShouldBeNull();
    }

    [Theory]
    [InlineData("2026-03-10", "2026-03-10", "2026-03-10", true)]
    [InlineData("2026-03-10", "2026-03-09", "2026-03-20", false)]
    [InlineData("2026-03-10", "2026-03-21", "2026-03-20", false)]
    [InlineData("2026-03-10", "2026-08-31", "2027-02-28", true)]
    [InlineData("2026-03-10", "2026-08-31", "2027-03-01", false)]
    public void A_revision_is_asked_for_within_six_months_of_learning_of_the_fact(string decided, string known, string today, bool inTime)
    {
        static DateTimeOffset At(string day) => DateTimeOffset.Parse(day + "T12:00:00Z", CultureInfo.InvariantCulture);
        AskForRevision.IsInTime(DateOnly.Parse(known, CultureInfo.InvariantCulture), At(decided), At(today)).ShouldBe(inTime);
    }

    [Fact]
    public async Task A_new_fact_opens_a_decision_again_as_a_request_of_its_own_and_no_length_tells_what_was_decided()
    {
        using var applicant = StrangerAt(site, "203.0.120.41");
        var (reference, secret) = await AskAsync(applicant, "en", "Newfact", "Access");
        (string, string)[] word = [("reference", reference), ("secret", secret)];
        var lengths = new List<int> { await LengthAsync(applicant, HttpStatusCode.OK, [("_handler", "status"), .. word]) };
        string page = $"/requests/{reference}";
        using var first = await BrowserSession.SignInAsync(site.Address, "compliance");
        await first.PostAsync(page, "prove", ("text", "Passport."));
        await first.PostAsync(page, "admit");
        await first.PostAsync(page, "propose", ("outcome", "NeitherYesNorNo"), ("reasons", string.Concat(Enumerable.Repeat("We may not say. ", 200))));
        using var second = await BrowserSession.SignInAsync(site.Address, "second-compliance");
        await ConfirmAsync(second, page);
        lengths.Add(await LengthAsync(applicant, HttpStatusCode.OK, [("_handler", "status"), .. word]));
        string early = await PostAsync(applicant, "/en/your-data/status", HttpStatusCode.OK, [("_handler", "status"), .. word]);
        early.ShouldNotContain("new fact");
        await first.PostAsync(page, "tell");
        string letter = await PostAsync(applicant, "/en/your-data/status", HttpStatusCode.OK, [("_handler", "status"), .. word]);
        letter.ShouldContain("neither confirm nor deny");
        string form = FormOf(letter), today = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        lengths.Add(await LengthAsync(applicant, HttpStatusCode.OK, [("_handler", "status"), .. word]));
        lengths.Add(await LengthAsync(applicant, HttpStatusCode.BadRequest, ("_handler", "status"), ("reference", reference), ("secret", "ABCD-EFGH-JKLM")));
        lengths.Distinct().ShouldHaveSingleItem().ShouldBe(64 * 1024);

        await Task.Delay(StrangerForms.Youngest + TimeSpan.FromSeconds(0.6), Cancel);
        await PostAsync(applicant, "/en/your-data/status", HttpStatusCode.BadRequest, [("_handler", "revise"), ("form", form), ("known", "2025-01-01"), ("fact", "An acquittal."), .. word]);
        await PostAsync(applicant, "/en/your-data/status", HttpStatusCode.UnprocessableEntity, [("_handler", "revise"), ("form", form), ("known", today), ("fact", " "), .. word]);
        string receipt = await PostAsync(applicant, "/en/your-data/status", HttpStatusCode.OK, [("_handler", "revise"), ("form", form), ("known", today), ("fact", "An acquittal."), .. word]);
        await using (var db = await site.OpenDbAsync())
        {
            var earlier = await db.DataRequests.SingleAsync(r => r.Reference == reference, Cancel);
            var revision = await db.DataRequests.SingleAsync(r => r.RevisionOf == earlier.Id, Cancel);
            receipt.ShouldContain(revision.Reference);
            revision.State.ShouldBe(RequestState.Received);
            string opened = await first.PageAsync($"/requests/{revision.Reference}");
            opened.ShouldContain("An acquittal.");
            opened.ShouldContain($"/requests/{reference}");
            (await first.PageAsync("/requests")).ShouldContain("Revision");
        }

        string another = FormOf(letter = await PostAsync(applicant, "/en/your-data/status", HttpStatusCode.OK, [("_handler", "status"), .. word]));
        await Task.Delay(StrangerForms.Youngest + TimeSpan.FromSeconds(0.6), Cancel);
        await PostAsync(applicant, "/en/your-data/status", HttpStatusCode.Conflict, [("_handler", "revise"), ("form", another), ("known", today), ("fact", "Another fact."), .. word]);
    }

    [Fact]
    public async Task Questions_about_the_person_and_looks_at_the_notice_are_found_and_can_be_told()
    {
        var desks = await NoticeDesks.AtAsync(site);
        var fields = NoticeDesks.NewRed();
        string notice = await desks.PublishedAsync(fields);
        using (var gate = await site.ClientAsync(Right.Screen))
        {
            await (await gate.PostAsJsonAsync("match/notices-in-force", new { queries = new { q = new { schema = "Person", properties = new { name = new[] { $"Quennow {fields["familyName"]}" } } } } }, Cancel)).ShouldBeJsonAsync();
        }

        var (_, page, reviewer) = await AdmittedAsync("203.0.121.41", fields["familyName"], "Access");
        using var first = reviewer;
        await first.PostAsync(page, "hold", ("kind", "Notice"), ("notice", notice), ("told", "Nothing"), ("words", "A rule."));
        string traces = await first.PostAsync(page, "traces");
        traces.ShouldContain("Questions about somebody of this name: 1,");
        traces.ShouldNotContain("on the notices noted here: 0");
        await first.PostAsync(page, "hold", ("kind", "Questions"), ("told", "All"), ("words", "Once, at a border."));
        string letter = await first.PostAsync(page, "propose", ("outcome", "WeHold"), ("reasons", "As below."));
        letter.ShouldContain("Questions that police officers asked");
        letter.ShouldContain("Once, at a border.");
    }

    [Fact]
    public async Task Two_people_decide_over_the_interface_as_on_the_pages_and_no_token_does()
    {
        using var applicant = StrangerAt(site, "203.0.122.41");
        var (reference, secret) = await AskAsync(applicant, "en", "Interfacename", "Access");
        string at = $"api/v1/requests/{reference}";
        using var machine = await site.ClientAsync(Right.ReadNotices, Right.ReadJournal);
        await (await machine.GetAsync("api/v1/requests", Cancel)).ShouldBeRefusedAsync(403, "access.forbidden");
        using HttpClient first = await PersonAsync("compliance"), second = await PersonAsync("second-compliance");
        (await first.GetStringAsync("api/v1/requests", Cancel)).ShouldContain(reference);
        async Task DoneAsync(HttpClient by, string act, object body) => (await by.PostAsJsonAsync($"{at}/{act}", body, Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent, act);
        await DoneAsync(first, "steps", new { work = "prove", text = "Passport." });
        await DoneAsync(first, "steps", new { work = "admit" });
        await DoneAsync(first, "consultations", new { question = "Does it comply?" });
        var asked = (await (await first.GetAsync(at, Cancel)).ShouldBeJsonAsync()).GetProperty("consultations")[0];
        asked.GetProperty("standing").GetString().ShouldBe("open");
        await DoneAsync(first, $"consultations/{asked.GetProperty("id").GetString()}/answer", new { answer = "complies", reason = "Articles 2 and 3." });
        (await first.PostAsJsonAsync($"{at}/traces", new { }, Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await DoneAsync(first, "holdings", new { kind = "journal", told = "all", words = "Nobody opened anything." });
        await (await first.PostAsJsonAsync($"{at}/decision", new { outcome = "nothing-held", reasons = "Nothing." }, Cancel)).ShouldBeRefusedAsync(409, "request.holding-open");
        await DoneAsync(first, "decision", new { outcome = "we-hold", reasons = "This much." });
        await DoneAsync(second, "decision/send-back", new { why = "Say who looked." });
        await DoneAsync(second, "decision", new { outcome = "we-hold", reasons = "Nobody looked." });
        var read = await (await first.GetAsync(at, Cancel)).ShouldBeJsonAsync();
        read.GetProperty("letter").GetProperty("reasons").GetString().ShouldBe("Nobody looked.");
        long version = read.GetProperty("version").GetInt64();
        await (await second.PostAsJsonAsync($"{at}/decision/confirm", new { read = true, version }, Cancel)).ShouldBeRefusedAsync(403, "request.second-person");
        await (await first.PostAsJsonAsync($"{at}/decision/confirm", new { read = false, version }, Cancel)).ShouldBeRefusedAsync(422, "request.letter-not-read");
        await DoneAsync(first, "decision/confirm", new { read = true, version });
        (await first.PostAsync($"{at}/letter", null, Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await PostAsync(applicant, "/en/your-data/status", HttpStatusCode.OK, ("_handler", "status"), ("reference", reference), ("secret", secret))).ShouldContain("Nobody looked.");
    }

    private async Task<HttpClient> PersonAsync(string name)
    {
        var client = await site.SignInAsync(name, SpecimenPeople.Password);
        client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        return client;
    }

    private async Task<(string Reference, string Page, BrowserSession Reviewer)> AdmittedAsync(string address, string name, string kind)
    {
        using var applicant = StrangerAt(site, address);
        var (reference, _) = await AskAsync(applicant, "en", name, kind);
        string page = $"/requests/{reference}";
        var reviewer = await BrowserSession.SignInAsync(site.Address, "compliance");
        await reviewer.PostAsync(page, "prove", ("text", "Passport."));
        await reviewer.PostAsync(page, "admit");
        return (reference, page, reviewer);
    }

    private async Task<Amana.Server.Foundation.Actor> ActorAsync(string userName)
    {
        await using var db = await site.OpenDbAsync();
        return (await db.Set<Person>().SingleAsync(p => p.UserName == userName, Cancel)).AsActor;
    }

    private static async Task<int> LengthAsync(HttpClient client, HttpStatusCode expected, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        using var answer = await client.PostAsync("/en/your-data/status", content, Cancel);
        answer.StatusCode.ShouldBe(expected);
        return (await answer.Content.ReadAsByteArrayAsync(Cancel)).Length;
    }
}
