using Amana.Exchange.Envelopes;
using Amana.Exchange.Post;
using Amana.Server.Data;
using Amana.Server.Exchange;
using Amana.Server.Exchange.Book;
using Amana.Server.Exchange.Post;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Server.Tests.Exchange;

public sealed class LetterTests
{
    [Fact]
    public async Task A_letter_to_two_comes_once_to_each_and_the_receipts_come_back()
    {
        await using var circle = await Circle.JoinedAsync(3);
        var letter = await circle.WrittenAsync(0, "hello", 1, 2);
        await Circle.UntilAsync(async () => (await circle.DeliveriesAsync(0, letter)).All(d => d.State is DeliveryState.Delivered));
        circle.NotesAt(1).ShouldBe(["hello"]);
        circle.NotesAt(2).ShouldBe(["hello"]);
        (await circle[1].JournalAsync("letter.taken", letter.ToString())).Count.ShouldBe(1);

        // A person there opens it, then does what it asks.
        await SayAsync(circle, 1, letter, LetterStep.Read);
        await Circle.UntilAsync(async () => (await circle.DeliveriesAsync(0, letter)).Single(d => d.Bureau == Circle.Code(1)).ReadAt is not null);
        await SayAsync(circle, 1, letter, LetterStep.Acted);
        await Circle.UntilAsync(async () => (await circle.DeliveriesAsync(0, letter)).Single(d => d.Bureau == Circle.Code(1)).ActedAt is not null);
        (await circle.DeliveriesAsync(0, letter)).Single(d => d.Bureau == Circle.Code(2)).ReadAt.ShouldBeNull();

        await using var db = await circle[0].OpenDbAsync();
        (await db.Set<PostedLetter>().SingleAsync(l => l.Id == letter)).Envelope.ShouldBeNull("all have it");
        (await db.Set<PostedLetter>().SingleAsync(l => l.Id == letter)).SignedForm.ShouldNotBeNull();
    }

    [Fact]
    public async Task Many_letters_keep_their_order()
    {
        await using var circle = await Circle.JoinedAsync(2);
        for (int i = 0; i < 40; i++) await circle.WrittenAsync(0, $"note {i}", 1);
        await Circle.UntilAsync(() => circle.NotesAt(1).Count == 40);
        circle.NotesAt(1).ShouldBe(Enumerable.Range(0, 40).Select(i => $"note {i}"));
    }

    [Fact]
    public async Task A_bureau_that_is_away_gets_all_when_it_is_back_and_slows_nobody()
    {
        await using var circle = await Circle.JoinedAsync(3);
        await circle[1].StopAsync();
        for (int i = 0; i < 5; i++) await circle.WrittenAsync(0, $"note {i}", 1, 2);
        await Circle.UntilAsync(() => circle.NotesAt(2).Count == 5);
        (await circle.ViewAsync(0)).Bureaus.Single(b => b.Bureau == "QST").Waiting.ShouldBe(5);
        // It comes back on another port, as after a move; its card says so.
        await circle[1].InitializeAsync();
        await Circle.UntilAsync(async () =>
        {
            await circle.RoundAsync(1);
            await circle.RoundAsync(0);
            return circle.NotesAt(1).Count == 5;
        }, 60);
        circle.NotesAt(1).ShouldBe(Enumerable.Range(0, 5).Select(i => $"note {i}"));
        (await circle[1].JournalAsync("bureau.card-sent")).ShouldHaveSingleItem("it says where it is once it knows the port");
        circle.Book(0).Find(Circle.Code(1))!.Address.ShouldBe(circle[1].Address);
    }

