using Amana.Exchange.Handling;
using Amana.Exchange.Post;
using Amana.Server.Foundation;
using Amana.Server.Tests.Exchange;
using Amana.Server.Threads;

namespace Amana.Server.Tests.Threads;

/// <summary>Handling is enforced, not only shown: Utopia tells Questia, Questia wants to tell Qimaria.</summary>
public sealed class HandlingInThreadsTests
{
    [Fact]
    public async Task What_is_not_to_be_passed_on_is_passed_on_after_its_originator_allows_it_and_to_nobody_else()
    {
        await using var circle = await Circle.JoinedAsync(4);
        var told = await circle.SentAsync(0, Desks.Letter("He lives at the harbour.", new(["H2"], Source: "B", Information: 2), "Harbour").To(1));
        string here = await circle.ReferenceAsync(1);
        var onward = Desks.Letter("Utopia says so.", subject: "From Utopia").To(2) with { Quotes = [told.Letter] };
        (await circle.CodeAsync(1, onward)).ShouldBe("handling.not-passed-on");
        (await circle[1].JournalAsync("handling.refused", here)).ShouldHaveSingleItem().Details!.ShouldContain("H2");
        (await circle.ListAsync(2)).Total.ShouldBe(0);

        // One press, and the originator's signed answer.
        (await AskAsync(circle, 1, new(here, told.Letter, "forward", ["QMR"], false, null, "For their case.", Desks.Purpose))).ShouldBe("1");
        await circle.UntilReadAsync(0, t => t.Messages.Any(m => m.WaitsForUs));
        var request = (await circle.ReadAsync(0)).Messages.Single(m => m.WaitsForUs);
        request.Release.ShouldNotBeNull().ShouldSatisfyAllConditions(r => r.Item.ShouldBe(told.Letter), r => r.Recipients.ShouldBe(["QMR"]), r => r.Act.ShouldBe(HandlingAct.Forward));
        (await circle.DoAsync<AnswerRelease>(0, (act, caller) => act.RunAsync(new(told.Reference, request.Letter, true, null, ["QMR", "QNR"], Purpose: Desks.Purpose), caller, default)))!.Code.ShouldBe("release.until", "more than was asked");
        (await circle.DoAsync<AnswerRelease>(0, (act, caller) => act.RunAsync(new(told.Reference, request.Letter, true, "You may.", Purpose: Desks.Purpose), caller, default))).ShouldBeNull();
        (await circle.DoAsync<AnswerRelease>(0, (act, caller) => act.RunAsync(new(told.Reference, request.Letter, false, null, Purpose: Desks.Purpose), caller, default)))!.Code.ShouldBe("release.unknown", "once");
        await circle.UntilReadAsync(1, t => t.Messages.Any(m => m is { Kind: MessageKind.ReleaseAnswer, Release.Granted: true }));

        (await circle.CodeAsync(1, onward.To(2, 3))).ShouldBe("handling.not-passed-on", "another one was not asked for");
        (await AskAsync(circle, 1, new(here, told.Letter, "forward", ["QMR"], false, null, "Again.", Desks.Purpose))).ShouldBe("release.not-needed");
        await circle.SentAsync(1, onward);
        var passed = (await circle.ReadAsync(2)).Messages.Single();
        passed.Quotes.ShouldHaveSingleItem().ShouldSatisfyAllConditions(q => q.From.ShouldBe("UTO"), q => q.Text.ShouldBe("He lives at the harbour."), q => q.Handling.Codes.ShouldBe(["H2"]), q => q.Proven.ShouldBeTrue("Utopia signed it"));
        passed.Handling!.Codes.ShouldBe(["H2"], "own words are as strict as what they quote");
        passed.Handling.Grade.ShouldBe("B2", "the weaker of both");

        // The next one is bound as well, and asks Utopia and Questia, each about its own.
        var third = (await circle.ReferenceAsync(2), passed.Letter);
        (await circle.CodeAsync(2, Desks.Letter("on", subject: "on").To(3) with { Quotes = [third.Letter] })).ShouldBe("handling.not-passed-on");
        (await AskAsync(circle, 2, new(third.Item1, third.Letter, "forward", ["QNR"], false, null, "For ours.", Desks.Purpose))).ShouldBe("2");
        await circle.UntilReadAsync(0, t => t.Messages.Any(m => m.WaitsForUs && m.From == "QMR"));
    }

