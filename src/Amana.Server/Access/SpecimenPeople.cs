using Amana.Server.Access.Walls;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access;

/// <summary>The invented people of a training instance, one a role and two where two must decide. They sign in by a password that everyone may know
/// and without a second step; a server that is not for training lets none of them in.</summary>
internal sealed class SpecimenPeople(AmanaDb db, UserManager<Person> people, TimeProvider clock)
{
    public const string Password = "utopia-training-only";

    public static IReadOnlyList<(Role Role, string UserName, string DisplayName)> All { get; } =
    [
        (Role.Officer, "officer", "D. Specimen"),
        (Role.SecondOfficer, "second-officer", "E. Sample"),
        (Role.Analyst, "analyst", "B. Placeholder"),
        (Role.Compliance, "compliance", "C. Exemplar"),
        (Role.Compliance, "second-compliance", "H. Pattern"), // a decision on a person's request takes two
        (Role.DataProtection, "data-protection", "F. Template"),
        (Role.Administrator, "administrator", "A. Dummy"),
        (Role.SecurityOfficer, "security-officer", "G. Mockup"),
    ];

    public static IEnumerable<string> HowToSignIn(string address)
    {
        yield return $"Sign in at {address}/sign-in (specimen people have no second step, because this is a training instance):";
        foreach (var (_, userName, displayName) in All) yield return $"  {displayName,-15} name: {userName,-17} password: {Password}";
    }

    public async Task AddAsync(CancellationToken cancel)
    {
        var there = await db.Set<Person>().Select(p => p.UserName).ToListAsync(cancel);
        var now = clock.GetUtcNow();
        string? hash = null;
        foreach (var (role, userName, displayName) in All)
        {
            if (there.Contains(userName)) continue;
            var person = new Person
            {
                Id = Guid.CreateVersion7(now), UserName = userName, DisplayName = displayName, InvitedAt = now, JoinedAt = now, IsSpecimen = true,
            };
            person.NormalizedUserName = people.NormalizeName(userName);
            person.PasswordHash = hash ??= people.PasswordHasher.HashPassword(person, Password);
            person.TakeRoles([role], Actor.Server, now);
            person.EndSessions();
            db.Add(person);
        }

        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Two units, so that a record can be shown to some only.</summary>
    public async Task AddUnitsAsync(CancellationToken cancel)
    {
        if (await db.Units.AnyAsync(cancel)) return;
        var now = clock.GetUtcNow();
        db.Units.AddRange(new Unit { Code = "border", Name = "Border desk", MadeAt = now }, new Unit { Code = "financial", Name = "Financial crime", MadeAt = now });
        string[] border = ["officer"], financial = ["second-officer", "analyst"];
        foreach (var person in await db.Set<Person>().Where(p => border.Contains(p.UserName) || financial.Contains(p.UserName)).ToListAsync(cancel))
        {
            db.UnitMembers.Add(new UnitMember { PersonId = person.Id, Unit = border.Contains(person.UserName) ? "border" : "financial" });
        }

        await db.SaveChangesAsync(cancel);
    }
}
