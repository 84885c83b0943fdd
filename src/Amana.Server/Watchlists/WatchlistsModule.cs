using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Web;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Watchlists;

internal sealed class WatchlistsModule : IModule
{
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        var settings = new ConfigurationBuilder().AddConfiguration(configuration).AddEnvironmentVariables("AMANA_").Build();
        services.AddOptions<WatchlistsOptions>().Bind(settings.GetSection("Watchlists")).ValidateDataAnnotations().ValidateOnStart();

        // What answers.
        services.AddSingleton<ListAudiences>().AddSingleton<ListShelf>().AddSingleton<ListSwitch>().AddSingleton<IReadyWhen, ListsReady>().AddSingleton<IndexFiles>().AddScoped<ReadEntities>();

        services.AddScoped(s => new KeptList(s.GetRequiredService<AmanaDb>(), s.GetRequiredService<ListSwitch>(), s.GetRequiredService<ListShelf>(),
            s.GetRequiredService<IndexFiles>(), s.GetRequiredService<TimeProvider>()));

        // Runs at work.
        services.AddSingleton<RunsAtWork>().AddSingleton<RunNumbers>().AddSingleton<RunLedger>().AddSingleton<RunFiles>().AddSingleton<ImportFolders>()
            .AddSingleton<HttpsFetch>().AddSingleton<FetchFiles>().AddSingleton<ReadIntoVersion>().AddSingleton<CompareWithCurrent>().AddSingleton<VersionRows>()
            .AddSingleton<PublishVersion>().AddSingleton<RunWork>().AddSingleton<StoppedRuns>().AddSingleton<RunEnd>()
            .AddHostedService<OpenLists>().AddHostedService<MergeChanges>().AddHostedService<RunQueue>()
            .AddSingleton<PurgeRemovedLists>().AddHostedService(services => services.GetRequiredService<PurgeRemovedLists>());

        // Acts and questions.
        services.AddScoped<AddSource>().AddScoped<ChangeSource>().AddScoped<ReceiveFiles>().AddScoped<StartRun>()
            .AddScoped<SteerRun>().AddScoped<ConfirmRun>().AddScoped<UndoPublication>()
            .AddScoped<RemoveList>().AddScoped<RestoreList>()
            .AddScoped<ReadLists>().AddScoped<ReadRemovedLists>().AddScoped<ReadRuns>().AddScoped<ReadRunNotes>().AddScoped<ReadRecord>().AddScoped<FindRecords>()
            .AddScoped<SpecimenList>();

        // On the pages of others.
        services.AddScoped<IWorkQueue, ImportQueue>().AddScoped<IDeskSource, SourcesOnDesk>().AddScoped<IPaletteSource, RunsInPalette>();
    }

    public void AddTables(ModelBuilder model) => WatchlistsTables.AddTo(model);

    public void MapApi(IEndpointRouteBuilder routes)
    {
        routes.MapLists();
        routes.MapRuns();
        routes.MapUploadForm();
    }

    public Task AddSpecimensAsync(IServiceProvider services, CancellationToken cancel) =>
        services.GetRequiredService<SpecimenList>().AddAsync(cancel);

    public IEnumerable<MenuEntry> Menu =>
    [
        new(null, "menu.records", "/records", "database", nameof(Right.ReadRecords)),
        new("menu.group.administration", "menu.sources", "/admin/sources", "cloud-download", nameof(Right.ReadLists)),
    ];
}
