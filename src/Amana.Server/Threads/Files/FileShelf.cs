using System.Security.Cryptography;
using Amana.Server.Foundation;
using Amana.Server.Keys;

namespace Amana.Server.Threads;

/// <summary>The files of letters on the disk, each sealed in chunks (<see cref="SealedChunks"/>) with its own key: the same bytes here and at every recipient.</summary>
internal sealed class FileShelf(Instance instance)
{
    public const int ChunkBytes = SealedChunks.ChunkBytes, SealedChunkBytes = SealedChunks.ChunkBytes + SealedChunks.TagBytes;

    private readonly string _folder = instance.Folder("attachments");

    public static long SealedLength(long bytes) => bytes + ((Math.Max(1, (bytes + ChunkBytes - 1) / ChunkBytes)) * SealedChunks.TagBytes);

    /// <summary>How much lies there; a chunk that was cut off by a stop counts for nothing.</summary>
    public long Kept(Guid id) => File.Exists(PathOf(id)) ? new FileInfo(PathOf(id)).Length : 0;

    /// <summary>How many bytes of the file itself lie there in whole chunks.</summary>
    public long KeptPlain(Guid id) => Kept(id) / SealedChunkBytes * ChunkBytes;

    /// <summary>Seals the next part behind what lies there.</summary>
    /// <param name="part">Whole chunks, unless it is the last.</param>
    public void Append(Guid id, byte[] key, long offset, ReadOnlySpan<byte> part, bool last)
    {
        using var file = new FileStream(PathOf(id), FileMode.OpenOrCreate, FileAccess.Write);
        long number = offset / ChunkBytes;
        file.SetLength(number * SealedChunkBytes);
        file.Position = file.Length;
        do
        {
            var chunk = part[..Math.Min(ChunkBytes, part.Length)];
            part = part[chunk.Length..];
            file.Write(SealedChunks.SealChunk(key, number++, last && part.IsEmpty, chunk));
        }
        while (!part.IsEmpty);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Puts bytes as they came behind what lies there.</summary>
    public async Task AppendSealedAsync(Guid id, Stream from, long bytesMost, CancellationToken cancel)
    {
        await using var file = new FileStream(PathOf(id), FileMode.Append, FileAccess.Write);
        byte[] part = new byte[64 * 1024];
        for (int read; bytesMost > 0 && (read = await from.ReadAsync(part.AsMemory(0, (int)Math.Min(part.Length, bytesMost)), cancel)) > 0; bytesMost -= read) await file.WriteAsync(part.AsMemory(0, read), cancel);
        file.Flush(flushToDisk: true);
    }

    public async Task<string> HashAsync(Guid id, CancellationToken cancel)
    {
        await using var file = File.OpenRead(PathOf(id));
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancel));
    }

    /// <summary>As it is sealed, from a place on.</summary>
    public FileStream OpenSealed(Guid id) => new(PathOf(id), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    /// <exception cref="InvalidDataException">While reading: it is not what was sealed.</exception>
    public Stream Open(Guid id, byte[] key) => SealedChunks.Open(OpenSealed(id), key, breach => new InvalidDataException($"The file {id} is not what was sealed, at {breach.At}."));

    public void Write(Guid id, byte[] key, ReadOnlySpan<byte> whole)
    {
        string aside = PathOf(id) + ".new";
        using (var file = File.Create(aside))
        {
            using (var sealing = SealedChunks.Seal(file, key)) sealing.Write(whole);
            file.Flush(flushToDisk: true);
        }

        File.Move(aside, PathOf(id), overwrite: true);
    }

    public void Forget(Guid id) => File.Delete(PathOf(id));

    private string PathOf(Guid id) => Path.Combine(_folder, id.ToString("N"));
}
