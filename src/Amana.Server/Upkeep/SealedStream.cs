using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Amana.Server.Upkeep;

/// <summary>The outside of a backup: a head that says how the key is found, then chunks of AES-256-GCM.</summary>
/// <remarks>The nonce of a chunk is its number and whether it is the last, so that chunks can be neither reordered, left out nor cut
/// off: the STREAM construction (Hoang, Reyhanitabar, Rogaway and Vizár, CRYPTO 2015). The key is another for each backup.</remarks>
internal static class SealedStream
{
    public const int ChunkBytes = 1 << 20;
    private const int TagBytes = 16, NonceBytes = 12, HeadBytesMax = 1_024;
    private static readonly byte[] Magic = "AMANA BACKUP 1\n"u8.ToArray();

    /// <summary>Begins a backup. What is written is sealed; closing the stream ends it, and only then it can be opened.</summary>
    public static Stream Create(Stream file, BackupKey key)
    {
        byte[] head = JsonSerializer.SerializeToUtf8Bytes(key.NewHead());
        var (chunks, check) = key.Of(head);
        file.Write(Magic);
        Span<byte> length = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)head.Length);
        file.Write(length);
        file.Write(head);
        file.Write(check);
        return new Sealing(file, chunks);
    }

    /// <exception cref="BackupException">It is no backup, or this is not its key.</exception>
    public static Stream Open(Stream file, BackupKey key)
    {
        byte[] magic = new byte[Magic.Length], length = new byte[2];
        if (file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) < magic.Length || !magic.AsSpan().SequenceEqual(Magic)) throw new BackupException("This file is no backup of Amana.");
        byte[] head = new byte[file.ReadAtLeast(length, 2, throwOnEndOfStream: false) == 2 ? Math.Min(HeadBytesMax, (int)BinaryPrimitives.ReadUInt16BigEndian(length)) : 0];
        byte[] check = new byte[16];
        if (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length || file.ReadAtLeast(check, check.Length, throwOnEndOfStream: false) < check.Length)
        {
            throw new BackupException("The backup ends in its head: it is not whole.");
        }
        try
        {
            var (chunks, wanted) = key.Of(head);
            return CryptographicOperations.FixedTimeEquals(wanted, check)
                ? new Opening(file, chunks)
                : throw new BackupException($"This is not the {(key.From == "file" ? "key file" : "passphrase")} of the backup, or its head was altered.");
        }
        catch (JsonException)
        {
            throw new BackupException("The head of the backup cannot be read: it was altered.");
        }
    }

    private static byte[] Nonce(long number, bool last)
    {
        byte[] nonce = new byte[NonceBytes];
        BinaryPrimitives.WriteInt64BigEndian(nonce.AsSpan(3), number);
        nonce[^1] = last ? (byte)1 : (byte)0;
        return nonce;
    }

    private sealed class Sealing(Stream file, byte[] key) : Stream
    {
        private readonly AesGcm _aes = new(key, TagBytes);
        private readonly byte[] _plain = new byte[ChunkBytes];
        private readonly byte[] _sealed = new byte[ChunkBytes + TagBytes];
        private int _filled;
        private long _number;
        private bool _ended;

        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            while (buffer.Length > 0)
            {
                if (_filled == ChunkBytes) WriteChunk(last: false); // only now it is known that it is not the last
                int taken = Math.Min(buffer.Length, ChunkBytes - _filled);
                buffer[..taken].CopyTo(_plain.AsSpan(_filled));
                _filled += taken;
                buffer = buffer[taken..];
            }
        }

        public override void Flush()
        {
            // A chunk is written when it is full, and the last at the end.
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing && !_ended)
            {
                _ended = true;
                WriteChunk(last: true);
                _aes.Dispose();
            }
            base.Dispose(disposing);
        }

        private void WriteChunk(bool last)
        {
            _aes.Encrypt(Nonce(_number++, last), _plain.AsSpan(0, _filled), _sealed.AsSpan(0, _filled), _sealed.AsSpan(_filled, TagBytes));
            file.Write(_sealed.AsSpan(0, _filled + TagBytes));
            _filled = 0;
        }
    }

    private sealed class Opening : Stream
    {
        private readonly Stream _file;
        private readonly AesGcm _aes;
        private byte[] _next = new byte[ChunkBytes + TagBytes];
        private byte[] _sealed = new byte[ChunkBytes + TagBytes];
        private readonly byte[] _plain = new byte[ChunkBytes];
        private int _nextFilled, _filled, _read;
        private long _number;
        private bool _ended;

        public Opening(Stream file, byte[] key)
        {
            (_file, _aes) = (file, new AesGcm(key, TagBytes));
            _nextFilled = file.ReadAtLeast(_next, _next.Length, throwOnEndOfStream: false);
        }

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            while (_read == _filled)
            {
                if (_ended) return 0;
                OpenChunk();
            }
            int taken = Math.Min(buffer.Length, _filled - _read);
            _plain.AsSpan(_read, taken).CopyTo(buffer);
            _read += taken;
            return taken;
        }

        public override void Flush()
        {
            // Nothing is written.
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) _aes.Dispose();
            base.Dispose(disposing);
        }

        private void OpenChunk()
        {
            (_sealed, _next) = (_next, _sealed);
            int count = _nextFilled;
            _nextFilled = count == _sealed.Length ? _file.ReadAtLeast(_next, _next.Length, throwOnEndOfStream: false) : 0;
            _ended = _nextFilled == 0;
            if (count < TagBytes) throw new BackupException("The backup ends too early: it is not whole.");
            (_filled, _read) = (count - TagBytes, 0);
            try
            {
                _aes.Decrypt(Nonce(_number, _ended), _sealed.AsSpan(0, _filled), _sealed.AsSpan(_filled, TagBytes), _plain.AsSpan(0, _filled));
            }
            catch (AuthenticationTagMismatchException)
            {
                throw new BackupException(string.Create(System.Globalization.CultureInfo.InvariantCulture,
                    $"The backup was altered or cut off: what begins at byte {_number * (ChunkBytes + TagBytes):N0} after its head is not what was written. Nothing was restored."));
            }
            _number++;
        }
    }
}
