using Amana.Server.Access;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Witness;

internal sealed class WitnessModule : IModule
{
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<WitnessKeys>().AddSingleton<WitnessLine>().AddHostedService<AskWitnesses>();
        services.AddScoped<SeeCheckpoint>().AddScoped<SeeBureauCheckpoint>().AddScoped<ShowToWitness>().AddSingleton<BureauWitnessLine>().AddScoped<AskBureau>().AddScoped<AgreeToLog>().AddScoped<IJournalWitnesses, ReadWitnesses>();
        services.AddScoped<AddWitness>().AddScoped<RemoveWitness>().AddScoped<AddWitnessedLog>().AddScoped<RemoveWitnessedLog>().AddScoped<ReadWitnesses>();
    }

    public void AddTables(ModelBuilder model)
    {
        model.Entity<OurWitness>(witness =>
        {
            witness.ToTable("witnesses");
            witness.HasKey(w => w.Key);
            witness.Property(w => w.Key).HasMaxLength(400);
            witness.Property(w => w.Name).HasMaxLength(100);
            witness.Property(w => w.Bureau).HasMaxLength(6);
            witness.HasIndex(w => w.Bureau).IsUnique();
            witness.Property(w => w.Address).HasMaxLength(500);
            witness.Property(w => w.Fault).HasMaxLength(40);
        });
        model.Entity<WitnessedLog>(log =>
        {
            log.ToTable("witnessed_logs");
            log.HasKey(l => l.Origin);
            log.Property(l => l.Origin).HasMaxLength(200);
            log.Property(l => l.Key).HasMaxLength(400);
            log.Property(l => l.Name).HasMaxLength(100);
            log.Property(l => l.Bureau).HasMaxLength(6);
            log.HasIndex(l => l.Bureau).IsUnique();
            log.Property(l => l.Size).IsConcurrencyToken();
        });
    }

    public void MapApi(IEndpointRouteBuilder routes) => WitnessApi.Map(routes);

    public IEnumerable<MenuEntry> Menu => [new("menu.group.oversight", "menu.witnesses", "/witnesses", "eye", nameof(Right.ReadJournal))];
}
