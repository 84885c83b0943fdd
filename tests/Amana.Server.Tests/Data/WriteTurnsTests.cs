using Amana.Server.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Amana.Server.Tests.Data;

public class WriteTurnsTests
{
    private static readonly TimeSpan Generous = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Bulk_work_waits_for_who_was_saving_and_not_for_who_came_later()
    {
        var turns = new WriteTurns(TimeProvider.System);
        await using var first = Context();
        await using var second = Context();
        Begin(turns, first);
        // A limit that this test cannot meet: only the end of the first save lets the bulk work go on.
        var waiting = Task.Run(() => turns.LetOthersGo(Generous));
        await Task.Delay(50);
        Begin(turns, second);
        waiting.IsCompleted.ShouldBeFalse();
        turns.SavedChanges(new SaveChangesCompletedEventData(null!, null!, first, 1), 1);
        await waiting.WaitAsync(Generous);
    }

    [Fact]
    public async Task A_save_that_failed_was_cancelled_or_never_ends_holds_nobody_up()
    {
        var turns = new WriteTurns(TimeProvider.System);
        await using var failed = Context();
        await using var cancelled = Context();
        await using var lost = Context();
        foreach (var context in (DbContext[])[failed, cancelled, lost]) Begin(turns, context);
        turns.SaveChangesFailed(new DbContextErrorEventData(null!, null!, failed, new InvalidOperationException()));
        turns.SaveChangesCanceled(new DbContextEventData(null!, null!, cancelled));
        await Task.Run(() => turns.LetOthersGo(TimeSpan.FromMilliseconds(100))).WaitAsync(Generous);
        // The one that never ended is not waited for a second time.
        await Task.Run(() => turns.LetOthersGo(TimeSpan.FromDays(1))).WaitAsync(Generous);
    }

    private static void Begin(WriteTurns turns, DbContext context) => turns.SavingChanges(new DbContextEventData(null!, null!, context), default);

    private static DbContext Context() => new(new DbContextOptionsBuilder().UseSqlite("Data Source=:memory:").Options);
}
