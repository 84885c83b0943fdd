using System.Net;
using System.Net.Sockets;

namespace Amana.Server.Watchlists;

/// <summary>Which network addresses a source may be fetched from. Judged by the resolved address, at the moment of connecting,
/// so that a name that answers differently the second time gains nothing.</summary>
/// <remarks>Refused: this network, loopback, private, shared (RFC 6598), link-local, benchmarking, documentation, multicast
/// and reserved ranges. Source: IANA IPv4 and IPv6 Special-Purpose Address Registries.</remarks>
internal static class AddressRule
{
    private static readonly IPNetwork[] Closed =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/128", "::1/128", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
            "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    public static bool IsOpen(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return !Closed.Any(network => network.BaseAddress.AddressFamily == address.AddressFamily && network.Contains(address));
    }

    /// <summary>Connects to the first of the host's addresses that the rule lets through.</summary>
    /// <exception cref="RunEndsException">The host has no such address.</exception>
    public static async ValueTask<Stream> ConnectAsync(DnsEndPoint host, Func<IPAddress, bool> mayReach, CancellationToken cancel)
    {
        var all = await Dns.GetHostAddressesAsync(host.Host, cancel);
        var open = all.Where(mayReach).ToArray();
        if (open.Length == 0)
        {
            throw new RunEndsException(WatchlistRefusals.PrivateAddress,
                $"{host.Host} is an address inside a private network. An operator can allow such sources: AMANA_Watchlists__AllowPrivateAddresses.");
        }
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(open, host.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
