using System.Text;
using Amana.Exchange.Handling;
using Amana.Vocabulary;

namespace Amana.Exchange.Tests.Handling;

public class HandlingTests
{
    private static readonly BureauCode[] Bureaus = [.. "UTO QMR QST GS QVL".Split(' ').Select(BureauCode.Of)];
    private static readonly BureauCode Uto = Bureaus[0], Qmr = Bureaus[1], Qst = Bureaus[2], Gs = Bureaus[3];
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 3, 12, 45, TimeSpan.Zero);

    private static ItemHandling Any(Random chance)
    {
        BureauCode[] Some(int least) => [.. Bureaus.Where(_ => chance.Next(2) == 0).DefaultIfEmpty(Bureaus[chance.Next(5)]).Take(Math.Max(least, chance.Next(5)))];
        string[] conditions = chance.Next(3) == 0 ? [.. ((string[])["not by telephone", "only with the prosecutor", "Ⅱ ألف"]).Take(chance.Next(1, 4))] : [];
        var audience = chance.Next(3) switch { 0 => Audience.Everybody, 1 => Audience.Of(null, Some(0)), _ => Audience.Of(Some(0), Some(0)) };
        return ItemHandling.Of(Some(1), (HandlingCodes)chance.Next(4), conditions, (SourceGrade)chance.Next(4), (InformationGrade)chance.Next(1, 5), (ConfidentialityLevel)chance.Next(3),
            audience, chance.Next(2) == 0 ? null : Now.AddDays(chance.Next(-3, 4)))!;
    }

    private static HandlingAsk AnyAsk(Random chance) => new()
    {
        Act = (HandlingAct)chance.Next(8), By = Bureaus[chance.Next(5)], At = Now, ForCourt = chance.Next(2) == 0,
        To = [.. Bureaus.Where(_ => chance.Next(3) == 0)], Holders = [.. Bureaus.Where(_ => chance.Next(3) == 0)],
    };

    private static ItemHandling Of(HandlingCodes codes = HandlingCodes.None, Audience? audience = null, ConfidentialityLevel level = ConfidentialityLevel.Official, DateTimeOffset? until = null, params string[] conditions) =>
        ItemHandling.Of(Qmr, codes, conditions, SourceGrade.B, InformationGrade.KnownToSource, level, audience, until);

    private static HandlingAsk Ask(HandlingAct act, params BureauCode[] to) => new() { Act = act, By = Uto, At = Now, To = to };

    private static string Words(ItemHandling handling, HandlingAsk ask) => string.Join(' ', HandlingRules.Decide(handling, ask).Grounds.Select(g => g.Word));

    [Fact]
    public void Joining_is_a_least_upper_bound()
    {
        var chance = new Random(7);
        for (int i = 0; i < 5_000; i++)
        {
            ItemHandling a = Any(chance), b = Any(chance), c = Any(chance);
            a.JoinedWith(a).ShouldBe(a);
            a.JoinedWith(b).ShouldBe(b.JoinedWith(a));
            a.JoinedWith(b).JoinedWith(c).ShouldBe(a.JoinedWith(b.JoinedWith(c)));
            a.JoinedWith(b).IsNoLooserThan(a).ShouldBeTrue();
            if (a.IsNoLooserThan(b) && b.IsNoLooserThan(c)) a.IsNoLooserThan(c).ShouldBeTrue();
        }
    }

    /// <summary>Seen from the acts: what is forbidden for one of two is forbidden for what was made of them. Who owns one of the two owns it no longer alone.</summary>
    [Fact]
    public void What_is_made_of_several_allows_nothing_that_one_of_them_forbids()
    {
        var chance = new Random(11);
        int forbidden = 0;
        for (int i = 0; i < 20_000; i++)
        {
            ItemHandling a = Any(chance), b = Any(chance);
            // Givers are in both sets, so that who has it does not change by mixing.
            (a, b) = (a.JoinedWith(OwnedBy(b)), b.JoinedWith(OwnedBy(a)));
            var ask = AnyAsk(chance);
            if (HandlingRules.Decide(a, ask).Allowed) continue;
            forbidden++;
            HandlingRules.Decide(a.JoinedWith(b), ask).Allowed.ShouldBeFalse();
        }

        forbidden.ShouldBeGreaterThan(5_000, "the rule was really tried");

        static ItemHandling OwnedBy(ItemHandling other) => ItemHandling.Of(other.Originators, HandlingCodes.None, [], SourceGrade.A, InformationGrade.Certain, ConfidentialityLevel.Official, null, null)!;
    }

    [Fact]
    public void The_table_of_the_specification_is_what_the_rules_say()
    {
        string[] rows = [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "handling.md")).SkipWhile(l => !l.StartsWith("| act |", StringComparison.Ordinal)).Skip(2).TakeWhile(l => l.StartsWith('|'))];
        rows.Length.ShouldBe(Enum.GetValues<HandlingAct>().Length);
        foreach (string row in rows)
        {
            string[] cells = [.. row.Trim('|').Split('|').Select(c => c.Trim())];
            var act = Enum.Parse<HandlingAct>(cells[0], ignoreCase: true);
            string[] said =
            [
                cells[0], Words(Of(HandlingCodes.NotInCourt), Ask(act) with { ForCourt = true }), Words(Of(HandlingCodes.NotPassedOn), Ask(act, Qst)),
                Words(Of(audience: Audience.Of([Uto], [])), Ask(act, Qst)), Words(Of(conditions: "not by telephone"), Ask(act, Qst)), Words(Of(level: ConfidentialityLevel.Confidential), Ask(act, Qst)),
            ];
            said.ShouldBe(cells);
            Words(Of(HandlingCodes.NotInCourt | HandlingCodes.NotPassedOn, Audience.Of([Uto], []), ConfidentialityLevel.Confidential), Ask(act)).ShouldBe("", "in the own house, and not for court");
            Words(Of(until: Now), Ask(act)).ShouldBe("expired");
            Words(Of(audience: Audience.Of(null, [Uto])), Ask(act)).ShouldBe("not-for-us");
            HandlingRules.Decide(Of((HandlingCodes)3, Audience.Of([], []), ConfidentialityLevel.Confidential, Now, "x"), Ask(act, Qst) with { By = Qmr, ForCourt = true }).Allowed.ShouldBeTrue("it is its own");
        }
    }

    [Fact]
    public void Giving_back_to_who_has_it_passes_nothing_on()
    {
        Words(Of(HandlingCodes.NotPassedOn), Ask(HandlingAct.Reply, Qmr)).ShouldBe("");
        Words(Of(HandlingCodes.NotPassedOn), Ask(HandlingAct.Reply, Qmr, Gs) with { Holders = [Uto, Gs] }).ShouldBe("");
        Words(Of(HandlingCodes.NotPassedOn), Ask(HandlingAct.Reply, Qmr, Gs, Qst) with { Holders = [Uto, Gs] }).ShouldBe("H2");
    }

    [Fact]
    public void A_condition_is_met_when_a_person_says_so_and_each_one_by_itself()
    {
        var handling = Of(conditions: ["not by telephone", "only with the prosecutor"]);
        var ask = Ask(HandlingAct.Forward, Qst);
        HandlingRules.Decide(handling, ask).Grounds.Select(g => g.Condition).ShouldBe(["not by telephone", "only with the prosecutor"]);
        HandlingRules.Decide(handling, ask with { Confirmed = ["only with the prosecutor"] }).Grounds.ShouldHaveSingleItem().Condition.ShouldBe("not by telephone");
        HandlingRules.Decide(handling, ask with { Confirmed = ["only with the prosecutor", "not by telephone"] }).Allowed.ShouldBeTrue();
    }

    [Fact]
    public void A_release_widens_what_was_asked_and_nothing_else()
    {
        var handling = Of(HandlingCodes.NotInCourt | HandlingCodes.NotPassedOn, Audience.Of([Uto], []));
        var yes = new Release { Originator = Qmr, To = Uto, Act = HandlingAct.Forward, Recipients = [Qst], ForCourt = false, From = Now.AddHours(-1), Until = Now.AddDays(1) };
        var ask = Ask(HandlingAct.Forward, Qst) with { Releases = [yes] };
        Words(handling, ask).ShouldBe("");
        Words(handling, ask with { To = [Qst, Gs] }).ShouldBe("H2 not-for-them", "another recipient");
        Words(handling, ask with { Act = HandlingAct.Export }).ShouldBe("H2 not-for-them", "another act");
        Words(handling, ask with { ForCourt = true }).ShouldBe("H1 H2 not-for-them", "for court was not asked");
        Words(handling, ask with { At = Now.AddDays(1) }).ShouldBe("H2 not-for-them", "too late");
        Words(handling, ask with { At = Now.AddHours(-2) }).ShouldBe("H2 not-for-them", "before it was said");
        Words(handling, ask with { Releases = [yes with { Originator = Gs }] }).ShouldBe("H2 not-for-them", "not by its originator");
        Words(handling, ask with { Releases = [yes with { To = Gs }] }).ShouldBe("H2 not-for-them", "to somebody else");
        Words(Of(HandlingCodes.NotPassedOn, conditions: "not by telephone"), ask).ShouldBe("H3", "a condition is still to be met");
        Words(Of(until: Now), ask).ShouldBe("expired");
    }

    [Fact]
    public void Own_words_are_as_strict_as_what_they_quote_and_keep_their_own_grades()
    {
        var chance = new Random(5);
        for (int i = 0; i < 2_000; i++)
        {
            ItemHandling own = Any(chance), a = Any(chance), b = Any(chance);
            var tightened = own.Tightened([a, b]);
            (tightened.IsNoLooserThan(a) && tightened.IsNoLooserThan(b) && tightened.IsNoLooserThan(own)).ShouldBeTrue();
            (tightened.Grade, string.Join(' ', tightened.Originators)).ShouldBe((own.Grade, string.Join(' ', own.Originators)));
        }
    }

    [Fact]
    public void What_is_given_on_under_a_release_is_for_the_new_ones_too_and_binds_them()
    {
        var given = Of(HandlingCodes.NotPassedOn, Audience.Of([Uto], [])).ReleasedTo([Qst]);
        (given.Audience.Has(Qst), given.Audience.Has(Gs)).ShouldBe((true, false));
        Words(given, Ask(HandlingAct.Forward, Gs) with { By = Qst }).ShouldBe("H2 not-for-them");
        Of(audience: Audience.Of(null, [Qst, Gs])).ReleasedTo([Qst]).Audience.ShouldBe(Audience.Of(null, [Gs]));
    }

    [Fact]
    public void What_is_of_two_bureaus_needs_the_yes_of_both()
    {
        var handling = Of(HandlingCodes.NotPassedOn).JoinedWith(ItemHandling.Of(Gs, HandlingCodes.None, [], SourceGrade.A, InformationGrade.Certain));
        Release Yes(BureauCode by) => new() { Originator = by, To = Uto, Act = HandlingAct.Forward, Recipients = [Qst], ForCourt = false, From = Now };
        Words(handling, Ask(HandlingAct.Forward, Qst) with { Releases = [Yes(Qmr)] }).ShouldBe("H2");
        Words(handling, Ask(HandlingAct.Forward, Qst) with { Releases = [Yes(Qmr), Yes(Gs)] }).ShouldBe("");
        Words(handling, Ask(HandlingAct.Forward, Qst) with { By = Gs, Releases = [Yes(Qmr) with { To = Gs }] }).ShouldBe("", "one's own yes is in the act");
    }

    [Fact]
    public void What_nobody_can_release_is_not_asked_for()
    {
        HandlingRules.Decide(Of(HandlingCodes.NotPassedOn), Ask(HandlingAct.Forward, Qst)).CanBeAsked.ShouldBeTrue();
        HandlingRules.Decide(Of(until: Now), Ask(HandlingAct.Print)).CanBeAsked.ShouldBeFalse();
        HandlingRules.Decide(Of(audience: Audience.Of(null, [Uto])), Ask(HandlingAct.Print)).CanBeAsked.ShouldBeFalse();
        HandlingRules.Decide(Of(), Ask(HandlingAct.Print)).CanBeAsked.ShouldBeFalse("it is allowed");
    }

    [Fact]
    public void What_is_written_is_read_as_it_was()
    {
        var chance = new Random(3);
        for (int i = 0; i < 5_000; i++)
        {
            var handling = Any(chance);
            HandlingJson.Read(HandlingJson.ToBytes(handling)).ShouldBe(handling);
        }

        Encoding.UTF8.GetString(HandlingJson.ToBytes(Of(HandlingCodes.NotPassedOn, Audience.Of([Uto, Gs], [Gs]), ConfidentialityLevel.Restricted, Now.AddMilliseconds(900), "not by telephone"))).ShouldBe(
            """{"codes":["H2","H3"],"conditions":["not by telephone"],"source":"B","information":2,"level":"restricted","originators":["QMR"],"only":["UTO"],"until":"2026-11-24T03:12:45Z"}""");
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""[]""")]
    [InlineData("""{"codes":["H0"],"source":"A","information":1,"level":"official","originators":["QMR"],"notByDay":true}""")]
    [InlineData("""{"codes":["H0"],"codes":["H2"],"source":"A","information":1,"level":"official","originators":["QMR"]}""")]
    [InlineData("""{"codes":["H4"],"source":"A","information":1,"level":"official","originators":["QMR"]}""")]
    [InlineData("""{"codes":["H0","H2"],"source":"A","information":1,"level":"official","originators":["QMR"]}""")]
    [InlineData("""{"codes":[],"source":"A","information":1,"level":"official","originators":["QMR"]}""")]
    [InlineData("""{"codes":["H3"],"source":"A","information":1,"level":"official","originators":["QMR"]}""")]
    [InlineData("""{"codes":["H0"],"source":"D","information":1,"level":"official","originators":["QMR"]}""")]
    [InlineData("""{"codes":["H0"],"source":"A","information":5,"level":"official","originators":["QMR"]}""")]
    [InlineData("""{"codes":["H0"],"source":"A","information":1.5,"level":"official","originators":["QMR"]}""")]
    [InlineData("""{"codes":["H0"],"source":"A","information":1,"level":"secret","originators":["QMR"]}""")]
    [InlineData("""{"codes":["H0"],"source":"A","information":1,"level":"official","originators":[]}""")]
    [InlineData("""{"codes":["H0"],"source":"A","information":1,"level":"official","originators":["q"]}""")]
    [InlineData("""{"codes":["H0"],"source":"A","information":1,"level":"official","originators":["QMR"],"only":"UTO"}""")]
    [InlineData("""{"codes":["H0"],"source":"A","information":1,"level":"official","originators":["QMR"],"until":"2026-11-24"}""")]
    [InlineData("""{"codes":["H0"],"source":0,"information":1,"level":"official","originators":["QMR"]}""")]
    [InlineData("""{"codes":["H0"]""")]
    public void What_is_not_wholly_understood_is_not_read(string json) => HandlingJson.Read(Encoding.UTF8.GetBytes(json)).ShouldBeNull();
}
