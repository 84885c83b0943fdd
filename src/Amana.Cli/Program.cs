return await Amana.Cli.AmanaCommand.RunAsync(args, Amana.Cli.Terminal.OfProcess(), CancellationToken.None);
