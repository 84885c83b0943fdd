using Amana.Server.Foundation;

namespace Amana.Server.Access;

internal sealed class AccessModule : IModule
{
    public void AddServices(IServiceCollection services, IConfiguration configuration) => services.AddScoped<Gate>();
}
