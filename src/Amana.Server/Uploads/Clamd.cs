using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Amana.Server.Uploads;

/// <summary>One file on its way through clamd: <c>zINSTREAM</c>, pieces with four bytes of length before each, an empty one at the end, and
/// its answer.</summary>
/// <remarks>Source: clamd(8). The answer is <c>stream: OK</c>, <c>stream: NAME FOUND</c>, or a sentence that ends with <c>ERROR</c>, which may
/// come before the file is through.</remarks>
internal sealed class Clamd : IAsyncDisposable
{
    public static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(30);
    private const int AnswerBytesMax = 4_096;

    private readonly NetworkStream _stream;

    private Clamd(NetworkStream stream) => _stream = stream;

    /// <exception cref="SocketException">It is not there.</exception>
    public static async Task<Clamd> OpenAsync(ScannerOptions options, CancellationToken cancel)
    {
        if (!options.TryRead(out var point, out var family)) throw new InvalidOperationException(options.Wrong());
        var socket = family is AddressFamily.Unspecified ? new Socket(SocketType.Stream, ProtocolType.Tcp) : new Socket(family, SocketType.Stream, family is AddressFamily.Unix ? ProtocolType.Unspecified : ProtocolType.Tcp);
        try
        {
            using var soon = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            soon.CancelAfter(LongestSilence);
            await socket.ConnectAsync(point!, soon.Token);
            var clamd = new Clamd(new NetworkStream(socket, ownsSocket: true));
            await clamd.WriteAsync("zINSTREAM\0"u8.ToArray(), cancel);
            return clamd;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <exception cref="IOException">It has closed the connection: <see cref="EndAsync"/> says why, if it did.</exception>
    public async Task ShowAsync(ReadOnlyMemory<byte> piece, CancellationToken cancel)
    {
        if (piece.IsEmpty) return;
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, piece.Length);
        await WriteAsync(length, cancel);
        await WriteAsync(piece, cancel);
    }

    /// <summary>The file is through, or nothing more is taken.</summary>
    /// <returns>The answer without its NUL; empty when there was none.</returns>
    public async Task<string> EndAsync(CancellationToken cancel)
    {
        try
        {
            await WriteAsync(new byte[4], cancel);
        }
        catch (IOException)
        {
            // It may have said already that it takes no more.
        }

        byte[] answer = new byte[AnswerBytesMax];
        int read = 0;
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        while (read < answer.Length)
        {
            soon.CancelAfter(LongestSilence);
            int got;
            try
            {
                got = await _stream.ReadAsync(answer.AsMemory(read), soon.Token);
            }
            catch (IOException)
            {
                break;
            }

            if (got == 0) break;
            read += got;
            if (answer[read - 1] == 0) break;
        }

        return Encoding.UTF8.GetString(answer, 0, read).TrimEnd('\0', '\n');
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        soon.CancelAfter(LongestSilence);
        await _stream.WriteAsync(bytes, soon.Token);
    }
}
