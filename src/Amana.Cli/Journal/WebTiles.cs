using System.Net;
using Amana.Sealing.Logs;

namespace Amana.Cli.Journal;

/// <summary>A journal's files as a server gives them to everybody.</summary>
internal sealed class WebTiles : ITileSource, IDisposable
{
    private readonly HttpClient _http;

    private WebTiles(Uri address) => _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(10) })
    {
        BaseAddress = address, Timeout = TimeSpan.FromSeconds(60), MaxResponseContentBufferSize = EntryBundle.BytesMost,
    };

    /// <param name="address">Of the journal, or of its server: then <c>/journal</c> is looked at.</param>
    public static async Task<WebTiles> OpenAsync(string address, CancellationToken cancel)
    {
        if (!Uri.TryCreate(address.TrimEnd('/') + "/", UriKind.Absolute, out var given) || given.Scheme is not ("http" or "https"))
            throw new CommandEndException(ExitCode.WrongUse, $"'{address}' is no address; it begins with http:// or https://.");
        var tiles = new WebTiles(given);
        if (given.AbsolutePath != "/" || await tiles.ReadAsync(TileFolder.CheckpointFile, cancel) is not null) return tiles;
        tiles.Dispose();
        return new WebTiles(new Uri(given, "journal/"));
    }

    /// <exception cref="CommandEndException">The server does not answer, or with something else than a file or 404.</exception>
    public async Task<byte[]?> ReadAsync(string path, CancellationToken cancel)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative), cancel);
            if (answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Redirect or HttpStatusCode.Unauthorized) return null;
            if (!answer.IsSuccessStatusCode) throw new CommandEndException(ExitCode.ServerRefused, $"{_http.BaseAddress} answered {(int)answer.StatusCode} for {path}.");
            return await answer.Content.ReadAsByteArrayAsync(cancel);
        }
        catch (HttpRequestException gone)
        {
            throw new CommandEndException(ExitCode.ServerRefused, $"{_http.BaseAddress} does not answer: {gone.Message}");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new CommandEndException(ExitCode.ServerRefused, $"{_http.BaseAddress} did not answer within {_http.Timeout.TotalSeconds:0} seconds.");
        }
    }

    public void Dispose() => _http.Dispose();
}
