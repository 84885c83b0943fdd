using Amana.Server.Access;
using Amana.Server.Foundation;

namespace Amana.Server.News;

internal sealed class NewsModule : IModule
{
    public void AddServices(IServiceCollection services, IConfiguration configuration) => services.AddScoped<PublishNews>().AddScoped<TakeDownNews>();

    public IEnumerable<MenuEntry> Menu => [new(null, "menu.news", "/news", "landmark", nameof(Right.PublishNews))];
}
