using System.Net.Http.Json;
using System.Text.Json;
using Amana.Server.Access;
using Amana.Server.Foundation;
using Amana.Server.Notices;
using Amana.Server.PublicNotices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Amana.Server.Tests.Notices.NoticeDesks;

namespace Amana.Server.Tests.Notices;

/// <summary>From draft to force and to the tombstone, over HTTP against a real server.</summary>
public class NoticeActTests(AmanaServer server)
{
    [Fact]
    public async Task Bytes_that_are_no_letters_in_a_field_are_refused_and_no_fault()
    {
        using var officer = await server.ClientAsync(Right.DraftNotices);
        foreach (byte[] wrong in (byte[][])[[0xC0, 0x80], [0xED, 0xA0, 0x80], [0xFF]])
        {
            using var body = new ByteArrayContent([.. "{\"colour\":\"red\",\"fields\":{\"familyName\":[\""u8, .. wrong, .. "\"]}}"u8]);
            body.Headers.ContentType = new("application/json");
            await (await officer.PostAsync("api/v1/notices", body)).ShouldBeRefusedAsync(400, "http.json-unreadable");
        }
    }

    [Fact]
    public async Task A_red_notice_goes_from_draft_to_the_public_extract_through_three_hands_and_each_is_journaled()
    {
        var desks = await AtAsync(server);
        var fields = NewRed();
        string reference = Ref(await desks.DraftAsync(fields));
        reference.ShouldMatch(@"^UTO-R-\d{4}-\d{4,}$");
        State(await StepAsync(desks.Officer, reference, "submit")).ShouldBe("in-review");
        await (await PostAsync(desks.Reviewer, reference, "approve", "Fine.")).ShouldBeRefusedAsync(409, "notice.criteria-open");
        await desks.AnswerAllAsync(reference);
        State(await StepAsync(desks.Reviewer, reference, "approve", "All six tests are met.")).ShouldBe("approved");
        var published = await StepAsync(desks.Second, reference, "publish");
        (State(published), published.GetProperty("isPublic").GetBoolean()).ShouldBe(("published", true));

        string publicId = (await ReadAsync(desks.Officer, reference)).GetProperty("publicId").GetString()!;
        using var anybody = server.Anonymous();
        var shown = await (await anybody.GetAsync($"notices/v1/red/{publicId.Replace('/', '-')}")).ShouldBeJsonAsync();
        shown.GetProperty("name").GetString().ShouldBe(fields["familyName"].ToUpperInvariant());
        shown.GetRawText().ShouldNotContain("forged", Case.Insensitive);
        shown.GetRawText().ShouldNotContain("L898902C3");
        (await server.JournalAsync(onWhat: reference)).Select(e => e.What).Where(w => w is not ("notice.read" or "notice.criterion-answered" or "questions.asked-again"))
            .ShouldBe(["notice.drafted", "notice.submitted", "notice.approved", "notice.published"]);
        (await server.JournalAsync("notice.approved", reference)).Single().Purpose.ShouldBe("wanted-persons");
    }