    [Fact]
    public async Task What_the_other_bureau_refuses_for_good_is_shown_to_a_person_and_can_be_sent_again()
    {
        await using var circle = await Circle.JoinedAsync(2);
        var refused = await circle.WrittenAsync(0, "refuse me", 1);
        var broken = await circle.WrittenAsync(0, "throw at me", 1);
        var good = await circle.WrittenAsync(0, "good", 1);
        await Circle.UntilAsync(() => circle.NotesAt(1).Count == 1);
        await Circle.UntilAsync(async () => (await circle.DeliveriesAsync(0, good)).Single().State is DeliveryState.Delivered);
        (await circle.DeliveriesAsync(0, refused)).Single().ShouldSatisfyAllConditions(d => d.State.ShouldBe(DeliveryState.Refused), d => d.Fault.ShouldBe("as-asked"));
        (await circle.DeliveriesAsync(0, broken)).Single().Fault.ShouldBe("body");
        (await circle[1].JournalAsync("exchange.refused")).Select(e => e.Details).ShouldContain(d => d!.Contains("letter.as-asked"));
        await using var db = await circle[1].OpenDbAsync();
        (await db.Set<ArrivedLetter>().CountAsync(l => l.Id == refused || l.Id == broken)).ShouldBe(0);

        var stuck = await StuckAsync(circle);
        stuck.Rows.Count.ShouldBe(2);
        stuck.Rows[0].Kind.ShouldBe("test-note");
        (await circle[0].RunAsync<SendAgain, Refusal?>(act => act.RunAsync(stuck.Rows[0].Number, circle[0].ServerCaller, default))).ShouldBeNull();
        await Circle.UntilAsync(async () => (await StuckAsync(circle)).Rows.Count == 2); // refused again
        (await circle[0].RunAsync<SendAgain, Refusal?>(act => act.RunAsync(999_999, circle[0].ServerCaller, default)))!.Code.ShouldBe("exchange.delivery-unknown");
    }

    [Fact]
    public async Task All_that_one_bureau_refused_goes_again_with_one_press_in_its_order()
    {
        await using var circle = await Circle.JoinedAsync(3);
        var first = await circle.WrittenAsync(0, "refuse me", 1);
        var second = await circle.WrittenAsync(0, "refuse me", 1);
        var other = await circle.WrittenAsync(0, "refuse me", 2);
        await Circle.UntilAsync(async () => (await StuckAsync(circle)).Stuck == 3);
        (await StuckAsync(circle)).Queues.Select(q => (q.Bureau, q.Letters, q.Fault)).ShouldBe([("QST", 2, "as-asked"), ("QMR", 1, "as-asked")]);

        var again = await circle[0].RunAsync<SendAllAgain, Result<int>>(act => act.RunAsync("QST", circle[0].ServerCaller, default));
        again.Succeeded(out int letters, out _).ShouldBeTrue();
        letters.ShouldBe(2);
        await using (var db = await circle[0].OpenDbAsync())
        {
            await Circle.UntilAsync(async () => await db.Set<Delivery>().CountAsync(d => d.Peer == Circle.Code(1) && d.Attempts == 2 && d.State == DeliveryState.Refused) == 2);
            (await db.Set<Delivery>().SingleAsync(d => d.Letter == other)).Attempts.ShouldBe(1, "not of that bureau");
            (await db.Set<Delivery>().SingleAsync(d => d.Letter == first)).Number.ShouldBeLessThan((await db.Set<Delivery>().SingleAsync(d => d.Letter == second)).Number);
        }

        (await circle[0].JournalAsync("letter.all-sent-again", "QST")).ShouldHaveSingleItem().Details!.ShouldContain("2");
        foreach (var (bureau, code) in ((string, string)[])[("QNR", "exchange.delivery-unknown"), ("no code", "exchange.bureau-unknown")])
        {
            (await circle[0].RunAsync<SendAllAgain, Result<int>>(act => act.RunAsync(bureau, circle[0].ServerCaller, default))).Succeeded(out _, out var refusal).ShouldBeFalse();
            refusal!.Code.ShouldBe(code);
        }
    }

