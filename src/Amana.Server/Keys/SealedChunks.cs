using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Amana.Server.Keys;

/// <summary>A long text sealed in chunks of AES-256-GCM as it comes, and opened as it is read.</summary>
/// <remarks>The nonce of a chunk is its number and whether it is the last, so that chunks can be neither reordered, left out nor cut
/// off: the STREAM construction (Hoang, Reyhanitabar, Rogaway and Vizár, CRYPTO 2015). A key is used for one text alone.</remarks>
public static class SealedChunks
{
    public const int ChunkBytes = 1 << 20;
    public const int KeyBytes = SealedBytes.KeyBytes;
    /// <summary>By which a sealed chunk is longer.</summary>
    public const int TagBytes = 16;
    private const int NonceBytes = 12;

    /// <summary>What is written is sealed; closing the stream ends it, and only then it can be opened. <paramref name="file"/> stays open.</summary>
    public static Stream Seal(Stream file, byte[] key) => new Sealing(file, key);

    /// <summary>One chunk by itself, for a text that comes in parts: the same bytes as <see cref="Seal"/> writes.</summary>
    /// <param name="number">From 0.</param>
    /// <param name="plain"><see cref="ChunkBytes"/>, unless it is the last.</param>
    public static byte[] SealChunk(byte[] key, long number, bool last, ReadOnlySpan<byte> plain)
    {
        if (plain.Length > ChunkBytes || (!last && plain.Length != ChunkBytes)) throw new ArgumentException("Only the last chunk is shorter.", nameof(plain));
        byte[] whole = new byte[plain.Length + TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(Nonce(number, last), plain, whole.AsSpan(0, plain.Length), whole.AsSpan(plain.Length));
        return whole;
    }

    /// <param name="broken">Makes the exception for a chunk that is not what was written, or for an end that came too early.</param>
    public static Stream Open(Stream file, byte[] key, Func<Breach, Exception> broken) => new Opening(file, key, broken);

    /// <param name="At">Where the chunk begins, in bytes behind the head; null: the text ends too early.</param>
    public readonly record struct Breach(long? At);

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
        private readonly Func<Breach, Exception> _broken;
        private byte[] _next = new byte[ChunkBytes + TagBytes];
        private byte[] _sealed = new byte[ChunkBytes + TagBytes];
        private readonly byte[] _plain = new byte[ChunkBytes];
        private int _nextFilled, _filled, _read;
        private long _number;
        private bool _ended;

        public Opening(Stream file, byte[] key, Func<Breach, Exception> broken)
        {
            (_file, _aes, _broken) = (file, new AesGcm(key, TagBytes), broken);
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
            if (disposing)
            {
                _aes.Dispose();
                _file.Dispose();
            }

            base.Dispose(disposing);
        }

        private void OpenChunk()
        {
            (_sealed, _next) = (_next, _sealed);
            int count = _nextFilled;
            _nextFilled = count == _sealed.Length ? _file.ReadAtLeast(_next, _next.Length, throwOnEndOfStream: false) : 0;
            _ended = _nextFilled == 0;
            if (count < TagBytes) throw _broken(new Breach(null));
            (_filled, _read) = (count - TagBytes, 0);
            try
            {
                _aes.Decrypt(Nonce(_number, _ended), _sealed.AsSpan(0, _filled), _sealed.AsSpan(_filled, TagBytes), _plain.AsSpan(0, _filled));
            }
            catch (AuthenticationTagMismatchException)
            {
                throw _broken(new Breach(_number * (ChunkBytes + TagBytes)));
            }
            _number++;
        }
    }
}
