using System.Data.Common;
using System.Net;
using System.Text;
using System.Text.Json;
using Amana.Sealing.Logs;
using Amana.Sealing.Notes;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Journal.Tree;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Server.Tests.Journal;

public class JournalTreeTests(AmanaServer server)
{
    private static async Task<JournalProof.Finding> ProveAsync(AmanaServer own) =>
        await own.RunAsync<JournalProof, JournalProof.Finding>(proof => proof.ProveAsync(default));

    [Fact]
    public async Task An_act_is_under_a_signed_checkpoint_within_five_seconds()
    {
        await server.TokenAsync(Right.Screen);
        long number = (await server.JournalAsync("token.made"))[^1].Number;
        var limit = DateTime.UtcNow.AddSeconds(60); // the promise is 5; a busy test machine may be late
        using var client = server.Anonymous();
        while (true)
        {
            await using var db = await server.OpenDbAsync();
            long? index = await db.Set<JournalLeaf>().Where(l => l.Number == number).Select(l => (long?)l.Index).SingleOrDefaultAsync();
            if (index is not null && await CheckpointAsync(client) is { } checkpoint && checkpoint.Size > index) return;
            DateTime.UtcNow.ShouldBeLessThan(limit);
            await Task.Delay(100);
        }
    }

    [Fact]
    public async Task Everybody_may_read_the_tree_and_finds_no_name_and_no_key_of_a_person_in_it()
    {
        await using var own = await AmanaServer.StartNewAsync(demo: true);
        for (int i = 0; i < 6; i++) await GrownAsync(own);
        using var client = own.Anonymous();
        string key = (await client.GetStringAsync("journal/key")).Trim();
        key.ShouldBe((await File.ReadAllTextAsync(Path.Combine(own.DataFolder, "journal.vkey"))).Trim());
        NoteKey.TryParse(key, out var verifier).ShouldBeTrue();
        var found = await new LogCheck(new Web(client), verifier!).ProveAsync(null, null, default);
        found.IsGood.ShouldBeTrue($"{found.Fault} {found.FirstBad}");
        found.Entries.ShouldBeGreaterThan(5);

        var entries = EntryBundle.Read(await File.ReadAllBytesAsync(FirstBundle(own)), out bool broken);
        broken.ShouldBeFalse();
        string all = string.Join('\n', entries.Select(e => Encoding.UTF8.GetString(e.Span)));
        foreach (var entry in entries) LoggedAct.TryParse(entry.Span, out _).ShouldBeTrue();
        await using var db = await own.OpenDbAsync();
        foreach (string who in await db.Set<JournalEntry>().Select(e => e.Who).Distinct().ToListAsync()) all.ShouldNotContain(who.Split(':')[1]);
        foreach (var person in await db.Set<Person>().ToListAsync()) all.ShouldNotContain(person.DisplayName);
    }