    [Fact]
    public async Task What_is_given_up_goes_no_more_and_what_stands_behind_it_does()
    {
        await using var circle = await Circle.JoinedAsync(2);
        await circle[1].StopAsync();
        var given = await circle.WrittenAsync(0, "never mind", 1);
        var behind = await circle.WrittenAsync(0, "still wanted", 1);
        long number = await NumberOfAsync(circle, given);
        (await GivenUpAsync(circle, number, " ")).ShouldBe("exchange.reason");
        (await GivenUpAsync(circle, number, "They have it on paper.")).ShouldBeNull();
        (await GivenUpAsync(circle, number, "They have it on paper.")).ShouldBe("exchange.delivery-unknown");
        (await GivenUpAsync(circle, 999_999, "There is none.")).ShouldBe("exchange.delivery-unknown");

        // Who wrote it sees so; and in the journal it stands with its reason.
        (await circle.DeliveriesAsync(0, given)).Single().ShouldSatisfyAllConditions(d => d.State.ShouldBe(DeliveryState.GivenUp), d => d.GivenUpFor.ShouldBe("They have it on paper."));
        (await circle[0].JournalAsync("letter.given-up", given.ToString())).Count.ShouldBe(1);
        var part = await circle[0].RunAsync<ReadDeliveries, Result<ReadDeliveries.View>>(act => act.RunAsync(ReadDeliveries.Part.GivenUp, null, 1, circle[0].ServerCaller, default));
        part.Succeeded(out var view, out _).ShouldBeTrue();
        view!.Rows.ShouldHaveSingleItem().GivenUpFor.ShouldBe("They have it on paper.");

        await circle[1].InitializeAsync();
        await Circle.UntilAsync(async () =>
        {
            await circle.RoundAsync(1);
            await circle.RoundAsync(0);
            return (await circle.DeliveriesAsync(0, behind)).Single().State is DeliveryState.Delivered;
        }, 60);
        circle.NotesAt(1).ShouldBe(["still wanted"]);
        (await GivenUpAsync(circle, await NumberOfAsync(circle, behind), "Too late for that.")).ShouldBe("exchange.delivered-already");
    }

    [Fact]
    public async Task Envelopes_that_a_kill_left_behind_are_dropped_and_those_that_somebody_needs_are_not()
    {
        await using var circle = await Circle.JoinedAsync(3);
        await circle[2].StopAsync();
        var waiting = await circle.WrittenAsync(0, "on its way", 1, 2); // the first of its queue: only that is tried, and noted, while the bureau is away
        var all = await circle.WrittenAsync(0, "to one", 1);
        var left = await circle.WrittenAsync(0, "to both, and killed", 1, 2);
        var dead = await circle.WrittenAsync(0, "nobody took it", 1, 2);
        await Circle.UntilAsync(() => circle.NotesAt(1).Count == 4);
        await using var db = await circle[0].OpenDbAsync();
        await Circle.UntilAsync(async () => await db.Set<Delivery>().CountAsync(d => d.State == DeliveryState.Delivered && (d.Letter == all || d.Letter == left || d.Letter == dead || d.Letter == waiting)) == 4);
        // As it stands when the server was killed after the receipt of the last; the other is looked at by a person.
        await db.Set<Delivery>().Where(d => d.Letter == left).ExecuteUpdateAsync(set => set.SetProperty(d => d.State, DeliveryState.Delivered), TestContext.Current.CancellationToken);
        await db.Set<Delivery>().Where(d => d.Letter == dead && d.Peer == Circle.Code(2)).ExecuteUpdateAsync(set => set.SetProperty(d => d.State, DeliveryState.Dead), TestContext.Current.CancellationToken);
        (await circle[0].Services.GetRequiredService<PostStore>().DropNeedlessAsync(TestContext.Current.CancellationToken)).ShouldBe(1);
        var kept = await db.Set<PostedLetter>().AsNoTracking().Where(l => l.Envelope != null).Select(l => l.Id).ToListAsync(TestContext.Current.CancellationToken);
        kept.ShouldNotContain(left);
        kept.ShouldContain(dead);
        kept.ShouldContain(waiting);
    }

