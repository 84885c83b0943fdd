using Amana.Server.Foundation;
using Amana.Server.Screening;
using Hit = Amana.Server.Screening.Hit;

namespace Amana.Server.Tests.Screening;

public class HitRulesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_hit_begins_open_without_a_verdict()
    {
        var hit = Open();
        hit.State.ShouldBe(HitState.Open);
        hit.Verdict.ShouldBeNull();
    }

    [Fact]
    public void The_second_of_two_officers_is_told_and_changes_nothing()
    {
        var hit = Open();
        hit.Decide(Verdict.SamePerson, "person:a", Noon, seen: 1).ShouldBeNull();
        hit.Decide(Verdict.NotTheSame, "person:b", Noon, seen: 1).ShouldBe(ScreeningRefusals.ChangedMeanwhile);
        (hit.Verdict, hit.DecidedBy).ShouldBe((Verdict.SamePerson, "person:a"));
    }

    [Fact]
    public void A_verdict_is_not_replaced_by_a_caller_who_has_not_seen_it()
    {
        var hit = Open();
        hit.Decide(Verdict.NotTheSame, "person:a", Noon, null);
        hit.Decide(Verdict.SamePerson, "person:b", Noon, null).ShouldBe(ScreeningRefusals.AlreadyDecided);
        hit.Decide(Verdict.SamePerson, "person:b", Noon, hit.Version).ShouldBeNull();
    }

    [Fact]
    public void Cannot_tell_may_be_decided_again_by_anyone()
    {
        var hit = Open();
        hit.Decide(Verdict.CannotTell, "person:a", Noon, null);
        hit.Decide(Verdict.SamePerson, "person:b", Noon, null).ShouldBeNull();
        hit.Verdict.ShouldBe(Verdict.SamePerson);
    }

    [Fact]
    public void The_officer_who_decided_may_undo_for_ten_minutes()
    {
        var hit = Open();
        hit.Decide(Verdict.NotTheSame, "person:a", Noon, null);
        hit.Undo("person:b", Noon).ShouldBe(ScreeningRefusals.NotYours);
        hit.Undo("person:a", Noon.AddMinutes(11)).ShouldBe(ScreeningRefusals.UndoTooLate);
        hit.Undo("person:a", Noon.AddMinutes(10)).ShouldBeNull();
        hit.State.ShouldBe(HitState.Open);
        hit.Undo("person:a", Noon).ShouldBe(ScreeningRefusals.NotDecided);
    }

    [Theory]
    [InlineData(null, "document-agrees", null, "hit.verdict-missing")]
    [InlineData(Verdict.SamePerson, null, null, "hit.reason-missing")]
    [InlineData(Verdict.SamePerson, "  ", null, "hit.reason-missing")]
    [InlineData(Verdict.SamePerson, "no-such-reason", null, "hit.reason-unknown")]
    [InlineData(Verdict.SamePerson, "birth-date-differs", null, "hit.reason-unknown")]
    [InlineData(Verdict.CannotTell, "other", null, "hit.reason-text-missing")]
    [InlineData(Verdict.CannotTell, "other", "a\0b", "screening.text-broken")]
    public void A_decision_needs_a_verdict_and_a_reason_that_fits(Verdict? verdict, string? reason, string? text, string code) =>
        HitDecision.Check(verdict, reason, text)!.Code.ShouldBe(code);

    [Fact]
    public void Every_verdict_has_reasons_of_its_own_and_the_open_one()
    {
        foreach (var verdict in Enum.GetValues<Verdict>())
        {
            var fitting = DecisionReason.All.Where(r => r.For.Contains(verdict)).Select(r => r.Code).ToList();
            fitting.Count.ShouldBeGreaterThan(1);
            fitting.ShouldContain(DecisionReason.Other);
            HitDecision.Check(verdict, fitting[0], null).ShouldBeNull();
        }
    }

    private static Hit Open() => new()
    {
        Id = Id<Hit>.New(TimeProvider.System), Reference = "HIT-26-00001", Bureau = "UTO", FoundAt = Noon, Question = Id<AskedQuestion>.New(TimeProvider.System),
        Purpose = "border-check", QuestionFingerprint = "q", List = "l", ListVersion = "1", EntityId = "e",
        RecordFingerprint = "r", Score = 0.9,
        Content = new HitContent { AskedName = "Specimen", QuestionBody = "{}", Caption = "SPECIMEN", Evidence = "[]", Record = "{}" },
    };
}
