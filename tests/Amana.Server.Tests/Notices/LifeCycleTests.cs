using Amana.Server.Access;
using Amana.Server.Foundation;
using Amana.Server.Notices;

namespace Amana.Server.Tests.Notices;

/// <summary>Every edge of a notice's life: who may take it, what it needs, where it leads.</summary>
public class LifeCycleTests
{
    private const string Author = "person:author", Reviewer = "person:reviewer", Second = "person:second";
    private static readonly DateTimeOffset Now = Requests.Now;

    private static Notice Draft(NoticeColour colour = NoticeColour.Red)
    {
        var notice = new Notice
        {
            Id = new Id<Notice>(Guid.CreateVersion7(Now)), Reference = "UTO-R-2026-0001", Colour = colour, Form = NoticeForm.Notice, Bureau = Requests.Utopia, Author = Author, MadeAt = Now,
        };
        notice.Save(Requests.Read(Requests.Of(colour), colour), notice.Version, Now).ShouldBeNull();
        return notice;
    }

    private static PreCheck Checked(Notice notice)
    {
        var open = PreCheck.Of(notice.Colour, notice.Content, Requests.Facts);
        return PreCheck.Of(notice.Colour, notice.Content, Requests.Facts, Requests.Answered(open));
    }

    private static Refusal? Take(Notice notice, NoticeEvent what, string by, DateTimeOffset? at = null, string? reason = "A reason.", string? code = null) =>
        notice.Take(new Step(what, by, at ?? Now) { Reason = reason, Code = code, Check = Checked(notice) });

    private static Notice Published(NoticeColour colour = NoticeColour.Red)
    {
        var notice = Draft(colour);
        Take(notice, NoticeEvent.Submit, Author).ShouldBeNull();
        Take(notice, NoticeEvent.Approve, Reviewer).ShouldBeNull();
        Take(notice, NoticeEvent.Publish, Second).ShouldBeNull();
        return notice;
    }

    [Fact]
    public void A_red_notice_passes_three_persons_from_draft_to_force()
    {
        var notice = Published();
        (notice.State, notice.Edition, notice.ApprovedBy, notice.PublishedBy, notice.RetainUntil).ShouldBe((NoticeState.Published, 1, Reviewer, Second, Now.AddYears(5)));
    }

    [Fact]
    public void Nobody_reviews_or_publishes_the_own_request_and_who_approved_a_red_one_does_not_publish_it()
    {
        var notice = Draft();
        Take(notice, NoticeEvent.Submit, Author).ShouldBeNull();
        Take(notice, NoticeEvent.Approve, Author)!.Code.ShouldBe("notice.own-work");
        Take(notice, NoticeEvent.Approve, Reviewer).ShouldBeNull();
        Take(notice, NoticeEvent.Publish, Author)!.Code.ShouldBe("notice.own-work");
        Take(notice, NoticeEvent.Publish, Reviewer)!.Code.ShouldBe("notice.second-person");
        notice.State.ShouldBe(NoticeState.Approved);
        var blue = Draft(NoticeColour.Blue);
        Take(blue, NoticeEvent.Submit, Author).ShouldBeNull();
        Take(blue, NoticeEvent.Approve, Reviewer).ShouldBeNull();
        Take(blue, NoticeEvent.Publish, Reviewer).ShouldBeNull();
    }

    [Fact]
    public void A_request_with_an_unmet_condition_stays_a_draft_and_one_with_an_open_question_is_not_approved()
    {
        var notice = Draft();
        notice.Save(Requests.Read(Requests.With(Requests.Red(), "warrantReference=")), notice.Version, Now).ShouldBeNull();
        var refusal = Take(notice, NoticeEvent.Submit, Author)!;
        (refusal.Code, refusal.Field, refusal.Rule).ShouldBe(("notice.criteria-not-met", "R7v", "RPD, article 83(2)(b)(v)"));
        notice.State.ShouldBe(NoticeState.Draft);
        notice.Save(Requests.Read(Requests.Red()), notice.Version, Now).ShouldBeNull();
        Take(notice, NoticeEvent.Submit, Author).ShouldBeNull();
        var open = PreCheck.Of(notice.Colour, notice.Content, Requests.Facts);
        notice.Take(new Step(NoticeEvent.Approve, Reviewer, Now) { Reason = "Fine.", Check = open })!.Code.ShouldBe("notice.criteria-open");
    }

    [Fact]
    public void What_somebody_else_wrote_meanwhile_is_not_overwritten()
    {
        var notice = Draft();
        long seen = notice.Version;
        notice.Save(Requests.Read(Requests.With(Requests.Red(), "forename=Theirs")), seen, Now).ShouldBeNull();
        notice.Save(Requests.Read(Requests.With(Requests.Red(), "forename=Mine")), seen, Now)!.Code.ShouldBe("notice.changed-meanwhile");
        notice.Take(new Step(NoticeEvent.Submit, Author, Now) { Seen = seen, Check = Checked(notice) })!.Code.ShouldBe("notice.changed-meanwhile");
        notice.Content.Text("forename").ShouldBe("Theirs");
    }