    [Fact]
    public void What_is_given_up_while_it_is_on_its_way_is_delivered_when_the_other_bureau_signs_for_it()
    {
        var at = DateTimeOffset.UnixEpoch;
        Delivery Given() => new() { Letter = Guid.CreateVersion7(), Peer = Circle.Code(1), QueuedAt = at, NextAt = at, State = DeliveryState.GivenUp, GivenUpFor = "no need" };
        var (away, refused, signed) = (Given(), Given(), Given());
        var sent = Given().ToOutgoing() with { State = DeliveryState.Waiting }; // as it was when it left
        away.Follow(sent.Failed(at, "away", 0), at).ShouldBeFalse();
        refused.Follow(sent.Refused("kind"), at).ShouldBeFalse();
        signed.Follow(sent.Delivered("signed"), at).ShouldBeTrue();
        (away.State, refused.State, signed.State).ShouldBe((DeliveryState.GivenUp, DeliveryState.GivenUp, DeliveryState.Delivered));
    }

    [Fact]
    public async Task Receipts_show_letter_by_letter_who_has_not_confirmed()
    {
        await using var circle = await Circle.JoinedAsync(4);
        await circle[3].StopAsync();
        var letter = await circle.WrittenAsync(0, "hello", 1, 2, 3);
        await Circle.UntilAsync(async () => (await circle.DeliveriesAsync(0, letter)).Count(d => d.State is DeliveryState.Delivered) == 2);
        await SayAsync(circle, 1, letter, LetterStep.Read);
        await Circle.UntilAsync(async () => (await circle.DeliveriesAsync(0, letter)).Any(d => d.ReadAt is not null));
        var row = (await ReceiptsAsync(circle, null, isOpen: true)).ShouldHaveSingleItem("receipts and cards are no letters that people confirm");
        row.Bureaus.Select(b => (b.Bureau, b.Step)).ShouldBe([("QNR", ReadReceipts.Step.Waiting), ("QMR", ReadReceipts.Step.Delivered), ("QST", ReadReceipts.Step.Read)]);
        row.Open.ShouldBe(2);
        (await ReceiptsAsync(circle, 1, isOpen: true)).ShouldBeEmpty("that bureau has confirmed all");
        (await ReceiptsAsync(circle, 1, isOpen: false)).ShouldHaveSingleItem().Bureaus.Count.ShouldBe(1);

        await SayAsync(circle, 2, letter, LetterStep.Acted);
        await using (var db = await circle[0].OpenDbAsync()) (await GivenUpAsync(circle, (await db.Set<Delivery>().SingleAsync(d => d.Letter == letter && d.Peer == Circle.Code(3))).Number, "by telephone")).ShouldBeNull();
        await Circle.UntilAsync(async () => (await ReceiptsAsync(circle, null, isOpen: true)).Count == 0);
        row = (await ReceiptsAsync(circle, null, isOpen: false)).ShouldHaveSingleItem();
        row.Bureaus.Select(b => (b.Bureau, b.Step, b.GivenUpFor)).ShouldBe([("QNR", ReadReceipts.Step.GivenUp, "by telephone"), ("QST", ReadReceipts.Step.Read, null), ("QMR", ReadReceipts.Step.Acted, null)]);
    }

    [Fact]
    public async Task A_bureau_that_we_refuse_waits_until_we_do_not()
    {
        await using var circle = await Circle.JoinedAsync(2);
        (await circle[1].RunAsync<SetTerms, Refusal?>(act => act.RunAsync(new("UTO", true, "it asks too much", null), circle[1].ServerCaller, default))).ShouldBeNull();
        var letter = await circle.WrittenAsync(0, "please", 1);
        await Circle.UntilAsync(async () => (await circle.DeliveriesAsync(0, letter)).Single().Fault == "refused-here");
        circle.NotesAt(1).ShouldBeEmpty();
        (await circle.WriteAsync(1, "no", 0)).Succeeded(out _, out var closed).ShouldBeFalse();
        closed!.Code.ShouldBe("exchange.no-exchange");
        (await circle[1].RunAsync<SetTerms, Refusal?>(act => act.RunAsync(new("UTO", false, null, null), circle[1].ServerCaller, default))).ShouldBeNull();
        await Circle.UntilAsync(() => circle.NotesAt(1).Count == 1);
    }

