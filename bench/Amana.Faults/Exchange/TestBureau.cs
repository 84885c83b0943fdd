using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Amana.Server;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Tests.Shared;
using Amana.Vocabulary;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Faults.Exchange;

/// <summary>One bureau of the run: a real server process on its own data, which can be killed and started anew, and a client of its API.</summary>
/// <param name="relay">The bureau that passes on what others write to it; null: they reach it directly.</param>
internal sealed class TestBureau(string code, string folder, string? relay = null) : IAsyncDisposable
{
    private const string FakeTime = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1";
    private static readonly string[] Rights = ["manage-bureaus", "read-bureaus", "send-messages", "read-messages", "read-journal"];

    private ServerProcess? _server;
    private HttpClient? _client;
    private string _urls = "http://127.0.0.1:0";

    public static bool CanFakeTime => File.Exists(FakeTime);

    public string Code => code;
    public string Folder => folder;
    public string? Relay => relay;
    public HttpClient Client => _client!;
    /// <summary>How others reach it.</summary>
    public FaultProxy? Way { get; set; }
    public Uri Address => Way?.Address ?? Client.BaseAddress!;

    /// <summary>Memory of the server's process in MiB: now, and at most since its start.</summary>
    public (int Now, int Most) Memory()
    {
        string[] status = File.ReadAllLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{_server!.Id}/status"));
        return (Of("VmRSS:"), Of("VmHWM:"));

        int Of(string name) => int.Parse(status.First(l => l.StartsWith(name, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    /// <param name="ahead">By how much its clock is wrong.</param>
    public async Task StartAsync(TimeSpan ahead = default)
    {
        string? script = ahead == default ? null : $"export LD_PRELOAD={FakeTime} FAKETIME=+{(int)ahead.TotalSeconds} DONT_FAKE_MONOTONIC=1 FAKETIME_DONT_FAKE_MONOTONIC=1; exec \"$@\"";
        if (_client is null) await FoundAsync();
        _server = await ServerProcess.StartAsync(demo: false, folder, script, null, _urls);
        _urls = _server.Address.GetLeftPart(UriPartial.Authority); // the same again after a kill
        Way?.Target = _server.Address;
        _client ??= new HttpClient { BaseAddress = _server.Address, Timeout = TimeSpan.FromSeconds(60), DefaultRequestHeaders = { Authorization = new("Bearer", await _server.TokenAsync(Rights)) } };
    }

    private async Task FoundAsync()
    {
        await using var app = AmanaHost.Build(new StartOptions { DataFolder = folder, Urls = _urls });
        await HostedBureau.FoundAsync(app, BureauCode.Of(code));
    }

    /// <summary>What the data folder of the server, which does not run, gives to somebody who has all of it.</summary>
    public async Task<T> LookInsideAsync<T>(Func<IServiceProvider, Task<T>> look)
    {
        await using var app = AmanaHost.Build(new StartOptions { DataFolder = folder, Urls = _urls });
        await app.Services.GetRequiredService<DataFolder>().OpenAsync(CancellationToken.None);
        return await look(app.Services);
    }

    public async Task KillAsync()
    {
        await _server!.KillAsync();
        _server = null;
    }

    /// <summary>Seconds of a processor that the server's process has used.</summary>
    public double ProcessorSeconds()
    {
        string[] fields = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{_server!.Id}/stat")).Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return (double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture)) / 100;
    }

    public async Task<JsonElement> GetAsync(string path) => await Client.GetFromJsonAsync<JsonElement>(path);

    public async Task DoAsync(string path, object body)
    {
        using var answer = await Client.PostAsJsonAsync(path, body);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{code} {path}: {await answer.Content.ReadAsStringAsync()}");
    }

    /// <summary>Letters that are on their way, and those that were refused or are dead.</summary>
    public async Task<(int Waiting, int Stuck)> LettersAsync()
    {
        var view = await GetAsync("api/v1/deliveries");
        return (view.GetProperty("waiting").GetInt32(), view.GetProperty("stuck").GetInt32());
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        else if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        if (Way is not null) await Way.DisposeAsync();
        _client?.Dispose();
    }

    /// <summary>Joins bureaus in one directory: the first is the Secretariat. What people read to each other is read here by the machine.</summary>
    public static async Task JoinAsync(IReadOnlyList<TestBureau> bureaus)
    {
        foreach (var bureau in bureaus) await bureau.DoAsync("api/v1/bureaus/contact", new { phone = "", mail = "", hours = "", address = bureau.Address });
        var first = bureaus[0];
        string[] languages = ["ar", "en", "fr", "es"];
        await first.DoAsync("api/v1/bureaus/found", new { names = languages.ToDictionary(l => l, _ => first.Code) });
        foreach (var bureau in bureaus.Skip(1).OrderBy(b => b.Relay is not null)) await first.AddAsync(bureau.Address, bureau.Relay); // a relay first
        foreach (var bureau in bureaus.Skip(1))
        {
            await UntilAsync(async () => (await bureau.GetAsync("api/v1/bureaus")).GetProperty("offer").ValueKind is JsonValueKind.Object, 60);
            var offer = (await bureau.GetAsync("api/v1/bureaus")).GetProperty("offer");
            await bureau.DoAsync("api/v1/bureaus/offer", new { words = offer.GetProperty("words").GetString(), accept = true });
        }

        await UntilAsync(async () => (await Task.WhenAll(bureaus.Select(b => b.GetAsync("api/v1/bureaus")))).All(v => v.GetProperty("bureaus").GetArrayLength() == bureaus.Count), 60);
    }

    /// <summary>At the Secretariat: takes the bureau that answers there into the directory.</summary>
    public async Task AddAsync(Uri address, string? relay = null)
    {
        using var answer = await Client.PostAsJsonAsync("api/v1/bureaus/ask-card", new { address });
        string words = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("words").GetString()!;
        await DoAsync("api/v1/bureaus", new { address, words, relay });
    }

    public static async Task UntilAsync(Func<Task<bool>> isSo, int seconds)
    {
        var end = DateTime.UtcNow.AddSeconds(seconds);
        while (!await isSo())
        {
            if (DateTime.UtcNow > end) throw new TimeoutException("It did not come to that.");
            await Task.Delay(300);
        }
    }
}