    [Theory]
    [InlineData("R7v", "warrantReference=")]
    [InlineData("R4p", "penaltyMonths=20")]
    [InlineData("C1", "birthDate=2012-01-01")]
    [InlineData("D2", "relatedNotice=UTO-R-2026-9998")]
    public async Task A_red_request_that_no_rule_allows_is_not_taken(string criterion, string change)
    {
        var desks = await AtAsync(server);
        string reference = Ref(await desks.DraftAsync(Requests.With(NewRed(), change)));
        var refused = await (await PostAsync(desks.Officer, reference, "submit")).ShouldBeRefusedAsync(409, "notice.criteria-not-met");
        refused.GetProperty("field").GetString().ShouldBe(criterion);
        refused.GetProperty("rule").GetString().ShouldNotBeNullOrEmpty();
        State((await ReadAsync(desks.Officer, reference)).GetProperty("row")).ShouldBe("draft");
        (await server.JournalAsync("notice.submitted", reference)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refugee_is_protected_against_the_requester_and_only_reviewers_see_it()
    {
        var desks = await AtAsync(server);
        var fields = NewRed();
        var protectedPerson = new Dictionary<string, string>(StringComparer.Ordinal) { ["familyName"] = fields["familyName"], ["forename"] = "Quennow", ["birthDate"] = "1988" };
        string id = (await (await desks.Reviewer.PostAsJsonAsync("api/v1/protections", new { fields = protectedPerson, against = new[] { "UTO" }, confirmedBy = "QST, sealed answer" })).ShouldBeJsonAsync()).GetString()!;
        string reference = await desks.SubmittedAsync(fields);
        Gate(await ReadAsync(desks.Officer, reference)).ShouldBe(("needs-human", "at-review"));
        Gate(await ReadAsync(desks.Reviewer, reference)).ShouldBe(("not-met", "protected"));
        await desks.AnswerAllAsync(reference);
        (await (await PostAsync(desks.Reviewer, reference, "approve", "Fine.")).ShouldBeRefusedAsync(409, "notice.criteria-open")).GetProperty("field").GetString().ShouldBe("R10");
        (await (await desks.Officer.GetAsync($"api/v1/notices/{reference}")).Content.ReadAsStringAsync()).ShouldNotContain("QST");
        await using (var db = await server.OpenDbAsync())
        {
            (await db.Protections.Where(p => p.Id == new Id<Protection>(Guid.Parse(id))).SelectMany(p => p.Keys).Select(k => k.Key).ToListAsync()).ShouldAllBe(k => k.Length == 32);
        }

        (await desks.Reviewer.PostAsync($"api/v1/protections/{id}/end", null)).StatusCode.ShouldBe(System.Net.HttpStatusCode.NoContent);
        await StepAsync(desks.Reviewer, reference, "approve", "The protection was revoked.");

        static (string?, string?) Gate(JsonElement notice)
        {
            var gate = notice.GetProperty("findings").EnumerateArray().Single(f => f.GetProperty("criterion").GetString() == "R10");
            return (gate.GetProperty("outcome").GetString(), gate.GetProperty("reason").GetString());
        }
    }

    [Fact]
    public async Task A_suspended_bureau_sends_nothing_until_it_may_again()
    {
        await using var own = await AmanaServer.StartNewAsync();
        var desks = await AtAsync(own);
        string reference = Ref(await desks.DraftAsync(NewRed()));
        await (await desks.Reviewer.PostAsJsonAsync("api/v1/bureaus/UTO/requests", new { suspended = true })).ShouldBeRefusedAsync(422, "notice.reason-missing");
        (await desks.Reviewer.PostAsJsonAsync("api/v1/bureaus/UTO/requests", new { suspended = true, reason = "Three forged warrants." })).EnsureSuccessStatusCode();
        (await (await PostAsync(desks.Officer, reference, "submit")).ShouldBeRefusedAsync(409, "notice.criteria-not-met")).GetProperty("field").GetString().ShouldBe("D3");
        (await desks.Reviewer.PostAsJsonAsync("api/v1/bureaus/UTO/requests", new { suspended = false, reason = "Explained." })).EnsureSuccessStatusCode();
        await StepAsync(desks.Officer, reference, "submit");
    }

    [Fact]
    public async Task A_refused_request_that_comes_back_under_another_colour_is_recognised_and_leaves_no_name_behind()
    {
        var desks = await AtAsync(server);
        var red = NewRed();
        string first = await desks.SubmittedAsync(red);
        await (await PostAsync(desks.Reviewer, first, "refuse", "Predominantly political.", "no-such-code")).ShouldBeRefusedAsync(400, "notice.reason-code");
        await StepAsync(desks.Reviewer, first, "refuse", "Predominantly political.", "A3-political");
        var blue = Requests.With(Requests.Of(NoticeColour.Blue), $"familyName={red["familyName"].ToLowerInvariant()}", "forename=Quénnow", "birthDate=1988-06-06", $"facts={red["facts"]}");
        string second = await desks.SubmittedAsync(blue, "blue");
        await desks.AnswerAllAsync(second);
        var found = (await ReadAsync(desks.Reviewer, second)).GetProperty("findings").EnumerateArray().Single(f => f.GetProperty("criterion").GetString() == "D1");
        (found.GetProperty("outcome").GetString(), found.GetProperty("about")[0].GetString()).ShouldBe(("not-met", first));
        await (await PostAsync(desks.Reviewer, second, "approve", "Fine.")).ShouldBeRefusedAsync(409, "notice.criteria-open");
    }

    [Fact]
    public async Task Of_two_who_write_at_once_the_second_is_told_and_nothing_is_overwritten()
    {
        var desks = await AtAsync(server);
        var draft = await desks.DraftAsync(NewRed());
        long version = draft.GetProperty("version").GetInt64();
        using var other = await server.ClientAsync(Right.ReadNotices, Right.DraftNotices);
        var theirs = await (await other.PutAsJsonAsync($"api/v1/notices/{Ref(draft)}", new { version, fields = new { forename = "Theirs" } })).ShouldBeJsonAsync();
        await (await desks.Officer.PutAsJsonAsync($"api/v1/notices/{Ref(draft)}", new { version, fields = new { forename = "Mine" } })).ShouldBeRefusedAsync(409, "notice.changed-meanwhile");
        (await ReadAsync(desks.Officer, Ref(draft))).GetProperty("fields").GetProperty("forename")[0].GetString().ShouldBe("Theirs");
        theirs.GetProperty("version").GetInt64().ShouldBe(version + 1);
        await (await PostAsync(desks.Officer, Ref(draft), "submit", version: version)).ShouldBeRefusedAsync(409, "notice.changed-meanwhile");
    }

    [Fact]
    public async Task Of_many_who_save_the_same_version_exactly_one_wins()
    {
        var desks = await AtAsync(server);
        var draft = await desks.DraftAsync(NewRed());
        long version = draft.GetProperty("version").GetInt64();
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => desks.Officer.PutAsJsonAsync($"api/v1/notices/{Ref(draft)}", new { version, fields = new { forename = $"Writer {i}" } })));
        answers.Count(a => a.IsSuccessStatusCode).ShouldBe(1);
        answers.Where(a => !a.IsSuccessStatusCode).ShouldAllBe(a => (int)a.StatusCode == 409);
    }