    [Fact]
    public async Task A_yes_that_goes_beyond_what_was_asked_or_comes_from_another_is_not_taken()
    {
        await using var circle = await Circle.JoinedAsync(3);
        var told = await circle.SentAsync(0, Desks.Letter("secret", new(["H2"]), "Secret").To(1));
        string here = await circle.ReferenceAsync(1);
        (await AskAsync(circle, 1, new(here, told.Letter, "forward", ["QMR"], false, DateTimeOffset.UtcNow.AddDays(1), "Why not.", Desks.Purpose))).ShouldBe("1");
        await circle.UntilReadAsync(0, t => t.Messages.Any(m => m.WaitsForUs));
        var asked = (await circle.ReadAsync(0)).Messages.Single(m => m.WaitsForUs);
        var yes = asked.Release! with { Granted = true, Request = asked.Letter };
        foreach (var (from, words, word) in ((int, ReleaseWords, string)[])
        [
            (0, yes with { Recipients = ["QMR", "QNR"] }, "beyond-what-was-asked"), (0, yes with { Act = HandlingAct.Export }, "beyond-what-was-asked"), (0, yes with { ForCourt = true }, "beyond-what-was-asked"),
            (0, yes with { Until = null }, "beyond-what-was-asked"), (0, yes with { Until = yes.Until!.Value.AddDays(1) }, "beyond-what-was-asked"), (0, yes with { Item = Guid.NewGuid() }, "beyond-what-was-asked"), (2, yes, "not-asked"),
        ])
        {
            var id = await circle.PostAsync(from, "release-answer", new ThreadLetter { Thread = new(Guid.NewGuid(), "", [], Desks.Purpose, null, null), Release = words }, 1);
            await Circle.UntilAsync(async () => (await circle.DeliveriesAsync(from, id)).Single().State is not DeliveryState.Waiting);
            (await circle.DeliveriesAsync(from, id)).Single().ShouldSatisfyAllConditions(d => d.State.ShouldBe(DeliveryState.Refused), d => d.Fault.ShouldBe(word));
        }

        (await circle.CodeAsync(1, Desks.Letter("x", subject: "x").To(2) with { Quotes = [told.Letter] })).ShouldBe("handling.not-passed-on");
    }

