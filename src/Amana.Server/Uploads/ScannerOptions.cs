using System.Net;
using System.Net.Sockets;

namespace Amana.Server.Uploads;

/// <summary>Where clamd listens. Set by the operator in the section <c>Scanner</c>, or as <c>AMANA_Scanner__Address</c> in the environment.</summary>
internal sealed class ScannerOptions
{
    /// <summary><c>tcp://127.0.0.1:3310</c> or <c>unix:///run/clamav/clamd.ctl</c>; empty: files are not scanned.</summary>
    public string? Address { get; init; }

    public bool IsOn => !string.IsNullOrWhiteSpace(Address);

    public static ScannerOptions Read(IConfiguration configuration) =>
        new ConfigurationBuilder().AddConfiguration(configuration).AddEnvironmentVariables("AMANA_").Build().GetSection("Scanner").Get<ScannerOptions>() ?? new();

    /// <summary>What is wrong, in a sentence; null when it can be used, or is off.</summary>
    public string? Wrong() => IsOn && !TryRead(out _, out _) ? "Scanner: Address is tcp://HOST:PORT or unix:///PATH, such as unix:///run/clamav/clamd.ctl." : null;

    /// <param name="family">Of the socket.</param>
    public bool TryRead(out EndPoint? point, out AddressFamily family)
    {
        (point, family) = (null, AddressFamily.Unspecified);
        if (!Uri.TryCreate(Address, UriKind.Absolute, out var address)) return false;
        if (address is { Scheme: "tcp", Port: > 0, Host.Length: > 0 })
        {
            if (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip)) (point, family) = (new IPEndPoint(ip, address.Port), ip.AddressFamily);
            else point = new DnsEndPoint(address.Host, address.Port);
            return true;
        }

        if (address.Scheme != "unix" || address.AbsolutePath.Length < 2) return false;
        (point, family) = (new UnixDomainSocketEndPoint(Uri.UnescapeDataString(address.AbsolutePath)), AddressFamily.Unix);
        return true;
    }
}
