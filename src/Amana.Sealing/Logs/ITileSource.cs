namespace Amana.Sealing.Logs;

/// <summary>Where a log's files are read: a folder, or a server.</summary>
public interface ITileSource
{
    /// <param name="path"><c>checkpoint</c>, or a <see cref="TilePath"/> as text.</param>
    /// <returns>Null when there is no such file. What cannot be reached is an <see cref="IOException"/>.</returns>
    Task<byte[]?> ReadAsync(string path, CancellationToken cancel);
}

/// <summary>A log in a folder, as a server keeps it and as a copy of it is laid out.</summary>
public sealed class TileFolder(string folder) : ITileSource
{
    public const string CheckpointFile = "checkpoint";

    public string PathOf(string path) => Path.Combine(folder, path.Replace('/', Path.DirectorySeparatorChar));

    public async Task<byte[]?> ReadAsync(string path, CancellationToken cancel)
    {
        string file = PathOf(path);
        var info = new FileInfo(file);
        if (!info.Exists) return null;
        if (info.Length > EntryBundle.BytesMost) throw new IOException($"{path} is larger than any file of a log.");
        try
        {
            return await File.ReadAllBytesAsync(file, cancel);
        }
        catch (FileNotFoundException)
        {
            return null; // a partial one, deleted just now because the whole one is there
        }
        catch (DirectoryNotFoundException)
        {
            return null;
        }
    }
}
