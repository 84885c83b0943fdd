using System.Net;
using System.Net.Http.Headers;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Keys;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(Amana.Server.Tests.AmanaServer))]

namespace Amana.Server.Tests;

/// <summary>A real server: Kestrel on a free port, a folder and a database of its own, a training instance without specimens.
/// The database is SQLite, or PostgreSQL with <c>AMANA_TEST_ENGINE=postgres</c>.
/// One for all tests, so a test looks only at what it made itself; a test that needs a server of its own makes one:
/// <c>await using var server = await AmanaServer.StartNewAsync();</c></summary>
public class AmanaServer : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("amana-").FullName;
    private WebApplication? _app;
    private string _urls = "http://127.0.0.1:0";

    /// <summary>Before the start: fill it as <c>./run --demo</c> does.</summary>
    public bool Demo { get; init; }
    /// <summary>Before the start: leave the instance as new, not yet set up.</summary>
    public bool Empty { get; init; }
    /// <summary>Before the start: which specimen bureau it is.</summary>
    public string Bureau { get; init; } = "UTO";
    /// <summary>Before the start: replace services, such as the clock.</summary>
    internal Action<IServiceCollection>? Change { get; init; }

    /// <summary>Before the start: what an operator would set in the environment, such as <c>OpenId:Authority</c>.</summary>
    internal IReadOnlyDictionary<string, string?>? Settings { get; init; }

    public string DataFolder => _folder;
    /// <summary>How PostgreSQL is reached; null on SQLite.</summary>
    public string? Database { get; internal set; }
    private bool IsOnSqlite { get; init; }
    public Uri Address { get; private set; } = null!;
    public IServiceProvider Services => _app!.Services;
    private protected WebApplication App => _app!;

    public static async Task<AmanaServer> StartNewAsync(bool demo = false, bool empty = false)
    {
        var server = new AmanaServer { Demo = demo, Empty = empty };
        await server.InitializeAsync();
        return server;
    }

    /// <summary>On SQLite, whatever the other tests run on.</summary>
    public static async Task<AmanaServer> StartOnSqliteAsync(bool demo = false)
    {
        var server = new AmanaServer { Demo = demo, IsOnSqlite = true };
        await server.InitializeAsync();
        return server;
    }

    /// <summary>On PostgreSQL, whatever the other tests run on.</summary>
    public static async Task<AmanaServer> StartOnPostgresAsync(bool demo = false)
    {
        var server = new AmanaServer { Demo = demo, Database = await PostgresCluster.NewDatabaseAsync() };
        await server.InitializeAsync();
        return server;
    }

    public async ValueTask InitializeAsync()
    {
        if (PostgresCluster.IsAsked && !IsOnSqlite) Database ??= await PostgresCluster.NewDatabaseAsync();
        var options = new StartOptions { DataFolder = _folder, Urls = _urls, Demo = Demo, Database = Database, Bureau = Bureau };
        _app = AmanaHost.Build(options, Change, Settings);
        if (!Demo && !Empty)
        {
            await _app.Services.GetRequiredService<DataFolder>().OpenAsync(default);
            await _app.Services.GetRequiredService<TrainingInstance>().FoundAsync(Bureau, default);
        }

        await AmanaHost.StartAsync(_app, options, default);
        Address = new Uri(_app.Services.GetRequiredService<Instance>().Address + "/");
    }

    /// <summary>Stops the server and starts it on the same data, as after an update.</summary>
    public Task RestartAsync() => RestartAsync(() => { });

    /// <param name="between">What happens to the folder while no server runs.</param>
    public async Task RestartAsync(Action between)
    {
        await StopAsync();
        between();
        await InitializeAsync();
    }

    /// <summary>Starts a stopped server again where it was before.</summary>
    public Task RestartAtAsync(Uri address)
    {
        _urls = address.ToString().TrimEnd('/');
        return InitializeAsync().AsTask();
    }

    /// <summary>A client with no credentials; redirects are not followed.</summary>
    public HttpClient Anonymous() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };

    /// <summary>A client with a new token of these rights; its purpose is border-check.</summary>
    public async Task<HttpClient> ClientAsync(params Right[] rights)
    {
        var client = Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(rights));
        return client;
    }

    /// <summary>The secret of a new token.</summary>
    public Task<string> TokenAsync(params Right[] rights) => TokenAsync(null, null, rights);

    public async Task<string> TokenAsync(string? purpose, TimeSpan? lasts, params Right[] rights)
    {
        var request = new MakeToken.Request("test", [.. rights.Select(r => r.Word())], purpose, lasts);
        var result = await RunAsync<MakeToken, Result<MakeToken.Made>>(act => act.RunAsync(request, ServerCaller, default));
        result.Succeeded(out var made, out var refusal).ShouldBeTrue(refusal?.Detail);
        return made!.Secret;
    }

    /// <summary>A browser without scripts that posts the sign-in form; the client keeps the session's cookies.</summary>
    public async Task<HttpClient> SignInAsync(string userName, string password)
    {
        var client = Browser();
        using var answer = await PostFormAsync(client, "access/sign-in", ("userName", userName), ("password", password), ("return", "/"));
        answer.Headers.Location?.ToString().ShouldBe("/", $"{userName} was not let in");
        return client;
    }

    /// <summary>Somebody new with this role, signed in, who asks as the own pages do; the purpose is that of <see cref="ClientAsync"/>. For rights that no
    /// token has.</summary>
    public async Task<HttpClient> PersonAsync(Role role)
    {
        string userName = $"{role.ToString().ToLowerInvariant()}.{Guid.NewGuid():N}"[..30];
        await using (var scope = Services.CreateAsyncScope())
        {
            var people = scope.ServiceProvider.GetRequiredService<Microsoft.AspNetCore.Identity.UserManager<Person>>();
            var now = scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow();
            var person = new Person { Id = Guid.CreateVersion7(now), UserName = userName, DisplayName = userName, InvitedAt = now, JoinedAt = now, IsSpecimen = true };
            person.NormalizedUserName = people.NormalizeName(userName);
            person.PasswordHash = people.PasswordHasher.HashPassword(person, SpecimenPeople.Password);
            person.TakeRoles([role], Actor.Server, now).ShouldBeNull();
            person.EndSessions();
            var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
            db.Add(person);
            await db.SaveChangesAsync();
        }

        var client = await SignInAsync(userName, SpecimenPeople.Password);
        client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        client.DefaultRequestHeaders.Add("Amana-Purpose", Purposes.Default);
        return client;
    }

    /// <summary>Keeps cookies, does not follow redirects.</summary>
    public HttpClient Browser() => new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = Address };

    /// <summary>Posts a form as a page of ours does, with the antiforgery token of somebody who is not signed in.</summary>
    public async Task<HttpResponseMessage> PostFormAsync(HttpClient client, string address, params (string Name, string Value)[] fields)
    {
        var tokens = Services.GetRequiredService<Microsoft.AspNetCore.Antiforgery.IAntiforgery>()
            .GetTokens(new Microsoft.AspNetCore.Http.DefaultHttpContext { RequestServices = Services });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, UriKind.Relative))
        {
            Content = new FormUrlEncodedContent(fields.Append((tokens.FormFieldName, tokens.RequestToken!))
                .Select(f => KeyValuePair.Create(f.Item1, f.Item2))),
        };
        request.Headers.Add("Cookie", $"amana-form={tokens.CookieToken}");
        return await client.SendAsync(request);
    }

    /// <summary>The caller that may everything, for calling acts without HTTP.</summary>
    public Caller ServerCaller => Caller.OfServer(Services.GetRequiredService<Instance>().Bureau);

    /// <summary>Calls an act in a scope of its own.</summary>
    public async Task<TAnswer> RunAsync<TAct, TAnswer>(Func<TAct, Task<TAnswer>> call) where TAct : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        return await call(scope.ServiceProvider.GetRequiredService<TAct>());
    }

    /// <summary>Journal entries, oldest first, of one fact (<c>token.made</c>) or all.</summary>
    internal async Task<List<JournalEntry>> JournalAsync(string? what = null, string? onWhat = null, string? who = null)
    {
        await using var db = await Services.GetRequiredService<IDbContextFactory<AmanaDb>>().CreateDbContextAsync();
        return await db.Set<JournalEntry>().AsNoTracking().Include(e => e.Content)
            .Where(e => (what == null || e.What == what) && (onWhat == null || e.OnWhat == onWhat) && (who == null || e.Who == who))
            .OrderBy(e => e.Number).ToListAsync();
    }

    /// <summary>What is personal about an act, opened.</summary>
    internal string ContentOf(JournalEntry entry) =>
        SealedContent.Open(entry.Content ?? throw new InvalidOperationException("The entry has no content."), Services.GetRequiredService<FieldSealer>()).ToString();

    public async Task<AmanaDb> OpenDbAsync() => await Services.GetRequiredService<IDbContextFactory<AmanaDb>>().CreateDbContextAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await StopAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
        if (Database is not null) await PostgresCluster.DropAsync(Database);
    }

    public async Task StopAsync()
    {
        if (_app is null) return;
        await _app.StopAsync();
        await _app.DisposeAsync();
        _app = null;
    }
}
