using Amana.Exchange.Post;
using Amana.Vocabulary;

namespace Amana.Exchange.Tests.Simulation;

public class OutgoingLetterTests
{
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

    private static OutgoingLetter Letter(DateTimeOffset queued, DateTimeOffset next) => new(Guid.NewGuid(), BureauCode.Of("QST"), 1, queued, next);
}
