using System.Net;
using Amana.Server.Access;
using Amana.Server.Notices;
using Amana.Server.Tests.Web;
using Microsoft.EntityFrameworkCore;
using static Amana.Server.Tests.Notices.NoticeDesks;

namespace Amana.Server.Tests.Notices;

/// <summary>The work of reviewers: figures, passages sent back, a refusal revised.</summary>
public class ReviewTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Figures_count_what_came_and_went_also_of_what_is_deleted()
    {
        await using var own = await AmanaServer.StartNewAsync();
        var desks = await AtAsync(own);
        string published = await desks.PublishedAsync(NewRed());
        await desks.SubmittedAsync(NewRed());
        string refused = await desks.SubmittedAsync(NewRed());
        await StepAsync(desks.Reviewer, refused, "refuse", "Political.", "A3-political");
        await StepAsync(desks.Reviewer, published, "cancel", "Decision 12.", "ccf-decision");
        await StepAsync(desks.Reviewer, published, "delete", "Decision 12.");
        var figures = await (await desks.Reviewer.GetAsync("api/v1/notices/statistics")).ShouldBeJsonAsync();
        (figures.GetProperty("received").GetInt32(), figures.GetProperty("published").GetInt32(), figures.GetProperty("refused").GetInt32(), figures.GetProperty("cancelled").GetInt32(), figures.GetProperty("inForce").GetInt32())
            .ShouldBe((3, 1, 1, 1, 0));
        figures.GetProperty("medianHoursToDecision").GetDouble().ShouldBeInRange(0, 1);
        figures.GetProperty("reasons").EnumerateArray().Select(r => (r.GetProperty("code").GetString(), r.GetProperty("refused").GetInt32(), r.GetProperty("cancelled").GetInt32()))
            .ShouldBe([("A3-political", 1, 0), ("ccf-decision", 0, 1)]);
        figures.GetProperty("byBureau")[0].GetProperty("of").GetString().ShouldBe("UTO");
        (await (await desks.Reviewer.GetAsync("api/v1/notices/statistics?year=2020")).ShouldBeJsonAsync()).GetProperty("received").GetInt32().ShouldBe(0);
        await (await desks.Reviewer.GetAsync("api/v1/notices/statistics?year=1900")).ShouldBeRefusedAsync(400, "notice.year");
        await (await desks.Officer.GetAsync("api/v1/notices/statistics")).ShouldBeRefusedAsync(403, "access.forbidden");
    }

    [Fact]
    public void A_median_is_of_the_decisions_that_were_taken()
    {
        var at = Requests.Now;
        CountNotices.Row[] rows =
        [
            .. ((double[])[1, 3, 11]).Select(h => new CountNotices.Row(NoticeEvent.Approve, at.AddHours(h), null, NoticeColour.Red, "UTO", at, false)),
            new(NoticeEvent.Publish, at.AddHours(20), null, NoticeColour.Red, "UTO", at, false), new(NoticeEvent.TakeUp, at, null, NoticeColour.Red, "UTO", at, true), new(NoticeEvent.Submit, at, null, NoticeColour.Red, "QMR", at, true),
        ];
        var view = CountNotices.Of(2026, 7, rows);
        (view.MedianHoursToDecision, view.MedianHoursToPublication, view.Amended, view.Received).ShouldBe((3.0, 20.0, 1, 0));
    }

    [Fact]
    public async Task A_reviewer_sends_passages_back_and_the_bureau_sees_which_when_it_writes()
    {
        await using var own = await AmanaServer.StartNewAsync(demo: true);
        using var officer = await BrowserSession.SignInAsync(own.Address, "officer");
        using var reviewer = await BrowserSession.SignInAsync(own.Address, "compliance");
        var desks = await AtAsync(own);
        string reference = await desks.SubmittedAsync(Requests.With(NewRed(), "facts=Took 41,000 specimen crowns. He spoke at a rally <b>of</b> the movement. He left."));
        string page = $"/reviews/{reference}?lang=en";
        (await reviewer.RefusedAsync(page, "ask-remove", HttpStatusCode.UnprocessableEntity)).ShouldContain("Choose the passages first");
        await reviewer.PostAsync(page, "ask-remove", ("passage", "1"));
        string edit = await officer.PageAsync($"/notices/{reference}/edit?lang=en");
        edit.ShouldContain("The reviewers ask");
        edit.ShouldContain("He spoke at a rally &lt;b&gt;of&lt;/b&gt; the movement.");
        edit[edit.IndexOf("The reviewers ask", StringComparison.Ordinal)..edit.IndexOf("</section>", edit.IndexOf("The reviewers ask", StringComparison.Ordinal), StringComparison.Ordinal)].ShouldNotContain("crowns");
        foreach (string language in (string[])["ar", "en", "fr", "es"]) (await reviewer.PageAsync($"/reviews/statistics?lang={language}")).ShouldNotContain(">notices.");
    }

    [Fact]
    public async Task A_revised_refusal_is_no_longer_held_against_the_person()
    {
        await using var own = await AmanaServer.StartNewAsync();
        var desks = await AtAsync(own);
        string reference = await desks.SubmittedAsync(NewRed());
        await StepAsync(desks.Reviewer, reference, "refuse", "Political.", "A3-political");
        await (await PostAsync(desks.Reviewer, reference, "revise", "I see it otherwise.")).ShouldBeRefusedAsync(403, "notice.own-refusal");
        using var other = await own.PersonAsync(Role.Compliance);
        State(await StepAsync(other, reference, "revise", "The rally was another person's.")).ShouldBe("in-review");
        await using var db = await own.OpenDbAsync();
        (await db.RefusedRequests.AnyAsync(Cancel)).ShouldBeFalse();
        (await own.JournalAsync("notice.refusal-revised", reference)).ShouldHaveSingleItem();
    }
}
