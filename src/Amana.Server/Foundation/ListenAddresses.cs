using System.Net;
using System.Net.Sockets;

namespace Amana.Server.Foundation;

/// <summary>The addresses that the server is to listen on, looked at before it starts to work.</summary>
internal static class ListenAddresses
{
    /// <exception cref="IOException">One is taken, or may not be used; the message is fit to print.</exception>
    public static void ShouldBeFree(string urls)
    {
        foreach (string url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var address = BindingAddress.Parse(url);
            if (address.Port == 0 || address.IsUnixPipe) continue; // the system chooses a port that is free
            try
            {
                using var trial = new TcpListener(InterfaceOf(address.Host), address.Port);
                trial.Start();
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse)
            {
                throw new IOException($"The address {url} is taken by another program; choose another with --urls.", e);
            }
            catch (SocketException e)
            {
                throw new IOException($"The address {url} cannot be listened on: {e.Message}.", e);
            }
        }
    }

    // As Kestrel reads a host: a number is that interface, localhost this machine, any other name all interfaces.
    private static IPAddress InterfaceOf(string host)
    {
        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase)) return IPAddress.Loopback;
        return IPAddress.TryParse(host.Trim('[', ']'), out var number) ? number : IPAddress.Any;
    }
}
