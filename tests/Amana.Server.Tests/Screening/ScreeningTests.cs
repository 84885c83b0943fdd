using System.Text;
using System.Text.Json;
using Amana.Server.Access;
using Amana.Server.Screening;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Amana.Server.Tests.Screening.TestLists;

namespace Amana.Server.Tests.Screening;

public sealed class ScreeningTests(AmanaServer server) : IAsyncLifetime
{
    private const string List = "screening-specimens";

    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        await server.PutListAsync(List, [Person("sc-1", "Mithal Specimen"), Person("sc-2", "Amthal Muster"), .. Enumerable.Range(3, 30).Select(i => Person($"sc-{i}", NameOf(i)))]);
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
        asked.Body!.ShouldNotContain("Mithal", Case.Insensitive, "sealed");
        asked.Open(server.Services.GetRequiredService<Server.Keys.FieldSealer>())!.ShouldContain("Mithal Specimen");
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
        for (int i = 0; i < 2_000; i++) lines.Append("{\"id\":").Append(i).Append(",\"name\":\"").Append(NameOf(3 + (i % 30))).Append("\"}\n");
        using var client = await server.ClientAsync(Right.Screen);
        string me = (await (await client.GetAsync("api/v1/me")).ShouldBeJsonAsync()).GetProperty("key").GetString()!;
        var answers = await StreamAsync(new StringContent(lines.ToString()), client);
        answers.Select(a => a.GetProperty("id").GetInt32()).ShouldBe(Enumerable.Range(0, 2_000));
        answers.ShouldAllBe(a => a.GetProperty("hits")[0].GetProperty("entity").GetString() == $"sc-{3 + (a.GetProperty("id").GetInt32() % 30)}");

        var entries = await server.JournalAsync("questions.asked", who: me);
        entries.Sum(e => JsonDocument.Parse(e.Details!).RootElement.GetProperty("lines").GetInt32()).ShouldBe(2_000);
        entries.Count.ShouldBeLessThan(200);
        entries.ShouldAllBe(e => e.Purpose == "border-check" && e.Details!.Contains(List) && !e.Details.Contains("Qorv", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task An_answer_comes_while_the_stream_is_still_open()
    {
        using var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync(server.Address.Host, server.Address.Port);
        await using var stream = socket.GetStream();
        using var reader = new StreamReader(stream);
        async Task SendAsync(string text) => await stream.WriteAsync(Encoding.UTF8.GetBytes(text));
        async Task<string> ReadUntilAsync(string part)
        {
            while (await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)) is { } line) if (line.Contains(part, StringComparison.Ordinal)) return line;
            throw new EndOfStreamException();
        }
        Task SendLineAsync(string line) => SendAsync($"{Encoding.UTF8.GetByteCount(line) + 1:x}\r\n{line}\n\r\n");

        await SendAsync($"POST /api/v1/screenings/bulk?dataset={List} HTTP/1.1\r\nHost: {server.Address.Authority}\r\n"
            + $"Authorization: Bearer {await server.TokenAsync(Right.Screen)}\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n");
        await SendLineAsync("{\"id\":\"first\",\"name\":\"Mithal Specimen\"}");
        (await ReadUntilAsync("\"first\"")).ShouldContain("sc-1");
        await SendLineAsync("{\"id\":\"second\",\"name\":\"Amthal Muster\"}");
        (await ReadUntilAsync("\"second\"")).ShouldContain("sc-2");
        await SendAsync("0\r\n\r\n");
        (await ReadUntilAsync("0")).ShouldBe("0");
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

    // Thirty names that share no token.
    private static string NameOf(int i) => $"Qorv{(char)('a' + (i / 6))}{(char)('a' + (i % 6))}lim {(char)('a' + (i % 6))}{(char)('a' + (i / 6))}stranek";
}
