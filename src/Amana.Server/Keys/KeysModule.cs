using Amana.Server.Foundation;

namespace Amana.Server.Keys;

internal sealed class KeysModule : IModule
{
    public void AddServices(IServiceCollection services, IConfiguration configuration) =>
        services.AddSingleton<IMasterKeys, MasterKeyFiles>()
            .AddSingleton(s => new KeyFolder(s.GetRequiredService<Instance>(), s.GetRequiredService<IMasterKeys>()))
            .AddSingleton(s => new FieldSealer(s.GetRequiredService<KeyFolder>(), s.GetRequiredService<TimeProvider>()))
            .AddSingleton(s => new KeyRotation(s.GetRequiredService<KeyFolder>(), s.GetRequiredService<FieldSealer>()));
}
