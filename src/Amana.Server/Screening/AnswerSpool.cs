using Amana.Server.Keys;

namespace Amana.Server.Screening;

/// <summary>Keeps answers in order for a client that is still sending: in memory while they are few, then in a temporary file.
/// When the file is full, whoever writes has to wait until the client reads.</summary>
/// <remarks>One writer, one reader. The file is sealed with a key that is in memory alone, in pieces, and deleted when it is closed; what a
/// killed server leaves behind says nothing.</remarks>
internal sealed class AnswerSpool(string folder) : IAsyncDisposable
{
    public const long FileBytesMax = 256L << 20;
    private const int MemoryBytesMax = 4 << 20;
    private const int PieceBytes = 64 << 10;

    private readonly Lock _lock = new();
    private readonly Queue<ReadOnlyMemory<byte>> _memory = new();
    private readonly SemaphoreSlim _something = new(0);
    private readonly SemaphoreSlim _room = new(0);
    private readonly PassingKey _key = new();
    /// <summary>Lengths of the pieces in the file that nobody has read, as they are sealed.</summary>
    private readonly Queue<int> _pieces = new();
    private long _memoryBytes;
    private FileStream? _file;
    private long _piecesWritten, _piecesRead;
    private long _fileRead;
    private long _fileWritten;
    private bool _waitsForRoom;
    private bool _ended;

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        while (!TryTake(bytes)) await _room.WaitAsync(cancel);
        _something.Release();
    }

    public void End()
    {
        lock (_lock) _ended = true;
        _something.Release();
    }

    /// <summary>Sends everything on, until <see cref="End"/>.</summary>
    public async Task SendAsync(Stream to, CancellationToken cancel)
    {
        byte[] buffer = new byte[PieceBytes + PassingKey.MoreBytes];
        while (true)
        {
            if (TryNext(buffer, out var next))
            {
                await to.WriteAsync(next, cancel);
                continue;
            }
            await to.FlushAsync(cancel);
            lock (_lock) if (_ended && _memory.Count == 0 && _fileRead == _fileWritten) return;
            await _something.WaitAsync(cancel);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_file is not null) await _file.DisposeAsync();
        _something.Dispose();
        _room.Dispose();
    }

    private bool TryTake(ReadOnlyMemory<byte> bytes)
    {
        lock (_lock)
        {
            if (_fileRead == _fileWritten && (_memoryBytes == 0 || _memoryBytes + bytes.Length <= MemoryBytesMax))
            {
                _memory.Enqueue(bytes);
                _memoryBytes += bytes.Length;
                return true;
            }
            if (_fileWritten + bytes.Length > FileBytesMax && _fileWritten > 0)
            {
                _waitsForRoom = true;
                return false;
            }
            // The folder is the owner's alone, and so is what is made in it.
            _file ??= new FileStream(Path.Combine(folder, Path.GetRandomFileName()), new FileStreamOptions
            {
                Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose, BufferSize = 0,
            });
            for (var left = bytes.Span; left.Length > 0;)
            {
                byte[] piece = _key.Seal(left[..Math.Min(left.Length, PieceBytes)], _piecesWritten++);
                RandomAccess.Write(_file.SafeFileHandle, piece, _fileWritten);
                _fileWritten += piece.Length;
                _pieces.Enqueue(piece.Length);
                left = left[(piece.Length - PassingKey.MoreBytes)..];
            }
            return true;
        }
    }

    // What is in memory was written before what is in the file.
    private bool TryNext(byte[] buffer, out ReadOnlyMemory<byte> next)
    {
        lock (_lock)
        {
            if (_memory.TryDequeue(out next))
            {
                _memoryBytes -= next.Length;
                return true;
            }
            if (_fileRead == _fileWritten) return false;
            var piece = buffer.AsSpan(0, _pieces.Dequeue());
            for (int read = 0; read < piece.Length;)
            {
                int got = RandomAccess.Read(_file!.SafeFileHandle, piece[read..], _fileRead + read);
                read += got > 0 ? got : throw new EndOfStreamException("A temporary file is shorter than what was written.");
            }
            _fileRead += piece.Length;
            next = _key.Open(piece, _piecesRead++);
            if (_fileRead == _fileWritten)
            {
                (_fileRead, _fileWritten) = (0, 0);
                if (_waitsForRoom) _room.Release();
                _waitsForRoom = false;
            }
            return true;
        }
    }
}