    [Fact]
    public async Task Nobody_puts_words_into_the_mouth_of_another()
    {
        await using var circle = await Circle.JoinedAsync(4);
        var told = await circle.SentAsync(0, Desks.Letter("He may be at the harbour.", new(Source: "C", Information: 4, Only: ["QST", "QMR"]), "Harbour").To(1, 2));
        // Questia passes it on as it is, and Qimaria again.
        var passed = await circle.SentAsync(1, Desks.Letter("From Utopia.", subject: "From Utopia").To(2) with { Quotes = [told.Letter] });
        string there = (await circle.ListAsync(2)).Threads.Single(t => t.Subject == "From Utopia").Reference;
        (await circle.SendAsync(2, Desks.Letter("Both of you said so.", subject: "Back").To(1) with { Quotes = [passed.Letter] })).Succeeded(out var again, out _).ShouldBeTrue();
        string back = "";
        await Circle.UntilAsync(async () => (back = (await circle.ListAsync(1)).Threads.FirstOrDefault(t => t.Subject == "Back")?.Reference ?? "").Length > 0);
        (await circle.ReadAsync(1, back)).Messages.ShouldHaveSingleItem().Quotes.Select(q => (q.From, q.Proven)).ShouldBe([("QST", true), ("UTO", true)]);
        (await circle.ExportAsync(1, back)).ShouldContain("[signed by UTO]");

        var real = await circle.QuoteAsync(1, told.Letter);
        var own = ThreadLetter.Of(ItemHandling.Of(Circle.Code(1), HandlingCodes.None, [], SourceGrade.A, InformationGrade.Certain, audience: real.OwnHandling!.Audience));
        ThreadLetter Forged(QuotedItem quote) => new() { Thread = new(Guid.NewGuid(), "Forged", [], Desks.Purpose, null, null), Text = "Look what Utopia says.", Handling = own, Quotes = [quote] };
        var looser = ThreadLetter.Of(ItemHandling.Of(Circle.Code(0), HandlingCodes.None, [], SourceGrade.A, InformationGrade.Certain, audience: real.OwnHandling!.Audience));
        foreach (var (what, quote) in (IEnumerable<(string, QuotedItem)>)
        [
            ("other words", real with { Text = "He is at the harbour." }), ("surer than it was", real with { Handling = looser }), ("of another letter", real with { Letter = Guid.NewGuid() }),
            ("of another bureau", real with { From = "QMR", Handling = ThreadLetter.Of(ItemHandling.Of(Circle.Code(2), HandlingCodes.None, [], SourceGrade.C, InformationGrade.Uncorroborated)) }),
            ("later than it was", real with { At = real.At.AddDays(1) }), ("no mark at all", real with { Mark = "made.up.mark" }),
        ])
        {
            var id = await circle.PostAsync(1, "message", Forged(quote), 2);
            await Circle.UntilAsync(async () => (await circle.DeliveriesAsync(1, id)).Single().State is not DeliveryState.Waiting);
            (await circle.DeliveriesAsync(1, id)).Single().ShouldSatisfyAllConditions(d => d.State.ShouldBe(DeliveryState.Refused, what), d => d.Fault.ShouldBe("quote", what));
        }

        var marked = await circle.PostAsync(1, "message", Forged(real) with { Mark = real.Mark }, 2);
        await Circle.UntilAsync(async () => (await circle.DeliveriesAsync(1, marked)).Single().State is not DeliveryState.Waiting);
        (await circle.DeliveriesAsync(1, marked)).Single().Fault.ShouldBe("mark", "its own words need its own mark, or none");

        // Without a mark it is what the quoting bureau says, and is shown so.
        await circle.PostAsync(1, "message", Forged(real with { Text = "He is at the harbour.", Mark = null }), 2);
        string said = "";
        await Circle.UntilAsync(async () => (said = (await circle.ListAsync(2)).Threads.FirstOrDefault(t => t.Subject == "Forged")?.Reference ?? "").Length > 0);
        (await circle.ReadAsync(2, said)).Messages.ShouldHaveSingleItem().Quotes.ShouldHaveSingleItem().Proven.ShouldBeFalse();
        (await circle.ExportAsync(2, said)).ShouldContain("[as QST says, not signed by UTO]");
    }

    [Fact]
    public async Task Conditions_are_confirmed_one_by_one_and_audiences_hold()
    {
        await using var circle = await Circle.JoinedAsync(3);
        var told = await circle.SentAsync(0, Desks.Letter("three accounts", new(Conditions: ["only with the prosecutor", "not by telephone"], Source: "B", Information: 3), "Accounts").To(1));
        var onward = Desks.Letter("see", subject: "see").To(2) with { Quotes = [told.Letter] };
        (await circle.CodeAsync(1, onward)).ShouldBe("handling.condition");
        (await circle.CodeAsync(1, onward with { Confirmed = ["not by telephone"] })).ShouldBe("handling.condition");
        await circle.SentAsync(1, onward with { Confirmed = ["not by telephone", "only with the prosecutor"] });
        (await circle.ReadAsync(2)).Messages.Single().Handling!.Conditions.ShouldBe(["not by telephone", "only with the prosecutor"]);

        var few = await circle.SentAsync(0, Desks.Letter("for you alone", new(Only: ["QST"]), "Alone").To(1));
        (await circle.CodeAsync(1, Desks.Letter("x", subject: "x").To(2) with { Quotes = [few.Letter] })).ShouldBe("handling.not-for-them");
        // Back to who wrote it: nothing is passed on.
        await circle.SentAsync(1, Desks.Letter("about this", subject: "back").To(0) with { Quotes = [few.Letter] });
    }

    [Fact]
    public async Task A_subject_is_somebodys_words_too()
    {
        await using var circle = await Circle.JoinedAsync(3);
        await circle.SentAsync(0, Desks.Letter("text", new(["H2"]), "A name that is not to go further").To(1));
        string here = await circle.ReferenceAsync(1);
        (await circle.CodeAsync(1, Desks.Letter("join us", thread: here).To(0, 2))).ShouldBe("handling.not-passed-on");
        await circle.SentAsync(1, Desks.Letter("fine", thread: here).To(0));
        (await circle.ListAsync(2)).Total.ShouldBe(0);
        // Who wrote it may.
        await circle.SentAsync(0, Desks.Letter("join us", thread: (await circle.ReferenceAsync(0))).To(1, 2));
        (await circle.ListAsync(2)).Threads.ShouldHaveSingleItem().Members.ShouldBe(["QMR", "QST", "UTO"]);
    }