    [Theory]
    [InlineData("journal/tile/0/5")]
    [InlineData("journal/tile/0/x999/999")]
    [InlineData("journal/tile/9/000")]
    [InlineData("journal/tile/entries/000.p/256")]
    [InlineData("journal/tile/0/000.p/255.new")]
    [InlineData("journal/tile/0/..%2f..%2f..%2famana.db")]
    public async Task What_is_no_tile_under_the_checkpoint_is_not_there(string address)
    {
        await GrownAsync(server);
        using var client = server.Anonymous();
        using var answer = await client.GetAsync(address);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_restart_goes_on_with_the_same_tree_and_a_checkpoint_from_before_holds()
    {
        await using var own = await AmanaServer.StartNewAsync();
        for (int i = 0; i < 5; i++) await own.TokenAsync(Right.Screen);
        await GrownAsync(own);
        byte[] kept = await File.ReadAllBytesAsync(Path.Combine(own.DataFolder, "journal", "checkpoint"));
        await own.RestartAsync();
        await own.TokenAsync(Right.Screen);
        await GrownAsync(own);
        var keys = own.Services.GetRequiredService<JournalKeys>();
        var found = await new LogCheck(new TileFolder(Path.Combine(own.DataFolder, "journal")), keys.Verifier).ProveAsync(kept, null, default);
        found.IsGood.ShouldBeTrue($"{found.Fault}");
        Checkpoint.TryOpen(kept, keys.Verifier, out var before, out _).ShouldBeTrue();
        found.Entries.ShouldBeGreaterThan(before!.Size);
    }

    [Fact]
    public async Task Files_that_were_not_written_any_more_are_written_by_the_next_start()
    {
        await using var own = await AmanaServer.StartNewAsync();
        for (int i = 0; i < 5; i++) await own.TokenAsync(Right.Screen);
        await GrownAsync(own);
        string folder = Path.Combine(own.DataFolder, "journal");
        await own.RestartAsync(() => Directory.Delete(folder, recursive: true)); // as if the machine had stopped between the database and the files
        await GrownAsync(own);
        (await ProveAsync(own)).Fault.ShouldBeNull();
    }

    [Fact]
    public async Task A_checkpoint_of_more_than_the_database_holds_is_not_signed_over()
    {
        await using var own = await AmanaServer.StartNewAsync();
        await GrownAsync(own);
        await own.RestartAsync(() =>
        {
            own.DropTriggers("journal_leaves");
            own.Sql("DELETE FROM journal_leaves");
        });
        await GrowAsync(own);
        own.Services.GetRequiredService<JournalTree>().Broken.ShouldBe("journal.broken-shorter");
        (await ProveAsync(own)).Fault.ShouldBe("journal.broken-shorter");
        await own.TokenAsync(Right.Screen); // acts go on and are taken down
    }

    [Fact]
    public async Task A_tile_altered_while_the_server_was_down_is_not_signed_over()
    {
        await using var own = await AmanaServer.StartNewAsync();
        await GrownAsync(own);
        string tile = Directory.GetFiles(Path.Combine(own.DataFolder, "journal", "tile", "0"), "*", SearchOption.AllDirectories).OrderBy(f => int.Parse(Path.GetFileName(f), System.Globalization.CultureInfo.InvariantCulture)).Last();
        await own.RestartAsync(() =>
        {
            byte[] bytes = File.ReadAllBytes(tile);
            bytes[0] ^= 1;
            File.WriteAllBytes(tile, bytes);
        });
        await GrowAsync(own);
        own.Services.GetRequiredService<JournalTree>().Broken.ShouldBe("journal.broken-tile");
    }

    [Fact]
    public async Task A_row_altered_round_the_triggers_is_named()
    {
        await using var own = await AmanaServer.StartNewAsync();
        for (int i = 0; i < 4; i++) await own.TokenAsync(Right.Screen);
        var good = await ProveAsync(own);
        good.ShouldBe(new JournalProof.Finding(null, null, null, good.Entries, 0));
        var target = (await own.JournalAsync("token.made"))[2];
        own.DropTriggers("journal");
        own.Sql($"UPDATE journal SET \"Who\" = 'person:somebody-else' WHERE \"Number\" = {target.Number}");
        var found = await ProveAsync(own);
        (found.Fault, found.Entry).ShouldBe(("row", target.Number));
    }

    [Fact]
    public async Task Content_is_sealed_in_the_database_and_altered_content_is_named()
    {
        await using var own = await AmanaServer.StartNewAsync();
        var failed = await FailedSignInsAsync(own, 2);
        own.ContentOf(failed[0]).ShouldContain("7F0000");
        Encoding.Latin1.GetString(failed[0].Content!.Sealed).ShouldNotContain("7F0000");
        (await ProveAsync(own)).Fault.ShouldBeNull();
        own.DropTriggers("journal_content");
        own.Sql($"UPDATE journal_content SET \"Sealed\" = (SELECT \"Sealed\" FROM journal_content WHERE \"Number\" = {failed[1].Number}) WHERE \"Number\" = {failed[0].Number}");
        var found = await ProveAsync(own);
        (found.Fault, found.Entry).ShouldBe(("content", failed[0].Number));
    }

    [Fact]
    public async Task The_content_of_an_entry_is_not_changed_but_may_go_and_the_tree_still_proves_itself()
    {
        await using var own = await AmanaServer.StartNewAsync();
        var entry = (await FailedSignInsAsync(own, 1))[0];
        long before = (await ProveAsync(own)).Entries;
        Should.Throw<DbException>(() => own.Sql($"UPDATE journal_content SET \"Salt\" = \"Sealed\" WHERE \"Number\" = {entry.Number}")).Message.ShouldContain("never changed");
        own.Sql($"DELETE FROM journal_content WHERE \"Number\" = {entry.Number}");
        var found = await ProveAsync(own);
        (found.Fault, found.Erased).ShouldBe((null, 1));
        found.Entries.ShouldBeGreaterThanOrEqualTo(before);
        using var reader = await own.ClientAsync(Right.ReadJournal, Right.ReadJournalContent);
        var page = JsonDocument.Parse(await reader.GetStringAsync($"api/v1/journal?before={entry.Number + 1}&limit=1")).RootElement.GetProperty("entries")[0];
        page.GetProperty("contentErased").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public void A_pseudonym_is_the_same_for_a_day_and_another_the_next()
    {
        var acts = new PublicAct(new byte[32]);
        var day = new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);
        string one = acts.PseudonymOf("person:a", day);
        acts.PseudonymOf("person:a", day.AddHours(23)).ShouldBe(one);
        acts.PseudonymOf("person:a", day.AddHours(24)).ShouldNotBe(one);
        acts.PseudonymOf("person:b", day).ShouldNotBe(one);
        new PublicAct([.. Enumerable.Repeat((byte)1, 32)]).PseudonymOf("person:a", day).ShouldNotBe(one);
    }

    [Fact]
    public async Task A_thousand_acts_at_once_are_all_in_the_tree_once()
    {
        await using var own = await AmanaServer.StartNewAsync();
        await Parallel.ForEachAsync(Enumerable.Range(0, 20), async (_, cancel) =>
        {
            await using var scope = own.Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
            for (int i = 0; i < 50; i++)
            {
                scope.ServiceProvider.GetRequiredService<JournalWriter>().Record(Actor.Server, "specimen.happened", i);
                await db.SaveChangesAsync(cancel);
            }
        });
        var found = await ProveAsync(own);
        found.Fault.ShouldBeNull();
        await using var db = await own.OpenDbAsync();
        (await db.Set<JournalLeaf>().CountAsync()).ShouldBe(await db.Set<JournalEntry>().CountAsync());
        found.Entries.ShouldBe(await db.Set<JournalEntry>().CountAsync());
    }

    /// <summary>Acts with content: the network that they came from.</summary>
    private static async Task<List<JournalEntry>> FailedSignInsAsync(AmanaServer own, int count)
    {
        for (int i = 0; i < count; i++)
        {
            using var client = own.Browser();
            using var answer = await own.PostFormAsync(client, "access/sign-in", ("userName", $"nobody{i}"), ("password", "wrong-all-the-time"));
        }

        return await own.JournalAsync("sign-in.failed");
    }

    private static Task GrowAsync(AmanaServer own) => own.Services.GetRequiredService<JournalTree>().GrowAsync(default);

    private static async Task GrownAsync(AmanaServer own)
    {
        await own.TokenAsync(Right.Screen); // an act
        await GrowAsync(own);
        own.Services.GetRequiredService<JournalTree>().Signed.ShouldNotBeNull().Size.ShouldBeGreaterThan(0);
    }

    private static string FirstBundle(AmanaServer own) => Directory.GetFiles(Path.Combine(own.DataFolder, "journal", "tile", "entries"), "*", SearchOption.AllDirectories)
        .OrderByDescending(f => new FileInfo(f).Length).First();

    private static async Task<Checkpoint?> CheckpointAsync(HttpClient client)
    {
        using var answer = await client.GetAsync("journal/checkpoint");
        if (!answer.IsSuccessStatusCode) return null;
        SignedNote.TryParse(await answer.Content.ReadAsByteArrayAsync(), out var note).ShouldBeTrue();
        Checkpoint.TryParse(note!.Text, out var checkpoint).ShouldBeTrue();
        return checkpoint;
    }

    private sealed class Web(HttpClient client) : ITileSource
    {
        public async Task<byte[]?> ReadAsync(string path, CancellationToken cancel)
        {
            using var answer = await client.GetAsync("journal/" + path, cancel);
            return answer.IsSuccessStatusCode ? await answer.Content.ReadAsByteArrayAsync(cancel) : null;
        }
    }
}
