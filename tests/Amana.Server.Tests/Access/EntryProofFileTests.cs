using System.Net;
using Amana.Sealing.Logs;
using Amana.Sealing.Notes;
using Amana.Server.Access;

namespace Amana.Server.Tests.Access;

public class EntryProofFileTests(AmanaServer server)
{
    [Fact]
    public async Task The_proof_of_an_entry_stands_alone_and_opens_what_the_public_entry_hides()
    {
        using var client = await server.ClientAsync(Right.ReadJournal);
        long number = (await server.JournalAsync("token.made"))[^1].Number;
        using var answer = await client.GetAsync($"api/v1/journal/{number}/proof");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentDisposition!.FileName.ShouldBe($"entry-{number}.tlog-proof");

        NoteKey.TryParse(await client.GetStringAsync("journal/key"), out var key).ShouldBeTrue();
        EntryProof.TryParse(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), out var proof).ShouldBeTrue();
        ActOpening.TryParse(proof!.Extra.Span, out var opening).ShouldBeTrue();
        proof.Proves(opening!.Act.Span, key!, out _).ShouldBeTrue();
        opening.Opened()!.What.ShouldBe("token.made");
        System.Text.Encoding.UTF8.GetString(opening.Rest.Span).ShouldContain("server:server");
        (await server.JournalAsync("journal.proof-saved", number.ToString(System.Globalization.CultureInfo.InvariantCulture))).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task There_is_no_proof_of_what_is_not_there_and_none_for_who_may_not_read_the_journal()
    {
        using var reader = await server.ClientAsync(Right.ReadJournal);
        await (await reader.GetAsync("api/v1/journal/999999999/proof")).ShouldBeRefusedAsync(404, "journal.no-entry");
        using var officer = await server.ClientAsync(Right.Screen);
        await (await officer.GetAsync("api/v1/journal/1/proof")).ShouldBeRefusedAsync(403, "access.forbidden");
    }
}
