using Amana.Server.Access.Passkeys;
using Amana.Server.Access.Recovery;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access;

internal static class AccessTables
{
    public static void Add(ModelBuilder model)
    {
        AddPeople(model);
        model.Entity<ApiToken>(token =>
        {
            token.ToTable("api_tokens");
            token.HasKey(t => t.Id);
            token.Property(t => t.Name).HasMaxLength(100);
            token.Property(t => t.SecretHash).HasMaxLength(64);
            token.HasIndex(t => t.SecretHash).IsUnique();
            token.Ignore(t => t.RightList);
        });
        model.Entity<Session>(session =>
        {
            session.ToTable("sessions");
            session.HasKey(s => s.Id);
            session.Property(s => s.Stamp).HasMaxLength(64);
            session.Property(s => s.Device).HasMaxLength(60);
            session.HasIndex(s => s.PersonId);
            session.HasOne<Person>().WithMany().HasForeignKey(s => s.PersonId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<OneTimeLink>(link =>
        {
            link.ToTable("one_time_links");
            link.HasKey(l => l.KeyHash);
            link.Property(l => l.KeyHash).HasMaxLength(64);
            link.Property(l => l.UsedAt).IsConcurrencyToken();
        });
    }

    /// <summary>True when nobody else could manage people once <paramref name="person"/> does not.</summary>
    public static async Task<bool> IsLastAdministratorAsync(this AmanaDb db, Person person, CancellationToken cancel) =>
        person.MaySignIn && person.Roles.Exists(r => r.Role == Role.Administrator)
        && !await db.Set<Person>().AnyAsync(
            p => p.Id != person.Id && p.JoinedAt != null && p.ClosedAt == null && p.Roles.Any(r => r.Role == Role.Administrator), cancel);

    /// <summary>Display names of people and names of tokens, by the keys under which the journal knows them. The server has none.</summary>
    public static async Task<Dictionary<string, string>> NamesOfAsync(this AmanaDb db, IReadOnlyCollection<string> keys, CancellationToken cancel)
    {
        var people = keys.Where(k => k.StartsWith("person:", StringComparison.Ordinal)).Select(k => Guid.Parse(k["person:".Length..])).ToList();
        var names = await db.Set<Person>().Where(p => people.Contains(p.Id)).ToDictionaryAsync(p => $"person:{p.Id}", p => p.DisplayName, StringComparer.Ordinal, cancel);
        if (!keys.Any(k => k.StartsWith("token:", StringComparison.Ordinal))) return names;
        var tokens = await db.Set<ApiToken>().Select(t => new { t.Id, t.Name }).ToListAsync(cancel);
        foreach (var token in tokens) names[$"token:{token.Id}"] = token.Name;
        return names;
    }

    /// <summary>The account of who asks; null for machines.</summary>
    public static async Task<Person?> OwnAsync(this AmanaDb db, Caller caller, CancellationToken cancel) =>
        caller.Actor.Kind is ActorKind.Person && Guid.TryParse(caller.Actor.Key, out var id)
            ? await db.Set<Person>().Include(p => p.RecoveryCodes).SingleOrDefaultAsync(p => p.Id == id, cancel)
            : null;

    private static void AddPeople(ModelBuilder model)
    {
        model.Entity<Person>(person =>
        {
            person.ToTable("people");
            person.HasKey(p => p.Id);
            person.Property(p => p.UserName).HasMaxLength(100);
            person.Property(p => p.NormalizedUserName).HasMaxLength(100);
            person.HasIndex(p => p.NormalizedUserName).IsUnique();
            person.Property(p => p.DisplayName).HasMaxLength(100);
            person.Property(p => p.ConcurrencyStamp).IsConcurrencyToken();
            person.Ignore(p => p.MaySignIn).Ignore(p => p.AsActor).Ignore(p => p.PhoneNumber).Ignore(p => p.PhoneNumberConfirmed)
                .Ignore(p => p.EmailConfirmed).Ignore(p => p.Email).Ignore(p => p.NormalizedEmail)
                .Ignore(p => p.TwoFactorEnabled).Ignore(p => p.LockoutEnabled).Ignore(p => p.LockoutEnd).Ignore(p => p.AccessFailedCount);
            person.HasMany(p => p.Roles).WithOne().HasForeignKey(r => r.PersonId).OnDelete(DeleteBehavior.Cascade);
            person.HasMany(p => p.RecoveryCodes).WithOne().HasForeignKey(c => c.PersonId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<PersonRole>(role =>
        {
            role.ToTable("person_roles");
            role.HasKey(r => new { r.PersonId, r.Role });
            role.Property(r => r.GivenBy).HasMaxLength(80);
        });
        model.Entity<RecoveryCode>(code =>
        {
            code.ToTable("recovery_codes");
            code.HasKey(c => new { c.PersonId, c.Hash });
            code.Property(c => c.Hash).HasMaxLength(64);
        });
        model.Entity<Passkey>(passkey =>
        {
            passkey.ToTable("passkeys");
            passkey.HasKey(p => p.CredentialId);
            passkey.Property(p => p.CredentialId).HasMaxLength(1023);
            passkey.Property(p => p.Name).HasMaxLength(Passkey.NameLongest);
            passkey.Property(p => p.Transports).HasMaxLength(100);
            passkey.HasIndex(p => p.PersonId);
            passkey.HasOne<Person>().WithMany().HasForeignKey(p => p.PersonId).OnDelete(DeleteBehavior.Cascade);
            passkey.Ignore(p => p.Key);
        });
        model.Entity<RecoveryRequest>(request =>
        {
            request.ToTable("recovery_requests");
            request.HasKey(r => r.PersonId);
            request.Property(r => r.AskedBy).HasMaxLength(80);
            request.HasOne<Person>().WithOne().HasForeignKey<RecoveryRequest>(r => r.PersonId).OnDelete(DeleteBehavior.Cascade);
        });
        // Tables that the stores of ASP.NET Core Identity ask for.
        model.Entity<IdentityUserClaim<Guid>>(claim => { claim.ToTable("person_claims"); claim.HasKey(c => c.Id); });
        model.Entity<IdentityUserLogin<Guid>>(login => { login.ToTable("person_logins"); login.HasKey(l => new { l.LoginProvider, l.ProviderKey }); });
        model.Entity<IdentityUserToken<Guid>>(token => { token.ToTable("person_tokens"); token.HasKey(t => new { t.UserId, t.LoginProvider, t.Name }); });
    }
}
