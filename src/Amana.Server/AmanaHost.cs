using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Exchange.Line;
using Amana.Server.Foundation;
using Amana.Server.Keys;
using Amana.Server.Web;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server;

/// <summary>Puts the server together: what every module stands on, then the modules in their order.</summary>
internal static class AmanaHost
{
    /// <param name="change">For tests: a clock of their own, for instance.</param>
    /// <param name="settings">For tests: what an operator would set in the environment.</param>
    public static WebApplication Build(StartOptions options, Action<IServiceCollection>? change = null, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new() { ContentRootPath = AppContext.BaseDirectory, ApplicationName = "Amana.Server" });
        builder.Configuration.AddInMemoryCollection(settings ?? new Dictionary<string, string?>(StringComparer.Ordinal));
        var exchange = new ExchangeTls(ExchangeTlsOptions.Of(builder.Configuration));
        builder.Services.AddSingleton(_ => exchange);
        builder.WebHost.UseKestrel(kestrel => { RequestRules.Limit(kestrel); exchange.Use(kestrel); }).UseUrls(exchange.Listen is { } listen ? $"{options.Urls};{listen}" : options.Urls);
        builder.Logging.AddSimpleConsole(console => { console.SingleLine = true; console.TimestampFormat = "yyyy-MM-ddTHH:mm:ssZ "; console.UseUtcTimestamp = true; })
            .SetMinimumLevel(LogLevel.Information)
            // The framework's own request lines carry addresses with their query strings: names of people.
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("Amana.Server.Access.TokenSignIn", LogLevel.Warning)
            .AddFilter("OpenIddict", LogLevel.Error) // says what was sent
            .AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error)
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error)
            .AddFilter("Microsoft.AspNetCore.Diagnostics", LogLevel.None)
            .AddFilter("Microsoft.EntityFrameworkCore.Database.Command", LogLevel.None)
            .AddFilter("Microsoft.EntityFrameworkCore.Update", LogLevel.None);
        AddFoundation(builder.Services, new Instance { DataFolder = options.DataFolder, Address = options.Urls.Split(';')[0].TrimEnd('/') });
        AddDatabase(builder.Services, ChosenDatabase.Of(options));
        foreach (var module in Modules.InOrder) module.AddServices(builder.Services, builder.Configuration);
        WebPages.Add(builder);
        change?.Invoke(builder.Services);

        var app = builder.Build();
        UseInOrder(app);
        ServerApi.Map(app);
        foreach (var module in Modules.InOrder) module.MapApi(app);
        WebPages.Map(app);
        return app;
    }

    /// <summary>Opens the data, listens, and fills a training instance. Returns once all of that is done.</summary>
    /// <exception cref="DataFolderException">The folder cannot be used.</exception>
    /// <exception cref="IOException">The address cannot be listened on.</exception>
    public static async Task StartAsync(WebApplication app, StartOptions options, CancellationToken cancel)
    {
        // Before anything is at work that would have to be stopped again.
        ListenAddresses.ShouldBeFree(options.Urls);
        var folder = app.Services.GetRequiredService<DataFolder>();
        await folder.HoldAsync(cancel);
        await folder.OpenAsync(cancel);
        var training = app.Services.GetRequiredService<TrainingInstance>();
        if (options.Demo) await training.FoundAsync(options.Bureau, cancel);
        await app.StartAsync(cancel);
        app.Services.GetRequiredService<Instance>().Address = app.Urls.First().TrimEnd('/');
        if (options.Demo) await training.AddSpecimensAsync(isAlone: options.Circle.Count == 0, cancel);
        if (options.Circle.Count > 0) await app.Services.GetRequiredService<SpecimenCircle>().JoinAsync(options.Circle, cancel);
        app.Services.GetRequiredService<StartFinished>().Done();
    }

    private static void AddFoundation(IServiceCollection services, Instance instance)
    {
        DataFolder.Make(instance);
        services.AddSingleton(instance).AddSingleton<TimeProvider, WholeMicroseconds>().AddSingleton<WriteTurns>().AddSingleton<SaveQueue>().AddSingleton<DataFolder>();
        services.AddSingleton<TrainingInstance>().AddSingleton<SpecimenCircle>().AddSingleton<SpecimenLetters>();
        services.AddSingleton<RequestTimes>().AddSingleton<StartFinished>().AddSingleton<IReadyWhen>(s => s.GetRequiredService<StartFinished>());
        services.AddDataProtection().SetApplicationName("Amana").PersistKeysToFileSystem(new DirectoryInfo(instance.Folder("keys")));
        services.ConfigureHttpJsonOptions(json => JsonRules.Apply(json.SerializerOptions));
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(8));
        services.AddRouting().AddProblemDetails().AddExceptionHandler<ErrorAnswers.Handler>().AddHttpContextAccessor();
        services.AddResponseCompression(compression => compression.EnableForHttps = false);
        Telemetry.Add(services);
        ServerApi.AddServices(services);
    }

    /// <param name="connection">How to reach PostgreSQL; null: SQLite in the data folder.</param>
    private static void AddDatabase(IServiceCollection services, string? connection)
    {
        if (connection is null) services.AddSingleton<IDatabaseEngine, SqliteEngine>();
        else
        {
            PostgresEngine.Read(connection); // what is wrong with it is said before anything begins
            services.AddSingleton<IDatabaseEngine>(provider => new PostgresEngine(connection, provider.GetRequiredService<IHostApplicationLifetime>().StopApplication));
        }
        services.AddDbContextFactory<AmanaDb>((provider, options) =>
        {
            provider.GetRequiredService<IDatabaseEngine>().Use(options);
            options.AddInterceptors(SealedRow.AtTheDatabase.Instance);
        });
    }

    private static void UseInOrder(WebApplication app)
    {
        app.UseMiddleware<RequestLog>();
        app.UseForwardedHeaders();
        app.Use((http, next) => { RequestRules.AddHeaders(http); return next(http); });
        app.Use(ExchangeDoor.CheckAsync);
        app.UseExceptionHandler();
        WebPages.UseErrors(app);
        app.UseWhen(http => !ErrorAnswers.WantsPage(http), programs => programs.UseStatusCodePages(ErrorAnswers.FillAsync));
        app.Use(RequestRules.CheckAsync);
        WebPages.UseBeforeRouting(app);
        app.UseRouting();
        app.UseOutputCache(); // public pages: what is kept asks nobody who reads it
        AccessModule.Use(app);
        app.UseAntiforgery();
        app.Use(EvenLength.FillAsync);
    }
}