    [Fact]
    public async Task Nothing_of_a_letter_stands_in_clear_in_the_database()
    {
        await using var circle = await Circle.JoinedAsync(2);
        await circle.WrittenAsync(0, "the quick brown fox of Utopia", 1);
        await Circle.UntilAsync(() => circle.NotesAt(1).Count == 1);
        for (int i = 0; i < 2; i++)
        {
            await using var db = await circle[i].OpenDbAsync();
            foreach (var row in await db.Set<PostedLetter>().Select(l => l.Sealed).Concat(db.Set<ArrivedLetter>().Select(l => l.Sealed)).ToListAsync())
            {
                string payload = System.Text.Encoding.Latin1.GetString(row!);
                payload.ShouldNotContain("quick brown");
                payload.ShouldNotContain("eyJhbGci", Case.Sensitive, "a JWS in clear");
            }
        }
    }

    [Fact]
    public async Task Who_cannot_be_written_to_is_said_and_nothing_is_queued()
    {
        await using var circle = await Circle.JoinedAsync(2);
        (await circle.WriteAsync(0, "to ourselves", 0)).Succeeded(out _, out var ourselves).ShouldBeFalse();
        (await circle.WriteAsync(0, "to a stranger", 3)).Succeeded(out _, out var stranger).ShouldBeFalse();
        (await circle.WriteAsync(0, "to nobody")).Succeeded(out _, out var nobody).ShouldBeFalse();
        (await circle.WriteAsync(0, new string('x', Outbox.BodyBytesMost), 1)).Succeeded(out _, out var large).ShouldBeFalse();
        (ourselves!.Code, stranger!.Code, nobody!.Code, large!.Code).ShouldBe(("exchange.no-exchange", "exchange.no-exchange", "exchange.recipients", "exchange.too-large"));
        await using var db = await circle[0].OpenDbAsync();
        (await db.Set<Delivery>().CountAsync()).ShouldBe(0);
    }

    private static async Task SayAsync(Circle circle, int by, Guid letter, LetterStep step)
    {
        await using var scope = circle[by].Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Outbox>().AddReceipt(letter, Circle.Code(0), step);
        await scope.ServiceProvider.GetRequiredService<AmanaDb>().SaveChangesAsync();
    }

    private static async Task<long> NumberOfAsync(Circle circle, Guid letter)
    {
        await using var db = await circle[0].OpenDbAsync();
        return (await db.Set<Delivery>().SingleAsync(d => d.Letter == letter)).Number;
    }

    private static async Task<string?> GivenUpAsync(Circle circle, long number, string reason) =>
        (await circle[0].RunAsync<GiveUp, Refusal?>(act => act.RunAsync(new(number, reason), circle[0].ServerCaller, default)))?.Code;

    private static async Task<IReadOnlyList<ReadReceipts.Row>> ReceiptsAsync(Circle circle, int? bureau, bool isOpen)
    {
        var result = await circle[0].RunAsync<ReadReceipts, Result<ReadReceipts.View>>(act => act.RunAsync(bureau is { } number ? Circle.Code(number) : null, isOpen, 1, circle[0].ServerCaller, default));
        result.Succeeded(out var view, out var refusal).ShouldBeTrue(refusal?.Detail);
        view!.Total.ShouldBe(view.Rows.Count);
        return view.Rows;
    }

    private static async Task<ReadDeliveries.View> StuckAsync(Circle circle)
    {
        var result = await circle[0].RunAsync<ReadDeliveries, Result<ReadDeliveries.View>>(act => act.RunAsync(ReadDeliveries.Part.Stuck, null, 1, circle[0].ServerCaller, default));
        result.Succeeded(out var view, out var refusal).ShouldBeTrue(refusal?.Detail);
        return view!;
    }
}
