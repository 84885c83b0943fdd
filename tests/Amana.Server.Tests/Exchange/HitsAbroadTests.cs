using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Amana.Server.Access;
using Amana.Server.Foundation;
using Amana.Server.Notices;
using Amana.Server.Screening;
using Amana.Server.Tests.Notices;
using Amana.Server.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using static Amana.Server.Tests.Notices.NoticeDesks;

namespace Amana.Server.Tests.Exchange;

/// <summary>An officer of QST has a hit on a notice of UTO and tells UTO.</summary>
public sealed class HitsAbroadTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Task<HttpResponseMessage> TellAsync(HttpClient client, string notice, string hit) => client.PostAsync(new Uri($"api/v1/notices/{notice}/hits/{hit}/told", UriKind.Relative), null, Cancel);

    private static async Task<string> CodeAsync(Task<HttpResponseMessage> asked)
    {
        using var answer = await asked;
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString()!;
    }

    private static async Task DecideAsync(HttpClient client, string hit, string verdict, string reason)
    {
        using var read = await client.GetAsync(new Uri($"api/v1/hits/{hit}", UriKind.Relative), Cancel);
        long version = (await read.ShouldBeJsonAsync()).GetProperty("row").GetProperty("version").GetInt64();
        using var decided = await client.PostAsJsonAsync($"api/v1/hits/{hit}/decision", new { verdict, reason, version }, Cancel);
        decided.StatusCode.ShouldBe(HttpStatusCode.OK, await decided.Content.ReadAsStringAsync(Cancel));
    }

    private static async Task<List<(string Bureau, string? Verdict)>> AbroadAsync(HttpClient reader, string notice) =>
        [.. (await ReadAsync(reader, notice)).GetProperty("work").GetProperty("abroad").EnumerateArray().Select(h => (h.GetProperty("bureau").GetString()!, h.GetProperty("verdict").GetString()))];

    private static async Task<IReadOnlyList<QueueItem>> DeskAsync(AmanaServer server)
    {
        await using var scope = server.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<HitsAbroadOnDesk>().AtAsync(server.ServerCaller, Texts.In(Languages.All[0]), Cancel)).Queue;
    }

    [Fact]
    public async Task The_owner_learns_of_a_hit_that_somebody_has_looked_at_and_of_what_it_comes_to()
    {
        await using var circle = await Circle.JoinedAsync(3);
        var desks = await AtAsync(circle[0]);
        var fields = NewRed();
        using var officer = await circle[1].ClientAsync(Right.Screen, Right.DecideHits, Right.ReadNotices);
        await (await officer.PostAsJsonAsync("api/v1/screenings", new { schema = "Person", name = $"{fields["forename"]} {fields["familyName"]}" }, Cancel)).ShouldBeJsonAsync();
        string notice = await desks.PublishedAsync(fields), hit = "";
        await Circle.UntilAsync(async () =>
        {
            var hits = (await (await officer.GetAsync(new Uri("api/v1/hits", UriKind.Relative), Cancel)).ShouldBeJsonAsync()).GetProperty("hits");
            if (hits.GetArrayLength() > 0) hit = hits[0].GetProperty("reference").GetString()!;
            return hit.Length > 0;
        }, 60);

        (await CodeAsync(TellAsync(officer, notice, hit))).ShouldBe("notice.hit-undecided");
        await DecideAsync(officer, hit, "not-the-same", "birth-date-differs");
        (await CodeAsync(TellAsync(officer, notice, hit))).ShouldBe("notice.hit-undecided", "of another person nobody is told");
        await DecideAsync(officer, hit, "cannot-tell", "waits-for-owner");
        (await CodeAsync(TellAsync(officer, notice, "HIT-26-99999"))).ShouldBe("notice.hit-unknown");
        (await CodeAsync(TellAsync(desks.Officer, notice, hit))).ShouldBe("access.forbidden");
        using (var told = await TellAsync(officer, notice, hit)) told.StatusCode.ShouldBe(HttpStatusCode.NoContent, await told.Content.ReadAsStringAsync(Cancel));
        (await CodeAsync(TellAsync(officer, notice, hit))).ShouldBe("notice.hit-told");
        (await ReadAsync(officer, notice)).GetProperty("work").GetProperty("ownerAbroad").GetString().ShouldBe("UTO");

        await Circle.UntilAsync(async () => (await AbroadAsync(desks.Officer, notice)).Count > 0);
        (await AbroadAsync(desks.Officer, notice)).ShouldBe([("QST", "cannot-tell")]);
        (await DeskAsync(circle[0])).ShouldHaveSingleItem().ShouldSatisfyAllConditions(i => i.From.ShouldBe("QST"), i => i.Reference.ShouldBe(notice), i => i.Work.ShouldContain("QST"));
        // Nothing of who asked or of what was asked has left.
        (await circle[0].JournalAsync("notice.hit-heard", notice)).ShouldHaveSingleItem().Details!.ShouldNotContain(fields["familyName"]);

        await DecideAsync(officer, hit, "same-person", "owner-confirmed");
        await RoundAsync(circle[1]);
        await Circle.UntilAsync(async () => (await AbroadAsync(desks.Officer, notice)).Contains(("QST", "same-person")));
        await DecideAsync(officer, hit, "not-the-same", "fingerprints-differ");
        await RoundAsync(circle[1]);
        await RoundAsync(circle[1]);
        await Circle.UntilAsync(async () => (await AbroadAsync(desks.Officer, notice)).Contains(("QST", "not-the-same")));
        (await DeskAsync(circle[0])).ShouldBeEmpty("there is nothing to do about another person");
        (await circle[1].JournalAsync("notice.hit-told-again", notice)).Count.ShouldBe(2, "each change once");
        // Who is neither owner nor reviewer learns of no other bureau's hits.
        using var reader = await circle[2].ClientAsync(Right.ReadNotices);
        await Circle.UntilAsync(async () => (await reader.GetAsync(new Uri($"api/v1/notices/{notice}?purpose=wanted-persons", UriKind.Relative), Cancel)).IsSuccessStatusCode);
        (await AbroadAsync(reader, notice)).ShouldBeEmpty();

        await StepAsync(desks.Officer, notice, "withdraw", "Found.", "purpose-achieved");
        foreach (int at in (int[])[0, 1]) await Circle.UntilAsync(async () => await CountAsync(circle[at]) == 0 || at == 0, 60);
        (await CountAsync(circle[1])).ShouldBe(0, "it leaves with the notice");
    }

    [Fact]
    public async Task Nobody_tells_of_hits_on_what_it_was_not_told_of_and_an_old_word_changes_nothing()
    {
        await using var circle = await Circle.JoinedAsync(3);
        var desks = await AtAsync(circle[0]);
        string secret = await desks.PublishedAsync(Notices.Requests.With(NewRed(), "except=QMR")), notice = await desks.PublishedAsync(NewRed());
        using var bad = HostileBureau.Of(circle, 2);
        async Task<string?> Send(object body) => (await bad.SendAsync(circle, 0, bad.Sealed(circle, bad.Letter(HitLetter.Kind, JsonSerializer.SerializeToElement(body, JsonRules.Options), 0)))).Code;
        var said = new HitLetter(notice, "HIT-26-00001", DateTimeOffset.UtcNow, 2, Verdict.SamePerson);
        (await Send(said with { Reference = secret })).ShouldBe("exchange.letter.unknown");
        (await Send(said with { Reference = "UTO-R-2026-9999" })).ShouldBe("exchange.letter.unknown", "the same as for one that it may not know of");
        (await Send(said with { Hit = "<script>" })).ShouldBe("exchange.letter.unreadable");
        (await Send(said with { Number = 0 })).ShouldBe("exchange.letter.unreadable");
        (await Send(said with { FoundAt = null })).ShouldBe("exchange.letter.unreadable");
        (await Send(new { reference = notice, hit = "HIT-26-00001", foundAt = DateTimeOffset.UtcNow, number = 1, verdict = "guilty" })).ShouldNotBeNull().ShouldStartWith("exchange.letter.");
        (await AbroadAsync(desks.Officer, notice)).ShouldBeEmpty();

        (await Send(said)).ShouldBeNull();
        (await Send(said with { Number = 1, Verdict = Verdict.CannotTell })).ShouldBeNull();
        (await AbroadAsync(desks.Officer, notice)).ShouldBe([("QMR", "same-person")]);
        (await Send(said with { Number = 3, Verdict = null })).ShouldBeNull();
        (await AbroadAsync(desks.Officer, notice)).ShouldBe([("QMR", null)]);
        (await CodeAsync(TellAsync(await circle[0].ClientAsync(Right.DecideHits, Right.ReadNotices, Right.Screen), notice, "HIT-26-00001"))).ShouldBe("notice.owner-here");
    }

    private static Task RoundAsync(AmanaServer server) => server.Services.GetServices<IHostedService>().OfType<KeepHitsTold>().Single().RoundNowAsync(Cancel);

    private static async Task<int> CountAsync(AmanaServer server)
    {
        await using var db = await server.OpenDbAsync();
        return await db.Set<ToldHit>().CountAsync(Cancel);
    }
}
