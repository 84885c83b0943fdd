using Amana.Exchange.Post;
using Amana.Vocabulary;

namespace Amana.Exchange.Tests.Simulation;

public class AwayBookTests
{
    private static readonly BureauCode Quest = BureauCode.Of("QST");

    [Fact]
    public void Who_is_away_is_tried_again_after_a_while_and_at_once_when_it_was_heard_of()
    {
        var now = new DateTimeOffset(2026, 11, 28, 6, 0, 0, TimeSpan.Zero);
        var away = new AwayBook(() => now, () => 0.5);
        away.IsDue(Quest).ShouldBeTrue();
        away.Failed(Quest);
        away.IsDue(Quest).ShouldBeFalse();
        now += RetryPace.Shortest;
        away.IsDue(Quest).ShouldBeTrue();
        away.Failed(Quest);
        away.Answered(Quest);
        away.IsDue(Quest).ShouldBeTrue();
    }

    [Fact]
    public void A_clock_that_is_set_back_after_a_later_failure_makes_nobody_wait_for_it()
    {
        var right = new DateTimeOffset(2026, 11, 28, 6, 0, 0, TimeSpan.Zero);
        var now = right;
        var away = new AwayBook(() => now, () => 0.5);
        away.Failed(Quest);
        now = right.AddMinutes(20); // the clock is ahead, and the bureau has been away since before
        away.Failed(Quest);
        now = right.AddSeconds(5);
        away.IsDue(Quest).ShouldBeTrue();
    }
}
