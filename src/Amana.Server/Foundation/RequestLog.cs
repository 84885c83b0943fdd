using System.Diagnostics;

namespace Amana.Server.Foundation;

/// <summary>One line a request: method, the route's pattern, status, time. Never the address as typed, which may
/// hold a name, and never a query string.</summary>
internal sealed partial class RequestLog(RequestDelegate next, ILogger<RequestLog> log)
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
            var level = http.Response.StatusCode >= 500 ? LogLevel.Warning : LogLevel.Debug;
            if (log.IsEnabled(level))
            {
                string route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(no route)";
                double milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                Answered(log, level, http.Request.Method, route, http.Response.StatusCode, milliseconds);
            }
        }
    }

    [LoggerMessage("{Method} {Route} {Status} {Milliseconds:F1} ms")]
    private static partial void Answered(ILogger log, LogLevel level, string method, string route, int status, double milliseconds);
}
