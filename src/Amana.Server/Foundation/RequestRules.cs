using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Net.Http.Headers;

namespace Amana.Server.Foundation;

/// <summary>Bounds that hold for every request, whatever it asks.</summary>
internal static class RequestRules
{
    /// <summary>Body of an ordinary request. Routes that take files or streams raise it for themselves.</summary>
    public const long BodyBytesMax = 32 * 1024 * 1024;
    /// <summary>Path and query. Kestrel reads more than that, so that too long an address is refused in words.</summary>
    public const int AddressLengthMax = 16 * 1024;

    public static void Limit(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        options.Limits.MaxRequestBodySize = BodyBytesMax;
        options.Limits.MaxRequestLineSize = 1024 * 1024;
        options.Limits.MaxRequestBufferSize = 1024 * 1024;
        options.Limits.MaxRequestHeadersTotalSize = 64 * 1024;
        options.Limits.MaxRequestHeaderCount = 100;
        options.Limits.MaxConcurrentConnections = 10_000;
        options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(20);
    }

    public static Task CheckAsync(HttpContext http, RequestDelegate next)
    {
        var request = http.Request;
        if (request.Path.Value!.Length + request.QueryString.Value!.Length > AddressLengthMax)
        {
            return ErrorAnswers.WriteAsync(http, FoundationRefusals.AddressTooLong);
        }

        return HasUnknownCharset(request) ? ErrorAnswers.WriteAsync(http, FoundationRefusals.CharsetUnknown) : next(http);
    }

    public static void AddHeaders(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
        if (headers.ContentSecurityPolicy.Count == 0)
        {
            headers.ContentSecurityPolicy =
                "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
        }
    }

    private static bool HasUnknownCharset(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.Charset.HasValue) return false;
        string name = HeaderUtilities.RemoveQuotes(type.Charset).ToString();
        return Encoding.GetEncodings().All(e => !string.Equals(e.Name, name, StringComparison.OrdinalIgnoreCase))
            && !string.Equals(name, "utf8", StringComparison.OrdinalIgnoreCase);
    }
}