    [Fact]
    public void A_suspension_lasts_six_calendar_months_and_then_the_notice_is_withdrawn_unless_its_owner_resumed_it()
    {
        var notice = Published();
        var at = new DateTimeOffset(2026, 8, 31, 9, 0, 0, TimeSpan.Zero);
        Take(notice, NoticeEvent.Suspend, Author, at, "Talks with the lawyer").ShouldBeNull();
        notice.SuspendedUntil.ShouldBe(new DateTimeOffset(2027, 2, 28, 9, 0, 0, TimeSpan.Zero));
        Clocks.WarningOf(notice, new DateTimeOffset(2027, 1, 29, 9, 0, 0, TimeSpan.Zero)).ShouldBe(30);
        Take(notice, NoticeEvent.Resume, Author, at.AddMonths(1)).ShouldBeNull();
        Take(notice, NoticeEvent.Suspend, Author, at.AddMonths(2), "talks with the lawyer ")!.Code.ShouldBe("notice.same-suspension");
        Take(notice, NoticeEvent.Suspend, Author, at.AddMonths(2), "The court looks again").ShouldBeNull();
        Clocks.DueOf(notice, at.AddMonths(7)).ShouldBeNull();
        notice.Take(Clocks.DueOf(notice, at.AddMonths(8))!).ShouldBeNull();
        (notice.State, notice.EndReason).ShouldBe((NoticeState.Withdrawn, "suspension-over"));
    }

    [Fact]
    public void Silence_refuses_a_request_that_the_bureau_was_asked_about()
    {
        var notice = Draft();
        Take(notice, NoticeEvent.Submit, Author).ShouldBeNull();
        Take(notice, NoticeEvent.AskBureau, Reviewer, reason: null)!.Code.ShouldBe("notice.reason-missing");
        Take(notice, NoticeEvent.AskBureau, Reviewer, reason: "Where was it?").ShouldBeNull();
        notice.Save(Requests.Read(Requests.With(Requests.Red(), "factsPlace=Zenith, harbour")), notice.Version, Now).ShouldBeNull();
        Clocks.DueOf(notice, Now.AddDays(29)).ShouldBeNull();
        notice.Take(Clocks.DueOf(notice, Now.AddDays(30))!).ShouldBeNull();
        (notice.State, notice.EndReason).ShouldBe((NoticeState.Refused, "no-answer"));
    }

    [Fact]
    public void A_notice_is_renewed_only_near_its_end_with_a_reason_by_another_person_and_never_by_itself()
    {
        var notice = Published();
        var end = notice.RetainUntil!.Value;
        Take(notice, NoticeEvent.Renew, Second, end.AddDays(-183))!.Code.ShouldBe("notice.renewal-too-early");
        Take(notice, NoticeEvent.Renew, Author, end.AddDays(-100))!.Code.ShouldBe("notice.own-work");
        Take(notice, NoticeEvent.Renew, Second, end.AddDays(-100), reason: " ")!.Code.ShouldBe("notice.reason-missing");
        Take(notice, NoticeEvent.Renew, Second, end.AddDays(-100))!.Code.ShouldBe("notice.renewal-not-asked");
        Take(notice, NoticeEvent.AskRenewal, Author, end.AddDays(-183))!.Code.ShouldBe("notice.renewal-too-early");
        Take(notice, NoticeEvent.AskRenewal, Second, end.AddDays(-101)).ShouldBeNull();
        Take(notice, NoticeEvent.Renew, Second, end.AddDays(-100))!.Code.ShouldBe("notice.second-person", "who asked does not grant it");
        Take(notice, NoticeEvent.AskRenewal, Author, end.AddDays(-101), reason: "Still sought").ShouldBeNull();
        Take(notice, NoticeEvent.Renew, Second, end.AddDays(-100), reason: "Still sought, court order of May").ShouldBeNull();
        notice.RetainUntil.ShouldBe(end.AddDays(-100).AddYears(5));
        notice.Take(Clocks.DueOf(notice, notice.RetainUntil.Value)!).ShouldBeNull();
        notice.State.ShouldBe(NoticeState.Expired);
    }

    [Fact]
    public void A_notice_of_a_type_without_two_persons_is_renewed_without_being_asked_for()
    {
        var notice = Published(NoticeColour.Blue);
        Take(notice, NoticeEvent.Renew, Second, notice.RetainUntil!.Value.AddDays(-100)).ShouldBeNull();
    }

