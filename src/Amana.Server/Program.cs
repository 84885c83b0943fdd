using Amana.Server;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Upkeep;
using Microsoft.Extensions.Options;

// token create --data DIR ...: works on the data folder itself, beside a running server.
if (args is ["token", ..]) return await TokenCommand.RunAsync(args, CancellationToken.None);

// keys rotate --data DIR: the same way.
if (args is ["keys", ..]) return await KeysCommand.RunAsync(args, CancellationToken.None);

// migrate --from DIR --to CONNECTION: from SQLite to PostgreSQL, while no server runs.
if (args is ["migrate", ..]) return await MigrateCommand.RunAsync(args, CancellationToken.None);

// backup --data DIR --out FILE, beside a running server; restore --from FILE --data DIR.
if (args is ["backup" or "restore", ..]) return await BackupCommand.RunAsync(args, CancellationToken.None);

if (args.Any(a => a is "--help" or "-h"))
{
    await Console.Out.WriteLineAsync(StartOptions.Help);
    return 0;
}

var (options, wrong) = StartOptions.Parse(args);
if (options is null)
{
    await Console.Error.WriteLineAsync(wrong);
    return 1;
}

if (options.Bureaus > 1) return await SmallWorld.ShowAsync(options, Console.Out, CancellationToken.None);

try
{
    await using var app = AmanaHost.Build(options);
    if (options.Circle.Count > 0) _ = SmallWorld.EndWithItsParentAsync(app.Lifetime, CancellationToken.None);
    await AmanaHost.StartAsync(app, options, app.Lifetime.ApplicationStopping);
    await Welcome.PrintAsync(app, options, Console.Out);
    await app.WaitForShutdownAsync();
    return 0;
}
catch (Exception e) when (e is DataFolderException or OptionsValidationException or IOException or UnauthorizedAccessException)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
catch (OperationCanceledException)
{
    return 0; // stopped while starting
}
