using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Amana.Exchange.Directory;
using Amana.Exchange.Envelopes;
using Amana.Exchange.Requests;
using Amana.Vocabulary;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Amana.Faults.Exchange;

/// <summary>Bureaus that only take letters, many in one process: each has keys of its own and a port of its own, opens every envelope, checks its signature and signs a receipt, by the
/// engine that the server uses. They keep nothing but the ids.</summary>
internal sealed class MinimalPeers : IAsyncDisposable
{
    private sealed record Peer(BureauCode Code, LetterSigner Signs, OpeningKey Opens, ConcurrentDictionary<Guid, string> Receipts);

    private readonly WebApplication _app;
    private readonly Dictionary<int, Peer> _byPort = [];
    private Func<string, DateTimeOffset, byte[]?> _keyOf = (_, _) => null;

    private MinimalPeers(WebApplication app) => _app = app;

    /// <summary>Where each is, in the order of the codes.</summary>
    public IReadOnlyList<Uri> Addresses { get; private set; } = [];

    public int Taken => _byPort.Values.Sum(p => p.Receipts.Count);
    public int Faults { get; private set; }

    public static async Task<MinimalPeers> StartAsync(IReadOnlyList<BureauCode> codes)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrel(kestrel =>
        {
            foreach (var _ in codes) kestrel.Listen(IPAddress.Loopback, 0);
        });
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var peers = new MinimalPeers(app);
        app.Run(peers.HandleAsync);
        await app.StartAsync();
        peers.Addresses = [.. app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(a => new Uri(a + "/"))];
        foreach (var (code, address) in codes.Zip(peers.Addresses))
        {
            byte[] seed = System.Security.Cryptography.RandomNumberGenerator.GetBytes(32);
            peers._byPort[address.Port] = new(code, LetterSigner.Of($"{code}#s-1", seed), OpeningKey.New($"{code}#e-1"), new());
        }

        return peers;
    }

    /// <summary>Whose letters they believe.</summary>
    public void Know(IReadOnlyList<BureauEntry> bureaus) =>
        _keyOf = (name, at) => bureaus.Select(b => b.SigningKeyAt(name, at)).FirstOrDefault(k => k is not null);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        foreach (var peer in _byPort.Values)
        {
            peer.Signs.Dispose();
            peer.Opens.Dispose();
        }
    }

    private async Task HandleAsync(HttpContext http)
    {
        var peer = _byPort[http.Connection.LocalPort];
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        string? said = http.Request.Path.Value switch
        {
            "/exchange/v1/card" => BureauCard.Sign(EntryOf(peer, http.Connection.LocalPort), peer.Signs),
            // As if it went by every version from now on, so that the Secretariat does not send each of two hundred to all.
            "/exchange/v1/directory" => JsonSerializer.Serialize(new { version = int.MaxValue }),
            "/exchange/v1/letters" => Take(peer, http, body.ToArray()),
            _ => null,
        };
        if (said is null)
        {
            Faults++;
            http.Response.StatusCode = 422;
            return;
        }

        http.Response.ContentType = "application/jose";
        await http.Response.WriteAsync(said);
    }

    private string? Take(Peer peer, HttpContext http, byte[] envelope)
    {
        var parts = new RequestParts("POST", http.Request.Host.Value!, http.Request.Path.Value!, "?", name => [.. http.Request.Headers[name].OfType<string>()]);
        var now = DateTimeOffset.UtcNow;
        if (RequestProof.Check(parts, name => _keyOf(name, now), now, out _) is not ProofFault.None || !ContentDigest.Fits(parts.Headers(ContentDigest.Header), envelope)) return null;
        Envelope.Open(envelope, peer.Code, [peer.Opens], _keyOf, out var opened);
        return opened is not { } good ? null
            : peer.Receipts.GetOrAdd(good.Letter.Id, id => new LetterReceipt(id, good.Letter.From, peer.Code, LetterStep.Stored, now).Sign(peer.Signs));
    }

    private static BureauEntry EntryOf(Peer peer, int port)
    {
        var from = new DateTimeOffset(DateTimeOffset.UtcNow.Date, TimeSpan.Zero).AddDays(-1);
        return new(peer.Code, BureauEntry.Languages.ToDictionary(l => l, _ => peer.Code.Value), new Uri($"http://127.0.0.1:{port}/"), BureauState.Active,
            [new(peer.Signs.Name, peer.Signs.PublicKey, from, from.AddDays(365))], [new(peer.Opens.Name, peer.Opens.Public.ToSpki(), from, from.AddDays(90))], null, null);
    }
}
