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

    private static async Task<ReadDeliveries.View> StuckAsync(Circle circle)
    {
        var result = await circle[0].RunAsync<ReadDeliveries, Result<ReadDeliveries.View>>(act => act.RunAsync(ReadDeliveries.Part.Stuck, null, 1, circle[0].ServerCaller, default));
        result.Succeeded(out var view, out var refusal).ShouldBeTrue(refusal?.Detail);
        return view!;
    }
}
