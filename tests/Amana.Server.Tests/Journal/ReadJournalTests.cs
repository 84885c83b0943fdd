using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Server.Tests.Journal;

public class ReadJournalTests(AmanaServer server)
{
    private async Task<string> HasEntriesAsync(int count)
    {
        string key = Id<ReadJournalTests>.New(TimeProvider.System).ToString();
        await using var scope = server.Services.CreateAsyncScope();
        var writer = scope.ServiceProvider.GetRequiredService<JournalWriter>();
        for (int i = 0; i < count; i++)
        {
            writer.Record(new Actor(ActorKind.Person, key), "test.asked", i, details: new { top = 0.9, number = i }, content: new { name = "Ärä نور" });
        }

        await scope.ServiceProvider.GetRequiredService<AmanaDb>().SaveChangesAsync();
        return $"person:{key}";
    }

    [Fact]
    public async Task Entries_come_newest_first_in_pages_without_gaps()
    {
        string who = await HasEntriesAsync(7);
        using var client = await server.ClientAsync(Right.ReadJournal);
        var seen = new List<string?>();
        string address = $"api/v1/journal?who={who}&limit=3";
        for (string? next = address; next is not null;)
        {
            var page = await (await client.GetAsync(next)).ShouldBeJsonAsync();
            seen.AddRange(page.GetProperty("entries").EnumerateArray().Select(e => e.GetProperty("onWhat").GetString()));
            var before = page.GetProperty("before");
            next = before.ValueKind is System.Text.Json.JsonValueKind.Null ? null : $"{address}&before={before.GetInt64()}";
        }

        seen.ShouldBe(["6", "5", "4", "3", "2", "1", "0"]);
    }

    [Fact]
    public async Task Scores_are_shown_and_content_is_not()
    {
        string who = await HasEntriesAsync(1);
        using var client = await server.ClientAsync(Right.ReadJournal);
        string body = await client.GetStringAsync($"api/v1/journal?who={who}");
        body.ShouldContain("\"top\":0.9");
        body.ShouldNotContain("نور");
    }

    [Fact]
    public async Task Content_is_shown_with_the_right_to_read_it()
    {
        string who = await HasEntriesAsync(1);
        using var client = await server.ClientAsync(Right.ReadJournal, Right.ReadJournalContent);
        (await client.GetStringAsync($"api/v1/journal?who={who}")).ShouldContain("نور");
    }

    [Fact]
    public async Task Entries_are_found_by_what_and_when()
    {
        string who = await HasEntriesAsync(2);
        using var client = await server.ClientAsync(Right.ReadJournal);
        async Task<int> CountAsync(string more) =>
            (await (await client.GetAsync($"api/v1/journal?who={who}&{more}")).ShouldBeJsonAsync()).GetProperty("entries").GetArrayLength();
        (await CountAsync("what=test.asked")).ShouldBe(2);
        (await CountAsync("what=test.")).ShouldBe(2);
        (await CountAsync("what=test")).ShouldBe(0);
        (await CountAsync("onWhat=1")).ShouldBe(1);
        (await CountAsync("from=2020-01-01T00:00:00Z")).ShouldBe(2);
        (await CountAsync("to=2020-01-01T00:00:00Z")).ShouldBe(0);
    }

    [Theory]
    [InlineData("limit=0", "journal.limit")]
    [InlineData("limit=501", "journal.limit")]
    [InlineData("before=-1", "journal.before")]
    [InlineData("from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "journal.times")]
    public async Task A_page_that_cannot_be_is_refused(string query, string code)
    {
        using var client = await server.ClientAsync(Right.ReadJournal);
        await (await client.GetAsync("api/v1/journal?" + query)).ShouldBeRefusedAsync(400, code);
    }

    [Fact]
    public async Task Who_lacks_the_right_is_refused_and_that_is_taken_down()
    {
        using var client = await server.ClientAsync(Right.Screen);
        string me = (await (await client.GetAsync("api/v1/me")).ShouldBeJsonAsync()).GetProperty("key").GetString()!;
        await (await client.GetAsync("api/v1/journal")).ShouldBeRefusedAsync(403, "access.forbidden");
        (await server.JournalAsync("access.refused", who: me)).ShouldHaveSingleItem().Details!.ShouldContain("access.forbidden");
    }
}
