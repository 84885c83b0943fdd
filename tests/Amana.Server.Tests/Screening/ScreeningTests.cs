using System.Text;
using System.Text.Json;
using Amana.Server.Access;
using Amana.Server.Screening;
using Microsoft.EntityFrameworkCore;
using static Amana.Server.Tests.Screening.TestLists;

namespace Amana.Server.Tests.Screening;

public sealed class ScreeningTests(AmanaServer server) : IAsyncLifetime
{
    private const string List = "screening-specimens";

    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        await server.PutListAsync(List, [Person("sc-1", "Mithal Specimen"), Person("sc-2", "Amthal Muster"), .. Enumerable.Range(3, 30).Select(i => Person($"sc-{i}", $"Ejemplo{i} Muestra{i}"))]);
        _client = await server.ClientAsync(Right.Screen);
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task One_question_is_answered_with_record_and_versions_and_stands_apart_from_its_journal_entry()
    {
        var answer = await PostAsync($"api/v1/screenings?dataset={List}", """{"id":"x-1","name":"Mithal Specimen"}""");
        answer.GetProperty("id").GetString().ShouldBe("x-1");
        answer.GetProperty("purpose").GetString().ShouldBe("border-check");
        answer.GetProperty("lists")[0].GetProperty("name").GetString().ShouldBe(List);
        var hit = answer.GetProperty("hits")[0];
        hit.GetProperty("entity").GetString().ShouldBe("sc-1");
        hit.GetProperty("record").GetProperty("schema").GetString().ShouldBe("Person");
        hit.GetProperty("band").GetString().ShouldBe("strong");
        hit.GetProperty("hit").ValueKind.ShouldBe(JsonValueKind.Null);

        string key = answer.GetProperty("question").GetString()!;
        (await server.JournalAsync("question.asked", key)).ShouldHaveSingleItem().Details!.ShouldNotContain("Mithal");
        await using var db = await server.OpenDbAsync();
        var asked = (await db.Set<AskedQuestion>().AsNoTracking().Where(q => q.Via == AskedVia.Screening).ToListAsync()).Single(q => q.Id.ToString() == key);
        asked.Body!.ShouldContain("Mithal Specimen");
    }

    [Fact]
    public async Task The_stream_answers_each_line_in_its_place_and_goes_on_after_a_bad_one()
    {
        string lines = string.Join('\n', "{\"id\":1,\"name\":\"Mithal Specimen\"}", "not json", "{\"id\":\"c\",\"name\":\"\"}", "",
            $"{{\"id\":\"d\",\"name\":\"{new string('x', 1 << 20)}\"}}", "{\"id\":\"e\",\"name\":\"Amthal Muster\"}");
        var answers = await StreamAsync(new StringContent(lines));
        answers.Count.ShouldBe(5);
        answers[0].GetProperty("id").GetInt32().ShouldBe(1);
        answers[0].GetProperty("hits")[0].GetProperty("entity").GetString().ShouldBe("sc-1");
        answers[1].GetProperty("error").GetProperty("code").GetString().ShouldBe("question.unreadable");
        answers[1].GetProperty("hits").GetArrayLength().ShouldBe(0);
        answers[2].GetProperty("id").GetString().ShouldBe("c");
        answers[2].GetProperty("error").GetProperty("code").GetString().ShouldBe("question.name-missing");
        answers[3].GetProperty("error").GetProperty("code").GetString().ShouldBe("question.line-too-long");
        answers[4].GetProperty("hits")[0].GetProperty("entity").GetString().ShouldBe("sc-2");
    }

    [Fact]
    public async Task A_long_stream_keeps_its_order_and_is_journaled_in_chunks_without_text()
    {
        var lines = new StringBuilder();
        for (int i = 0; i < 2_000; i++) lines.Append("{\"id\":").Append(i).Append(",\"name\":\"Ejemplo").Append(3 + (i % 30)).Append(" Muestra").Append(3 + (i % 30)).Append("\"}\n");
        using var client = await server.ClientAsync(Right.Screen);
        string me = (await (await client.GetAsync("api/v1/me")).ShouldBeJsonAsync()).GetProperty("key").GetString()!;
        var answers = await StreamAsync(new StringContent(lines.ToString()), client);
        answers.Select(a => a.GetProperty("id").GetInt32()).ShouldBe(Enumerable.Range(0, 2_000));
        answers.ShouldAllBe(a => a.GetProperty("hits")[0].GetProperty("entity").GetString() == $"sc-{3 + (a.GetProperty("id").GetInt32() % 30)}");

        var entries = await server.JournalAsync("questions.asked", who: me);
        entries.Sum(e => JsonDocument.Parse(e.Details!).RootElement.GetProperty("lines").GetInt32()).ShouldBe(2_000);
        entries.Count.ShouldBeLessThan(200);
        entries.ShouldAllBe(e => e.Purpose == "border-check" && e.Details!.Contains(List) && !e.Details.Contains("Ejemplo"));
    }

    [Fact]
    public async Task An_answer_comes_while_the_stream_is_still_open()
    {
        using var body = new OpenBody();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/v1/screenings/bulk?dataset={List}") { Content = body };
        var sending = _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await body.WriteAsync("{\"id\":\"first\",\"name\":\"Mithal Specimen\"}\n");
        using var answer = await sending.WaitAsync(TimeSpan.FromSeconds(30));
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        (await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)))!.ShouldContain("\"first\"");
        await body.WriteAsync("{\"id\":\"second\",\"name\":\"Amthal Muster\"}\n");
        (await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)))!.ShouldContain("\"second\"");
        body.End();
        (await reader.ReadLineAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task A_stream_against_an_unknown_dataset_is_refused_before_it_begins() =>
        await (await _client.PostAsync("api/v1/screenings/bulk?dataset=no-such-list", new StringContent("{\"name\":\"A B\"}"))).ShouldBeRefusedAsync(404, "screening.dataset-unknown");

    [Fact]
    public async Task An_empty_stream_has_an_empty_answer() => (await StreamAsync(new StringContent(""))).ShouldBeEmpty();

    private async Task<JsonElement> PostAsync(string address, string body) => await (await _client.PostAsync(address, new StringContent(body))).ShouldBeJsonAsync();

    private async Task<List<JsonElement>> StreamAsync(HttpContent body, HttpClient? client = null)
    {
        var answer = await (client ?? _client).PostAsync($"api/v1/screenings/bulk?dataset={List}", body);
        string text = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBe(200, text);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/x-ndjson");
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement)];
    }

    /// <summary>A body that is written to while it is sent.</summary>
    private sealed class OpenBody : HttpContent
    {
        private readonly TaskCompletionSource<Stream> _to = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task WriteAsync(string text)
        {
            var to = await _to.Task.WaitAsync(TimeSpan.FromSeconds(30));
            await to.WriteAsync(Encoding.UTF8.GetBytes(text));
            await to.FlushAsync();
        }

        public void End() => _end.TrySetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            _to.TrySetResult(stream);
            await _end.Task;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
