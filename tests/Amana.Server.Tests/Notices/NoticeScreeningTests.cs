using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Amana.Server.Access;
using Amana.Server.Foundation;
using Amana.Server.Notices;
using Amana.Server.Screening;
using Amana.Server.Watchlists;
using Amana.Vocabulary;
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

    [Fact]
    public async Task For_an_excluded_bureau_a_notice_is_not_there_in_any_question_list_or_record()
    {
        var desks = await AtAsync(server);
        var fields = Requests.With(NewRed(), "except=KEN");
        string reference = await desks.PublishedAsync(fields), name = $"Quennow {fields["familyName"]}";
        Caller own = server.ServerCaller, other = own with { Bureau = BureauCode.Of("TCD") }, excluded = own with { Bureau = BureauCode.Of("KEN") };
        foreach (var (caller, sees) in (IEnumerable<(Caller, bool)>)[(own, true), (other, true), (excluded, false)])
        {
            QuestionReader.Read([("name", name)], "Person").Succeeded(out var question, out _).ShouldBeTrue();
            foreach (string? dataset in (string?[])[null, NoticeBoard.List])
            {
                var request = new ScreenOne.Request { Question = question!, Purpose = "training", Threshold = 0.9, Choice = dataset is null ? new ChoiceRequest() : new ChoiceRequest { Dataset = dataset } };
                (await AnswerAsync<ScreenOne, ScreeningAnswer>(act => act.RunAsync(request, caller, Cancel)))!.Hits.Any(h => h.Entity == reference).ShouldBe(sees, $"{caller.Bureau} {dataset}");
            }

            (await AnswerAsync<ReadEntity, EntityView>(act => act.RunAsync(new(reference, "training"), caller, Cancel)) is not null).ShouldBe(sees);
            (await AnswerAsync<ReadRecord, RecordView>(act => act.RunAsync(new(reference, "training"), caller, Cancel)) is not null).ShouldBe(sees);
            (await AnswerAsync<FindRecords, FindRecords.Page>(act => act.RunAsync(new(NoticeBoard.List, reference, null, "training"), caller, Cancel)))!.Records.Any(r => r.Id == reference).ShouldBe(sees);
            (await AnswerAsync<SearchText, SearchAnswer>(act => act.RunAsync(new SearchText.Request { Q = name, Choice = new ChoiceRequest(), Schema = "Person", Purpose = "training" }, caller, Cancel)))!.Results.Any(r => r.Id == reference).ShouldBe(sees);
        }

        // And every word that is said of it is the one that is said of nothing.
        async Task<string?> SaidAsync(string id) => (await server.RunAsync<ReadEntity, Result<EntityView>>(act => act.RunAsync(new(id, "training"), excluded, Cancel))).Succeeded(out _, out var refused) ? null : refused!.ToString();
        (await SaidAsync(reference)).ShouldBe(await SaidAsync("UTO-R-2026-9997"));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<TAnswer?> AnswerAsync<TAct, TAnswer>(Func<TAct, Task<Result<TAnswer>>> call) where TAct : notnull where TAnswer : class =>
        (await server.RunAsync<TAct, Result<TAnswer>>(call)).Succeeded(out var answer, out _) ? answer : null;

    private static async Task<int> HitsAsync(HttpClient asker)
    {
        var answer = await asker.PostAsJsonAsync("api/v1/screenings?limit=5&threshold=0.9", new { name = "Tallemond Quzzbravik", schema = "Person" });
        return (await answer.ShouldBeJsonAsync()).GetProperty("hits").GetArrayLength();
    }
}
