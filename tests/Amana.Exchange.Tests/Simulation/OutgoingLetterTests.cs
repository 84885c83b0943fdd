using Amana.Exchange.Post;
using Amana.Vocabulary;

namespace Amana.Exchange.Tests.Simulation;

public class OutgoingLetterTests
{
    [Fact]
    public void Who_failed_often_and_fast_by_a_clock_that_was_ahead_does_not_wait_for_it()
    {
        var begin = new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);
        var letter = new OutgoingLetter(Guid.NewGuid(), BureauCode.Of("UTB"), 1, begin, begin);
        for (int second = 0; second < 60; second++) letter = letter.Failed(begin.AddSeconds(second), "at-relay", 0.5);
        letter.IsDue(begin.AddSeconds(59)).ShouldBeFalse();
        letter.IsDue(letter.NextAt).ShouldBeTrue();
        // The clock is two minutes ahead when it fails once more, and is then put right.
        letter = letter.Failed(begin.AddMinutes(3).AddSeconds(1), "at-relay", 0.5);
        letter.IsDue(begin.AddMinutes(3).AddSeconds(1)).ShouldBeFalse("it waits its time as long as the clock is as it was");
        letter.IsDue(begin.AddMinutes(1).AddSeconds(2)).ShouldBeTrue();
    }

    private static readonly DateTimeOffset Now = new(2026, 11, 28, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_letter_that_was_queued_while_the_clock_was_ten_minutes_ahead_is_due_once_the_clock_is_right()
    {
        var ahead = Now.AddMinutes(10);
        Letter(queued: ahead, next: ahead).IsDue(Now).ShouldBeTrue();
        Letter(queued: Now, next: Now.AddSeconds(1)).IsDue(Now).ShouldBeFalse("it waits for its next attempt");
    }

    [Fact]
    public void One_that_failed_while_the_clock_was_ahead_is_tried_and_then_waits_as_after_a_first_failure()
    {
        var failed = Letter(queued: Now.AddHours(-1), next: Now.AddMinutes(-1)).Failed(Now.AddMinutes(10), "away", 0.5);
        failed.IsDue(Now).ShouldBeTrue();
        var again = failed.Failed(Now, "away", 0.5);
        again.FailedSince.ShouldBe(Now);
        again.IsDue(Now).ShouldBeFalse();
        again.IsDue(Now + RetryPace.Shortest).ShouldBeTrue();
    }

    [Fact]
    public void One_that_was_told_to_wait_by_a_clock_that_was_ahead_waits_no_longer_once_it_is_right()
    {
        var failed = Letter(queued: Now, next: Now).Failed(Now, "away", 0.5).Failed(Now.AddMinutes(20), "away", 0.5);
        failed.FailedSince.ShouldBe(Now);
        failed.IsDue(Now.AddSeconds(5)).ShouldBeTrue();
        failed.IsDue(Now.AddMinutes(20)).ShouldBeFalse();
    }

    [Fact]
    public void A_clock_that_is_put_forward_makes_nobody_away_for_longer_than_the_attempts_took()
    {
        var failed = Letter(queued: Now, next: Now).Failed(Now, "away", 0.5).Failed(Now.AddSeconds(31), "away", 0.5);
        var jumped = failed.Failed(Now.AddDays(29), "away", 0.5);
        (jumped.NextAt - Now.AddDays(29)).ShouldBeLessThan(TimeSpan.FromSeconds(7));
        RetryPace.AwayAtMost(0).ShouldBe(TimeSpan.Zero);
        // What honest attempts took is never cut short: thirty days of them, each with the longest wait and a slow request.
        TimeSpan away = TimeSpan.Zero;
        for (int attempts = 1; away < RetryPace.GiveUpAfter; attempts++)
        {
            RetryPace.AwayAtMost(attempts).ShouldBeGreaterThanOrEqualTo(away, $"{attempts}");
            away += RetryPace.WaitAfter(away, 1) + TimeSpan.FromSeconds(29);
        }
    }

    private static OutgoingLetter Letter(DateTimeOffset queued, DateTimeOffset next) => new(Guid.NewGuid(), BureauCode.Of("QST"), 1, queued, next);
}
