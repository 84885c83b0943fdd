using Amana.Server.Access;
using Amana.Server.Access.Recovery;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Server.Tests.Access;

/// <summary>Acts that count and then decide, done by many at one moment, on both databases.</summary>
public class RaceTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<bool> Engines => [false, true];

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Administrators_who_close_each_other_at_once_leave_one(bool postgres)
    {
        await using var own = await StartAsync(postgres);
        var (people, callers) = await PeopleAsync(own, Role.Administrator, 6);
        for (int round = 0; round < 3; round++)
        {
            // Everybody closes the next: without turns each would see another who is left.
            var closing = await AtOnceAsync(6, i => own.RunAsync<CloseAccount, Refusal?>(act => act.RunAsync(new(people[(i + 1) % 6].Id), callers[i], Cancel)));
            closing.OfType<Refusal>().Select(r => r.Code).Except(["access.last-administrator", "access.account-closed"]).ShouldBeEmpty();
            await using var db = await own.OpenDbAsync();
            (await LeftAsync(db)).ShouldBe(1);
            await db.Set<Person>().ExecuteUpdateAsync(s => s.SetProperty(p => p.ClosedAt, (DateTimeOffset?)null), Cancel);
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Administrators_who_take_the_role_from_each_other_at_once_leave_one(bool postgres)
    {
        await using var own = await StartAsync(postgres);
        var (people, callers) = await PeopleAsync(own, Role.Administrator, 6);
        var changes = await AtOnceAsync(6, i => own.RunAsync<ChangeRoles, Refusal?>(act => act.RunAsync(new(people[(i + 1) % 6].Id, [Role.Officer]), callers[i], Cancel)));
        changes.Count(c => c is null).ShouldBe(5);
        changes.OfType<Refusal>().ShouldHaveSingleItem().Code.ShouldBe("access.last-administrator");
        await using var db = await own.OpenDbAsync();
        (await LeftAsync(db)).ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_server_is_set_up_once_whoever_comes_at_the_same_moment(bool postgres)
    {
        await using var own = new AmanaServer { Empty = true, Database = postgres ? await PostgresCluster.NewDatabaseAsync() : null };
        await own.InitializeAsync();
        string link = await own.RunAsync<OneTimeLinks, string>(links => links.NewSetUpLinkAsync(Cancel));
        string key = link.Split("key=")[1];
        var secondStep = own.Services.GetRequiredService<SecondStep>();
        var done = await AtOnceAsync(6, i =>
        {
            var offer = secondStep.Offer($"admin{i}");
            string code = CodeOf(offer.Secret);
            return own.RunAsync<SetUpServer, Result<SetUpServer.Done>>(act => act.RunAsync(
                new(key, "UTO", "Bureau of Utopia", null, InstanceKind.Trial, $"admin{i}", $"Administrator {i}", "a sentence that nobody guesses", offer.Sealed, code), Cancel));
        });
        done.Count(d => d.Succeeded(out _, out _)).ShouldBe(1);
        await using var db = await own.OpenDbAsync();
        (await db.Set<InstanceRecord>().CountAsync(Cancel)).ShouldBe(1);
        (await db.Set<Person>().CountAsync(Cancel)).ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task An_invitation_is_taken_up_once(bool postgres)
    {
        await using var own = await StartAsync(postgres);
        var invited = await own.RunAsync<InvitePerson, Result<InvitePerson.Invited>>(act => act.RunAsync(new("guest", "A. Guest", [Role.Officer]), own.ServerCaller, Cancel));
        invited.Succeeded(out var invitation, out var refusal).ShouldBeTrue(refusal?.Detail);
        string key = invitation!.Link.Split("key=")[1];
        var secondStep = own.Services.GetRequiredService<SecondStep>();
        var taken = await AtOnceAsync(6, i =>
        {
            var offer = secondStep.Offer("guest");
            return own.RunAsync<TakeUpLink, Result<TakeUpLink.Done>>(act => act.RunAsync(new(key, LinkKind.Invitation, $"a sentence that nobody guesses {i}", offer.Sealed, CodeOf(offer.Secret)), Cancel));
        });
        taken.Count(d => d.Succeeded(out _, out _)).ShouldBe(1);
        (await own.JournalAsync("person.joined")).Count.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_name_is_given_once(bool postgres)
    {
        await using var own = await StartAsync(postgres);
        var invited = await AtOnceAsync(6, i => own.RunAsync<InvitePerson, Result<InvitePerson.Invited>>(act => act.RunAsync(new(i % 2 == 0 ? "same" : "SAME", "A. Same", [Role.Officer]), own.ServerCaller, Cancel)));
        invited.Count(d => d.Succeeded(out _, out _)).ShouldBe(1);
        foreach (var result in invited)
        {
            if (!result.Succeeded(out _, out var refusal)) refusal.Code.ShouldBe("access.user-name");
        }
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Two_security_officers_who_agree_at_once_make_one_link(bool postgres)
    {
        await using var own = await StartAsync(postgres);
        var (people, _) = await PeopleAsync(own, Role.Officer, 1);
        var (_, officers) = await PeopleAsync(own, Role.SecurityOfficer, 4);
        var (_, administrators) = await PeopleAsync(own, Role.Administrator, 1);
        var asked = await own.RunAsync<AskRecovery, Result<AskRecovery.Asked>>(act => act.RunAsync(new(people[0].Id), administrators[0], Cancel));
        asked.Succeeded(out var open, out var refusal).ShouldBeTrue(refusal?.Detail);
        open!.Link.ShouldBeNull();
        var agreed = await AtOnceAsync(4, i => own.RunAsync<AnswerRecovery, Result<AnswerRecovery.Answered>>(act => act.RunAsync(new(people[0].Id, Agreed: true), officers[i], Cancel)));
        agreed.Count(a => a.Succeeded(out var answered, out _) && answered.Link is not null).ShouldBe(1);
        await using var db = await own.OpenDbAsync();
        (await db.Set<OneTimeLink>().CountAsync(l => l.PersonId == people[0].Id, Cancel)).ShouldBe(1);
    }

    private static async Task<AmanaServer> StartAsync(bool postgres) => postgres ? await AmanaServer.StartOnPostgresAsync() : await AmanaServer.StartOnSqliteAsync();

    private static async Task<T[]> AtOnceAsync<T>(int count, Func<int, Task<T>> act)
    {
        var go = new TaskCompletionSource();
        var all = Enumerable.Range(0, count).Select(i => Task.Run(async () =>
        {
            await go.Task;
            return await act(i);
        })).ToArray();
        go.SetResult();
        return await Task.WhenAll(all);
    }

    private static async Task<(List<Person> People, List<Caller> Callers)> PeopleAsync(AmanaServer own, Role role, int count)
    {
        await using var db = await own.OpenDbAsync();
        var people = new List<Person>();
        for (int i = 0; i < count; i++)
        {
            var now = DateTimeOffset.UtcNow;
            string name = $"{role}{i}";
            var person = new Person { Id = Guid.NewGuid(), UserName = name, NormalizedUserName = name.ToUpperInvariant(), DisplayName = name, InvitedAt = now, JoinedAt = now };
            person.TakeRoles([role], Actor.Server, now);
            person.EndSessions();
            people.Add(person);
        }

        db.AddRange(people);
        await db.SaveChangesAsync(Cancel);
        return (people, people.ConvertAll(p => new Caller { Actor = p.AsActor, Bureau = own.ServerCaller.Bureau, Rights = RoleTable.RightsOf(role), ProvedAt = DateTimeOffset.UtcNow }));
    }

    private static Task<int> LeftAsync(AmanaDb db) =>
        db.Set<Person>().CountAsync(p => p.ClosedAt == null && p.JoinedAt != null && p.Roles.Any(r => r.Role == Role.Administrator), Cancel);

    private static string CodeOf(string secret) => Totp.CodeAt(Base32.Read(secret), Totp.StepAt(DateTimeOffset.UtcNow));
}
