using System.Net;
using System.Net.Http.Json;
using Amana.Exchange.Post;
using Amana.Server.Access;

namespace Amana.Server.Tests.Exchange;

public sealed class DeliveriesApiTests
{
    [Fact]
    public async Task A_program_sends_again_and_gives_up_as_the_page_does_with_the_right_to()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var circle = await Circle.JoinedAsync(2);
        var letter = await circle.WrittenAsync(0, "refuse me", 1);
        await Circle.UntilAsync(async () => (await circle.DeliveriesAsync(0, letter)).Single().State is DeliveryState.Refused);

        using var reader = await circle[0].ClientAsync(Right.ReadBureaus);
        var stuck = await (await reader.GetAsync("api/v1/deliveries?part=stuck", cancel)).ShouldBeJsonAsync();
        long number = stuck.GetProperty("rows")[0].GetProperty("number").GetInt64();
        stuck.GetProperty("queues")[0].GetProperty("bureau").GetString().ShouldBe("QST");
        var open = await (await reader.GetAsync("api/v1/deliveries/receipts?open=true", cancel)).ShouldBeJsonAsync();
        open.GetProperty("rows")[0].GetProperty("bureaus")[0].GetProperty("step").GetString().ShouldBe("stuck");
        (await reader.PostAsJsonAsync("api/v1/deliveries/again", new { bureau = "QST" }, cancel)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await reader.PostAsJsonAsync($"api/v1/deliveries/{number}/give-up", new { reason = "no need" }, cancel)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        using var manager = await circle[0].ClientAsync(Right.ReadBureaus, Right.ManageBureaus);
        var again = await (await manager.PostAsJsonAsync("api/v1/deliveries/again", new { bureau = "QST" }, cancel)).ShouldBeJsonAsync();
        again.GetProperty("letters").GetInt32().ShouldBe(1);
        await (await manager.PostAsJsonAsync($"api/v1/deliveries/{number}/give-up", new { reason = " " }, cancel)).ShouldBeRefusedAsync(422, "exchange.reason");
        (await manager.PostAsJsonAsync($"api/v1/deliveries/{number}/give-up", new { reason = "no need" }, cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await Task.Delay(300, cancel); // the answer to what was on its way has come by then: it changes nothing
        var given = await (await reader.GetAsync("api/v1/deliveries?part=given-up", cancel)).ShouldBeJsonAsync();
        var row = given.GetProperty("rows")[0];
        row.GetProperty("state").GetString().ShouldBe("given-up");
        row.GetProperty("givenUpFor").GetString().ShouldBe("no need");
    }
}
