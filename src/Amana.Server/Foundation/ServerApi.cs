using System.Reflection;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace Amana.Server.Foundation;

/// <summary>What an operator or a client asks of the server itself, and the description of its API.</summary>
internal static class ServerApi
{
    public static void AddServices(IServiceCollection services) => services.AddOpenApi(api =>
    {
        api.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new()
            {
                Title = "Amana",
                Version = BuildVersion.Number,
                Description = "Every question needs a purpose: the header `Amana-Purpose`, or the token's own. " +
                    "Errors are `application/problem+json` with `title`, `status`, `detail`, `code` and, where they apply, `field` and `rule`.",
                License = new() { Name = "Apache-2.0" },
            };
            document.Servers?.Clear();
            document.Components ??= new();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
            {
                ["token"] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http,
                    Scheme = "bearer",
                    Description = "A token made in the web or by `token create`. `ApiKey` is read as another word for `Bearer`.",
                },
            };
            return Task.CompletedTask;
        });
    });

    public static void Map(WebApplication app)
    {
        app.MapGet("/healthz", Health).AllowAnonymous().WithTags("Server");
        app.MapGet("/readyz", Ready).AllowAnonymous().WithTags("Server").ProducesProblem(503);
        app.MapGet("/version", Version).AllowAnonymous().WithTags("Server");
        app.MapOpenApi().AllowAnonymous();
        // The page's script is inside the package and served from here; nothing is fetched from another host.
        app.MapScalarApiReference("/api", page => page
            .WithTitle("Amana API").DisableDefaultFonts().DisableAgent().DisableTelemetry().DisableMcp()
            .HideClientButton().HideDeveloperTools())
            .AllowAnonymous().ExcludeFromDescription().AddEndpointFilter(LetInlineScriptsRun);
    }

    /// <summary>Is the process up?</summary>
    internal static Ok<StatusAnswer> Health() => TypedResults.Ok(new StatusAnswer("ok"));

    /// <summary>Can questions be asked? The lists are loaded.</summary>
    /// <response code="200">Yes.</response>
    /// <response code="503">Not yet.</response>
    internal static Results<Ok<StatusAnswer>, ProblemHttpResult> Ready(IEnumerable<IReadyWhen> parts)
    {
        string[] waiting = [.. parts.Where(p => !p.IsReady).Select(p => p.What)];
        return waiting.Length == 0
            ? TypedResults.Ok(new StatusAnswer("ok"))
            : (FoundationRefusals.NotReady with { Detail = $"Still loading: {string.Join(", ", waiting)}." }).ToProblem();
    }

    /// <summary>Which build is this?</summary>
    internal static Ok<VersionAnswer> Version() => TypedResults.Ok(new VersionAnswer(BuildVersion.Number, BuildVersion.Commit));

    internal sealed record StatusAnswer(string Status);

    /// <param name="Version">Semantic version, from the tag.</param>
    /// <param name="Commit">Full commit, or <c>unknown</c> for a build outside the repository.</param>
    internal sealed record VersionAnswer(string Version, string Commit);

    private static ValueTask<object?> LetInlineScriptsRun(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Response.Headers.ContentSecurityPolicy =
            "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
            "font-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
        return next(context);
    }
}

/// <summary>Version and commit, as the build wrote them into the assembly.</summary>
internal static class BuildVersion
{
    private static readonly string Informational =
        typeof(BuildVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    public static string Number { get; } = Informational.Split('+')[0];
    public static string Commit { get; } = Informational.Split('+') is [_, { Length: > 0 } commit] ? commit : "unknown";
}
