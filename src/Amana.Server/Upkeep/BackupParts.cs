using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Amana.Server.Upkeep;

/// <summary>What stands in a backup beside its parts.</summary>
internal sealed record BackupManifest
{
    public const int FormatNow = 1;

    public required int Format { get; init; }
    public required DateTimeOffset MadeAt { get; init; }
    /// <summary>Of the server that made it.</summary>
    public required string Version { get; init; }
    /// <summary><see cref="StoredTable.TextOf"/>.</summary>
    public required string Schema { get; init; }
    public required IReadOnlyList<TableSum> Tables { get; init; }
    public required IReadOnlyList<BackupPart> Parts { get; init; }
}

/// <param name="Name"><c>table/NAME</c> or <c>file/PATH</c>, the path below the data folder with slashes.</param>
/// <param name="Sha256">Of its bytes; hexadecimal.</param>
internal sealed record BackupPart(string Name, long Bytes, string Sha256)
{
    public const string Table = "table/", File = "file/", Manifest = "manifest.json";
}

/// <summary>Writes named parts one after the other, packed; the last is the manifest.</summary>
/// <remarks>A part is its name (two bytes of length before it), then blocks with four bytes of length before each, ended by a block of
/// none. Numbers are big-endian. A name of none ends the backup.</remarks>
internal sealed class BackupWriter(Stream inside) : IDisposable
{
    private readonly BrotliStream _packed = new(inside, CompressionLevel.Fastest, leaveOpen: true);
    private readonly List<BackupPart> _parts = [];

    public IReadOnlyList<BackupPart> Parts => _parts;

    /// <param name="name">See <see cref="BackupPart"/>.</param>
    /// <param name="write">Gets the way to write; any number of times.</param>
    public async Task AddAsync(string name, Func<Action<ReadOnlyMemory<byte>>, Task> write, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long bytes = 0;
        Begin(name);
        await write(block =>
        {
            cancel.ThrowIfCancellationRequested();
            if (block.IsEmpty) return;
            hash.AppendData(block.Span);
            bytes += block.Length;
            Block(block.Span);
        });
        Block([]);
        _parts.Add(new BackupPart(name, bytes, Convert.ToHexStringLower(hash.GetHashAndReset())));
    }

    public void End(BackupManifest manifest)
    {
        Begin(BackupPart.Manifest);
        Block(JsonSerializer.SerializeToUtf8Bytes(manifest));
        Block([]);
        Begin("");
    }

    public void Dispose() => _packed.Dispose();

    private void Begin(string name)
    {
        byte[] text = Encoding.UTF8.GetBytes(name);
        Span<byte> length = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, checked((ushort)text.Length));
        _packed.Write(length);
        _packed.Write(text);
    }

    private void Block(ReadOnlySpan<byte> block)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, block.Length);
        _packed.Write(length);
        _packed.Write(block);
    }
}

/// <summary>Reads what <see cref="BackupWriter"/> wrote, part by part.</summary>
internal sealed class BackupReader(Stream inside) : IDisposable
{
    private const int BlockBytesMax = 1 << 30;
    private readonly BrotliStream _packed = new(inside, CompressionMode.Decompress, leaveOpen: true);
    private readonly List<BackupPart> _parts = [];

    /// <summary>Those read so far, with the hash of what was read.</summary>
    public IReadOnlyList<BackupPart> Parts => _parts;

    /// <param name="part">Gets the name of each part but the manifest, and its blocks, which it reads to the end.</param>
    /// <exception cref="BackupException">It is not what was written.</exception>
    public async Task<BackupManifest> ReadAsync(Func<string, IEnumerable<byte[]>, Task> part, CancellationToken cancel)
    {
        byte[]? manifest = null;
        while (Text(2) is { Length: > 0 } name)
        {
            cancel.ThrowIfCancellationRequested();
            if (name == BackupPart.Manifest) manifest = [.. Blocks().SelectMany(b => b)];
            else
            {
                using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                long bytes = 0;
                await part(name, Blocks().Select(block =>
                {
                    hash.AppendData(block);
                    bytes += block.Length;
                    return block;
                }));
                _parts.Add(new BackupPart(name, bytes, Convert.ToHexStringLower(hash.GetHashAndReset())));
            }
        }
        inside.CopyTo(Stream.Null); // to the very end, so that a cut is noticed
        return JsonSerializer.Deserialize<BackupManifest>(manifest ?? throw new BackupException("The backup has no manifest.")) is { Format: BackupManifest.FormatNow } read
            ? read : throw new BackupException("The backup was made by a newer version of Amana.");
    }

    public void Dispose() => _packed.Dispose();

    private IEnumerable<byte[]> Blocks()
    {
        while (true)
        {
            byte[] block = Bytes(BinaryPrimitives.ReadInt32BigEndian(Bytes(4)));
            if (block.Length == 0) yield break;
            yield return block;
        }
    }

    private string Text(int lengthBytes) => Encoding.UTF8.GetString(Bytes(BinaryPrimitives.ReadUInt16BigEndian(Bytes(lengthBytes))));

    private byte[] Bytes(int count)
    {
        if (count is < 0 or > BlockBytesMax) throw new BackupException("The backup cannot be read.");
        byte[] bytes = new byte[count];
        return _packed.ReadAtLeast(bytes, count, throwOnEndOfStream: false) == count ? bytes : throw new BackupException("The backup ends too early.");
    }
}
