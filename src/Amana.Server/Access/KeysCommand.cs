using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Keys;

namespace Amana.Server.Access;

/// <summary><c>keys rotate --data DIR [--database CONNECTION]</c>: whoever may read the data folder may change its keys, also beside a
/// running server. Exit code 0, or 1 with one sentence.</summary>
internal static class KeysCommand
{
    private const string Usage = "Use: keys rotate --data DIR [--database CONNECTION]";

    public static async Task<int> RunAsync(IReadOnlyList<string> args, CancellationToken cancel)
    {
        if (args is not ["keys", "rotate", ..] || !args.Any(a => a.StartsWith("--data", StringComparison.Ordinal)))
        {
            await Console.Error.WriteLineAsync(Usage);
            return 1;
        }

        var (options, wrong) = StartOptions.Parse([.. args.Skip(2)]);
        if (options is null)
        {
            await Console.Error.WriteLineAsync($"{wrong}\n{Usage}");
            return 1;
        }

        try
        {
            await using var app = AmanaHost.Build(options);
            await app.Services.GetRequiredService<DataFolder>().OpenAsync(cancel);
            await using var scope = app.Services.CreateAsyncScope();
            var caller = Caller.OfServer(app.Services.GetRequiredService<Instance>().Bureau);
            var result = await scope.ServiceProvider.GetRequiredService<RotateKeys>().RunAsync(caller, cancel);
            if (result.Succeeded(out var changed, out var refusal))
            {
                await Console.Out.WriteLineAsync($"Master key {changed.Master} closes {changed.Secrets} secrets; data key {changed.Data} seals what is new. Make a backup: older ones need the older keys that are in them.");
                return 0;
            }

            await Console.Error.WriteLineAsync(refusal.Detail);
            return 1;
        }
        catch (Exception e) when (e is DataFolderException or KeyException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }
}
