using Amana.Server;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Exchange;
using Amana.Server.Exchange.Book;
using Amana.Server.Foundation;
using Amana.Vocabulary;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Amana.Faults.Exchange;

/// <summary>A whole server of a bureau in this process: its own folder, database, journal, keys, port and background work. Many share the code, which is what 196 processes
/// on one small machine could not.</summary>
internal sealed class HostedBureau(BureauCode code, string folder) : IAsyncDisposable
{
    private WebApplication? _app;

    public BureauCode Code => code;
    public string Folder => folder;
    public Uri Address { get; private set; } = null!;
    public IServiceProvider Services => _app!.Services;
    public BureauBook Book => Services.GetRequiredService<BureauBook>();
    public Caller Caller => Caller.OfServer(code);

    /// <param name="specimens">With the specimen notices and people of Utopia; else empty.</param>
    public async Task StartAsync(bool specimens)
    {
        var options = new StartOptions { DataFolder = folder, Urls = "http://127.0.0.1:0", Demo = specimens };
        _app = AmanaHost.Build(options, services => services.AddLogging(log => log.SetMinimumLevel(LogLevel.Error)));
        if (!specimens) await FoundAsync(_app, code);
        await AmanaHost.StartAsync(_app, options, CancellationToken.None);
        Address = new Uri(Services.GetRequiredService<Instance>().Address + "/");
    }

    /// <summary>Makes an empty folder that of a training instance without specimens.</summary>
    public static async Task FoundAsync(WebApplication app, BureauCode code)
    {
        var data = app.Services.GetRequiredService<DataFolder>();
        await data.OpenAsync(CancellationToken.None);
        var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var record = new InstanceRecord { Key = Guid.CreateVersion7(now), BureauCode = code.Value, BureauName = code.Value, BureauNameLocal = code.Value, Kind = InstanceKind.Training, SetUpAt = now };
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<AmanaDb>>().CreateDbContextAsync();
        db.Add(record);
        await db.SaveChangesAsync();
        data.Become(record);
    }

    /// <summary>Calls an act in a scope of its own.</summary>
    public async Task<TAnswer> DoAsync<TAct, TAnswer>(Func<TAct, Task<TAnswer>> call) where TAct : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        return await call(scope.ServiceProvider.GetRequiredService<TAct>());
    }

    public async Task<T> LookAsync<T>(Func<AmanaDb, Task<T>> look)
    {
        await using var db = await Services.GetRequiredService<IDbContextFactory<AmanaDb>>().CreateDbContextAsync();
        return await look(db);
    }

    /// <summary>The first takes all others into its directory, and each compares its words and accepts, as people do by telephone.</summary>
    public static async Task JoinAsync(IReadOnlyList<HostedBureau> bureaus)
    {
        var first = bureaus[0];
        string[] languages = ["ar", "en", "fr", "es"];
        Must(await first.DoAsync<FoundDirectory, Refusal?>(act => act.RunAsync(new(languages.ToDictionary(l => l, _ => first.Code.Value)), first.Caller, default)));
        foreach (var bureau in bureaus.Skip(1))
        {
            string address = bureau.Address.ToString();
            (await first.DoAsync<AskCard, Result<AskCard.Shown>>(act => act.RunAsync(address, first.Caller, default))).Succeeded(out var card, out var refused);
            Must(refused);
            Must(await first.DoAsync<AddBureau, Refusal?>(act => act.RunAsync(new(address, card!.Words, null, null), first.Caller, default)));
        }

        await RoundAsync(first);
        foreach (var bureau in bureaus.Skip(1))
        {
            ReadBureaus.View? view = null;
            await TestBureau.UntilAsync(async () => (await bureau.DoAsync<ReadBureaus, Result<ReadBureaus.View>>(act => act.RunAsync(bureau.Caller, default))).Succeeded(out view, out _) && view.Offer is not null, 60);
            Must(await bureau.DoAsync<AnswerOffer, Refusal?>(act => act.RunAsync(new(view!.Offer!.Words, true), bureau.Caller, default)));
        }

        await RoundAsync(first);
        await TestBureau.UntilAsync(() => Task.FromResult(bureaus.All(b => b.Book.All.Count == bureaus.Count)), 300);
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is null) return;
        await _app.StopAsync();
        await _app.DisposeAsync();
        _app = null;
    }

    private static Task RoundAsync(HostedBureau at) => at.Services.GetServices<IHostedService>().OfType<KeepDirectory>().Single().RoundNowAsync(default);

    private static void Must(Refusal? refused)
    {
        if (refused is not null) throw new InvalidOperationException($"{refused.Code}: {refused.Detail}");
    }
}
