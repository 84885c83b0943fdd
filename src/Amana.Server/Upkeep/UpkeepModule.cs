using Amana.Server.Access;
using Amana.Server.Foundation;
using Amana.Server.Web;

namespace Amana.Server.Upkeep;

/// <summary>The operator's part: how the server is, and the data as a whole, moved, backed up and restored.</summary>
internal sealed class UpkeepModule : IModule
{
    public void AddServices(IServiceCollection services, IConfiguration configuration) => services.AddScoped<ReadHealth>();

    public void MapApi(IEndpointRouteBuilder routes) => HealthApi.Map(routes);

    public IEnumerable<MenuEntry> Menu => [new("menu.group.administration", "menu.health", "/admin/health", "heart-pulse", nameof(Right.ReadHealth))];
}
