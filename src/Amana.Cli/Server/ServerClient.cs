using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Amana.Cli.Server;

/// <summary>Talks to a server with a token. A refusal or no answer ends the command with one sentence.</summary>
internal sealed class ServerClient : IDisposable
{
    private const int AnswerBytesMax = 64 << 20;
    private readonly HttpClient _http;

    private ServerClient(Uri server, string token)
    {
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(10) })
        {
            BaseAddress = server,
            Timeout = Timeout.InfiniteTimeSpan, // an upload may take as long as it takes; cancel ends it
        };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <param name="server">From the option; null: <c>AMANA_SERVER</c>.</param>
    /// <param name="token">From the option; null: <c>AMANA_TOKEN</c>.</param>
    public static ServerClient Of(string? server, string? token, Terminal terminal)
    {
        server = Given(server, "AMANA_SERVER", terminal) ?? throw new CommandEndException(ExitCode.WrongUse, "Name the server: --server URL, or AMANA_SERVER.");
        token = Given(token, "AMANA_TOKEN", terminal) ?? throw new CommandEndException(ExitCode.WrongUse, "Give a token: --token TOKEN, or AMANA_TOKEN.");
        if (!Uri.TryCreate(server.TrimEnd('/') + "/", UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new CommandEndException(ExitCode.WrongUse, $"'{server}' is no address; it begins with http:// or https://.");
        if (token.Any(c => c is <= ' ' or > '~')) throw new CommandEndException(ExitCode.WrongUse, "The token holds characters that no token has.");
        return new ServerClient(address, token);
    }

    public Uri Address => _http.BaseAddress!;

    public Task<JsonDocument> GetAsync(string path, CancellationToken cancel) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Get, path), cancel);

    public Task<JsonDocument> PostAsync(string path, HttpContent content, CancellationToken cancel) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Post, path) { Content = content }, cancel);

    public void Dispose() => _http.Dispose();

    private async Task<JsonDocument> SendAsync(Func<HttpRequestMessage> make, CancellationToken cancel)
    {
        using var request = make();
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            await using var body = await response.Content.ReadAsStreamAsync(cancel);
            if (!response.IsSuccessStatusCode) throw new CommandEndException(ExitCode.ServerRefused, await ReasonAsync(response, body, cancel));
            if (response.Content.Headers.ContentLength > AnswerBytesMax) throw NotAmana();
            return await JsonDocument.ParseAsync(body, default, cancel);
        }
        catch (HttpRequestException failure)
        {
            throw new CommandEndException(ExitCode.ServerRefused, $"{Address} does not answer: {failure.Message}");
        }
        catch (IOException failure)
        {
            throw new CommandEndException(ExitCode.ServerRefused, $"{Address} broke off: {failure.Message}");
        }
        catch (JsonException)
        {
            throw NotAmana();
        }
    }

    private CommandEndException NotAmana() => new(ExitCode.ServerRefused, $"{Address} did not answer as Amana does.");

    // The detail of problem+json, or the plain status.
    private async Task<string> ReasonAsync(HttpResponseMessage response, Stream body, CancellationToken cancel)
    {
        string status = $"{(int)response.StatusCode} {response.ReasonPhrase}";
        if (response.Content.Headers.ContentType?.MediaType is "application/problem+json")
        {
            using var problem = await JsonDocument.ParseAsync(body, default, cancel);
            return $"{Text(problem.RootElement, "detail") ?? status} ({Text(problem.RootElement, "code") ?? status})";
        }
        return response.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.Unauthorized
            ? $"{Address} does not know this token ({status})."
            : $"{Address} answered {status}.";
    }

    public static string? Text(JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    public static double? Number(JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number ? value.GetDouble() : null;

    private static string? Given(string? option, string variable, Terminal terminal) =>
        !string.IsNullOrWhiteSpace(option) ? option.Trim() : terminal.Variable(variable)?.Trim() is { Length: > 0 } value ? value : null;
}
