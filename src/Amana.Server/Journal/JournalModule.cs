using Amana.Server.Data;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Journal;

internal sealed class JournalModule : IModule
{
    public void AddServices(IServiceCollection services, IConfiguration configuration) => 
        services.AddScoped<JournalWriter>().AddScoped<ReadJournal>();

    public void AddTables(ModelBuilder model) => model.Entity<JournalEntry>(entry =>
    {
        entry.ToTable("journal");
        entry.HasKey(e => e.Number);
        entry.Property(e => e.Number).ValueGeneratedOnAdd();
        entry.Property(e => e.Who).HasMaxLength(80);
        entry.Property(e => e.What).HasMaxLength(80);
        entry.Property(e => e.OnWhat).HasMaxLength(200);
        entry.Property(e => e.Purpose).HasMaxLength(80);
        entry.HasIndex(e => e.At);
        entry.HasIndex(e => e.Who);
        entry.HasIndex(e => e.OnWhat);
    });

    public IEnumerable<GuardedTable> GuardedTables => [new("journal", "the journal is append-only")];
}
