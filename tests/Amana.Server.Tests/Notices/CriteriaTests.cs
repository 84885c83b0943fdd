using System.Globalization;
using Amana.Server.Notices;

namespace Amana.Server.Tests.Notices;

/// <summary>Each condition, met and not met, from the request alone.</summary>
public class CriteriaTests
{
    public static TheoryData<NoticeColour> Colours => [.. Enum.GetValues<NoticeColour>()];

    [Theory]
    [MemberData(nameof(Colours))]
    public void A_request_that_holds_what_its_type_asks_for_may_be_sent_and_is_approved_once_a_person_has_answered(NoticeColour colour)
    {
        var check = Requests.Check(Requests.Of(colour), colour);
        check.StopSubmission.Select(f => $"{f.Criterion.Id} {f.Reason} {string.Join(',', f.About)}").ShouldBeEmpty();
        var answers = Requests.Answered(check);
        check.MayApprove.ShouldBe(answers.Count == 0);
        PreCheck.Of(colour, Requests.Read(Requests.Of(colour), colour), Requests.Facts, answers).MayApprove.ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Colours))]
    public void An_empty_request_of_any_type_is_stopped_with_the_rule_behind_it(NoticeColour colour)
    {
        var check = Requests.Check([], colour);
        check.MaySubmit.ShouldBeFalse();
        check.Findings.ShouldAllBe(f => f.Criterion.Rule.Length > 5 && f.Criterion.Names.Count == 4);
    }

    /// <summary>The red request with one thing wrong: which condition says so, and from what.</summary>
    [Theory]
    [InlineData("R7v", "missing", "warrantReference", "warrantReference=")]
    [InlineData("R7w", "over", "2026-01-31", "warrantExpiresOn=2026-01-31")]
    [InlineData("R7x", "order", "factsFrom,warrantIssuedOn", "warrantIssuedOn=2026-09-01")]
    [InlineData("R7x", "order", "warrantIssuedOn,today", "warrantIssuedOn=2026-12-24")]
    [InlineData("R7o", "order", "factsFrom,factsTo", "factsTo=2026-09")]
    [InlineData("R4p", "below", "23,24", "penaltyMonths=23")]
    [InlineData("R4p", "missing", "penaltyMonths", "penaltyMonths=")]
    [InlineData("R4s", "below", "5,6", "mode=sentence", "sentenceMonths=5", "remainingMonths=4")]
    [InlineData("R7iv", "missing", "mode", "mode=")]
    [InlineData("R7ivs", "missing", "remainingMonths", "mode=sentence", "penaltyMonths=", "sentenceMonths=12")]
    [InlineData("C1", "child", "17,18", "birthDate=2008-10-03")]
    [InlineData("C1", "child", "12,18", "birthDate=2014")]
    [InlineData("R3a", "excluded", "offenceKind", "offenceKind=norms")]
    [InlineData("R3b", "excluded", "offenceKind", "offenceKind=family")]
    [InlineData("R3c", "excluded", "offenceKind", "offenceKind=administrative")]
    [InlineData("R1", "missing", "action", "action=")]
    [InlineData("R6", "missing", "physical|marks|dnaHeld|fingerprintsHeld|documents", "physical=", "documents=")]
    [InlineData("R6", "missing", "sex", "sex=")]
    [InlineData("R7i", "missing", "factsPlace", "factsPlace=")]
    [InlineData("R7ii", "missing", "charges", "charges=")]
    [InlineData("R7iii", "missing", "laws", "laws=")]
    [InlineData("R8i", "missing", "assuranceCompetent", "assuranceCompetent=no")]
    [InlineData("R8ii", "missing", "assuranceExtradition", "assuranceExtradition=no")]
    [InlineData("R8iii", "missing", "assuranceAppeal", "warrantKind=other")]
    public void A_red_request_with_one_thing_wrong_is_not_sent(string criterion, string reason, string about, params string[] changes)
    {
        var stopped = Requests.Check(Requests.With(Requests.Red(), changes)).StopSubmission.ToList();
        var found = stopped.ShouldHaveSingleItem();
        (found.Criterion.Id, found.Reason, string.Join(',', found.About)).ShouldBe((criterion, reason, about));
    }

    [Theory]
    [InlineData("R4p", "penaltyMonths=24")]
    [InlineData("R4p", "penaltyMonths=", "lifePenalty=yes")]
    [InlineData("R4s", "mode=sentence", "sentenceMonths=60", "remainingMonths=1")]
    [InlineData("R4s", "mode=sentence", "sentenceMonths=6", "remainingMonths=6")]
    [InlineData("C1", "birthDate=2008-10-02")]
    [InlineData("C1", "birthDate=2007")]
    [InlineData("R8iii", "warrantKind=other", "assuranceAppeal=yes")]
    [InlineData("R7w", "warrantExpiresOn=2026-11-27")]
    public void A_threshold_is_met_on_the_spot(string criterion, params string[] changes) =>
        Requests.Check(Requests.With(Requests.Red(), changes)).Findings.Single(f => f.Criterion.Id == criterion).Outcome.ShouldBe(Outcome.Met);

    [Theory]
    [InlineData("R4p", "waiver-asked", "penaltyMonths=12", "waiverReason=A series of acts in five countries.")]
    [InlineData("R3c", "exception-claimed", "offenceKind=administrative", "organisedCrime=yes")]
    [InlineData("C1", "age-unsure", "birthDate=2008")]
    [InlineData("C1", "age-unknown", "birthDate=")]
    public void What_a_rule_cannot_decide_is_a_question_to_a_person(string criterion, string reason, params string[] changes)
    {
        var found = Requests.Check(Requests.With(Requests.Red(), changes)).Findings.Single(f => f.Criterion.Id == criterion);
        (found.Outcome, found.Reason).ShouldBe((Outcome.NeedsHuman, reason));
    }

    [Fact]
    public void Nobody_says_met_of_what_a_rule_found_not_met_and_anybody_may_say_not_met()
    {
        var content = Requests.Read(Requests.With(Requests.Red(), "penaltyMonths=12"));
        CriterionAnswer[] answers =
        [
            new("R4p", true, "It seems serious to me.", "person:reviewer", Requests.Now), new("R7ii", false, "The charge does not follow from the facts.", "person:reviewer", Requests.Now),
        ];
        var check = PreCheck.Of(NoticeColour.Red, content, Requests.Facts, answers);
        check.Findings.Single(f => f.Criterion.Id == "R4p").Standing.ShouldBe(Outcome.NotMet);
        check.Findings.Single(f => f.Criterion.Id == "R7ii").Standing.ShouldBe(Outcome.NotMet);
    }

    [Fact]
    public void Of_two_answers_the_later_one_stands()
    {
        CriterionAnswer[] answers = [new("R9b", true, "Clear.", "person:a", Requests.Now), new("R9b", false, "Not after the new document.", "person:a", Requests.Now.AddMinutes(1))];
        PreCheck.Of(NoticeColour.Red, Requests.Read(Requests.Red()), Requests.Facts, answers).Findings.Single(f => f.Criterion.Id == "R9b").Standing.ShouldBe(Outcome.NotMet);
    }

    [Fact]
    public void A_refugee_stops_the_approval_and_the_requester_does_not_learn_it()
    {
        var check = PreCheck.Of(NoticeColour.Red, Requests.Read(Requests.Red()), Requests.Facts with { Protected = true });
        check.MaySubmit.ShouldBeTrue();
        var gate = check.Findings.Single(f => f.Criterion.Id == "R10");
        (gate.Outcome, gate.Reason, gate.Criterion.Test).ShouldBe((Outcome.NotMet, "protected", "refugee"));
        var free = Requests.Check(Requests.Red()).ForRequester();
        check.ForRequester().Findings.Select(f => (f.Criterion.Id, f.Outcome, f.Reason)).ShouldBe(free.Findings.Select(f => (f.Criterion.Id, f.Outcome, f.Reason)));
    }

    [Fact]
    public void A_bureau_that_is_suspended_sends_nothing() =>
        PreCheck.Of(NoticeColour.Blue, Requests.Read(Requests.Of(NoticeColour.Blue), NoticeColour.Blue), Requests.Facts with { BureauSuspended = true })
            .StopSubmission.ShouldHaveSingleItem().Criterion.Id.ShouldBe("D3");

    [Fact]
    public void A_forged_reference_to_another_notice_is_found_out() =>
        PreCheck.Of(NoticeColour.Red, Requests.Read(Requests.With(Requests.Red(), "relatedNotice=UTO-R-2026-9999")), Requests.Facts with { RelatedIsKnown = false })
            .StopSubmission.ShouldHaveSingleItem().Reason.ShouldBe("reference-unknown");

    [Theory]
    [InlineData("A3-political", true, Outcome.NotMet, "refused-case")]
    [InlineData("threshold", true, Outcome.NeedsHuman, "refused-before")]
    [InlineData("A3-political", false, Outcome.NeedsHuman, "refused-person")]
    public void A_refused_request_that_comes_back_under_another_colour_is_recognised(string refusedFor, bool sameCase, Outcome outcome, string reason)
    {
        var facts = Requests.Facts with { EarlierRefusals = [new("UTO-R-2026-0001", NoticeColour.Red, refusedFor, sameCase)] };
        var check = PreCheck.Of(NoticeColour.Blue, Requests.Read(Requests.Of(NoticeColour.Blue), NoticeColour.Blue), facts);
        var found = check.Findings.Single(f => f.Criterion.Id == "D1");
        (found.Outcome, found.Reason, found.About[0]).ShouldBe((outcome, reason, "UTO-R-2026-0001"));
        check.ForRequester().Findings.Single(f => f.Criterion.Id == "D1").About.ShouldBeEmpty();
    }

    [Fact]
    public void A_case_is_known_again_by_its_warrant_facts_and_documents_and_a_person_by_name_and_year_in_any_order()
    {
        byte[] key = new byte[32];
        var red = RequestKeys.Of(Requests.Read(Requests.Red()), key);
        var blue = RequestKeys.Of(Requests.Read(Requests.With(Requests.Of(NoticeColour.Blue), "familyName=Éxample", "forename=specimen", "birthDate=1988", $"facts={Requests.Red()["facts"].ToUpperInvariant()}",
            "documents=Passport; l-898902 c3; uto"), NoticeColour.Blue), key);
        red.Person.Intersect(blue.Person).Count().ShouldBe(1);
        red.Case.Intersect(blue.Case).Count().ShouldBe(2);
        RequestKeys.Of(Requests.Read(Requests.Red()), [.. Enumerable.Repeat((byte)1, 32)]).All.Intersect(red.All).ShouldBeEmpty();
        red.All.ShouldAllBe(k => k.Length == RequestKeys.Chars);
    }

    [Fact]
    public void A_diffusion_names_its_recipients_and_meets_the_same_conditions()
    {
        var facts = Requests.Facts with { Form = NoticeForm.Diffusion };
        Requests.Check(Requests.Red(), facts: facts).StopSubmission.ShouldHaveSingleItem().Criterion.Id.ShouldBe("D4");
        Requests.Check(Requests.With(Requests.Red(), "recipients=QMR"), facts: facts).MaySubmit.ShouldBeTrue();
        Requests.Check(Requests.With(Requests.Red(), "recipients=QMR", "penaltyMonths=3"), facts: facts).MaySubmit.ShouldBeFalse();
    }

    [Fact]
    public void The_privacy_of_a_missing_adult_is_asked_for_and_of_a_child_is_not()
    {
        Requests.Check(Requests.Yellow(), NoticeColour.Yellow).MaySubmit.ShouldBeTrue();
        Requests.Check(Requests.With(Requests.Yellow(), "birthDate=1990"), NoticeColour.Yellow).StopSubmission.ShouldHaveSingleItem().Criterion.Id.ShouldBe("Y3");
        Requests.Check(Requests.With(Requests.Yellow(), "birthDate=1990", "privacyLawAllows=yes"), NoticeColour.Yellow).MaySubmit.ShouldBeTrue();
    }

    [Fact]
    public void Words_lead_the_eye_to_whole_passages_in_four_languages_and_decide_nothing()
    {
        const string Text = "He spoke at a rally of the opposition, shared opinions; le réfugié; su opinión; وطلب اللجوء. A tribesman, an overally word.";
        var content = Requests.Read(Requests.With(Requests.Red(), "facts=" + Text));
        var found = Passages.In(content).Where(p => p.Field == "facts").ToList();
        found.Select(p => Text.Substring(p.From, p.Length)).ShouldBe(["rally", "opposition", "opinions", "réfugié", "opinión", "لجوء"]);
        PreCheck.Of(NoticeColour.Red, content, Requests.Facts).MaySubmit.ShouldBeTrue();
    }

    [Fact]
    public void Every_check_that_a_criterion_names_is_there_and_every_field_it_speaks_of_is_one_of_its_type()
    {
        foreach (var criterion in NoticeRules.Own.Criteria)
        {
            CriterionChecks.ByName.ShouldContainKey(criterion.Check);
            string[] spoken = [.. criterion.Sets.SelectMany(s => s).SelectMany(t => t.Split('|')), .. criterion.Fields, criterion.Field, criterion.At, criterion.OrFlag ?? "", criterion.Unless ?? "", criterion.Waiver ?? "", criterion.When?.Field ?? ""];
            foreach (var colour in criterion.Colours)
            {
                spoken.Where(f => f is not ("" or "picture" or "today")).Where(f => !NoticeRules.Own.FieldsOf(colour).Any(x => x.Name == f))
                    .Select(f => string.Create(CultureInfo.InvariantCulture, $"{criterion.Id} {colour} {f}")).ShouldBeEmpty();
            }
        }

        NoticeRules.Own.Criteria.Select(c => c.Id).ShouldBeUnique();
        NoticeRules.Own.Criteria.SelectMany(c => c.Hints).Except(NoticeRules.Own.Hints.Select(h => h.Kind)).ShouldBeEmpty();
    }
}
