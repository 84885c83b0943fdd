using System.Net.Http.Headers;
using Amana.Server.Exchange.Line;
using Amana.Server.Foundation;
using Amana.Vocabulary;

namespace Amana.Server.Exchange;

/// <summary>Files between servers, for modules whose letters name them: asked for and given by signed requests. What lies in them, and who may have which, is for the module.</summary>
public sealed class BureauFiles
{
    private readonly BureauBook _book;
    private readonly BureauLine _line;

    internal BureauFiles(BureauBook book, BureauLine line) => (_book, _line) = (book, line);

    /// <param name="path">At the other server, without a slash before it: <c>exchange/v1/files/…</c>.</param>
    /// <param name="offset">From which byte on.</param>
    /// <returns>The answer's head; the caller disposes of it. Null when nobody answered, or we do not exchange with that bureau.</returns>
    public Task<HttpResponseMessage?> OpenAsync(BureauCode bureau, string path, long offset, CancellationToken cancel) =>
        _book.Exchanges(bureau) && _book.Find(bureau) is { } entry ? _line.OpenAsync(entry.Address, path, new RangeHeaderValue(offset, null), cancel) : Task.FromResult<HttpResponseMessage?>(null);

    /// <summary>Which bureau's server asks; or why it is not believed, taken down already.</summary>
    public static Task<Result<BureauCode>> CheckAsync(HttpRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.HttpContext.RequestServices.GetRequiredService<RequestDoor>().CheckAsync(request, default, cancel);
    }
}
