using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Amana.Server.Exchange.Line;

/// <summary>How servers of bureaus show certificates to each other, where an operator wants that: <c>AMANA_ExchangeTls__Listen</c> and so on. It keeps strangers from the door; who a bureau is,
/// its signature says, with or without this.</summary>
internal sealed class ExchangeTlsOptions
{
    /// <summary>An address of its own for other servers, such as <c>https://0.0.0.0:8443</c>, with TLS and client certificates. <c>/exchange/</c> is then answered there alone, and nothing else
    /// is. Empty: <c>/exchange/</c> is at the address of all else.</summary>
    public string Listen { get; init; } = "";

    /// <summary>PEM file of the certificate that this server shows, at <see cref="Listen"/> and when it calls others; those between it and its authority behind it. Empty: none.</summary>
    public string Certificate { get; init; } = "";

    /// <summary>PEM file of its key.</summary>
    public string Key { get; init; } = "";

    /// <summary>PEM file of the authorities of which a caller at <see cref="Listen"/> has a certificate. Servers that are called may be of them as well as of those that the machine trusts.</summary>
    public string Authority { get; init; } = "";

    public static ExchangeTlsOptions Of(IConfiguration configuration) =>
        new ConfigurationBuilder().AddConfiguration(configuration).AddEnvironmentVariables("AMANA_").Build().GetSection("ExchangeTls").Get<ExchangeTlsOptions>() ?? new();
}

/// <summary>The certificates of <see cref="ExchangeTlsOptions"/>, read at the start.</summary>
internal sealed class ExchangeTls : IDisposable
{
    private const string ServerUse = "1.3.6.1.5.5.7.3.1", CallerUse = "1.3.6.1.5.5.7.3.2";

    private readonly X509Certificate2? _own;
    private readonly X509Certificate2Collection _between = [], _authorities = [];
    private readonly Uri? _listen;

    /// <exception cref="DataFolderException">A setting that belongs to another is missing, or a file cannot be read.</exception>
    public ExchangeTls(ExchangeTlsOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Certificate.Length > 0 != options.Key.Length > 0) throw new DataFolderException("AMANA_ExchangeTls__Certificate and __Key go together.");
        if (options.Listen.Length > 0)
        {
            if (!Uri.TryCreate(options.Listen, UriKind.Absolute, out _listen) || _listen.Scheme != Uri.UriSchemeHttps) throw new DataFolderException("AMANA_ExchangeTls__Listen is an address that begins with https://.");
            if (options.Certificate.Length == 0 || options.Authority.Length == 0) throw new DataFolderException("AMANA_ExchangeTls__Listen needs __Certificate, __Key and __Authority.");
        }

        try
        {
            if (options.Certificate.Length > 0)
            {
                _own = X509Certificate2.CreateFromPemFile(options.Certificate, options.Key);
                _between.ImportFromPemFile(options.Certificate);
                _between.RemoveAt(0);
            }

            if (options.Authority.Length > 0) _authorities.ImportFromPemFile(options.Authority);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new DataFolderException($"A file of AMANA_ExchangeTls cannot be read: {e.Message}");
        }
    }

    /// <summary>Where other servers come; null: where everybody does.</summary>
    public string? Listen => _listen?.GetLeftPart(UriPartial.Authority);

    /// <summary>How <see cref="Listen"/> answers: a caller without a certificate of the authorities does not get so far as to say anything.</summary>
    public void Use(KestrelServerOptions kestrel)
    {
        if (_listen is null) return;
        kestrel.ConfigureHttpsDefaults(https =>
        {
            https.ServerCertificate = _own;
            https.ServerCertificateChain = _between;
            https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
            https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
            https.ClientCertificateValidation = (certificate, chain, _) => IsOfAuthorities(certificate, chain, CallerUse);
        });
    }

    /// <summary>How we call others.</summary>
    public SslClientAuthenticationOptions ForCalls()
    {
        var options = new SslClientAuthenticationOptions();
        if (_own is not null) options.ClientCertificateContext = SslStreamCertificateContext.Create(_own, _between, offline: true);
        if (_authorities.Count > 0)
        {
            options.RemoteCertificateValidationCallback = (_, certificate, chain, errors) => errors is SslPolicyErrors.None
                // Of an authority that the machine does not know; another name is never forgiven.
                || (errors is SslPolicyErrors.RemoteCertificateChainErrors && certificate is X509Certificate2 shown && IsOfAuthorities(shown, chain, ServerUse));
        }

        return options;
    }

    /// <summary>Whether the request came where it may: other servers' requests at <see cref="Listen"/>, all else elsewhere.</summary>
    public bool IsRightDoor(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return _listen is null || (http.Connection.LocalPort == _listen.Port) == http.Request.Path.StartsWithSegments("/exchange", StringComparison.Ordinal);
    }

    private bool IsOfAuthorities(X509Certificate2 certificate, X509Chain? shown, string use)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // a bureau is refused in the directory
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(use));
        if (shown is not null) chain.ChainPolicy.ExtraStore.AddRange(shown.ChainPolicy.ExtraStore);
        return chain.Build(certificate);
    }

    public void Dispose()
    {
        _own?.Dispose();
        foreach (var certificate in _between.Concat(_authorities)) certificate.Dispose();
    }
}

/// <summary>Asked before anything else of a request: whether it came to the address where such requests are answered.</summary>
internal static class ExchangeDoor
{
    public static Task CheckAsync(HttpContext http, RequestDelegate next)
    {
        ArgumentNullException.ThrowIfNull(http);
        return http.RequestServices.GetRequiredService<ExchangeTls>().IsRightDoor(http) ? next(http) : ErrorAnswers.WriteAsync(http, ExchangeRefusals.WrongDoor);
    }
}
