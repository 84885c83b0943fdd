using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.PublicNotices;

internal sealed class PublicNoticesModule : IModule
{
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        KeptPages.Add(services);
        services.AddSingleton<ShownNotices>().AddScoped<PublicShelf>().AddSingleton<ShownNews>().AddScoped<NewsShelf>()
            .AddSingleton<OpenShelf>().AddSingleton<IReadyWhen>(s => s.GetRequiredService<OpenShelf>()).AddHostedService(s => s.GetRequiredService<OpenShelf>());
    }

    public void AddTables(ModelBuilder model) => PublicTables.AddTo(model);

    public void MapApi(IEndpointRouteBuilder routes) => PublicNoticesApi.Map(routes);
}
