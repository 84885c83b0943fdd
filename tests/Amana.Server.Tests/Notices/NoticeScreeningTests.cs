using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Amana.Server.Access;
using Amana.Server.Notices;
using Amana.Server.Watchlists;
using static Amana.Server.Tests.Notices.NoticeDesks;

namespace Amana.Server.Tests.Notices;

/// <summary>What is in force answers questions at once, and what no longer is does not.</summary>
public class NoticeScreeningTests(AmanaServer server)
{
    [Fact]
    public async Task A_published_notice_answers_the_next_question_and_a_suspended_one_does_not()
    {
        var desks = await AtAsync(server);
        using var asker = await server.ClientAsync(Right.Screen);
        var fields = Requests.With(NewRed(), "familyName=Quzzbravik", "forename=Tallemond");
        string reference = await desks.ApprovedAsync(fields);
        (await HitsAsync(asker)).ShouldBe(0);
        await StepAsync(desks.Second, reference, "publish");
        long since = Stopwatch.GetTimestamp();
        (await HitsAsync(asker)).ShouldBe(1);
        Stopwatch.GetElapsedTime(since).ShouldBeLessThan(TimeSpan.FromSeconds(1));
        await StepAsync(desks.Officer, reference, "suspend", "Talks.");
        (await HitsAsync(asker)).ShouldBe(0);
        await StepAsync(desks.Officer, reference, "resume", "Talks failed.");
        (await HitsAsync(asker)).ShouldBe(1);
        await StepAsync(desks.Reviewer, reference, "delete", "Decision.");
        (await HitsAsync(asker)).ShouldBe(0);
        await using var db = await server.OpenDbAsync();
        db.Set<StoredEntity>().Any(e => e.Id == reference).ShouldBeFalse();
    }

    [Fact]
    public async Task Nobody_imports_into_the_list_that_the_server_keeps_or_removes_it()
    {
        var desks = await AtAsync(server);
        await desks.PublishedAsync(NewRed());
        using var administrator = await server.ClientAsync(Right.Import);
        await (await administrator.PostAsJsonAsync($"api/v1/lists/{NoticeBoard.List}/remove", new { reason = "x" })).ShouldBeRefusedAsync(409, "watchlist.kept");
        await (await administrator.PostAsJsonAsync("api/v1/lists", new { name = NoticeBoard.List })).ShouldBeRefusedAsync(409, "watchlist.kept");
        await (await administrator.PostAsJsonAsync("api/v1/runs", new { list = NoticeBoard.List })).ShouldBeRefusedAsync(409, "watchlist.kept");
        await (await administrator.PatchAsJsonAsync($"api/v1/sources/{NoticeBoard.List}", new { title = "x" })).ShouldBeRefusedAsync(409, "watchlist.kept");
        using var file = new MultipartFormDataContent { { new ByteArrayContent("{}"u8.ToArray()), "file", "a.ftm.json" } };
        await (await administrator.PostAsync($"api/v1/lists/{NoticeBoard.List}/files", file)).ShouldBeRefusedAsync(409, "watchlist.kept");
    }

    private static async Task<int> HitsAsync(HttpClient asker)
    {
        var answer = await asker.PostAsJsonAsync("api/v1/screenings?limit=5&threshold=0.9", new { name = "Tallemond Quzzbravik", schema = "Person" });
        return (await answer.ShouldBeJsonAsync()).GetProperty("hits").GetArrayLength();
    }
}