    [Fact]
    public async Task Nobody_without_the_right_takes_a_step_and_the_attempt_is_journaled()
    {
        var desks = await AtAsync(server);
        string reference = await desks.SubmittedAsync(NewRed());
        await (await PostAsync(desks.Officer, reference, "approve", "x")).ShouldBeRefusedAsync(403, "access.forbidden");
        await (await PostAsync(desks.Reviewer, reference, "publish")).ShouldBeRefusedAsync(403, "access.forbidden");
        await (await desks.Reviewer.PostAsJsonAsync("api/v1/notices", new { colour = "red", fields = new { } })).ShouldBeRefusedAsync(403, "access.forbidden");
        using var screener = await server.ClientAsync(Right.Screen);
        await (await screener.GetAsync($"api/v1/notices/{reference}")).ShouldBeRefusedAsync(403, "access.forbidden");
        string own = Ref(await (await desks.Second.PostAsJsonAsync("api/v1/notices", new { colour = "red", form = "notice", fields = NewRed() })).ShouldBeJsonAsync(201));
        await StepAsync(desks.Second, own, "submit");
        await desks.AnswerAllAsync(own);
        await StepAsync(desks.Reviewer, own, "approve", "All six tests are met.");
        await (await PostAsync(desks.Second, own, "publish")).ShouldBeRefusedAsync(403, "notice.own-work");
    }

    [Fact]
    public async Task What_a_reader_may_not_see_is_not_there()
    {
        var desks = await AtAsync(server);
        string draft = Ref(await desks.DraftAsync(NewRed()));
        using var analyst = await server.ClientAsync(Right.ReadNotices);
        var missing = await (await analyst.GetAsync("api/v1/notices/UTO-R-2026-9997")).ShouldBeRefusedAsync(404, "notice.unknown");
        var hidden = await (await analyst.GetAsync($"api/v1/notices/{draft}")).ShouldBeRefusedAsync(404, "notice.unknown");
        hidden.GetProperty("detail").GetString().ShouldBe(missing.GetProperty("detail").GetString());
        await (await desks.Reviewer.GetAsync($"api/v1/notices/{draft}")).ShouldBeRefusedAsync(404, "notice.unknown");
        await StepAsync(desks.Officer, draft, "submit");
        await (await analyst.GetAsync($"api/v1/notices/{draft}")).ShouldBeRefusedAsync(404, "notice.unknown");
        (await (await analyst.GetAsync($"api/v1/notices?text={draft}")).ShouldBeJsonAsync()).GetProperty("total").GetInt32().ShouldBe(0);
    }

