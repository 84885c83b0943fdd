using System.Diagnostics;

namespace Amana.Server.Foundation;

/// <summary>One line a request: method, the route's pattern, status, time. Never the address as typed, which may
/// hold a name, and never a query string. How long it took is kept for the page Health.</summary>
internal sealed partial class RequestLog(RequestDelegate next, RequestTimes times, ILogger<RequestLog> log)
{
    public async Task InvokeAsync(HttpContext http)
    {
        long started = Stopwatch.GetTimestamp();
        try
        {
            await next(http);
        }
        finally
        {
            double milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            if (RequestTimes.KindOf(http) is { } kind) times.Add(kind, milliseconds);
            var level = http.Response.StatusCode >= 500 ? LogLevel.Warning : LogLevel.Debug;
            if (log.IsEnabled(level))
            {
                string route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(no route)";
                Answered(log, level, http.Request.Method, route, http.Response.StatusCode, milliseconds);
            }
        }
    }

    [LoggerMessage("{Method} {Route} {Status} {Milliseconds:F1} ms")]
    private static partial void Answered(ILogger log, LogLevel level, string method, string route, int status, double milliseconds);
}
