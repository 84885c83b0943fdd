using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Amana.Faults.Exchange;

/// <summary>The way to one bureau. Others know the bureau by this address, so all that they send comes by here; who sends stands in the signature of the request. Passes requests on as
/// they are, with the Host that was signed, as well or as badly as the plan says.</summary>
internal sealed partial class FaultProxy : IAsyncDisposable
{
    private readonly string _to;
    private readonly FaultPlan _plan;
    private readonly WebApplication _app;
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(5) }) { Timeout = TimeSpan.FromSeconds(60) };

    private FaultProxy(string to, FaultPlan plan, WebApplication app) => (_to, _plan, _app) = (to, plan, app);

    /// <summary>What the bureau's server answered: status, with the word of a refusal; how often.</summary>
    public ConcurrentDictionary<string, int> Answers { get; } = new(StringComparer.Ordinal);

    /// <summary>Whose servers brought letters here; how often.</summary>
    public ConcurrentDictionary<string, int> Carriers { get; } = new(StringComparer.Ordinal);

    /// <summary>Where the bureau listens; known once it runs.</summary>
    public Uri? Target { get; set; }

    public Uri Address { get; private set; } = null!;

    public static async Task<FaultProxy> StartAsync(string to, FaultPlan plan)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrel(kestrel => { kestrel.Listen(IPAddress.Loopback, 0); kestrel.Limits.MaxRequestBodySize = null; });
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var proxy = new FaultProxy(to, plan, app);
        app.Run(proxy.HandleAsync);
        await app.StartAsync();
        proxy.Address = new Uri(app.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/");
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _client.Dispose();
    }

    private async Task HandleAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        string from = KeyOf().Match(http.Request.Headers["Signature-Input"].ToString()) is { Success: true } found ? found.Groups["bureau"].Value : "";
        if (http.Request.Path == "/exchange/v1/letters") Carriers.AddOrUpdate(from, 1, (_, n) => n + 1);
        var fault = _plan.Next(from, _to);
        if (fault.Delay > TimeSpan.Zero) await Task.Delay(fault.Delay);
        if (fault.LostBefore || Target is not { } target)
        {
            http.Abort();
            return;
        }

        var first = SendAsync(http, target, body.ToArray());
        if (fault.Doubled)
        {
            var second = SendAsync(http, target, body.ToArray());
            if (fault.SecondAnswers) (first, second) = (second, first);
            await second;
        }

        if (await first is not { } answer || fault.LostAfter)
        {
            http.Abort();
            return;
        }

        http.Response.StatusCode = answer.Status;
        http.Response.ContentType = answer.Type;
        await http.Response.Body.WriteAsync(answer.Body);
    }

    private async Task<(int Status, string? Type, byte[] Body)?> SendAsync(HttpContext http, Uri target, byte[] body)
    {
        try
        {
            using var request = new HttpRequestMessage(new HttpMethod(http.Request.Method), new Uri(target, http.Features.Get<IHttpRequestFeature>()!.RawTarget));
            if (body.Length > 0) request.Content = new ByteArrayContent(body);
            foreach (var (name, values) in http.Request.Headers.Where(h => h.Key is not ("Host" or "Content-Length" or "Connection" or "Transfer-Encoding")))
            {
                if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values)) request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }

            request.Headers.Host = http.Request.Host.Value;
            using var answer = await _client.SendAsync(request);
            byte[] said = await answer.Content.ReadAsByteArrayAsync();
            string word = (int)answer.StatusCode >= 400 && WordOf().Match(System.Text.Encoding.UTF8.GetString(said)) is { Success: true } found ? " " + found.Groups["word"].Value : "";
            Answers.AddOrUpdate((int)answer.StatusCode + word, 1, (_, n) => n + 1);
            return ((int)answer.StatusCode, answer.Content.Headers.ContentType?.ToString(), said);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            return null; // the bureau's server is not there
        }
    }

    [GeneratedRegex("keyid=\"(?<bureau>[A-Z]{2,6})#", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex KeyOf();

    [GeneratedRegex("\"code\":\"(?<word>[a-z.-]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex WordOf();
}
