using System.Data.Common;
using System.Text.Json;
using Amana.Server.Data;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.WebUtilities;

namespace Amana.Server.Foundation;

/// <summary>Every answer of 400 or more has a body: a problem for programs, a page for people.</summary>
internal static partial class ErrorAnswers
{
    /// <summary>True when a person's browser asks for a page, so that the answer to an error is a page as well.</summary>
    public static bool WantsPage(HttpContext http)
    {
        if (IsPage(http)) return true;
        if (http.Request.Headers.Authorization.Count > 0 || IsForPrograms(http.Request.Path)) return false;
        return http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
    }

    public static bool IsPage(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;

    /// <summary>Status codes without a body, such as 404 and 405 of the routing, become problems.</summary>
    public static async Task FillAsync(StatusCodeContext context)
    {
        var http = context.HttpContext;
        if (HttpMethods.IsHead(http.Request.Method)) return;
        await WriteAsync(http, http.Response.StatusCode, OfStatus(http.Response.StatusCode));
    }

    /// <summary>Writes <paramref name="refusal"/> as a problem, with the status of its kind.</summary>
    public static Task WriteAsync(HttpContext http, Refusal refusal) => refusal.ToProblem().ExecuteAsync(http);

    private static Task WriteAsync(HttpContext http, int status, Refusal refusal) => TypedResults.Problem(
        refusal.Detail, statusCode: status, title: TitleOf(status), extensions: Extensions(refusal)).ExecuteAsync(http);

    internal static Dictionary<string, object?> Extensions(Refusal refusal)
    {
        var more = new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = refusal.Code };
        if (refusal.Field is not null) more["field"] = refusal.Field;
        if (refusal.Rule is not null) more["rule"] = refusal.Rule;
        if (refusal.Ask is not null) more["ask"] = refusal.Ask;
        return more;
    }

    internal static string TitleOf(int status) => ReasonPhrases.GetReasonPhrase(status) is { Length: > 0 } phrase ? phrase : "Error";

    private static bool IsForPrograms(PathString path) =>
        path.StartsWithSegments("/api", StringComparison.Ordinal) || path.StartsWithSegments("/openapi", StringComparison.Ordinal);

    private static Refusal OfStatus(int status) => status switch
    {
        404 => FoundationRefusals.NoSuchAddress,
        405 => new(RefusalKind.Invalid, "http.method-not-allowed", "This address does not answer to this method; the Allow header lists those it does."),
        413 => FoundationRefusals.BodyTooLarge,
        415 => new(RefusalKind.Invalid, "http.content-type-unknown", "This address does not read this kind of content.", Field: "Content-Type"),
        429 => FoundationRefusals.TooOften,
        _ => new(RefusalKind.Invalid, $"http.{status}", TitleOf(status) + "."),
    };

    private static Refusal OfBadRequest(BadHttpRequestException bad)
    {
        if (bad.StatusCode != 400) return OfStatus(bad.StatusCode);
        if (bad.InnerException is JsonException json)
        {
            if (json.Message.Contains("maximum configured depth", StringComparison.Ordinal)) return FoundationRefusals.JsonTooDeep;
            string? path = json.Path is { Length: > 2 } p && p.StartsWith("$.", StringComparison.Ordinal) ? p[2..] : null;
            string where = json.LineNumber is { } line ? $" Line {line + 1}, byte {json.BytePositionInLine + 1}." : "";
            return FoundationRefusals.JsonUnreadable with { Detail = FoundationRefusals.JsonUnreadable.Detail + where, Field = path };
        }

        return ParameterIn(bad.Message) is { } name
            ? FoundationRefusals.Unreadable with { Detail = $"'{name}' is missing or cannot be read.", Field = name }
            : FoundationRefusals.Unreadable;
    }

