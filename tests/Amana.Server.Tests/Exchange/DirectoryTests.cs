using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Amana.Exchange.Directory;
using Amana.Exchange.Envelopes;
using Amana.Server.Access;
using Amana.Server.Exchange.Book;
using Amana.Server.Foundation;

namespace Amana.Server.Tests.Exchange;

public sealed class DirectoryTests
{
    [Fact]
    public async Task Three_bureaus_find_each_other_by_words_and_all_have_the_same_directory()
    {
        await using var circle = await Circle.JoinedAsync(3);
        for (int i = 0; i < 3; i++)
        {
            var view = await circle.ViewAsync(i);
            view.Bureaus.Select(b => b.Bureau).ShouldBe(["QMR", "QST", "UTO"]);
            view.Secretariat.ShouldBe("UTO");
            view.Bureaus.Single(b => b.Bureau == "UTO").Keys.Count.ShouldBe(2);
        }

        await Circle.UntilAsync(async () => (await circle.ViewAsync(0)).Bureaus.All(b => b.IsOurs || b.HasDirectory is true));
        (await circle[0].JournalAsync("directory.bureau-added")).Count.ShouldBe(2);
        (await circle[1].JournalAsync("directory.joined")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Wrong_words_open_nothing_on_either_side()
    {
        await using var circle = await Circle.StartAsync(2);
        await circle.FoundAsync();
        var caller = circle[0].ServerCaller;
        string address = circle[1].Address.ToString();
        (await circle[0].RunAsync<AddBureau, Refusal?>(act => act.RunAsync(new(address, "babab-babab-babab-babab-babab", null, null), caller, default)))!.Code.ShouldBe("exchange.words");
        (await circle[0].RunAsync<AddBureau, Refusal?>(act => act.RunAsync(new(address, null, null, null), caller, default)))!.Code.ShouldBe("exchange.words");
        (await circle[0].RunAsync<AddBureau, Refusal?>(act => act.RunAsync(new("ftp://x", "a", null, null), caller, default)))!.Code.ShouldBe("exchange.address");
        (await circle[0].RunAsync<AddBureau, Refusal?>(act => act.RunAsync(new("http://127.0.0.1:9/", "a", null, null), caller, default)))!.Code.ShouldBe("exchange.no-card");
        await circle.AddAsync(1);
        await circle.RoundAsync(0);
        (await circle[1].RunAsync<AnswerOffer, Refusal?>(act => act.RunAsync(new("wrong words", true), circle[1].ServerCaller, default)))!.Code.ShouldBe("exchange.words");
        (await circle.ViewAsync(1)).Version.ShouldBeNull();
        (await circle[1].RunAsync<AnswerOffer, Refusal?>(act => act.RunAsync(new(null, false), circle[1].ServerCaller, default))).ShouldBeNull("declined");
        (await circle.ViewAsync(1)).Offer.ShouldBeNull();
    }

    [Fact]
    public async Task Words_are_the_same_however_they_are_typed()
    {
        await using var circle = await Circle.StartAsync(2);
        await circle.FoundAsync();
        string words = (await circle.ViewAsync(1)).OwnWords!.ToUpperInvariant().Replace('-', ' ');
        (await circle[0].RunAsync<AddBureau, Refusal?>(act => act.RunAsync(new(circle[1].Address.ToString(), "  " + words + " ", null, null), circle[0].ServerCaller, default))).ShouldBeNull();
    }

    [Fact]
    public async Task A_suspended_bureau_is_told_and_neither_sends_nor_gets()
    {
        await using var circle = await Circle.JoinedAsync(3);
        (await ChangeAsync(circle, "QST", BureauState.Suspended, null)).ShouldBeNull();
        await circle.SettleAsync();
        (await circle.WriteAsync(0, "a", 1)).Succeeded(out _, out var refusal).ShouldBeFalse();
        refusal!.Code.ShouldBe("exchange.no-exchange");
        (await circle.WriteAsync(2, "b", 1)).Succeeded(out _, out _).ShouldBeFalse("the others hold to it as well");
        // The suspended one may still try; nobody believes it.
        await circle.WrittenAsync(1, "c", 2);
        await Circle.UntilAsync(async () => (await circle[2].JournalAsync("exchange.refused")).Count > 0);
        circle.NotesAt(2).ShouldBeEmpty();
        (await ChangeAsync(circle, "QST", BureauState.Active, null)).ShouldBeNull();
        await circle.SettleAsync();
        await Circle.UntilAsync(() => circle.NotesAt(2).Count == 1);
    }

    [Fact]
    public async Task New_keys_are_announced_by_the_old_and_reach_all()
    {
        await using var circle = await Circle.JoinedAsync(3);
        string[] before = [.. circle.Book(0).Find(Circle.Code(1))!.Signing.Select(k => k.Name)];
        (await circle[1].RunAsync<RenewKeys, Refusal?>(act => act.RunAsync(circle[1].ServerCaller, default))).ShouldBeNull();
        await Circle.UntilAsync(async () =>
        {
            await circle.RoundAsync(1);
            await circle.RoundAsync(0);
            return circle.Book(2).Find(Circle.Code(1))!.Signing.Count == 2;
        });
        await circle.SettleAsync();

        // The old key is said to be stolen: the new one goes on.
        (await ChangeAsync(circle, "QST", null, before[0])).ShouldBeNull();
        await circle.SettleAsync();
        await circle.WrittenAsync(1, "with the new key", 2);
        await circle.WrittenAsync(2, "to the new key", 1);
        await Circle.UntilAsync(() => circle.NotesAt(2).Count == 1 && circle.NotesAt(1).Count == 1);
        (await ChangeAsync(circle, "QST", null, "QST#none")).ShouldBe("exchange.key-unknown");
    }

    [Fact]
    public async Task A_directory_of_somebody_else_or_of_yesterday_is_refused_and_taken_down()
    {
        await using var circle = await Circle.JoinedAsync(2);
        var old = circle.Book(1).Pinned!;
        (await ChangeAsync(circle, "QST", BureauState.Restricted, null)).ShouldBeNull();
        await circle.SettleAsync();
        (await ShowAsync(circle[1], old.SignedForm)).ShouldBe((HttpStatusCode.Conflict, "exchange.directory-older"));

        using var thief = LetterSigner.Of("UTO#directory-1", [.. Enumerable.Repeat((byte)6, 32)]);
        var newer = circle.Book(1).Pinned!.Directory with { Version = 99 };
        (await ShowAsync(circle[1], PinnedDirectory.Sign(newer, thief))).ShouldBe((HttpStatusCode.Forbidden, "exchange.directory-signer"));
        foreach (string? broken in (string?[])["", "a.b.c", null, new string('x', 10_000)])
        {
            (await ShowAsync(circle[1], broken)).Status.ShouldBeOneOf(HttpStatusCode.BadRequest, HttpStatusCode.Forbidden);
        }

        circle.Book(1).Pinned!.Directory.Version.ShouldBe(circle.Book(0).Pinned!.Directory.Version);
        (await circle[1].JournalAsync("exchange.refused")).Count.ShouldBeGreaterThanOrEqualTo(3);
    }

    [Fact]
    public async Task Only_who_may_manage_bureaus_changes_anything_and_the_rules_say_what()
    {
        await using var circle = await Circle.StartAsync(1);
        using var reader = await circle[0].ClientAsync(Right.ReadBureaus);
        using var manager = await circle[0].ClientAsync(Right.ManageBureaus, Right.ReadBureaus);
        (await reader.PostAsJsonAsync("api/v1/bureaus/found", new { names = Circle.Names })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await Code(await manager.PostAsJsonAsync("api/v1/bureaus", new { address = "http://127.0.0.1:9", words = "x" }))).ShouldBe("exchange.no-directory");
        (await Code(await manager.PostAsJsonAsync("api/v1/bureaus/offer", new { words = "x", accept = true }))).ShouldBe("exchange.no-offer");
        (await Code(await manager.PostAsJsonAsync("api/v1/bureaus/found", new { names = new { en = "Only English" } }))).ShouldBe("exchange.names");
        (await manager.PostAsJsonAsync("api/v1/bureaus/found", new { names = Circle.Names })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Code(await manager.PostAsJsonAsync("api/v1/bureaus/found", new { names = Circle.Names }))).ShouldBe("exchange.directory-there");
        (await Code(await manager.PostAsJsonAsync("api/v1/bureaus/UTO/change", new { state = "suspended", reason = "test" }))).ShouldBe("exchange.ourselves");
        (await Code(await manager.PostAsJsonAsync("api/v1/bureaus/UTO/change", new { reason = "" }))).ShouldBe("exchange.reason");
        (await Code(await manager.PostAsJsonAsync("api/v1/bureaus/ZZZ/terms", new { refuse = true, reason = "test" }))).ShouldBe("exchange.bureau-unknown");
        (await Code(await manager.PostAsJsonAsync("api/v1/bureaus/contact", new { phone = new string('1', 101) }))).ShouldBe("exchange.contact");
        (await manager.PostAsJsonAsync("api/v1/bureaus/contact", new { phone = "+999 1 555 0100", mail = "desk@utopia.example", hours = "24/7" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await Circle.UntilAsync(async () => (await reader.GetFromJsonAsync<JsonElement>("api/v1/bureaus")).GetProperty("bureaus")[0].GetProperty("contact") is { ValueKind: JsonValueKind.Object } contact
            && contact.GetProperty("hours").GetString() == "24/7");
    }

    private static async Task<string?> ChangeAsync(Circle circle, string code, BureauState? state, string? key) =>
        (await circle[0].RunAsync<ChangeBureau, Refusal?>(act => act.RunAsync(new(code, state, key, "for the test"), circle[0].ServerCaller, default)))?.Code;

    private static async Task<(HttpStatusCode Status, string? Code)> ShowAsync(AmanaServer server, string? form)
    {
        using var client = server.Anonymous();
        using var answer = await client.PostAsJsonAsync("exchange/v1/directory", new { directory = form });
        return (answer.StatusCode, await Code(answer));
    }

    private static async Task<string?> Code(HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty("code", out var code) ? code.GetString() : null;
}
