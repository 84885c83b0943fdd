using System.Text;
using Amana.Sealing.Logs;
using Amana.Server.Access;
using Amana.Server.Access.Pages;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Server.Tests.Journal;

/// <summary>What an outsider, and a reader who may not know of people's requests, learns from the public tree: nothing of them.</summary>
public class PublicWordsTests(AmanaServer server)
{
    private static readonly PublicAct Public = new(new byte[32]);

    [Theory]
    [InlineData("request.received")]
    [InlineData("hit.decided")]
    [InlineData("watch.told")]
    [InlineData("tip.given")]
    [InlineData("emergency.opened")]
    [InlineData("journal.cover")]
    [InlineData("module-of-tomorrow.happened")]
    public void An_act_on_data_of_persons_has_one_word_in_public(string fact) => Of(Entry(fact)).What.ShouldBe("data.handled");

    [Theory]
    [InlineData("keys.rotated")]
    [InlineData("list.published")]
    [InlineData("person.roles-changed")]
    public void An_act_on_the_house_keeps_its_word(string fact) => Of(Entry(fact)).What.ShouldBe(fact);

    [Fact]
    public void What_concerns_a_request_looks_like_an_act_of_nobody_and_is_under_no_person()
    {
        LoggedAct request = Of(Entry("request.read")), cover = Of(Entry("journal.cover", "server:server")), question = Of(Entry("question.asked"));
        (request.Who, request.What).ShouldBe((cover.Who, cover.What));
        request.Who.ShouldNotBe(question.Who);
        Encoding.UTF8.GetString(PublicAct.Rest(Entry("request.read"))).ShouldContain("\"person:1\",\"request.read\"", customMessage: "what was committed to is the truth");
    }

    [Fact]
    public void An_entry_from_before_the_neutral_word_stays_as_it_was_signed()
    {
        var before = Of(Entry("request.read", neutral: false));
        (before.What, before.Who).ShouldBe(("request.read", Of(Entry("question.asked")).Who));
    }

    [Fact]
    public void Facts_about_people_s_data_are_neutral_one_by_one() =>
        AuditText.Acts.Where(fact => fact.Split('.')[0] is "request" or "hit" or "hits" or "question" or "questions" or "notice" or "watch" or "tip" or "record" or "emergency" or "item" or "number" or "batch" or "protection")
            .Where(fact => PublicWords.Of(fact) != PublicWords.Neutral).ShouldBeEmpty();

    [Fact]
    public async Task An_act_of_nobody_is_hidden_from_who_may_not_know_of_requests_and_proved_with_the_others()
    {
        await server.Services.GetRequiredService<CoverActs>().CoverAsync(TestContext.Current.CancellationToken);
        (await server.JournalAsync("journal.cover")).ShouldNotBeEmpty();
        using var reader = await server.ClientAsync(Right.ReadJournal);
        (await reader.GetStringAsync("api/v1/journal?what=journal.cover", TestContext.Current.CancellationToken)).ShouldNotContain("\"journal.cover\"");
        var found = await server.RunAsync<JournalProof, JournalProof.Finding>(proof => proof.ProveAsync(TestContext.Current.CancellationToken));
        found.Fault.ShouldBeNull();
    }

    private static LoggedAct Of(JournalEntry entry)
    {
        LoggedAct.TryParse(Public.Of(entry), out var act).ShouldBeTrue();
        return act!;
    }

    private static JournalEntry Entry(string fact, string who = "person:1", bool neutral = true) => new()
    {
        At = new DateTimeOffset(2026, 11, 24, 3, 12, 45, TimeSpan.Zero), Who = who, What = fact, PublicWhat = neutral ? PublicWords.Of(fact) : null, Salt = new byte[ActCommitment.SaltBytes],
    };
}
