using Amana.Server.Data;
using Amana.Server.Exchange.Book;
using Amana.Server.Exchange.Keys;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Tests.Exchange;
using Amana.Server.Threads;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Server.Tests.Threads;

/// <summary>Opening a thread while others write in it, and what is counted of threads.</summary>
public sealed class ReadAndCountThreadsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ReadThread.LooksMost - 1, true)]
    [InlineData(ReadThread.LooksMost, false)]
    public async Task A_letter_that_comes_while_a_thread_is_opened_does_not_trouble_the_reader_unless_it_never_ends(int letters, bool isRead)
    {
        var between = new LettersBetween();
        await using var circle = await Circle.JoinedAsync(2, (number, services) =>
        {
            if (number == 1) services.ConfigureDbContext<AmanaDb>(options => options.AddInterceptors(between));
        });
        await circle.SentAsync(0, Desks.Letter("Look at this.", subject: "Harbour").To(1));
        string here = await circle.ReferenceAsync(1);
        between.Begin(circle[1].Services, letters);
        var result = await circle[1].RunAsync<ReadThread, Result<ThreadView>>(act => act.RunAsync(new(here, Desks.Purpose), circle[1].ServerCaller, Cancel));
        result.Succeeded(out var view, out var refusal).ShouldBe(isRead);
        between.Came.ShouldBe(letters);
        if (isRead)
        {
            view!.Messages.ShouldHaveSingleItem().IsNew.ShouldBeTrue();
            await circle.UntilReadAsync(0, t => t.Messages[0].Deliveries.Single().ReadAt is not null);
        }
        else
        {
            refusal!.Code.ShouldBe("thread.changed-meanwhile");
        }

        // Written once, however often it was looked; and nothing of what was given up.
        (await circle[1].JournalAsync("thread.read", here)).Count.ShouldBe(isRead ? 1 : 0);
        (await circle.ListAsync(1)).Threads.Single().Unread.ShouldBe(isRead ? 0 : 1);
    }

    [Fact]
    public async Task What_each_bureau_owes_is_counted_in_time_late_open_and_overdue_for_both_sides()
    {
        await using var circle = await Circle.JoinedAsync(3);
        var asked = await circle.SentAsync(0, Desks.Letter("x", subject: "Four").To(1, 2) with { Urgency = "8h", Asks = [new("QST", "1?"), new("QST", "2?"), new("QST", "3?"), new("QMR", "4?")] });
        string there = await circle.ReferenceAsync(1);
        await circle.SentAsync(1, Desks.Letter("One.", thread: there).To(0, 2) with { Answers = [new(asked.Letter, 1)] });
        foreach (int bureau in (int[])[0, 1]) await circle.UntilReadAsync(bureau, t => t.Asks.Count(a => a.AnsweredAt is not null) == 1);
        foreach (int bureau in (int[])[0, 1]) await IsOverAsync(circle, bureau, asked.Letter, 2, 3);
        await circle.SentAsync(1, Desks.Letter("Two.", thread: there).To(0, 2) with { Answers = [new(asked.Letter, 2)] });
        await circle.UntilReadAsync(0, t => t.Asks.Count(a => a.AnsweredAt is not null) == 2);

        var own = await CountAsync(circle, 1);
        (own.OpenThreads, own.Asked, own.AnsweredInTime, own.AnsweredLate, own.Open, own.Overdue).ShouldBe((1, 3, 1, 1, 1, 1));
        own.ByBureau.ShouldHaveSingleItem().ShouldBe(new("UTO", new(1, 1, 1, 1), CountThreads.Answers.None));
        var asker = await CountAsync(circle, 0);
        (asker.Asked, asker.Open).ShouldBe((0, 0));
        asker.ByBureau.ShouldBe([new("QMR", CountThreads.Answers.None, new(0, 0, 1, 0)), new("QST", CountThreads.Answers.None, new(1, 1, 1, 1))]);
        (await CountAsync(circle, 0, 2020)).ShouldSatisfyAllConditions(v => v.Threads.ShouldBe(0), v => v.ByBureau.ShouldBeEmpty());
    }

    [Fact]
    public async Task A_key_that_a_bureau_renewed_and_one_that_was_revoked_are_lines_of_the_threads_that_it_was_in_then()
    {
        await using var circle = await Circle.JoinedAsync(2);
        await circle.SentAsync(0, Desks.Letter("x", subject: "Keys").To(1));
        ThreadText.KeyChanges(await circle.ReadAsync(0), circle.Book(0)).ShouldBeEmpty("their first keys are older than the thread");
        string old = circle.Book(0).Find(Circle.Code(1))!.Signing[0].Name;
        (await circle.DoAsync<RenewKeys>(1, (act, caller) => act.RunAsync(caller, Cancel))).ShouldBeNull();
        await Circle.UntilAsync(async () =>
        {
            await circle.RoundAsync(1);
            await circle.RoundAsync(0);
            return circle.Book(0).Find(Circle.Code(1))!.Signing.Count == 2;
        });
        var renewed = ThreadText.KeyChanges(await circle.ReadAsync(0), circle.Book(0)).ShouldHaveSingleItem();
        (renewed.Bureau, renewed.IsRevoked).ShouldBe(("QST", false));
        (await circle.DoAsync<ChangeBureau>(0, (act, caller) => act.RunAsync(new("QST", null, old, "its device was lost"), caller, Cancel))).ShouldBeNull();
        var changes = ThreadText.KeyChanges(await circle.ReadAsync(0), circle.Book(0));
        changes.Select(c => c.IsRevoked).ShouldBe([false, true]);
        changes[1].Mark.ShouldNotBe(renewed.Mark);
    }

    // Their term of eight hours has passed.
    private static async Task IsOverAsync(Circle circle, int at, Guid letter, params int[] numbers)
    {
        await using var scope = circle[at].Services.CreateAsyncScope();
        DateTimeOffset? past = DateTimeOffset.UtcNow.AddHours(-1);
        int changed = await scope.ServiceProvider.GetRequiredService<AmanaDb>().ThreadAsks.Where(a => a.Message == letter && numbers.Contains(a.Number)).ExecuteUpdateAsync(set => set.SetProperty(a => a.DueAt, past), Cancel);
        changed.ShouldBe(numbers.Length);
    }

    private static async Task<CountThreads.View> CountAsync(Circle circle, int at, int? year = null)
    {
        var result = await circle[at].RunAsync<CountThreads, Result<CountThreads.View>>(act => act.RunAsync(new(year, false), circle[at].ServerCaller, Cancel));
        result.Succeeded(out var view, out var refusal).ShouldBeTrue(refusal?.Detail);
        return view!;
    }

    /// <summary>Changes a thread, as a letter does that arrives, between the moment at which somebody who opens it has read it and the moment at which that is written.</summary>
    private sealed class LettersBetween : SaveChangesInterceptor
    {
        private IServiceProvider? _services;
        private int _left;

        public int Came { get; private set; }

        public void Begin(IServiceProvider services, int letters) => (_services, _left) = (services, letters);

        public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            if (_left > 0 && eventData.Context!.ChangeTracker.Entries<JournalEntry>().Any(e => e.State is EntityState.Added && e.Entity.What == "thread.read"))
            {
                (_left, Came) = (_left - 1, Came + 1);
                await using var scope = _services!.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<AmanaDb>().CaseThreads.ExecuteUpdateAsync(set => set.SetProperty(t => t.Version, t => t.Version + 1), cancellationToken);
            }

            return result;
        }
    }
}