    [Fact]
    public async Task A_file_for_court_and_paper_leave_out_what_its_originator_keeps_back()
    {
        await using var circle = await Circle.JoinedAsync(2);
        await circle.SentAsync(0, Desks.Letter("not for judges", new(["H1"]), "Court").To(1));
        string here = await circle.ReferenceAsync(1);
        await circle.SentAsync(1, Desks.Letter("our own words", thread: here).To(0));
        await circle.SentAsync(0, Desks.Letter("with a condition", new(Conditions: ["ask first"]), thread: await circle.ReferenceAsync(0)).To(1));
        (await circle.ExportAsync(1, here)).ShouldSatisfyAllConditions(t => t.ShouldContain("not for judges"), t => t.ShouldContain("our own words"), t => t.ShouldNotContain("with a condition"), t => t.ShouldContain("[kept out: H3]"));
        string court = await circle.ExportAsync(1, here, court: true, confirmed: "ask first");
        court.ShouldSatisfyAllConditions(t => t.ShouldNotContain("not for judges"), t => t.ShouldContain("[kept out: H1]"), t => t.ShouldContain("our own words"), t => t.ShouldContain("with a condition"));
        (await circle.ExportAsync(1, here, court: true, form: ThreadForm.Json)).ShouldNotContain("not for judges");
        (await circle.ExportAsync(0, await circle.ReferenceAsync(0), court: true)).ShouldContain("not for judges", customMessage: "its writer may");
        (await circle[1].JournalAsync("thread.exported", here)).Last().Details!.ShouldContain("H1");

        // Allowed by its originator, for court, as a file.
        var first = (await circle.ReadAsync(1)).Messages[0];
        (await AskAsync(circle, 1, new(here, first.Letter, "export", [], true, null, "The judge asks.", Desks.Purpose))).ShouldBe("1");
        await circle.UntilReadAsync(0, t => t.Messages.Any(m => m.WaitsForUs));
        var request = (await circle.ReadAsync(0)).Messages.Single(m => m.WaitsForUs).Letter;
        string there = await circle.ReferenceAsync(0);
        (await circle.DoAsync<AnswerRelease>(0, (act, caller) => act.RunAsync(new(there, request, true, null, Purpose: Desks.Purpose), caller, default))).ShouldBeNull();
        await circle.UntilReadAsync(1, t => t.Messages.Any(m => m.Kind is MessageKind.ReleaseAnswer));
        (await circle.ExportAsync(1, here, court: true)).ShouldContain("not for judges");
        (await circle.ExportAsync(1, here, court: true, form: ThreadForm.Print)).ShouldNotContain("not for judges", customMessage: "paper was not asked for");
    }

    [Fact]
    public async Task Figures_for_others_leave_out_what_its_originators_hold_back()
    {
        await using var circle = await Circle.JoinedAsync(2);
        foreach (var handling in (HandlingForm[])[new(), new(["H1"]), new(["H2"]), new(Conditions: ["ask first"]), new(Level: "confidential"), new(Only: ["QST"])])
        {
            await circle.SentAsync(0, Desks.Letter("x", handling, "x").To(1) with { Urgency = "8h", Asks = [new(null, "?")] });
        }

        var (own, others) = (await CountAsync(circle, false), await CountAsync(circle, true));
        (own.Received, own.Open, own.KeptOut, own.Threads).ShouldBe((6, 6, 0, 6));
        (others.Received, others.Open, others.KeptOut, others.Threads).ShouldBe((2, 2, 4, 2));

        static async Task<CountThreads.View> CountAsync(Circle circle, bool forOthers) =>
            (await circle[1].RunAsync<CountThreads, Result<CountThreads.View>>(act => act.RunAsync(new(null, forOthers), circle[1].ServerCaller, default))).Succeeded(out var view, out var refusal) ? view : throw new InvalidOperationException(refusal.Code);
    }

    private static async Task<string> AskAsync(Circle circle, int at, AskRelease.Request request) =>
        (await circle[at].RunAsync<AskRelease, Result<int>>(act => act.RunAsync(request, circle[at].ServerCaller, default))).Succeeded(out int asked, out var refusal)
            ? asked.ToString(System.Globalization.CultureInfo.InvariantCulture) : refusal.Code;
}
