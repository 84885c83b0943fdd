using System.Net;
using System.Text.Json;
using Amana.Server.Foundation;
using Microsoft.Extensions.Options;

namespace Amana.Server.Watchlists;

/// <summary>Downloads the files of a source over HTTPS, asking only for what has changed.</summary>
internal sealed class HttpsFetch(RunFiles files, Instance instance, IOptions<WatchlistsOptions> options, TimeProvider clock) : IDisposable
{
    private const int RedirectsMax = 5;

    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        UseProxy = false,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        ConnectCallback = (context, cancel) => AddressRule.ConnectAsync(context.DnsEndPoint,
            address => options.Value.AllowPrivateAddresses || AddressRule.IsOpen(address) || (instance.IsTraining && IPAddress.IsLoopback(address)), cancel),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        DefaultRequestHeaders = { { "User-Agent", "Amana" }, { "Accept", "*/*" } },
    };

    /// <summary>An address that may be fetched: https, or http on this machine while the instance is for training.</summary>
    public static bool MayFetch(string text, Instance instance, out Uri address)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out address!) || address.UserInfo.Length > 0 || address.Host.Length == 0) return false;
        return address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && instance.IsTraining && address.IsLoopback);
    }

    /// <inheritdoc cref="FetchFiles.FetchAsync"/>
    public async Task<(bool Changed, string? Validators)> FetchAsync(RunAtWork work, ListSource source, CancellationToken cancel)
    {
        var known = source.Validators is null ? [] : JsonSerializer.Deserialize<Dictionary<string, Validator>>(source.Validators)!;
        var next = new Dictionary<string, Validator>(StringComparer.Ordinal);
        var notChanged = new List<int>();
        long bytes = 0;
        for (int n = 0; n < source.Addresses.Count; n++)
        {
            var (validator, read) = await GetAsync(work, source.Addresses[n], n, source.Addresses.Count, known.GetValueOrDefault(source.Addresses[n]), bytes, cancel);
            bytes += read ?? 0;
            if (read is null) notChanged.Add(n);
            next[source.Addresses[n]] = validator;
        }
        if (notChanged.Count == source.Addresses.Count) return (false, source.Validators);
        // A list of several files is only whole with all of them.
        foreach (int n in notChanged)
        {
            var (validator, read) = await GetAsync(work, source.Addresses[n], n, source.Addresses.Count, null, bytes, cancel);
            bytes += read ?? 0;
            next[source.Addresses[n]] = validator;
        }
        return (true, JsonSerializer.Serialize(next));
    }

    public void Dispose() => _client.Dispose();

    /// <returns>Bytes is null when the server says that nothing has changed.</returns>
    private async Task<(Validator Validator, long? Bytes)> GetAsync(
        RunAtWork work, string address, int n, int of, Validator? known, long before, CancellationToken cancel)
    {
        var wait = TimeSpan.FromMilliseconds(options.Value.FetchRetryMilliseconds);
        for (int tried = 1; ; tried++, wait *= 2)
        {
            try
            {
                return await GetOnceAsync(work, address, n, of, known, before, cancel);
            }
            catch (HttpRequestException e) when (e.InnerException is not RunEndsException) // our own rule said no while connecting
            {
                // The line or the server's load: may be over by the next try.
            }
            catch (IOException e) when (!RunFiles.IsDiskFull(e))
            {
                // The line broke while the body came.
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                // The server was silent for too long.
            }
            if (tried == WatchlistsOptions.FetchTries)
            {
                throw new RunEndsException(WatchlistRefusals.FetchFailed, $"{new Uri(address).Host} did not answer, {tried} times.", refused: false);
            }
            await Task.Delay(wait, clock, cancel);
            work.CheckIn();
        }
    }

    private async Task<(Validator, long?)> GetOnceAsync(RunAtWork work, string address, int n, int of, Validator? known, long before, CancellationToken cancel)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var longest = TimeSpan.FromSeconds(options.Value.FetchSilenceSeconds);
        silence.CancelAfter(longest);
        using var answer = await FollowAsync(address, known, silence.Token);
        if (answer.StatusCode == HttpStatusCode.NotModified && known is not null) return (known, null);
        if ((int)answer.StatusCode is >= 500 or 408 or 429) throw new HttpRequestException("later", null, answer.StatusCode);
        if (answer.StatusCode != HttpStatusCode.OK)
        {
            throw new RunEndsException(WatchlistRefusals.FetchRefused, $"{new Uri(address).Host} answered {(int)answer.StatusCode}.", refused: false);
        }
        long? expected = answer.Content.Headers.ContentLength;
        string name = RunFiles.SafeName(Uri.UnescapeDataString(new Uri(address).AbsolutePath)) ?? $"file-{n + 1}";
        await using var body = await answer.Content.ReadAsStreamAsync(silence.Token);
        long copied = await RunFiles.CopyAsync(body, files.PathFor(work.Id, n, name), options.Value.RunBytesMax - before, so =>
        {
            work.CheckIn();
            silence.CancelAfter(longest);
            work.Progress.Bytes = before + so;
            if (expected is > 0) work.Progress.Advance((n + (double)so / expected.Value) / of, before + so);
        }, silence.Token);
        if (expected is { } whole && copied != whole) throw new HttpRequestException("broke off");
        return (new Validator(answer.Headers.ETag?.ToString(), answer.Content.Headers.LastModified?.ToString("R")), copied);
    }

    private async Task<HttpResponseMessage> FollowAsync(string address, Validator? known, CancellationToken cancel)
    {
        if (!MayFetch(address, instance, out var at)) throw new RunEndsException(WatchlistRefusals.AddressInvalid.Code, WatchlistRefusals.AddressInvalid.Detail);
        for (int redirects = 0; ; redirects++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, at);
            if (known?.ETag is { } etag) request.Headers.TryAddWithoutValidation("If-None-Match", etag);
            if (known?.LastModified is { } modified) request.Headers.TryAddWithoutValidation("If-Modified-Since", modified);
            var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            if ((int)answer.StatusCode is not (301 or 302 or 303 or 307 or 308) || answer.Headers.Location is not { } location) return answer;
            answer.Dispose();
            if (redirects == RedirectsMax || !MayFetch(new Uri(at, location).AbsoluteUri, instance, out at))
            {
                throw new RunEndsException(WatchlistRefusals.FetchRefused, $"{new Uri(address).Host} leads to an address that may not be fetched.");
            }
        }
    }

    /// <summary>What a server gave to recognise a file's state by.</summary>
    internal sealed record Validator(string? ETag, string? LastModified);
}
