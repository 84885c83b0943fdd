namespace Amana.Server.Screening;

/// <summary>Keeps answers in order for a client that is still sending: in memory while they are few, then in a temporary file.
/// When the file is full, whoever writes has to wait until the client reads.</summary>
/// <remarks>One writer, one reader. The file is deleted when it is closed, and at once on systems that allow it.</remarks>
internal sealed class AnswerSpool(string folder) : IAsyncDisposable
{
    public const long FileBytesMax = 256L << 20;
    private const int MemoryBytesMax = 4 << 20;
    private const int ReadBytes = 64 << 10;

    private readonly Lock _lock = new();
    private readonly Queue<ReadOnlyMemory<byte>> _memory = new();
    private readonly SemaphoreSlim _something = new(0);
    private readonly SemaphoreSlim _room = new(0);
    private long _memoryBytes;
    private FileStream? _file;
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
        byte[] buffer = new byte[ReadBytes];
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
            RandomAccess.Write(_file.SafeFileHandle, bytes.Span, _fileWritten);
            _fileWritten += bytes.Length;
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
            int read = RandomAccess.Read(_file!.SafeFileHandle, buffer, _fileRead);
            _fileRead += read;
            next = buffer.AsMemory(0, read);
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
