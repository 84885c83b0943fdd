using Amana.Server.Data;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access;

public enum PersonState { Invited, Active, Closed }

/// <summary>The people of the bureau, by name, with their roles and what an administrator needs to help them.</summary>
internal sealed class ReadPeople(AmanaDb db, Gate gate)
{
    public const int Most = 5000;

    public sealed record PersonView(
        Guid Id, string UserName, string DisplayName, PersonState State, IReadOnlyList<RoleView> Roles, DateTimeOffset InvitedAt,
        DateTimeOffset? JoinedAt, DateTimeOffset? ClosedAt, DateTimeOffset? LastSignInAt, bool HasSecondStep, int RecoveryCodesLeft, bool IsSpecimen);

    /// <param name="GivenBy">As in the journal.</param>
    /// <param name="GivenByName">Display name of a person, or null for the server.</param>
    public sealed record RoleView(Role Role, DateTimeOffset GivenAt, string GivenBy, string? GivenByName);

    public async Task<Result<IReadOnlyList<PersonView>>> RunAsync(Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ReadPeople, cancel) is { } forbidden) return forbidden;
        return (await ReadAsync(db.Set<Person>(), cancel)).ToList();
    }

    public async Task<Result<PersonView>> RunAsync(Guid person, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.ReadPeople, cancel) is { } forbidden) return forbidden;
        var found = await ReadAsync(db.Set<Person>().Where(p => p.Id == person), cancel);
        return found.Count == 1 ? found[0] : AccessRefusals.PersonNotFound;
    }

    /// <summary>The own account, for the profile page.</summary>
    public async Task<Result<PersonView>> OwnAsync(Caller caller, CancellationToken cancel)
    {
        if (caller.Actor.Kind is not ActorKind.Person || !Guid.TryParse(caller.Actor.Key, out var id)) return AccessRefusals.OnlyPeople;
        var found = await ReadAsync(db.Set<Person>().Where(p => p.Id == id), cancel);
        return found.Count == 1 ? found[0] : AccessRefusals.PersonNotFound;
    }

    private async Task<List<PersonView>> ReadAsync(IQueryable<Person> people, CancellationToken cancel)
    {
        var found = await people.AsNoTracking().Include(p => p.Roles).Include(p => p.RecoveryCodes).AsSplitQuery()
            .OrderBy(p => p.DisplayName).ThenBy(p => p.UserName).Take(Most).ToListAsync(cancel);
        var givers = found.SelectMany(p => p.Roles).Select(r => r.GivenBy).Distinct()
            .Where(g => g.StartsWith("person:", StringComparison.Ordinal)).Select(g => Guid.Parse(g["person:".Length..])).ToList();
        var names = await db.Set<Person>().Where(p => givers.Contains(p.Id)).ToDictionaryAsync(p => $"person:{p.Id}", p => p.DisplayName, cancel);
        return found.ConvertAll(p => new PersonView(
            p.Id, p.UserName!, p.DisplayName, StateOf(p),
            [.. p.Roles.OrderBy(r => r.Role).Select(r => new RoleView(r.Role, r.GivenAt, r.GivenBy, names.GetValueOrDefault(r.GivenBy)))],
            p.InvitedAt, p.JoinedAt, p.ClosedAt, p.LastSignInAt, p.SecondStepSealed is not null, p.RecoveryCodes.Count(c => c.UsedAt is null), p.IsSpecimen));
    }

    private static PersonState StateOf(Person person) =>
        person.ClosedAt is not null ? PersonState.Closed : person.JoinedAt is null ? PersonState.Invited : PersonState.Active;
}
