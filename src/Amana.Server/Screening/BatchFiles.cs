using System.Buffers.Binary;
using System.Security.Cryptography;
using Amana.Lists;
using Amana.Server.Foundation;
using Amana.Server.Keys;

namespace Amana.Server.Screening;

/// <summary>Where the files of batches are kept until they are forgotten: a folder that only the server's account can read, each file sealed
/// with a key of its own.</summary>
/// <remarks>A file is two bytes of length, the key sealed with the data key, and <see cref="SealedChunks"/>.</remarks>
internal sealed class BatchFiles(Instance instance, FieldSealer sealer)
{
    internal string PathOf(Id<Batch> batch) => Path.Combine(instance.Folder("batches"), batch.ToString());

    /// <summary>The file as it was handed in.</summary>
    /// <exception cref="KeyException">While it is read: the key is gone, or the file was altered.</exception>
    public ListFile Open(Id<Batch> batch, string name, long bytes) => new(name, () => Opened(batch), bytes);

    public void Delete(Id<Batch> batch) => File.Delete(PathOf(batch));

    /// <summary>Writes the file as it comes.</summary>
    /// <returns>Its size and SHA-256 in hex; a size beyond <see cref="Batch.FileBytesMax"/> when it was cut off and deleted.</returns>
    public async Task<(long Bytes, string Sha256)> SaveAsync(Id<Batch> batch, Stream from, CancellationToken cancel)
    {
        string path = PathOf(batch);
        try
        {
            return await CopyAsync(batch, from, path, cancel);
        }
        catch (Exception broken) when (broken is IOException or OperationCanceledException)
        {
            File.Delete(path);
            throw;
        }
    }

    private async Task<(long Bytes, string Sha256)> CopyAsync(Id<Batch> batch, Stream from, string path, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long bytes = 0;
        byte[] buffer = new byte[128 << 10], key = RandomNumberGenerator.GetBytes(SealedChunks.KeyBytes), closed = sealer.Seal(key, PlaceOf(batch));
        await using (var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous,
        }))
        {
            byte[] head = new byte[2 + closed.Length];
            BinaryPrimitives.WriteUInt16BigEndian(head, (ushort)closed.Length);
            closed.CopyTo(head, 2);
            await file.WriteAsync(head, cancel);
            await using (var inside = SealedChunks.Seal(file, key))
            {
                int read;
                while ((read = await from.ReadAsync(buffer, cancel)) > 0)
                {
                    bytes += read;
                    if (bytes > Batch.FileBytesMax) break;
                    hash.AppendData(buffer, 0, read);
                    await inside.WriteAsync(buffer.AsMemory(0, read), cancel);
                }
            }

            file.Flush(flushToDisk: true);
        }
        if (bytes is 0 or > Batch.FileBytesMax) File.Delete(path);
        return (bytes, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private Stream Opened(Id<Batch> batch)
    {
        var file = File.OpenRead(PathOf(batch));
        try
        {
            byte[] length = new byte[2];
            file.ReadExactly(length);
            byte[] closed = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
            file.ReadExactly(closed);
            return SealedChunks.Open(file, sealer.Open(closed, PlaceOf(batch)), breach => new KeyException($"The file of batch {batch} is not what was handed in ({breach.At?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "its end"})."));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static string PlaceOf(Id<Batch> batch) => $"batch-file/{batch}";
}
