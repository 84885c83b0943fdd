using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Amana.Exchange.Post;
using Amana.Server.Data;
using Amana.Server.Exchange;
using Amana.Server.Exchange.Book;
using Amana.Server.Exchange.Line;
using Amana.Server.Foundation;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Server.Tests.Exchange;

/// <summary>Real TLS on loopback: two bureaus whose servers show each other certificates of an authority of their own.</summary>
public sealed class ExchangeTlsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("amana-tls-");
    private readonly (ECDsa Key, X509Certificate2 Certificate) _circle = Authority("CN=Circle"), _stranger = Authority("CN=Somebody else");

    public void Dispose()
    {
        _circle.Certificate.Dispose();
        _circle.Key.Dispose();
        _stranger.Certificate.Dispose();
        _stranger.Key.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Without_a_certificate_of_the_authority_nobody_is_heard_and_with_one_a_signature_is_needed_still()
    {
        await using var server = await StartAsync("UTO", FreePort());
        var exchange = new Uri(Listen(server));
        using var without = Client(null);
        await Should.ThrowAsync<HttpRequestException>(() => without.GetAsync(new Uri(exchange, "exchange/v1/card")));
        using var ofOther = Client(Issue(_stranger, "CN=QST", server: false));
        await Should.ThrowAsync<HttpRequestException>(() => ofOther.GetAsync(new Uri(exchange, "exchange/v1/card")));
        using var forServers = Client(Issue(_circle, "CN=QST", server: true, caller: false));
        await Should.ThrowAsync<HttpRequestException>(() => forServers.GetAsync(new Uri(exchange, "exchange/v1/card")));

        using var with = Client(Issue(_circle, "CN=QST", server: false));
        (await with.GetAsync(new Uri(exchange, "exchange/v1/card"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var unsigned = await with.PostAsync(new Uri(exchange, "exchange/v1/letters"), new ByteArrayContent([1]));
        (unsigned.StatusCode, HostileBureau.CodeOf(await unsigned.Content.ReadAsStringAsync())).ShouldBe((HttpStatusCode.Unauthorized, "exchange.not-signed"));

        // Each thing at its own address.
        using var page = await with.GetAsync(new Uri(exchange, "api/v1/bureaus"));
        HostileBureau.CodeOf(await page.Content.ReadAsStringAsync()).ShouldBe("exchange.wrong-door");
        using var plain = server.Anonymous();
        using var beside = await plain.GetAsync("exchange/v1/card");
        HostileBureau.CodeOf(await beside.Content.ReadAsStringAsync()).ShouldBe("exchange.wrong-door");
        (await plain.GetAsync("healthz")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Two_bureaus_with_certificates_find_each_other_and_letters_go_both_ways()
    {
        await using var first = await StartAsync("UTO", FreePort());
        await using var second = await StartAsync("QST", FreePort());
        AmanaServer[] both = [first, second];
        foreach (var server in both) (await server.RunAsync<SayContact, Refusal?>(act => act.RunAsync(new("", "", "", Listen(server)), server.ServerCaller, default))).ShouldBeNull();
        (await first.RunAsync<FoundDirectory, Refusal?>(act => act.RunAsync(new(Circle.Names), first.ServerCaller, default))).ShouldBeNull();
        (await first.RunAsync<AskCard, Result<AskCard.Shown>>(act => act.RunAsync(Listen(second), first.ServerCaller, default))).Succeeded(out var card, out var refusal).ShouldBeTrue(refusal?.Detail);
        (await first.RunAsync<AddBureau, Refusal?>(act => act.RunAsync(new(Listen(second), card!.Words, null, null), first.ServerCaller, default))).ShouldBeNull();
        await Circle.UntilAsync(async () => (await ViewAsync(second)).Offer is not null);
        string words = (await ViewAsync(second)).Offer!.Words;
        (await second.RunAsync<AnswerOffer, Refusal?>(act => act.RunAsync(new(words, true), second.ServerCaller, default))).ShouldBeNull();

        await DeliverAsync(first, second);
        await DeliverAsync(second, first);
    }

    [Fact]
    public void Settings_that_do_not_go_together_are_said_at_the_start()
    {
        Should.Throw<DataFolderException>(() => new ExchangeTls(new() { Listen = "https://127.0.0.1:8443" }).Dispose()).Message.ShouldContain("__Authority");
        Should.Throw<DataFolderException>(() => new ExchangeTls(new() { Certificate = "/x" }).Dispose()).Message.ShouldContain("__Key");
        Should.Throw<DataFolderException>(() => new ExchangeTls(new() { Listen = "http://127.0.0.1:8443", Certificate = "/x", Key = "/x", Authority = "/x" }).Dispose()).Message.ShouldContain("https://");
        Should.Throw<DataFolderException>(() => new ExchangeTls(new() { Authority = "/is/not/there.pem" }).Dispose()).Message.ShouldContain("cannot be read");
    }

    private static async Task DeliverAsync(AmanaServer from, AmanaServer to)
    {
        Guid letter;
        await using (var scope = from.Services.CreateAsyncScope())
        {
            var added = scope.ServiceProvider.GetRequiredService<Outbox>().Add(Circle.NoteReader.KindWord, new { text = $"from {from.Bureau}" }, [Vocabulary.BureauCode.Of(to.Bureau)]);
            added.Succeeded(out letter, out var refusal).ShouldBeTrue(refusal?.Detail);
            await scope.ServiceProvider.GetRequiredService<AmanaDb>().SaveChangesAsync();
        }

        await Circle.UntilAsync(async () => (await from.RunAsync<Deliveries, IReadOnlyList<DeliveryView>>(d => d.OfAsync(letter, default))).Single().State is DeliveryState.Delivered, 60);
    }

    private static async Task<ReadBureaus.View> ViewAsync(AmanaServer server)
    {
        (await server.RunAsync<ReadBureaus, Result<ReadBureaus.View>>(act => act.RunAsync(server.ServerCaller, default))).Succeeded(out var view, out var refusal).ShouldBeTrue(refusal?.Detail);
        return view!;
    }

    private static string Listen(AmanaServer server) => server.Settings!["ExchangeTls:Listen"] + "/";

    private async Task<AmanaServer> StartAsync(string bureau, int port)
    {
        using var own = Issue(_circle, "CN=" + bureau, server: true);
        string stem = Path.Combine(_folder.FullName, bureau);
        using var key = own.GetECDsaPrivateKey()!;
        await File.WriteAllTextAsync(stem + ".pem", own.ExportCertificatePem());
        await File.WriteAllTextAsync(stem + ".key", key.ExportPkcs8PrivateKeyPem());
        await File.WriteAllTextAsync(stem + ".authority", _circle.Certificate.ExportCertificatePem());
        var server = new AmanaServer
        {
            Bureau = bureau,
            Change = services => services.AddKeyedScoped<ILetterReader, Circle.NoteReader>(Circle.NoteReader.KindWord).AddSingleton<Circle.NoteShelf>(),
            Settings = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["ExchangeTls:Listen"] = $"https://127.0.0.1:{port}", ["ExchangeTls:Certificate"] = stem + ".pem", ["ExchangeTls:Key"] = stem + ".key", ["ExchangeTls:Authority"] = stem + ".authority",
            },
        };
        await server.InitializeAsync();
        return server;
    }

    // Takes any certificate of the server: what is tried is what the server takes.
    private static HttpClient Client(X509Certificate2? certificate)
    {
        var handler = new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null } };
        if (certificate is not null) handler.SslOptions.ClientCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true);
        return new HttpClient(handler);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static (ECDsa, X509Certificate2) Authority(string name)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return (key, request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30)));
    }

    private static X509Certificate2 Issue((ECDsa Key, X509Certificate2 Certificate) by, string name, bool server, bool caller = true)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        var uses = new OidCollection();
        if (server) uses.Add(new Oid("1.3.6.1.5.5.7.3.1"));
        if (caller) uses.Add(new Oid("1.3.6.1.5.5.7.3.2"));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(uses, false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var issued = request.Create(by.Certificate, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(10), RandomNumberGenerator.GetBytes(8));
        return issued.CopyWithPrivateKey(key);
    }
}