    [Theory]
    [InlineData("suspend", "officer", "Talks.", null)]
    [InlineData("block", "reviewer", "Provisional measure.", null)]
    [InlineData("withdraw", "officer", "Found.", "purpose-achieved")]
    [InlineData("cancel", "reviewer", "Decision 12.", "ccf-decision")]
    [InlineData("delete", "reviewer", "Decision 13.", null)]
    public async Task What_is_no_longer_in_force_is_gone_from_the_public_at_once(string step, string who, string reason, string? code)
    {
        var desks = await AtAsync(server);
        string reference = await desks.PublishedAsync(NewRed());
        string id = (await ReadAsync(desks.Officer, reference)).GetProperty("publicId").GetString()!;
        using var anybody = server.Anonymous();
        (await anybody.GetAsync($"notices/v1/red/{id.Replace('/', '-')}")).EnsureSuccessStatusCode();
        await StepAsync(who == "officer" ? desks.Officer : desks.Reviewer, reference, step, reason, code);
        (await (await anybody.GetAsync($"notices/v1/red/{id.Replace('/', '-')}")).ShouldBeJsonAsync(404)).GetProperty("name").GetString().ShouldBe("NotFoundError");
        await using var db = await server.OpenDbAsync();
        (await db.Set<PublicRow>().AnyAsync(r => r.Id == id)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_deleted_notice_is_a_tombstone_in_every_table()
    {
        var desks = await AtAsync(server);
        string reference = await desks.PublishedAsync(NewRed());
        await StepAsync(desks.Reviewer, reference, "delete", "Decision of the Commission.");
        await using var db = await server.OpenDbAsync();
        var notice = await db.Notices.SingleAsync(n => n.Reference == reference);
        (notice.State, notice.Content.Values.Count, notice.Caption, notice.SealedNames).ShouldBe((NoticeState.Deleted, 0, "", null));
        (await db.NoticeAnswers.AnyAsync(a => a.Notice == notice.Id)).ShouldBeFalse();
        (await db.NoticeSteps.Where(s => s.Notice == notice.Id).Select(s => s.Sealed).ToListAsync()).ShouldAllBe(r => r == null);
    }

    [Fact]
    public async Task A_reviewer_asks_the_bureau_answers_and_what_was_answered_stays_answered()
    {
        var desks = await AtAsync(server);
        var fields = NewRed();
        string reference = await desks.SubmittedAsync(fields);
        await desks.AnswerAllAsync(reference);
        await StepAsync(desks.Reviewer, reference, "ask-bureau", "Please leave out what he thinks.");
        var asked = await ReadAsync(desks.Officer, reference);
        asked.GetProperty("history").EnumerateArray().Last().GetProperty("reason").GetString().ShouldBe("Please leave out what he thinks.");
        await (await desks.Officer.PutAsJsonAsync($"api/v1/notices/{reference}", new { version = asked.GetProperty("row").GetProperty("version").GetInt64(), fields = Requests.With(fields, "role=Alone") })).ShouldBeJsonAsync();
        await StepAsync(desks.Officer, reference, "answer-review", "Left out.");
        await StepAsync(desks.Reviewer, reference, "approve", "Met.");
    }

    [Fact]
    public async Task Time_ends_what_nobody_looks_after()
    {
        var clock = new Ahead();
        await using var own = new AmanaServer { Change = services => services.AddSingleton<TimeProvider>(clock) };
        await own.InitializeAsync();
        var desks = await AtAsync(own);
        string suspended = await desks.PublishedAsync(NewRed()), expiring = await desks.PublishedAsync(NewRed());
        await StepAsync(desks.Officer, suspended, "suspend", "Talks.");
        var keep = own.Services.GetRequiredService<KeepTime>();
        (await keep.LookAsync(default)).ShouldBe(0);
        clock.Days = 170;
        (await keep.LookAsync(default)).ShouldBe(1);
        clock.Days = 186;
        (await keep.LookAsync(default)).ShouldBe(1);
        (await own.JournalAsync("notice.withdrawn", suspended)).ShouldHaveSingleItem();
        clock.Days = 365 * 5 - 150;
        await keep.LookAsync(default);
        (await own.JournalAsync("notice.retention-warned", expiring)).ShouldHaveSingleItem().Details!.ShouldContain("182");
        (await own.JournalAsync("notice.deleted", suspended)).ShouldHaveSingleItem();
        clock.Days = 365 * 5 + 10;
        await keep.LookAsync(default);
        (await own.JournalAsync("notice.expired", expiring)).ShouldHaveSingleItem();
        own.Services.GetRequiredService<ShownNotices>().Current.Newest.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_check_answers_every_criterion_and_keeps_nothing()
    {
        var desks = await AtAsync(server);
        var answer = await (await desks.Officer.PostAsJsonAsync("api/v1/notices/check", new { colour = "red", form = "notice", fields = Requests.With(NewRed(), "penaltyMonths=many", "warrantReference=") })).ShouldBeJsonAsync();
        answer.GetProperty("maySubmit").GetBoolean().ShouldBeFalse();
        answer.GetProperty("problems")[0].GetProperty("field").GetString().ShouldBe("penaltyMonths");
        answer.GetProperty("findings").EnumerateArray().ShouldContain(f => f.GetProperty("criterion").GetString() == "R7v" && f.GetProperty("outcome").GetString() == "not-met");
    }

    private sealed class Ahead : TimeProvider
    {
        public int Days { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddDays(Days);
    }
}
