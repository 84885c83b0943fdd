using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Amana.Sealing.Notes;
using Amana.Sealing.Trees;
using Amana.Server.Access;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Tests.Exchange;
using Amana.Server.Witness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Server.Tests.Witness;

/// <summary>UTO asks QST, a bureau of its directory, to witness its journal.</summary>
public sealed class BureauWitnessTests
{
    [Fact]
    public async Task A_bureau_of_the_directory_is_asked_agrees_and_signs_each_checkpoint_without_a_key_typed_by_anybody()
    {
        await using var circle = await Circle.JoinedAsync(2);
        (await AskAsync(circle, "QST")).ShouldBeNull();
        (await AskAsync(circle, "QST")).ShouldBe("witness.twice");
        (await AskAsync(circle, "ZZZ")).ShouldBe("witness.no-answer");
        await UntilFaultAsync(circle, "asked");
        var asked = (await ViewAsync(circle, 1)).Logs.ShouldHaveSingleItem();
        (asked.Bureau, asked.IsAsked, asked.Size).ShouldBe(("UTO", true, 0L));
        (await circle[1].JournalAsync("witnessed-log.asked")).Count.ShouldBe(1);

        (await AgreeAsync(circle, asked.Origin)).ShouldBeNull();
        (await AgreeAsync(circle, asked.Origin)).ShouldBe("witness.not-found", "agreed already");
        await Circle.UntilAsync(async () =>
        {
            await AskWitnesses.RoundAsync(circle[0].Services.GetRequiredService<IServiceScopeFactory>(), default);
            return (await ViewAsync(circle, 0)).Witnesses.Single() is { Fault: null, Size: > 0 };
        });

        // The signature stands with the checkpoint, for everybody, and on the page that shows the journal.
        using var anybody = circle[0].Anonymous();
        var note = await anybody.GetByteArrayAsync("journal/witnessed");
        SignedNote.TryParse(note, out var witnessed).ShouldBeTrue();
        NoteKey.TryParse((await ViewAsync(circle, 1)).Key, out var key).ShouldBeTrue();
        witnessed!.IsSignedBy(key!, out var at).ShouldBeTrue();
        at.ShouldNotBeNull();
        var signed = await circle[0].RunAsync<CheckJournal, Result<IReadOnlyList<IJournalWitnesses.Cosigned>>>(act => act.WitnessesAsync(circle[0].ServerCaller, default));
        signed.Succeeded(out var witnesses, out _).ShouldBeTrue();
        witnesses!.ShouldHaveSingleItem().Name.ShouldBe("QST");
    }

    [Fact]
    public async Task Another_journal_or_one_that_was_rewritten_is_refused_and_taken_down_and_nobody_asks_for_another()
    {
        await using var circle = await Circle.JoinedAsync(3);
        (await AskAsync(circle, "QST")).ShouldBeNull();
        await UntilFaultAsync(circle, "asked");
        (await AgreeAsync(circle, (await ViewAsync(circle, 1)).Logs.Single().Origin)).ShouldBeNull();
        await Circle.UntilAsync(async () =>
        {
            await AskWitnesses.RoundAsync(circle[0].Services.GetRequiredService<IServiceScopeFactory>(), default);
            return (await ViewAsync(circle, 0)).Witnesses.Single() is { Fault: null, Size: > 0 };
        });

        // UTO begins anew with another key; and QMR shows UTO's journal as its own.
        using var other = NoteSigner.Of("another-journal", NoteAlgorithm.Ed25519, NoteSigner.NewSeed());
        string text = new Checkpoint("another-journal", 1, TreeHash.OfLeaf("x"u8)).ToString();
        byte[] begun = new CheckpointRequest(0, [], SignedNote.Of(text, other.Sign(text, DateTimeOffset.UnixEpoch))).ToBytes();
        (await ShowAsync(circle, 0, other.Verifier.ToString(), begun)).ShouldBe((422, "witness.another-journal"));
        string own = circle[0].Services.CreateScope().ServiceProvider.GetRequiredService<JournalProof>().Now.Key;
        (await ShowAsync(circle, 2, own, begun)).ShouldBe((409, "witness.twice"));
        (await ShowAsync(circle, 0, "no key", begun)).ShouldBe((400, "witness.unreadable"));
        (await ShowAsync(circle, 0, own, begun)).ShouldBe((422, "witness.another-journal"), "its own key, another journal");
        (await circle[1].JournalAsync("exchange.refused")).Select(e => e.Details).ShouldContain(d => d!.Contains("another-journal"));
        (await ViewAsync(circle, 1)).Logs.Count.ShouldBe(1);

        // Nobody who is not of the directory is told anything.
        using var anybody = circle[1].Anonymous();
        (await anybody.GetAsync("exchange/v1/witness")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var reader = await circle[0].ClientAsync(Right.ReadJournal);
        (await reader.PostAsJsonAsync("api/v1/witnesses/bureau", new { bureau = "QMR" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static async Task<(int Status, string? Code)> ShowAsync(Circle circle, int number, string key, byte[] request)
    {
        using var bureau = HostileBureau.Of(circle, number);
        return await bureau.SendAsync(circle, 1, JsonSerializer.SerializeToUtf8Bytes(new BureauWitnessLine.CheckpointBody(key, request), JsonRules.Options), path: "/exchange/v1/witness/checkpoint");
    }

    private static async Task<string?> AskAsync(Circle circle, string code) => (await circle[0].RunAsync<AskBureau, Refusal?>(act => act.RunAsync(new(code), circle[0].ServerCaller, default)))?.Code;

    private static async Task<string?> AgreeAsync(Circle circle, string origin) => (await circle[1].RunAsync<AgreeToLog, Refusal?>(act => act.RunAsync(new(origin), circle[1].ServerCaller, default)))?.Code;

    private static Task UntilFaultAsync(Circle circle, string fault) => Circle.UntilAsync(async () =>
    {
        await AskWitnesses.RoundAsync(circle[0].Services.GetRequiredService<IServiceScopeFactory>(), default);
        return (await ViewAsync(circle, 0)).Witnesses.Single().Fault == fault;
    });

    private static async Task<ReadWitnesses.View> ViewAsync(Circle circle, int number)
    {
        (await circle[number].RunAsync<ReadWitnesses, Result<ReadWitnesses.View>>(act => act.RunAsync(circle[number].ServerCaller, default))).Succeeded(out var view, out var refusal).ShouldBeTrue(refusal?.Detail);
        return view!;
    }
}
