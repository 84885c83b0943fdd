using Amana.Exchange.Post;
using Amana.Server.Exchange.Relay;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Tests.Exchange;

public sealed class RelayTests
{
    // UTO is the Secretariat, QST the relay of QMR.
    private static async Task<Circle> ByRelayAsync()
    {
        var circle = await Circle.StartAsync(3);
        await circle.FoundAsync();
        await circle.AddAsync(1);
        await circle.AddAsync(2, relay: "QST");
        await circle.AcceptAsync(1);
        await circle.AcceptAsync(2);
        await circle.SettleAsync();
        return circle;
    }

    [Fact]
    public async Task A_letter_goes_by_way_of_the_relay_and_its_own_receipt_comes_back()
    {
        await using var circle = await ByRelayAsync();
        var letter = await circle.WrittenAsync(0, "by relay", 2);
        await Circle.UntilAsync(async () => (await circle.DeliveriesAsync(0, letter)).Single().State is DeliveryState.Delivered);
        circle.NotesAt(2).ShouldBe(["by relay"]);
        circle.NotesAt(1).ShouldBeEmpty();
        (await circle[1].JournalAsync("letter.relayed")).Count.ShouldBe(1);
        await using var db = await circle[1].OpenDbAsync();
        (await db.Set<RelayedEnvelope>().SingleAsync()).Envelope.ShouldBeNull("nothing is kept of what was passed on");
    }

    [Fact]
    public async Task What_the_relay_holds_arrives_though_the_sender_is_gone()
    {
        await using var circle = await ByRelayAsync();
        await circle[2].StopAsync();
        var letter = await circle.WrittenAsync(0, "held", 2);
        await Circle.UntilAsync(async () => (await circle.DeliveriesAsync(0, letter)).Single().Fault == "at-relay");
        await circle[0].StopAsync();
        // The recipient is back at the address that the directory has.
        await circle[2].RestartAtAsync(circle.AddressOf(2));
        await Circle.UntilAsync(() => circle.NotesAt(2).Count == 1, 60);
        await circle[0].InitializeAsync();
        await Circle.UntilAsync(async () => (await circle.DeliveriesAsync(0, letter)).Single().State is DeliveryState.Delivered, 60);
        circle.NotesAt(2).ShouldBe(["held"], "once");
    }

    [Fact]
    public async Task Refusals_come_through_and_nobody_else_passes_on()
    {
        await using var circle = await ByRelayAsync();
        var letter = await circle.WrittenAsync(0, "refuse me", 2);
        await Circle.UntilAsync(async () => (await circle.DeliveriesAsync(0, letter)).Single().State is DeliveryState.Refused);
        (await circle.DeliveriesAsync(0, letter)).Single().Fault.ShouldBe("as-asked");

        using var hostile = HostileBureau.Of(circle, 0);
        var (status, code) = await hostile.SendAsync(circle, 1, hostile.Sealed(circle, "x", 1), path: "/exchange/v1/relay/UTO");
        (status, code).ShouldBe((403, "exchange.not-relay"));
    }
}
