using Amana.Server.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Amana.Server.Tests.Data;

public class SaveQueueTests
{
    private static readonly TimeSpan Generous = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Saves_go_one_after_the_other_as_they_came()
    {
        var queue = new SaveQueue(TimeProvider.System);
        await using DbContext first = Context(), second = Context(), third = Context();
        await EnterAsync(queue, first);
        Task<InterceptionResult<int>> secondWaits = EnterAsync(queue, second), thirdWaits = EnterAsync(queue, third);
        await Task.Delay(50, TestContext.Current.CancellationToken);
        secondWaits.IsCompleted.ShouldBeFalse();
        Leave(queue, first);
        await secondWaits.WaitAsync(Generous, TestContext.Current.CancellationToken);
        thirdWaits.IsCompleted.ShouldBeFalse();
        queue.SaveChangesFailed(new DbContextErrorEventData(null!, null!, second, new InvalidOperationException()));
        await thirdWaits.WaitAsync(Generous, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task One_that_gives_up_waiting_gives_its_place_to_the_next()
    {
        var queue = new SaveQueue(TimeProvider.System);
        await using DbContext first = Context(), second = Context(), third = Context();
        await EnterAsync(queue, first);
        using var gives = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Task<InterceptionResult<int>> secondWaits = EnterAsync(queue, second, gives.Token), thirdWaits = EnterAsync(queue, third);
        await gives.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => secondWaits);
        Leave(queue, first);
        await thirdWaits.WaitAsync(Generous, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task One_that_never_ends_is_not_waited_for_longer_than_its_time_and_its_late_end_gives_nobody_a_turn()
    {
        var queue = new SaveQueue(TimeProvider.System);
        await using DbContext lost = Context(), second = Context(), third = Context();
        await EnterAsync(queue, lost);
        await EnterAsync(queue, second).WaitAsync(Generous, TestContext.Current.CancellationToken);
        var thirdWaits = EnterAsync(queue, third);
        Leave(queue, lost);
        thirdWaits.IsCompleted.ShouldBeFalse();
        Leave(queue, second);
        await thirdWaits.WaitAsync(Generous, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Whoever_has_begun_a_transaction_does_not_stand_in_the_queue()
    {
        var queue = new SaveQueue(TimeProvider.System);
        await using DbContext first = Context(), within = Context();
        await EnterAsync(queue, first);
        await within.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await within.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await EnterAsync(queue, within).WaitAsync(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
    }

    private static Task<InterceptionResult<int>> EnterAsync(SaveQueue queue, DbContext context, CancellationToken? cancel = null) =>
        queue.SavingChangesAsync(new DbContextEventData(null!, null!, context), default, cancel ?? TestContext.Current.CancellationToken).AsTask();

    private static void Leave(SaveQueue queue, DbContext context) => queue.SavedChanges(new SaveChangesCompletedEventData(null!, null!, context, 1), 1);

    private static DbContext Context() => new(new DbContextOptionsBuilder().UseSqlite("Data Source=:memory:").Options);
}
