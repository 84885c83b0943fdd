using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Amana.Exchange.Directory;
using Amana.Exchange.Envelopes;
using Amana.Server.Access;
using Amana.Server.Exchange.Book;
using Amana.Server.Foundation;
using Amana.Server.Keys;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Server.Tests.Exchange;

/// <summary>UTO is the Secretariat and gets another key for the directory.</summary>
public sealed class SignerTests
{
    [Fact]
    public async Task One_person_proposes_a_second_agrees_and_all_follow_the_new_key_by_themselves()
    {
        await using var circle = await Circle.JoinedAsync(3);
        string before = (await circle.ViewAsync(0)).SignerWords!;
        (await ProposeAsync(circle, isLost: false)).ShouldBeNull();
        (await ProposeAsync(circle, isLost: false)).ShouldBe("exchange.proposal-there");
        circle.Book(0).Pinned!.Signer.Name.ShouldBe("UTO#directory-1", "nothing is signed with it yet");
        (await AnswerAsync(circle, First(circle), agree: true)).ShouldBe("exchange.second-person");
        string proposed = (await SignerAsync(circle, 0)).Proposal!.Words;

        (await AnswerAsync(circle, Second(circle), agree: true)).ShouldBeNull();
        await circle.SettleAsync();
        for (int i = 0; i < 3; i++)
        {
            var view = await circle.ViewAsync(i);
            view.SignerWords.ShouldBe(proposed);
            view.SignerWords.ShouldNotBe(before);
            view.Offer.ShouldBeNull();
            (await SignerAsync(circle, i)).Proposal.ShouldBeNull();
        }

        (await circle[0].JournalAsync("directory.signer-announced")).Count.ShouldBe(1);
        (await circle[0].JournalAsync("directory.signer-changed")).Count.ShouldBe(1);
        (await circle[2].JournalAsync("directory.signer-followed")).Single().Details!.ShouldContain(proposed);

        // The directory goes on, and so do letters.
        (await ChangeAsync(circle, "QST", BureauState.Restricted)).ShouldBeNull();
        await circle.SettleAsync();
        circle.Book(2).Find(Circle.Code(1))!.State.ShouldBe(BureauState.Restricted);
        await circle.WrittenAsync(1, "after the change", 2);
        await Circle.UntilAsync(() => circle.NotesAt(2).Count == 1);
        await circle[0].StopAsync();
        await circle[0].RestartAtAsync(circle.AddressOf(0));
        circle.Book(0).Pinned!.Signer.Name.ShouldBe("UTO#directory-2", "also after a start");
    }

    [Fact]
    public async Task A_bureau_that_was_away_over_two_changes_is_shown_how_it_came_to_that()
    {
        await using var circle = await Circle.JoinedAsync(3);
        await circle[2].StopAsync();
        for (int i = 0; i < 2; i++)
        {
            (await ProposeAsync(circle, isLost: false)).ShouldBeNull();
            (await AnswerAsync(circle, Second(circle), agree: true)).ShouldBeNull();
        }

        await circle[2].RestartAtAsync(circle.AddressOf(2));
        await Circle.UntilAsync(async () =>
        {
            await circle.RoundAsync(0);
            return circle.Book(2).Pinned!.Signer.Name == "UTO#directory-3";
        }, 60);
        (await circle[2].JournalAsync("exchange.refused")).ShouldBeEmpty();
    }

    [Fact]
    public async Task It_fetches_the_same_where_the_Secretariat_does_not_reach_it()
    {
        await using var circle = await Circle.JoinedAsync(2);
        await circle[1].StopAsync();
        (await ProposeAsync(circle, isLost: false)).ShouldBeNull();
        (await AnswerAsync(circle, Second(circle), agree: true)).ShouldBeNull();
        await using (var db = await circle[0].OpenDbAsync()) await db.Set<Correspondent>().ExecuteUpdateAsync(set => set.SetProperty(c => c.HasVersion, 999)); // it is taken to have it
        await circle[1].RestartAtAsync(circle.AddressOf(1));
        await Circle.UntilAsync(() => circle.Book(1).Pinned!.Signer.Name == "UTO#directory-2", 60);
    }

