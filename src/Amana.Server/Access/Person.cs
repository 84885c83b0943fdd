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

    /// <summary>Ends every session: each request compares the stamp in its cookie with this one.</summary>
    public void EndSessions() => SecurityStamp = Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(20));

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
    /// <summary>The <see cref="Foundation.Actor"/> as text.</summary>
    public required string GivenBy { get; init; }
}

/// <summary>A code on paper for the day the phone is lost; good once. Only its hash is stored.</summary>
public sealed class RecoveryCode
{
    public Guid PersonId { get; init; }
    public required string Hash { get; init; }
    public DateTimeOffset? UsedAt { get; set; }
}
