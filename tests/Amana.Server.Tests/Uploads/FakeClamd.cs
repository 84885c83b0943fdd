using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Amana.Server.Tests.Uploads;

/// <summary>Speaks the protocol of clamd and finds one thing: the EICAR test file.</summary>
internal sealed class FakeClamd : IAsyncDisposable
{
    // In two halves, so that no scanner takes this source for it.
    public static readonly byte[] Eicar = Encoding.ASCII.GetBytes(@"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STAND" + "ARD-ANTIVIRUS-TEST-FILE!$H+H*");

    private readonly Socket _listener;
    private readonly CancellationTokenSource _over = new();
    private readonly Task _work;
    private readonly string? _path;
    private int _scanned;

    private FakeClamd(Socket listener, string address, string? path) => (_listener, Address, _path, _work) = (listener, address, path, AcceptAsync(listener));

    public string Address { get; }
    /// <summary>As <c>StreamMaxLength</c>.</summary>
    public long BytesMax { get; set; } = 25 << 20;
    /// <summary>Takes everything and says nothing.</summary>
    public bool IsDumb { get; set; }
    /// <summary>Files that came to their end.</summary>
    public int Scanned => _scanned;

    public static FakeClamd OnTcp()
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        return new FakeClamd(listener, $"tcp://127.0.0.1:{((IPEndPoint)listener.LocalEndPoint!).Port}", null);
    }

    public static FakeClamd OnSocket()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("amana-clamd-").FullName, "clamd.ctl");
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        return new FakeClamd(listener, "unix://" + path, path);
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _listener.Dispose();
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _over.Dispose();
        if (_path is not null) Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);
    }

    private async Task AcceptAsync(Socket listener)
    {
        while (!_over.IsCancellationRequested)
        {
            var socket = await listener.AcceptAsync(_over.Token);
            _ = ServeAsync(socket).ContinueWith(_ => socket.Dispose(), TaskScheduler.Default);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        await using var stream = new NetworkStream(socket);
        byte[] command = new byte[10];
        await stream.ReadExactlyAsync(command, _over.Token);
        if (Encoding.ASCII.GetString(command) != "zINSTREAM\0")
        {
            await stream.WriteAsync("UNKNOWN COMMAND\0"u8.ToArray(), _over.Token);
            return;
        }

        using var file = new MemoryStream();
        byte[] head = new byte[4];
        while (true)
        {
            await stream.ReadExactlyAsync(head, _over.Token);
            int length = BinaryPrimitives.ReadInt32BigEndian(head);
            if (length == 0) break;
            if (file.Length + length > BytesMax)
            {
                await stream.WriteAsync("INSTREAM size limit exceeded. ERROR\0"u8.ToArray(), _over.Token);
                return;
            }

            byte[] piece = new byte[length];
            await stream.ReadExactlyAsync(piece, _over.Token);
            file.Write(piece);
        }

        Interlocked.Increment(ref _scanned);
        if (IsDumb) await Task.Delay(Timeout.Infinite, _over.Token);
        bool found = file.ToArray().AsSpan().IndexOf(Eicar) >= 0;
        await stream.WriteAsync(found ? "stream: Eicar-Signature FOUND\0"u8.ToArray() : "stream: OK\0"u8.ToArray(), _over.Token);
    }
}