    [Fact]
    public async Task A_stolen_old_key_gives_nobody_a_directory_after_the_change()
    {
        await using var circle = await Circle.JoinedAsync(2);
        using var thief = OldKey(circle);
        (await ProposeAsync(circle, isLost: false)).ShouldBeNull();
        (await AnswerAsync(circle, Second(circle), agree: true)).ShouldBeNull();
        await circle.SettleAsync();
        var known = circle.Book(1).Pinned!.Directory;
        using var other = LetterSigner.Of("UTO#directory-3", [.. Enumerable.Repeat((byte)9, 32)]);
        var thiefs = new DirectoryKey(other.Name, other.PublicKey, known.IssuedAt.AddHours(-1), known.IssuedAt.AddYears(1));
        string[] forged =
        [
            PinnedDirectory.Sign(known with { Version = known.Version + 1 }, thief),
            PinnedDirectory.Sign(known with { Version = known.Version + 1, NextSigner = thiefs }, thief), // announces a key of its own
            PinnedDirectory.Sign(known with { Version = known.Version + 2 }, other),
        ];
        foreach (string form in forged)
        {
            (await ShowAsync(circle, 1, new(form, SignerOf(thief, known), [forged[1]]))).ShouldBe((HttpStatusCode.Forbidden, "exchange.directory-signer"));
            (await ShowAsync(circle, 0, new(form, SignerOf(thief, known), forged))).ShouldBe((HttpStatusCode.Forbidden, "exchange.directory-signer"), "nor the Secretariat");
        }

        circle.Book(1).Pinned!.Directory.Version.ShouldBe(known.Version);
        (await circle[1].JournalAsync("exchange.refused")).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Two_announcements_of_one_version_are_seen_and_the_first_stands()
    {
        await using var circle = await Circle.JoinedAsync(2);
        using var thief = OldKey(circle);
        (await ProposeAsync(circle, isLost: false)).ShouldBeNull();
        (await AnswerAsync(circle, Second(circle), agree: true)).ShouldBeNull();
        await circle.SettleAsync();
        var pinned = circle.Book(1).Pinned!;
        await using var db = await circle[0].OpenDbAsync();
        string announced = await db.Set<SignerChange>().Select(c => c.Form).SingleAsync();
        string other = PinnedDirectory.Sign(pinned.Directory with { Version = pinned.Directory.Version - 1 }, thief);
        (await ShowAsync(circle, 1, new(announced, null))).ShouldBe((HttpStatusCode.Forbidden, "exchange.directory-signer"), "over: its successor has signed");
        (await ShowAsync(circle, 1, new(other, null, [announced]))).ShouldBe((HttpStatusCode.Forbidden, "exchange.directory-signer"));
        circle.Book(1).Pinned!.SignedForm.ShouldBe(pinned.SignedForm);
    }

    [Fact]
    public async Task When_the_key_is_lost_bureaus_compare_words_anew_and_nobody_who_was_not_told_is_asked()
    {
        await using var circle = await Circle.JoinedAsync(3);
        using var thief = OldKey(circle);
        // A thief used it meanwhile: QST follows a version that the Secretariat never signed.
        var forged = circle.Book(1).Pinned!.Directory with { Version = 500 };
        (await ShowAsync(circle, 1, new(PinnedDirectory.Sign(forged, thief), null))).Status.ShouldBe(HttpStatusCode.OK);

        (await ProposeAsync(circle, isLost: true)).ShouldBeNull();
        (await AnswerAsync(circle, Second(circle), agree: true)).ShouldBeNull();
        await Circle.UntilAsync(async () =>
        {
            await circle.RoundAsync(0);
            return (await circle[1].JournalAsync("exchange.refused")).Any(e => e.Details!.Contains("directory-signer"));
        });
        (await circle.ViewAsync(1)).Offer.ShouldBeNull("nobody there waits for it");

        foreach (int bureau in (int[])[1, 2])
        {
            (await circle[bureau].RunAsync<AwaitSigner, Refusal?>(act => act.RunAsync(new("x"), circle[bureau].ServerCaller, default)))!.Code.ShouldBe("exchange.reason");
            (await circle[bureau].RunAsync<AwaitSigner, Refusal?>(act => act.RunAsync(new("Told by telephone"), circle[bureau].ServerCaller, default))).ShouldBeNull();
            await Circle.UntilAsync(async () =>
            {
                await circle.RoundAsync(0);
                return (await circle.ViewAsync(bureau)).Offer is not null;
            });
            var view = await circle.ViewAsync(bureau);
            view.Offer!.Words.ShouldBe((await circle.ViewAsync(0)).SignerWords);
            (await circle[bureau].RunAsync<AnswerOffer, Refusal?>(act => act.RunAsync(new("not these words at all", true), circle[bureau].ServerCaller, default)))!.Code.ShouldBe("exchange.words");
            (await circle[bureau].RunAsync<AnswerOffer, Refusal?>(act => act.RunAsync(new(view.Offer.Words, true), circle[bureau].ServerCaller, default))).ShouldBeNull();
            (await SignerAsync(circle, bureau)).AwaitedAt.ShouldBeNull("it is there");
        }

        await circle.SettleAsync();
        (await ShowAsync(circle, 1, new(PinnedDirectory.Sign(forged with { Version = 501 }, thief), SignerOf(thief, forged)))).ShouldBe((HttpStatusCode.Forbidden, "exchange.directory-signer"));
        (await circle[0].RunAsync<AwaitSigner, Refusal?>(act => act.RunAsync(new("Told by telephone"), circle[0].ServerCaller, default)))!.Code.ShouldBe("exchange.ourselves");
        await circle.WrittenAsync(1, "again", 2);
        await Circle.UntilAsync(() => circle.NotesAt(2).Count == 1);
    }

    [Fact]
    public async Task A_proposal_is_withdrawn_and_only_the_Secretariat_has_one()
    {
        await using var circle = await Circle.JoinedAsync(2);
        (await AnswerAsync(circle, Second(circle), agree: true)).ShouldBe("exchange.no-proposal");
        (await ProposeAsync(circle, isLost: false)).ShouldBeNull();
        string words = (await SignerAsync(circle, 0)).Proposal!.Words;
        (await AnswerAsync(circle, First(circle), agree: false)).ShouldBeNull();
        (await SignerAsync(circle, 0)).Proposal.ShouldBeNull();
        (await circle[1].RunAsync<ProposeSigner, Refusal?>(act => act.RunAsync(new(false, "for the test"), circle[1].ServerCaller, default)))!.Code.ShouldBe("exchange.not-secretariat");
        using var reader = await circle[0].ClientAsync(Right.ReadBureaus);
        (await reader.PostAsJsonAsync("api/v1/bureaus/signer/propose", new { reason = "for the test" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await ProposeAsync(circle, isLost: false)).ShouldBeNull();
        (await SignerAsync(circle, 0)).Proposal!.Words.ShouldBe(words, "what never signed is taken again");
    }

    private static async Task<ReadSigner.View> SignerAsync(Circle circle, int number)
    {
        (await circle[number].RunAsync<ReadSigner, Result<ReadSigner.View>>(act => act.RunAsync(circle[number].ServerCaller, default))).Succeeded(out var view, out var refusal).ShouldBeTrue(refusal?.Detail);
        return view!;
    }

    private static Caller First(Circle circle) => circle[0].ServerCaller;

    private static Caller Second(Circle circle) => First(circle) with { Actor = new Actor(ActorKind.Server, "second") };

    private static async Task<string?> ProposeAsync(Circle circle, bool isLost) =>
        (await circle[0].RunAsync<ProposeSigner, Refusal?>(act => act.RunAsync(new(isLost, "for the test"), First(circle), default)))?.Code;

    private static async Task<string?> AnswerAsync(Circle circle, Caller who, bool agree) =>
        (await circle[0].RunAsync<AnswerSigner, Refusal?>(act => act.RunAsync(new(agree), who, default)))?.Code;

    private static async Task<string?> ChangeAsync(Circle circle, string code, BureauState state) =>
        (await circle[0].RunAsync<ChangeBureau, Refusal?>(act => act.RunAsync(new(code, state, null, "for the test"), First(circle), default)))?.Code;

    private static LetterSigner OldKey(Circle circle) => LetterSigner.Of("UTO#directory-1", circle[0].Services.GetRequiredService<KeyFolder>().Secret("exchange-directory-1", 32));

    private static TakeDirectory.SignerBody SignerOf(LetterSigner signer, BureauDirectory directory) => new(signer.Name, signer.PublicKey, directory.IssuedAt.AddHours(-1), directory.IssuedAt.AddYears(1));

    private static async Task<(HttpStatusCode Status, string? Code)> ShowAsync(Circle circle, int number, TakeDirectory.Body body)
    {
        using var client = circle[number].Anonymous();
        using var answer = await client.PostAsync(new Uri("exchange/v1/directory", UriKind.Relative), new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, JsonRules.Options)));
        return (answer.StatusCode, HostileBureau.CodeOf(await answer.Content.ReadAsStringAsync()));
    }
}
