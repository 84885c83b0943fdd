using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Amana.Server.Tests.Watchlists;

/// <summary>A publisher's web server on this machine: a file with its ETag, redirects, an error, an answer that breaks off.</summary>
internal sealed class TestWeb : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<int> _statuses = [];

    private TestWeb(WebApplication app) => _app = app;

    public byte[] Body { get; set; } = [];
    public string Address => _app.Urls.Single() + "/";
    /// <summary>Of the answers for the file, in order.</summary>
    public IReadOnlyList<int> Statuses { get { lock (_statuses) return [.. _statuses]; } }

    public static async Task<TestWeb> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var web = new TestWeb(builder.Build());
        web._app.Run(web.AnswerAsync);
        await web._app.StartAsync();
        return web;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        switch (context.Request.Path.Value)
        {
            case "/to":
                context.Response.Redirect(context.Request.QueryString.Value![1..]);
                return;
            case "/gone":
                context.Response.StatusCode = 410;
                return;
            case "/short":
                context.Response.ContentLength = 1_000;
                await context.Response.Body.WriteAsync(new byte[10]);
                context.Abort();
                return;
            default:
                await SendFileAsync(context);
                return;
        }
    }

    private async Task SendFileAsync(HttpContext context)
    {
        string etag = $"\"{Convert.ToHexStringLower(SHA256.HashData(Body))}\"";
        bool known = context.Request.Headers.IfNoneMatch == etag;
        context.Response.Headers.ETag = etag;
        context.Response.StatusCode = known ? 304 : 200;
        lock (_statuses) _statuses.Add(context.Response.StatusCode);
        if (!known) await context.Response.Body.WriteAsync(Body);
    }
}
