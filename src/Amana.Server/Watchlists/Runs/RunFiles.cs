using System.Security.Cryptography;
using Amana.Lists;
using Amana.Server.Foundation;

namespace Amana.Server.Watchlists;

/// <summary>Where runs keep their files: <c>DATA/runs/ID/</c> while a run is not over, gone after.</summary>
internal sealed class RunFiles(Instance instance)
{
    public const string InboxFolder = "inbox";
    private const int BufferBytes = 1 << 17;
    /// <summary>Room for writing down why a run ended, kept from the runs themselves.</summary>
    private const int RoomBytes = 4 << 20;

    /// <summary>The folder of a run's files, made when missing. Files are numbered in front, so that their order is kept.</summary>
    public string FolderOf(Id<ImportRun> run) => Directory.CreateDirectory(Path.Combine(instance.Folder("runs"), run.ToString())).FullName;

    /// <summary>A path for the file of that name, the n-th of the run.</summary>
    public string PathFor(Id<ImportRun> run, int n, string name) => Path.Combine(FolderOf(run), $"{n:D2}-{name}");

    private string RoomFile => Path.Combine(instance.Folder("runs"), "room");

    public IReadOnlyList<ListFile> Of(Id<ImportRun> run) =>
    [
        .. new DirectoryInfo(FolderOf(run)).GetFiles().OrderBy(f => f.Name, StringComparer.Ordinal)
            .Select(f => new ListFile(f.Name[3..], () => new FileStream(f.FullName, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes, FileOptions.SequentialScan), f.Length)),
    ];

    public void Clear(Id<ImportRun> run)
    {
        string folder = Path.Combine(instance.Folder("runs"), run.ToString());
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    /// <summary>Takes some of the disk, so that there is room for a last word when a run fills it.</summary>
    public void HoldRoom()
    {
        if (File.Exists(RoomFile)) return;
        try
        {
            File.WriteAllBytes(RoomFile, new byte[RoomBytes]);
        }
        catch (IOException)
        {
            // As good as full already: the run will meet it.
        }
    }

    /// <summary>Gives the disk back what was held, and the run's files.</summary>
    public void GiveRoom(Id<ImportRun> run)
    {
        File.Delete(RoomFile);
        Clear(run);
    }

    /// <summary>Removes what runs left behind that are over, or never came to be: uploads cut off by a kill.</summary>
    public void ClearAllBut(IReadOnlySet<Id<ImportRun>> kept)
    {
        foreach (string folder in Directory.GetDirectories(instance.Folder("runs")))
        {
            if (Id<ImportRun>.TryParse(Path.GetFileName(folder), null, out var run) && !kept.Contains(run)) Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Letters, digits, dots, hyphens and underscores; the last part of a path only. Null when nothing of it is left.</summary>
    public static string? SafeName(string? name)
    {
        if (name is null) return null;
        string last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        string safe = string.Concat(last.Select(c => char.IsLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_')).Trim('.');
        return safe.Length is > 0 and <= WatchlistsOptions.FileNameCharsMax && safe.Any(char.IsLetterOrDigit) ? safe : null;
    }

    /// <summary>Copies to the disk, counting and refusing what is beyond the limit.</summary>
    /// <returns>The bytes copied.</returns>
    /// <exception cref="RunEndsException">Larger than <paramref name="bytesMax"/>.</exception>
    public static async Task<long> CopyAsync(Stream from, string path, long bytesMax, Action<long>? progress, CancellationToken cancel)
    {
        await using var to = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, BufferBytes, FileOptions.Asynchronous);
        byte[] buffer = new byte[BufferBytes];
        long copied = 0;
        for (int read; (read = await from.ReadAsync(buffer, cancel)) > 0;)
        {
            copied += read;
            if (copied > bytesMax) throw new RunEndsException(WatchlistRefusals.FileTooLarge, "The files are larger than this server takes in one run.");
            await to.WriteAsync(buffer.AsMemory(0, read), cancel);
            progress?.Invoke(copied);
        }
        await to.FlushAsync(cancel);
        to.Flush(flushToDisk: true);
        return copied;
    }

    /// <summary>SHA-256 over names and bytes of the files and over how they are read; another build of the readers counts
    /// as another way to read.</summary>
    public static async Task<string> HashAsync(IReadOnlyList<ListFile> files, ListSource source, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[BufferBytes];
        foreach (var file in files)
        {
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes($"{file.Name}\0{file.Bytes}\0"));
            await using var stream = file.Open();
            for (int read; (read = await stream.ReadAsync(buffer, cancel)) > 0;) hash.AppendData(buffer, 0, read);
        }
        hash.AppendData(System.Text.Encoding.UTF8.GetBytes($"{source.Format}\0{source.Mapping}\0{typeof(ListReader).Assembly.ManifestModule.ModuleVersionId}"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>No space is left on the disk, on Linux or on Windows.</summary>
    public static bool IsDiskFull(IOException e)
    {
        const int NoSpaceOnLinux = 28, DiskFullOnWindows = unchecked((int)0x80070070), QuotaOnLinux = 122;
        return e.HResult is NoSpaceOnLinux or DiskFullOnWindows or QuotaOnLinux;
    }
}
