using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal.Tree;
using Amana.Server.Keys;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Journal;

internal sealed class JournalModule : IModule
{
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<JournalWriter>().AddScoped<ReadJournal>().AddScoped<JournalContents>();
        services.AddScoped(s => new JournalProof(s.GetRequiredService<AmanaDb>(), s.GetRequiredService<JournalTree>(), s.GetRequiredService<JournalKeys>(), s.GetRequiredService<FieldSealer>()));
        services.AddScoped(s => new EntryProofs(s.GetRequiredService<AmanaDb>(), s.GetRequiredService<JournalTree>(), s.GetRequiredService<JournalKeys>()));
        services.AddSingleton(s => new JournalCheckpoints(s.GetRequiredService<JournalTree>()));
        services.AddSingleton<JournalKeys>().AddSingleton<JournalTree>().AddHostedService<GrowJournal>().AddSingleton<CoverActs>().AddHostedService(s => s.GetRequiredService<CoverActs>());
    }

    public void AddTables(ModelBuilder model)
    {
        model.Entity<JournalEntry>(entry =>
        {
            entry.ToTable("journal");
            entry.HasKey(e => e.Number);
            entry.Property(e => e.Number).ValueGeneratedOnAdd();
            entry.Property(e => e.Who).HasMaxLength(80);
            entry.Property(e => e.What).HasMaxLength(80);
            entry.Property(e => e.PublicWhat).HasMaxLength(80);
            entry.Property(e => e.OnWhat).HasMaxLength(200);
            entry.Property(e => e.Purpose).HasMaxLength(80);
            entry.HasOne(e => e.Content).WithOne().HasForeignKey<JournalContent>(c => c.Number).OnDelete(DeleteBehavior.Restrict);
            entry.HasIndex(e => e.At);
            entry.HasIndex(e => e.Who);
            entry.HasIndex(e => e.OnWhat);
        });
        model.Entity<JournalContent>(content =>
        {
            content.ToTable("journal_content");
            content.HasKey(c => c.Number);
        });
        model.Entity<JournalLeaf>(leaf =>
        {
            leaf.ToTable("journal_leaves");
            leaf.HasKey(l => l.Index);
            leaf.Property(l => l.Index).ValueGeneratedNever();
            leaf.HasIndex(l => l.Number).IsUnique();
        });
    }

    public IEnumerable<GuardedTable> GuardedTables =>
    [
        new("journal", "the journal is append-only"),
        new("journal_leaves", "the journal's tree only grows"),
        new("journal_content", "the content of the journal is erased or kept, never changed", MayDelete: true),
    ];

    public void MapApi(IEndpointRouteBuilder routes) => TreeApi.Map(routes);
}
