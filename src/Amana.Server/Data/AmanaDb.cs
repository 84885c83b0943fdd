using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Data;

/// <summary>The one database context. Each module brings its tables; only that module reads them.</summary>
/// <remarks>Per request it is injected. Background work takes an <c>IDbContextFactory&lt;AmanaDb&gt;</c>.</remarks>
public sealed class AmanaDb(DbContextOptions<AmanaDb> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        InstanceRecord.AddTable(modelBuilder);
        foreach (var module in Modules.InOrder) module.AddTables(modelBuilder);
        Conversions.Apply(modelBuilder, Database.IsSqlite());
    }
}
