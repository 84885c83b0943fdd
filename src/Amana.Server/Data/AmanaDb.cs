using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Data;

/// <summary>The one database context. Each module brings its tables; only that module reads them.</summary>
public sealed class AmanaDb(DbContextOptions<AmanaDb> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        foreach (var module in Modules.InOrder) module.AddTables(modelBuilder);
        Conversions.Apply(modelBuilder, Database.IsSqlite());
    }
}
