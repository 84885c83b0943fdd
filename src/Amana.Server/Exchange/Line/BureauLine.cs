using System.Net.Http.Headers;
using System.Text.Json;
using Amana.Exchange.Directory;
using Amana.Exchange.Requests;
using Amana.Server.Exchange.Keys;

namespace Amana.Server.Exchange.Line;

/// <summary>Requests to the servers of other bureaus, signed with our key. For every module that asks one.</summary>
public sealed class BureauLine : IDisposable
{
    private readonly KeyRing _keys;
    private readonly BureauBook _book;
    private readonly TimeProvider _clock;

    internal BureauLine(KeyRing keys, BureauBook book, ExchangeTls tls, TimeProvider clock)
    {
        (_keys, _book, _clock) = (keys, book, clock);
        _http = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(5), PooledConnectionLifetime = TimeSpan.FromMinutes(5), MaxConnectionsPerServer = 8,
            SslOptions = tls.ForCalls(),
        })
        {
            Timeout = TimeSpan.FromSeconds(30), MaxResponseContentBufferSize = AnswerBytesMost,
        };
    }

    /// <summary>What an answer may have, but for files.</summary>
    public const int AnswerBytesMost = 8 * 1024 * 1024;

    private readonly HttpClient _http;

    /// <param name="Status">0 when nobody answered.</param>
    /// <param name="Bytes">The answer's body.</param>
    public sealed record Answer(int Status, byte[] Bytes)
    {
        public static Answer None { get; } = new(0, []);

        /// <summary>Of a refusal the part after the last point of its code, such as <c>time</c> of <c>exchange.time</c>; null when there is none.</summary>
        public string? Word
        {
            get
            {
                try
                {
                    using var json = JsonDocument.Parse(Bytes);
                    string? code = json.RootElement.ValueKind is JsonValueKind.Object && json.RootElement.TryGetProperty("code", out var said) && said.ValueKind is JsonValueKind.String ? said.GetString() : null;
                    string? word = code?[(code.LastIndexOf('.') + 1)..];
                    return word is { Length: > 0 and <= 40 } && word.All(c => char.IsAsciiLetterLower(c) || c == '-') ? word : null;
                }
                catch (JsonException)
                {
                    return null;
                }
            }
        }
    }

    /// <param name="address">Where the bureau's server is.</param>
    /// <param name="path">Begins without a slash: <c>exchange/v1/letters</c>.</param>
    /// <param name="isSigned">Whether it says who we are; a card, a directory need not.</param>
    public async Task<Answer> SendAsync(Uri address, HttpMethod method, string path, ReadOnlyMemory<byte> body, string? type, bool isSigned, CancellationToken cancel)
    {
        try
        {
            using var request = Make(address, method, path, body, type, isSigned);
            if (request is null) return Answer.None;
            using var answer = await _http.SendAsync(request, cancel);
            return new((int)answer.StatusCode, await answer.Content.ReadAsByteArrayAsync(cancel));
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return Answer.None;
        }
    }

    /// <summary>The same for an answer that is read on its way: a file.</summary>
    /// <returns>The answer's head; the caller disposes of it. Null when nobody answered.</returns>
    public async Task<HttpResponseMessage?> OpenAsync(Uri address, string path, RangeHeaderValue? range, CancellationToken cancel)
    {
        try
        {
            using var request = Make(address, HttpMethod.Get, path, default, null, isSigned: true);
            if (request is null) return null;
            request.Headers.Range = range;
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return null;
        }
    }

    private HttpRequestMessage? Make(Uri address, HttpMethod method, string path, ReadOnlyMemory<byte> body, string? type, bool isSigned)
    {
        var target = new Uri(new Uri(address.AbsoluteUri.TrimEnd('/') + "/"), path);
        var request = new HttpRequestMessage(method, target);
        if (method != HttpMethod.Get) request.Content = new ReadOnlyMemoryContent(body) { Headers = { ContentType = type is null ? null : new MediaTypeHeaderValue(type) } };
        if (!isSigned) return request;
        if (_keys.SignerFor(_book.Ours) is not { } signer)
        {
            request.Dispose();
            return null;
        }

        string digest = ContentDigest.Of(body.Span);
        var parts = new RequestParts(method.Method, AuthorityOf(target), target.AbsolutePath, target.Query.Length == 0 ? "?" : target.Query, name => name == ContentDigest.Header ? [digest] : []);
        var signature = signer.Requests.Sign(parts, _clock.GetUtcNow());
        request.Headers.TryAddWithoutValidation("Content-Digest", digest);
        request.Headers.TryAddWithoutValidation("Signature-Input", signature.Input);
        request.Headers.TryAddWithoutValidation("Signature", signature.Signature);
        return request;
    }

    /// <summary>Host in small letters, with the port unless it is the scheme's own (RFC 9421, 2.2.3).</summary>
    public static string AuthorityOf(Uri address) => address.IsDefaultPort ? address.IdnHost : $"{Bracketed(address)}:{address.Port}";

    private static string Bracketed(Uri address) => address.HostNameType is UriHostNameType.IPv6 ? $"[{address.IdnHost.Trim('[', ']')}]" : address.IdnHost;

    public void Dispose() => _http.Dispose();
}
