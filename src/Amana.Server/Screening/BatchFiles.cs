using System.Security.Cryptography;
using Amana.Lists;
using Amana.Server.Foundation;

namespace Amana.Server.Screening;

/// <summary>Where the files of batches are kept until they are forgotten: a folder that only the server's account can read.</summary>
internal sealed class BatchFiles(Instance instance)
{
    public string PathOf(Id<Batch> batch) => Path.Combine(instance.Folder("batches"), batch.ToString());

    public ListFile Open(Batch batch) => new(batch.FileName, () => File.OpenRead(PathOf(batch.Id)), batch.FileBytes);

    public void Delete(Id<Batch> batch) => File.Delete(PathOf(batch));

    /// <summary>Writes the file as it comes.</summary>
    /// <returns>Its size and SHA-256 in hex; a size beyond <see cref="Batch.FileBytesMax"/> when it was cut off and deleted.</returns>
    public async Task<(long Bytes, string Sha256)> SaveAsync(Id<Batch> batch, Stream from, CancellationToken cancel)
    {
        string path = PathOf(batch);
        try
        {
            return await CopyAsync(from, path, cancel);
        }
        catch (Exception broken) when (broken is IOException or OperationCanceledException)
        {
            File.Delete(path);
            throw;
        }
    }

    private static async Task<(long Bytes, string Sha256)> CopyAsync(Stream from, string path, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long bytes = 0;
        byte[] buffer = new byte[128 << 10];
        await using (var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous,
        }))
        {
            int read;
            while ((read = await from.ReadAsync(buffer, cancel)) > 0)
            {
                bytes += read;
                if (bytes > Batch.FileBytesMax) break;
                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), cancel);
            }
            file.Flush(flushToDisk: true);
        }
        if (bytes is 0 or > Batch.FileBytesMax) File.Delete(path);
        return (bytes, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
