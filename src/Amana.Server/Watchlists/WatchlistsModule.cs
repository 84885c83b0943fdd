using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Watchlists;

internal sealed class WatchlistsModule : IModule
{
    public void AddServices(IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton<ListShelf>()
        .AddScoped<ReadEntities>();

    public void AddTables(ModelBuilder model) => WatchlistsTables.AddTo(model);
}
