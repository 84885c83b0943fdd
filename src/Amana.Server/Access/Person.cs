using System.Security.Cryptography;
using Amana.Server.Foundation;
using Microsoft.AspNetCore.Identity;

namespace Amana.Server.Access;

/// <summary>Someone who signs in. <c>UserName</c> is what is typed at sign-in; in the journal only the key stands.</summary>
public sealed class Person : IdentityUser<Guid>
{
    /// <summary>As colleagues know it: "A. Officer".</summary>
    public required string DisplayName { get; set; }
    public required DateTimeOffset InvitedAt { get; init; }
    /// <summary>Null until the invitation was taken up.</summary>
    public DateTimeOffset? JoinedAt { get; set; }
    public DateTimeOffset? ClosedAt { get; set; }
    public DateTimeOffset? LastSignInAt { get; set; }
    /// <summary>The sign-in before the last, shown after sign-in so that misuse is noticed.</summary>
    public DateTimeOffset? EarlierSignInAt { get; set; }
    /// <summary>The secret of the second step, sealed with the instance's key; null when there is none.</summary>
    public string? SecondStepSealed { get; set; }
    /// <summary>The last time step whose code was accepted: a code is good once.</summary>
    public long SecondStepLast { get; set; }
    /// <summary>Invented, of a training instance: known password, no second step, valid nowhere else.</summary>
    public bool IsSpecimen { get; init; }
    public List<PersonRole> Roles { get; } = [];
    public List<RecoveryCode> RecoveryCodes { get; } = [];

    public bool MaySignIn => JoinedAt is not null && ClosedAt is null;

    /// <summary>As the journal names this person.</summary>
    public Actor AsActor => new(ActorKind.Person, Id.ToString());

    /// <remarks>No change in the sense of <see cref="Changed"/>: the same person may sign in from two places at one moment.</remarks>
    public void SignedIn(DateTimeOffset now) => (EarlierSignInAt, LastSignInAt) = (LastSignInAt, now);

    /// <summary>Ends every session: each request compares the stamp in its cookie with this one.</summary>
    public void EndSessions()
    {
        SecurityStamp = RandomNumberGenerator.GetHexString(40);
        Changed();
    }

    /// <summary>Of two changes made from the same state, the second is refused by the database.</summary>
    public void Changed() => ConcurrencyStamp = RandomNumberGenerator.GetHexString(32);

    /// <summary>Password and second step are over, and every session with them; a recovery link gives new ones.</summary>
    /// <remarks>Passkeys are rows of their own; who calls this removes them.</remarks>
    public void LoseSignIn()
    {
        (PasswordHash, SecondStepSealed) = (null, null);
        RecoveryCodes.Clear();
        EndSessions();
    }

    /// <summary>Makes these the person's roles.</summary>
    /// <returns>Null when done, otherwise which two never go together; the person is then unchanged.</returns>
    public Refusal? TakeRoles(IReadOnlyCollection<Role> roles, Actor by, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(by);
        if (roles.Count == 0) return AccessRefusals.RoleMissing;
        if (RoleTable.ConflictIn(roles) is { } pair) return AccessRefusals.RolesNeverTogether(pair.Item1, pair.Item2);
        Roles.RemoveAll(r => !roles.Contains(r.Role));
        foreach (var role in roles.Distinct().Where(role => Roles.TrueForAll(r => r.Role != role)))
        {
            Roles.Add(new PersonRole { PersonId = Id, Role = role, GivenAt = now, GivenBy = by.ToString() });
        }

        Changed();
        return null;
    }

    public void Close(DateTimeOffset now)
    {
        ClosedAt ??= now;
        EndSessions();
    }
}

/// <summary>A role that a person holds, and who gave it.</summary>
public sealed class PersonRole
{
    public Guid PersonId { get; init; }
    public required Role Role { get; init; }
    public required DateTimeOffset GivenAt { get; init; }
    /// <summary>The <see cref="Actor"/> as text.</summary>
    public required string GivenBy { get; init; }
}

/// <summary>A code on paper for the day the phone is lost; good once. Only its hash is stored.</summary>
public sealed class RecoveryCode
{
    public Guid PersonId { get; init; }
    public required string Hash { get; init; }
    public DateTimeOffset? UsedAt { get; set; }
}