    // ASP.NET Core names the parameter only in its message: Failed to bind parameter "int limit" from "x".
    // The value behind "from" may be a person's name and is never repeated.
    private static string? ParameterIn(string message)
    {
        int open = message.IndexOf('"', StringComparison.Ordinal);
        int close = open < 0 ? -1 : message.IndexOf('"', open + 1);
        if (close < 0) return null;
        string declared = message[(open + 1)..close];
        string name = declared[(declared.LastIndexOf(' ') + 1)..];
        return name.Length is > 0 and <= 60 && name.All(c => char.IsLetterOrDigit(c) || c is '_' or '-') ? name : null;
    }

    /// <summary>The outermost edge of a request: what is the sender's fault is a refusal, what is ours a reference number.</summary>
    internal sealed class Handler(IDatabaseEngine engine, ILogger<Handler> log) : IExceptionHandler
    {
        public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
        {
            if (httpContext.RequestAborted.IsCancellationRequested) return true;
            if (exception is BadHttpRequestException bad)
            {
                httpContext.Response.StatusCode = bad.StatusCode;
                await WriteAsync(httpContext, bad.StatusCode, OfBadRequest(bad));
                return true;
            }

            // A form whose escapes or lines cannot be read; said so by the part of the framework that reads forms.
            if (exception is InvalidDataException { Source: "Microsoft.AspNetCore.WebUtilities" })
            {
                httpContext.Response.StatusCode = 400;
                await WriteAsync(httpContext, FoundationRefusals.Unreadable);
                return true;
            }

            // Bytes in a part of the body that is read later than the rest, and that are no UTF-8.
            if (exception is InvalidOperationException { InnerException: System.Text.DecoderFallbackException, Source: { } source } && source.StartsWith("System.Text.Json", StringComparison.Ordinal))
            {
                httpContext.Response.StatusCode = 400;
                await WriteAsync(httpContext, FoundationRefusals.JsonUnreadable);
                return true;
            }

            string reference = httpContext.TraceIdentifier;
            var refusal = OfFault(engine.FaultOf(exception));
            if (refusal is not null) log.Refused(reference, refusal.Code, Describe(exception));
            else log.Failed(reference, Describe(exception));
            httpContext.Response.StatusCode = refusal is null ? 500 : Problems.StatusOf(refusal.Kind);
            if (httpContext.Response.StatusCode == 503) httpContext.Response.Headers.RetryAfter = "5";
            httpContext.Features.Set(refusal);
            if (WantsPage(httpContext)) return false;
            if (refusal is not null)
            {
                await WriteAsync(httpContext, refusal);
                return true;
            }

            await WriteAsync(httpContext, 500, new(RefusalKind.NotReady, "server.failed",
                $"The server could not do this. Nothing was changed. Give this number to the operator: {reference}"));
            return true;
        }

        private static Refusal? OfFault(DatabaseFault fault) => fault switch
        {
            DatabaseFault.Twice or DatabaseFault.Meanwhile => FoundationRefusals.ChangedMeanwhile,
            DatabaseFault.Away => FoundationRefusals.DatabaseAway,
            DatabaseFault.Full => FoundationRefusals.DatabaseFull,
            _ => null,
        };

        // Messages of exceptions may quote what a person typed, so a log line holds types and places; only the
        // messages of disk and database are kept, which speak of files and tables. PostgreSQL's quote values.
        private static string Describe(Exception exception)
        {
            var lines = new System.Text.StringBuilder();
            for (Exception? e = exception; e is not null; e = e.InnerException)
            {
                lines.Append(e.GetType().FullName);
                if (e is DbException { SqlState: { } state }) lines.Append(": SQLSTATE ").Append(state);
                else if (e is DbException or IOException) lines.Append(": ").Append(e.Message);
                lines.Append('\n').Append(e.StackTrace).Append('\n');
            }

            return lines.ToString();
        }
    }

    [LoggerMessage(LogLevel.Error, "Request {Reference} failed: {What}")]
    private static partial void Failed(this ILogger log, string reference, string what);

    [LoggerMessage(LogLevel.Warning, "Request {Reference} was answered with {Code}: {What}")]
    private static partial void Refused(this ILogger log, string reference, string code, string what);
}
