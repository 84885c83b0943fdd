using Amana.Server.Data;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Access.Walls;

/// <summary>Tables of units, walls and emergency openings.</summary>
internal static class WallTables
{
    extension(AmanaDb db)
    {
        public DbSet<Unit> Units => db.Set<Unit>();
        public DbSet<UnitMember> UnitMembers => db.Set<UnitMember>();
        public DbSet<Wall> Walls => db.Set<Wall>();
        public DbSet<EmergencyOpening> Emergencies => db.Set<EmergencyOpening>();
    }

    /// <summary>Walls that the caller stands outside of at that moment.</summary>
    public static IQueryable<Wall> WallsBefore(this AmanaDb db, Caller caller, DateTimeOffset now)
    {
        string who = caller.Actor.ToString();
        var person = KeyOf(caller);
        return db.Walls.Where(w => !w.Admits.Any(a => a.Who == who || db.Set<UnitMember>().Any(m => m.PersonId == person && a.Who == Unit.KeyPrefix + m.Unit))
            && !db.Set<EmergencyOpening>().Any(e => e.Record == w.Record && e.By == who && e.Until > now));
    }

    /// <summary>The keys under which walls admit the caller: the own, and that of the unit.</summary>
    public static async Task<IReadOnlyList<string>> WallKeysAsync(this AmanaDb db, Caller caller, CancellationToken cancel)
    {
        var person = KeyOf(caller);
        var unit = await db.UnitMembers.Where(m => m.PersonId == person).Select(m => m.Unit).SingleOrDefaultAsync(cancel);
        return unit is null ? [caller.Actor.ToString()] : [caller.Actor.ToString(), Unit.KeyOf(unit)];
    }

    /// <summary>Whom to ask for each of these walls: the unit's name, or the owner's.</summary>
    public static async Task<Dictionary<string, string>> WhomToAskAsync(this AmanaDb db, IReadOnlyCollection<Wall> walls, CancellationToken cancel)
    {
        var codes = walls.Select(w => w.OwnerUnit).OfType<string>().Distinct().ToList();
        var units = await db.Units.Where(u => codes.Contains(u.Code)).ToDictionaryAsync(u => u.Code, u => u.Name, StringComparer.Ordinal, cancel);
        var names = await db.NamesOfAsync([.. walls.Where(w => w.OwnerUnit is null).Select(w => w.Owner).Distinct()], cancel);
        return walls.ToDictionary(w => w.Record, w => w.OwnerUnit is { } unit ? units.GetValueOrDefault(unit) ?? unit : names.GetValueOrDefault(w.Owner) ?? w.Owner, StringComparer.Ordinal);
    }

    // Machines and the server are in no unit.
    private static Guid KeyOf(Caller caller) => caller.Actor.Kind is ActorKind.Person && Guid.TryParse(caller.Actor.Key, out var key) ? key : Guid.Empty;

    public static void AddTo(ModelBuilder model)
    {
        model.Entity<Unit>(unit =>
        {
            unit.ToTable("units");
            unit.HasKey(u => u.Code);
            unit.Property(u => u.Code).HasMaxLength(Unit.CodeCharsMax);
            unit.Property(u => u.Name).HasMaxLength(Unit.NameCharsMax);
            unit.Ignore(u => u.AsKey);
        });
        model.Entity<UnitMember>(member =>
        {
            member.ToTable("unit_members");
            member.HasKey(m => m.PersonId);
            member.Property(m => m.PersonId).ValueGeneratedNever();
            member.Property(m => m.Unit).HasMaxLength(Unit.CodeCharsMax);
            member.HasOne<Person>().WithMany().HasForeignKey(m => m.PersonId).OnDelete(DeleteBehavior.Cascade);
            member.HasOne<Unit>().WithMany().HasForeignKey(m => m.Unit).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Wall>(wall =>
        {
            wall.ToTable("walls");
            wall.HasKey(w => w.Record);
            wall.Property(w => w.Record).HasMaxLength(200);
            wall.Property(w => w.Owner).HasMaxLength(80);
            wall.Property(w => w.OwnerUnit).HasMaxLength(Unit.CodeCharsMax);
            wall.Property(w => w.Version).IsConcurrencyToken();
            wall.HasMany(w => w.Admits).WithOne().HasForeignKey(a => a.Record).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<WallAdmit>(admit =>
        {
            admit.ToTable("wall_admits");
            admit.HasKey(a => new { a.Record, a.Who });
            admit.Property(a => a.Record).HasMaxLength(200);
            admit.Property(a => a.Who).HasMaxLength(80);
            admit.HasIndex(a => a.Who);
        });
        model.Entity<EmergencyOpening>(opening =>
        {
            opening.ToTable("emergency_openings");
            opening.HasKey(e => e.Id);
            opening.Property(e => e.Record).HasMaxLength(200);
            opening.Property(e => e.By).HasMaxLength(80);
            opening.Property(e => e.ReviewedBy).HasMaxLength(80);
            opening.Property(e => e.ReviewedAt).IsConcurrencyToken();
            opening.Ignore(e => e.ReviewDueAt);
            opening.HasIndex(e => new { e.Record, e.By });
            opening.HasIndex(e => e.At);
        });
    }
}
