using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;

namespace Amana.Server.Uploads;

internal sealed class UploadsModule : IModule
{
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        var options = ScannerOptions.Read(configuration);
        if (options.Wrong() is { } wrong) throw new DataFolderException(wrong);
        services.AddSingleton(options);
        services.AddScoped(s => new UploadGate(s.GetRequiredService<ScannerOptions>(), s.GetRequiredService<AmanaDb>(), s.GetRequiredService<JournalWriter>(), s.GetRequiredService<ILogger<UploadGate>>()));
    }
}
