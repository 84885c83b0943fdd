using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Amana.Exchange.Post;
using Amana.Server.Access;
using Amana.Server.Access.Walls;
using Amana.Server.Data;
using Amana.Server.Exchange;
using Amana.Server.Keys;
using Amana.Server.Tests.Exchange;
using Amana.Server.Threads;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Server.Tests.Threads;

public sealed class ThreadTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_is_asked_opened_answered_and_closed_and_both_sides_know_how_far_it_is()
    {
        await using var circle = await Circle.JoinedAsync(2);
        var request = Desks.Letter("Was the passport reported lost?", subject: "Namudhaji, accounts in Qimaria").To(1) with
        {
            Urgency = "8h", About = ["UTO-R-2026-0291"], Asks = [new(null, "Was the passport lost before 4 March?"), new("QST", "Who reported it?")],
        };
        var asked = await circle.SentAsync(0, request);
        asked.Reference.ShouldStartWith("MSG-");

        var listed = (await circle.ListAsync(1)).Threads.ShouldHaveSingleItem();
        (listed.Subject, listed.Unread, listed.LastFrom).ShouldBe(("Namudhaji, accounts in Qimaria", 1, "UTO"));
        listed.DueAt!.Value.ShouldBe(DateTimeOffset.UtcNow.AddHours(8), TimeSpan.FromMinutes(2));
        (await circle.ListAsync(1, filter: "to-answer")).Total.ShouldBe(1);

        var opened = await circle.ReadAsync(1);
        opened.Messages.ShouldHaveSingleItem().ShouldSatisfyAllConditions(m => m.IsNew.ShouldBeTrue(), m => m.Text.ShouldBe("Was the passport reported lost?"), m => m.Handling!.Grade.ShouldBe("A1"));
        opened.Asks.Select(a => a.IsOurs).ShouldBe([true, true]);
        opened.About.ShouldBe(["UTO-R-2026-0291"]);
        await circle.UntilReadAsync(0, t => t.Messages[0].Deliveries.Single().ReadAt is not null);

        // One of two: the request is not done yet.
        await circle.SentAsync(1, Desks.Letter("It was.", thread: opened.Row.Reference).To(0) with { Answers = [new(asked.Letter, 1)] });
        (await circle.ListAsync(1, filter: "to-answer")).Total.ShouldBe(1);
        await circle.UntilReadAsync(0, t => t.Asks.Count(a => a.AnsweredAt is not null) == 1);
        (await circle.ReadAsync(0)).Messages[0].Deliveries.Single().ActedAt.ShouldBeNull();
        await circle.SentAsync(1, Desks.Letter("The consulate.", thread: opened.Row.Reference).To(0) with { Answers = [new(asked.Letter, 2)] });
        await circle.UntilReadAsync(0, t => t.Messages[0].Deliveries.Single().ActedAt is not null && t.Asks.All(a => a.AnsweredAt is not null));
        (await circle.ListAsync(1, filter: "to-answer")).Total.ShouldBe(0);
        (await circle.CodeAsync(0, Desks.Letter("x", thread: asked.Reference).To(1) with { Answers = [new(asked.Letter, 1)] })).ShouldBe("message.answer-unknown", "it was not asked");

        (await circle.DoAsync<CloseThread>(0, (act, caller) => act.RunAsync(new(asked.Reference, "arrest", "Arrested at the border.", true, Desks.Purpose), caller, default))).ShouldBeNull();
        (await circle.ListAsync(0, filter: "closed")).Total.ShouldBe(1);
        await circle.UntilReadAsync(1, t => t.Messages.Any(m => m is { Kind: MessageKind.Outcome, Outcome: Outcome.Arrest, Text: "Arrested at the border." }));
        foreach (string fact in (string[])["message.sent", "thread.closed"]) (await circle[0].JournalAsync(fact, asked.Reference)).ShouldNotBeEmpty(fact);
        (await circle[1].JournalAsync("message.received", opened.Row.Reference)).ShouldHaveSingleItem().Details!.ShouldContain(asked.Letter.ToString());
    }

    [Fact]
    public async Task A_subject_is_found_by_its_words_in_any_spelling_and_stands_nowhere_in_clear()
    {
        await using var circle = await Circle.JoinedAsync(2);
        await circle.SentAsync(0, Desks.Letter("body of the letter", subject: "ÉCHANTILLON Müller, Vehicle UTO-00").To(1) with { About = ["HIT-26-00042"], Asks = [new(null, "which vehicle?")], Urgency = "3d" });
        await circle.SentAsync(0, Desks.Letter("other", subject: "Vehicle found").To(1));
        foreach (int at in (int[])[0, 1])
        {
            (await circle.ListAsync(at, "echantillon muller")).Threads.ShouldHaveSingleItem().Subject.ShouldStartWith("ÉCHANTILLON");
            (await circle.ListAsync(at, "VEHICLE")).Total.ShouldBe(2);
            (await circle.ListAsync(at, "vehicle found")).Total.ShouldBe(1);
            (await circle.ListAsync(at, "HIT-26-00042")).Total.ShouldBe(1);
            (await circle.ListAsync(at, "vehicle muller nobody")).Total.ShouldBe(0);
            (await circle.ListAsync(at, "...")).Total.ShouldBe(0);
        }

        await using var db = await circle[1].OpenDbAsync();
        var rows = await db.Set<CaseThread>().Select(t => t.Sealed).Concat(db.Set<ThreadMessage>().Select(m => m.Sealed)).Concat(db.Set<ThreadAsk>().Select(a => a.Sealed)).ToListAsync(Cancel);
        rows.Count.ShouldBe(5);
        string all = string.Concat(rows.Select(r => System.Text.Encoding.UTF8.GetString(r!)));
        foreach (string word in (string[])["Vehicle", "body of", "which vehicle", "HIT-26"]) all.ShouldNotContain(word);
        // With another key nothing is found: the words in the database are no hashes that anybody could try.
        var print = circle[1].Services.GetRequiredService<IServiceScopeFactory>().CreateScope().ServiceProvider.GetRequiredService<SubjectIndex>().PrintsOf("vehicle", 1)[0];
        (await db.Set<ThreadWord>().CountAsync(w => w.Word == print, Cancel)).ShouldBe(2);
        circle[0].Services.GetRequiredService<IServiceScopeFactory>().CreateScope().ServiceProvider.GetRequiredService<SubjectIndex>().PrintsOf("vehicle", 1)[0].ShouldNotBe(print);
    }

    [Fact]
    public async Task What_an_originator_gave_until_a_day_leaves_everywhere()
    {
        var clock = new LaterClock();
        await using var circle = await Circle.JoinedAsync(2, (_, services) => services.AddSingleton<TimeProvider>(clock));
        await circle.SentAsync(0, Desks.Letter("for a short time", new(Until: clock.GetUtcNow().AddHours(1)), "Short-lived").To(1) with { Urgency = "8h", Asks = [new(null, "seen?")] });
        (await circle.ReadAsync(1)).Messages.Single().Text.ShouldBe("for a short time");
        string reference = await circle.ReferenceAsync(1);
        clock.Ahead = TimeSpan.FromMinutes(61);
        (await circle.ReadAsync(1, reference)).Messages.Single().Text.ShouldBe("", "also before the clock has looked");
        (await circle.ListAsync(1, "short")).Total.ShouldBe(0);
        for (int i = 0; i < 2; i++) await circle.LookAsync(i);
        await using var db = await circle[1].OpenDbAsync();
        (await db.Set<ThreadMessage>().SingleAsync(Cancel)).Sealed.ShouldBeNull();
        (await db.Set<CaseThread>().SingleAsync(Cancel)).Sealed.ShouldBeNull();
        (await db.Set<ThreadAsk>().SingleAsync(Cancel)).Sealed.ShouldBeNull();
        (await db.Set<ThreadWord>().CountAsync(Cancel)).ShouldBe(0);
        (await circle[1].JournalAsync("message.expired", reference)).Count.ShouldBe(1);
        (await circle.LookAsync(1)).ShouldBe(0, "nothing is done twice");
    }

    [Fact]
    public async Task The_duty_officer_learns_that_an_answer_is_near_its_end_and_that_it_is_late()
    {
        var clock = new LaterClock();
        await using var circle = await Circle.JoinedAsync(2, (_, services) => services.AddSingleton<TimeProvider>(clock));
        await circle.SentAsync(0, Desks.Letter("soon please", subject: "Soon").To(1) with { Urgency = "8h", Asks = [new(null, "now?")] });
        string reference = await circle.ReferenceAsync(1);
        (await circle.LookAsync(1)).ShouldBe(0, "there is time");
        clock.Ahead = TimeSpan.FromHours(6.5);
        await circle.LookAsync(1);
        (await circle.ListAsync(1)).Threads.Single().Escalation.ShouldBe(Escalation.Near);
        (await circle[1].JournalAsync("thread.due-near", reference)).Count.ShouldBe(1);
        clock.Ahead = TimeSpan.FromHours(8.5);
        await circle.LookAsync(1);
        (await circle[1].JournalAsync("thread.overdue", reference)).Count.ShouldBe(1);
        (await circle.LookAsync(1)).ShouldBe(0);
        await using var scope = circle[1].Services.CreateAsyncScope();
        var notes = await ((Server.Web.INotificationSource)scope.ServiceProvider.GetRequiredService<ThreadsAtWork>()).AtAsync(circle[1].ServerCaller, Server.Web.Texts.In(Server.Web.Languages.All[0]), Cancel);
        notes.ShouldHaveSingleItem().Address.ShouldBe($"/messages/{reference}");
        (await circle.LookAsync(0)).ShouldBe(0, "who asked owes nothing");
    }

    /// <summary>The true time and some more.</summary>
    private sealed class LaterClock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
    }

    [Fact]
    public async Task An_answer_stands_after_its_question_though_the_clock_of_its_writer_is_behind()
    {
        var clock = new LaterClock { Ahead = TimeSpan.FromMinutes(-4) };
        await using var circle = await Circle.JoinedAsync(2, (number, services) =>
        {
            if (number == 1) services.AddSingleton<TimeProvider>(clock);
        });
        await circle.SentAsync(0, Desks.Letter("Is he known?", subject: "Clocks").To(1));
        await circle.SentAsync(1, Desks.Letter("He is.", thread: await circle.ReferenceAsync(1)).To(0));
        foreach (int at in (int[])[0, 1]) (await circle.ReadAsync(at)).Messages.Select(m => m.Text).ShouldBe(["Is he known?", "He is."]);
        var answer = (await circle.ReadAsync(0)).Messages[1];
        answer.WrittenAt.ShouldBeLessThan((await circle.ReadAsync(0)).Messages[0].WrittenAt, "its writer's clock says so");
        var row = (await circle.ListAsync(0)).Threads.ShouldHaveSingleItem();
        row.LastFrom.ShouldBe("QST");
        row.LastAt.ShouldBeGreaterThan((await circle.ReadAsync(0)).Messages[0].WrittenAt, "it stands where it came");
    }

    [Fact]
    public async Task A_message_that_its_writer_takes_back_leaves_at_its_recipients_and_owes_no_answer()
    {
        await using var circle = await Circle.JoinedAsync(2);
        var sent = await circle.SentAsync(0, Desks.Letter("a mistake", subject: "Mistaken person").To(1) with { Urgency = "3d", Asks = [new(null, "seen?")] });
        string there = await circle.ReferenceAsync(1);
        (await circle.DoAsync<RecallMessage>(1, (act, caller) => act.RunAsync(new(there, sent.Letter, Desks.Purpose), caller, default)))!.Code.ShouldBe("message.quote-unknown", "it is not ours");
        (await circle.DoAsync<RecallMessage>(0, (act, caller) => act.RunAsync(new(sent.Reference, sent.Letter, Desks.Purpose), caller, default))).ShouldBeNull();
        await circle.UntilReadAsync(1, t => t.IsEmptied);
        var left = await circle.ReadAsync(1);
        left.Row.Subject.ShouldBe("");
        left.Messages[0].ShouldSatisfyAllConditions(m => m.IsGone.ShouldBeTrue(), m => m.Text.ShouldBe(""));
        (await circle.ListAsync(1, filter: "to-answer")).Total.ShouldBe(0);
        (await circle.ListAsync(1, "mistaken")).Total.ShouldBe(0);
        (await circle.ReadAsync(0, sent.Reference)).Messages[0].Text.ShouldBe("");
    }

    [Fact]
    public async Task Letters_that_break_the_rules_are_refused_with_a_word_and_nothing_of_them_is_kept()
    {
        await using var circle = await Circle.JoinedAsync(2);
        var thread = new ThreadLetter.ThreadWords(Guid.NewGuid(), "x", [], Desks.Purpose, null, null);
        JsonElement H(string json) => JsonSerializer.Deserialize<JsonElement>(json);
        var own = H("""{"codes":["H0"],"source":"A","information":1,"level":"official","originators":["UTO"]}""");
        var foreign = H("""{"codes":["H2"],"source":"A","information":1,"level":"official","originators":["QST"]}""");
        (string Kind, object Body, string Word)[] letters =
        [
            ("message", new { text = "x" }, "unreadable"),
            ("message", new ThreadLetter { Thread = thread, Text = "", Handling = own }, "unreadable"),
            ("message", new ThreadLetter { Thread = thread with { Subject = "" }, Text = "x", Handling = own }, "unreadable"),
            ("message", new ThreadLetter { Thread = thread, Text = new('x', 20_001), Handling = own }, "unreadable"),
            ("message", new ThreadLetter { Thread = thread, Text = "x" }, "handling"),
            ("message", new ThreadLetter { Thread = thread, Text = "x", Handling = foreign }, "handling"),
            ("message", new ThreadLetter { Thread = thread, Text = "x", Handling = H("""{"codes":["H9"],"source":"A","information":1,"level":"official","originators":["UTO"]}""") }, "handling"),
            ("message", new ThreadLetter { Thread = thread, Text = "x", Handling = H("""{"codes":["H0"],"source":"A","information":1,"level":"official","originators":["UTO"],"except":["QST"]}""") }, "not-for-us"),
            ("message", new ThreadLetter { Thread = thread, Text = "x", Handling = H("""{"codes":["H0"],"source":"A","information":1,"level":"official","originators":["UTO"],"until":"2020-01-01T00:00:00Z"}""") }, "expired"),
            ("message", new ThreadLetter { Thread = thread, Text = "x", Handling = own, Quotes = [new(Guid.NewGuid(), "QST", DateTimeOffset.UtcNow, "words", foreign)] }, "handling"),
            ("message", new ThreadLetter { Thread = thread, Text = "x", Handling = own, Asks = [new(1, Circle.Code(1), "?")] }, "unreadable"),
            ("request", new ThreadLetter { Thread = thread, Text = "x", Handling = own }, "unreadable"),
            ("request", new ThreadLetter { Thread = thread, Text = "x", Handling = own, Asks = [new(1, Circle.Code(0), "?")] }, "unreadable"),
            ("answer", new ThreadLetter { Thread = thread, Text = "x", Handling = own, Answers = [new(Guid.NewGuid(), 1)] }, "answer"),
            ("outcome", new ThreadLetter { Thread = thread, WhatCame = Outcome.Helped }, "thread"),
            ("outcome", new ThreadLetter { Thread = thread }, "unreadable"),
            ("recall", new ThreadLetter { Thread = thread, Letter = Guid.NewGuid() }, "unknown-item"),
            ("release-request", new ThreadLetter { Thread = thread, Release = new(Guid.NewGuid(), Amana.Exchange.Handling.HandlingAct.Forward, ["QMR"], false, null) }, "unknown-item"),
            ("release-answer", new ThreadLetter { Thread = thread, Release = new(Guid.NewGuid(), Amana.Exchange.Handling.HandlingAct.Forward, [], false, null, true, Guid.NewGuid()) }, "not-asked"),
        ];
        foreach (var (kind, body, word) in letters)
        {
            var id = await circle.PostAsync(0, kind, body, 1);
            await Circle.UntilAsync(async () => (await circle.DeliveriesAsync(0, id)).Single().State is not DeliveryState.Waiting);
            (await circle.DeliveriesAsync(0, id)).Single().ShouldSatisfyAllConditions(d => d.State.ShouldBe(DeliveryState.Refused, $"{kind} {word}"), d => d.Fault.ShouldBe(word));
        }

        (await circle.ListAsync(1)).Total.ShouldBe(0);
        await using var db = await circle[1].OpenDbAsync();
        (await db.Set<ThreadMessage>().CountAsync(Cancel) + await db.Set<ThreadWord>().CountAsync(Cancel)).ShouldBe(0);
    }

    [Fact]
    public async Task A_thread_for_some_people_only_is_unknown_to_others()
    {
        await using var circle = await Circle.JoinedAsync(2);
        var sent = await circle.SentAsync(0, Desks.Letter("for few", subject: "Few").To(1));
        await using (var scope = circle[0].Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
            db.Add(new Wall { Record = sent.Reference, Concealed = true, Owner = $"person:{Guid.NewGuid()}", OwnerUnit = null, SetAt = DateTimeOffset.UtcNow });
            await db.SaveChangesAsync(Cancel);
        }

        using var client = await circle[0].ClientAsync(Right.ReadMessages, Right.SendMessages);
        (await client.GetAsync($"api/v1/threads/{sent.Reference}", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await (await client.GetAsync("api/v1/threads", Cancel)).Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("total").GetInt32().ShouldBe(0);
        (await client.PostAsJsonAsync($"api/v1/threads/{sent.Reference}/messages", new { to = new[] { "QST" }, text = "x" }, Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await client.GetAsync($"api/v1/threads/{sent.Reference}/export", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_is_typed_badly_is_refused_and_rights_are_asked()
    {
        await using var circle = await Circle.JoinedAsync(2);
        (string Code, SendMessage.Request Request)[] wrong =
        [
            ("thread.subject", Desks.Letter("x").To(1)), ("message.recipients", Desks.Letter("x", subject: "s")), ("message.recipients", Desks.Letter("x", subject: "s").To(0)),
            ("message.recipients", Desks.Letter("x", subject: "s") with { To = ["qst"] }), ("exchange.no-exchange", Desks.Letter("x", subject: "s") with { To = ["QNR"] }), ("message.text", Desks.Letter(" ", subject: "s").To(1)),
            ("message.handling", Desks.Letter("x", new(["H7"]), "s").To(1)), ("message.handling", Desks.Letter("x", new(Source: "1"), "s").To(1)), ("message.handling", Desks.Letter("x", new(Information: 9), "s").To(1)),
            ("message.handling", Desks.Letter("x", new(["H3"]), "s").To(1)), ("message.handling", Desks.Letter("x", new(Until: DateTimeOffset.UnixEpoch), "s").To(1)),
            ("message.audience", Desks.Letter("x", new(Only: ["QMR"]), "s").To(1)), ("message.due", Desks.Letter("x", subject: "s").To(1) with { Asks = [new(null, "?")] }),
            ("message.due", Desks.Letter("x", subject: "s").To(1) with { Urgency = "own", Due = DateTimeOffset.UtcNow.AddDays(91) }), ("message.due", Desks.Letter("x", subject: "s").To(1) with { Urgency = "soon" }),
            ("message.asks", Desks.Letter("x", subject: "s").To(1) with { Urgency = "8h", Asks = [new("QMR", "?")] }), ("message.quote-unknown", Desks.Letter("x", subject: "s").To(1) with { Quotes = [Guid.NewGuid()] }),
            ("thread.about", Desks.Letter("x", subject: "s").To(1) with { About = [new string('x', 41)] }), ("thread.unknown", Desks.Letter("x", thread: "MSG-26-99999").To(1)),
        ];
        foreach (var (code, request) in wrong) (await circle.CodeAsync(0, request)).ShouldBe(code);
        (await circle.ListAsync(0)).Total.ShouldBe(0);
        using var reader = await circle[0].ClientAsync(Right.ReadMessages);
        (await reader.PostAsJsonAsync("api/v1/threads", new { to = new[] { "QST" }, subject = "s", text = "x" }, Cancel)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var other = await circle[0].ClientAsync(Right.Screen);
        (await other.GetAsync("api/v1/threads", Cancel)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var writer = await circle[0].ClientAsync(Right.ReadMessages, Right.SendMessages);
        using var answer = await writer.PostAsJsonAsync("api/v1/threads", new { to = new[] { "QST" }, subject = "By a machine", text = "x", handling = new { codes = new[] { "H2" }, source = "B", information = 2 }, purpose = Desks.Purpose }, Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Cancel));
        string reference = (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("reference").GetString()!;
        (await (await writer.GetAsync($"api/v1/threads/{reference}", Cancel)).Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("messages")[0].GetProperty("handling").GetProperty("grade").GetString().ShouldBe("B2");
    }
}