    [Fact]
    public void A_refusal_is_revised_by_another_reviewer_than_the_one_who_refused()
    {
        var notice = Draft();
        Take(notice, NoticeEvent.Submit, Author).ShouldBeNull();
        Take(notice, NoticeEvent.Refuse, Reviewer, code: "A3-political").ShouldBeNull();
        Take(notice, NoticeEvent.Revise, Reviewer)!.Code.ShouldBe("notice.own-refusal");
        Take(notice, NoticeEvent.Revise, Author)!.Code.ShouldBe("notice.own-work");
        Take(notice, NoticeEvent.Revise, Second).ShouldBeNull();
        (notice.State, notice.EndedAt, notice.EndReason).ShouldBe((NoticeState.InReview, null, null));
    }

    [Theory]
    [InlineData("UTO", false, "notice.own-bureau")]
    [InlineData("UTO", true, null)]
    [InlineData("QMR", false, null)]
    public void A_reviewer_decides_no_request_of_the_own_bureau_unless_the_rules_allow_it(string reviewer, bool allowed, string? refused) =>
        ReviewRule.WhyNot(Requests.Utopia, Amana.Vocabulary.BureauCode.Of(reviewer), NoticeRules.Own.Terms with { ReviewOwnBureau = allowed })?.Code.ShouldBe(refused);

    [Fact]
    public void The_owner_is_asked_four_times_before_the_end()
    {
        var notice = Published();
        var told = new List<int>();
        for (var at = Now; at < notice.RetainUntil; at = at.AddDays(1))
        {
            if (Clocks.WarningOf(notice, at) is not { } days) continue;
            told.Add(days);
            notice.Warned(days);
        }

        told.ShouldBe([182, 90, 30, 7]);
    }

    [Fact]
    public void What_is_deleted_leaves_a_tombstone_without_a_person()
    {
        var notice = Published();
        Take(notice, NoticeEvent.Cancel, Reviewer, code: "purpose-achieved").ShouldBeNull();
        Clocks.DueOf(notice, Now.AddDays(29)).ShouldBeNull();
        notice.Take(Clocks.DueOf(notice, Now.AddDays(30))!).ShouldBeNull();
        (notice.State, notice.Content.Values.Count, notice.Caption, notice.CaptionOriginal, notice.PublicId, notice.EndReason)
            .ShouldBe((NoticeState.Deleted, 0, "", null, null, "purpose-achieved"));
    }

    [Fact]
    public void A_block_is_lifted_to_where_it_came_from()
    {
        var notice = Published();
        Take(notice, NoticeEvent.Suspend, Author).ShouldBeNull();
        Take(notice, NoticeEvent.Block, Reviewer).ShouldBeNull();
        Take(notice, NoticeEvent.Resume, Author)!.Code.ShouldBe("notice.wrong-state");
        Take(notice, NoticeEvent.Lift, Reviewer).ShouldBeNull();
        (notice.State, notice.BlockedFrom).ShouldBe((NoticeState.Suspended, null));
    }

    [Theory]
    [InlineData(NoticeEvent.Refuse, "purpose-achieved")]
    [InlineData(NoticeEvent.Refuse, null)]
    public void A_refusal_names_one_of_its_reasons(NoticeEvent what, string? code)
    {
        var notice = Draft();
        Take(notice, NoticeEvent.Submit, Author).ShouldBeNull();
        Take(notice, what, Reviewer, code: code)!.Code.ShouldBe("notice.reason-code");
        Take(notice, what, Reviewer, code: "A3-political").ShouldBeNull();
    }

    /// <summary>No state has a way out that the table does not name.</summary>
    [Fact]
    public void Every_step_is_refused_from_every_state_that_is_not_in_the_table()
    {
        foreach (var edge in LifeCycle.Edges)
        {
            foreach (var state in Enum.GetValues<NoticeState>().Except(edge.From))
            {
                var notice = Draft();
                typeof(Notice).GetProperty(nameof(Notice.State))!.SetValue(notice, state);
                notice.Take(new Step(edge.Event, Second, Now) { Reason = "x", Code = "other" })!.Code.ShouldBe("notice.wrong-state", $"{state} {edge.Event}");
            }
        }
    }

    [Fact]
    public void The_page_of_the_module_holds_the_same_table()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Amana.slnx"))) folder = Path.GetDirectoryName(folder)!;
        string[] page = File.ReadAllLines(Path.Combine(folder, "src/Amana.Server/Notices/README.md"));
        string[] rows = [.. page.SkipWhile(l => l != "| step | from | to | who | right | needs |").Skip(2).TakeWhile(l => l.Length > 0)];
        rows.ShouldBe(LifeCycle.Edges.Select(e =>
            $"| {e.Event} | {string.Join(", ", e.From)} | {e.To?.ToString() ?? "where it came from"} | {e.Taker} | {e.Right.Word()} | {Needs(e)} |".Replace("|  |", "| |", StringComparison.Ordinal)));

        static string Needs(Edge e) => e switch
        {
            { Event: NoticeEvent.Approve } => "reason, all criteria",
            { Event: NoticeEvent.Submit or NoticeEvent.AnswerReview } => "criteria",
            { Use: not null } => "reason, code",
            { NeedsReason: true } => "reason",
            _ => "",
        };
    }
}
