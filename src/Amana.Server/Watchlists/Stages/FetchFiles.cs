using Microsoft.Extensions.Options;

namespace Amana.Server.Watchlists;

/// <summary>Stage fetch: brings the files of a source into the run's folder. Uploaded files are there already.</summary>
internal sealed class FetchFiles(RunFiles files, ImportFolders folders, HttpsFetch https, IOptions<WatchlistsOptions> options)
{
    /// <returns>What the web servers gave to ask with next time; null for other sources. False: nothing has changed since.</returns>
    /// <exception cref="RunEndsException">A file is missing, unreadable, too large, or its server says no.</exception>
    public async Task<(bool Changed, string? Validators)> FetchAsync(RunAtWork work, bool hasFiles, ListSource source, CancellationToken cancel)
    {
        if (hasFiles) return (true, null);
        files.Clear(work.Id);
        if (source.Kind is SourceKind.Https) return await https.FetchAsync(work, source, cancel);
        var paths = Listed(source);
        long total = paths.Sum(p => new FileInfo(p).Length), done = 0;
        for (int n = 0; n < paths.Count; n++)
        {
            done += await CopyAsync(work, paths[n], n, done, total, cancel);
            work.Progress.Bytes = done;
        }
        return (true, null);
    }

    private async Task<long> CopyAsync(RunAtWork work, string path, int n, long before, long total, CancellationToken cancel)
    {
        string name = RunFiles.SafeName(Path.GetFileName(path)) ?? throw new RunEndsException(WatchlistRefusals.FileUnreadable, "The file's name cannot be used.");
        try
        {
            await using var from = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return await RunFiles.CopyAsync(from, files.PathFor(work.Id, n, name), options.Value.RunBytesMax - before, copied =>
            {
                work.CheckIn();
                work.Progress.Bytes = before + copied;
                work.Progress.Advance((double)(before + copied) / Math.Max(1, total), before + copied);
            }, cancel);
        }
        catch (UnauthorizedAccessException)
        {
            throw new RunEndsException(WatchlistRefusals.FileUnreadable, "The server may not read this file.", file: name);
        }
    }

    private List<string> Listed(ListSource source)
    {
        var found = new List<string>();
        foreach (string address in source.Addresses)
        {
            string path = folders.Resolve(address) ?? throw new RunEndsException(WatchlistRefusals.PathForbidden.Code, WatchlistRefusals.PathForbidden.Detail);
            try
            {
                if (Directory.Exists(path)) found.AddRange(Directory.GetFiles(path).Order(StringComparer.Ordinal).Select(p => folders.Resolve(p)).OfType<string>());
                else if (File.Exists(path)) found.Add(path);
                else throw new RunEndsException(WatchlistRefusals.FileMissing, "There is no such file, or the server may not see it.", file: Path.GetFileName(path));
            }
            catch (UnauthorizedAccessException)
            {
                throw new RunEndsException(WatchlistRefusals.FileUnreadable, "The server may not read this folder.", file: Path.GetFileName(path));
            }
        }
        if (found.Count == 0) throw new RunEndsException(WatchlistRefusals.FileMissing, "The folder holds no file.");
        if (found.Count > WatchlistsOptions.FilesMax) throw new RunEndsException(WatchlistRefusals.TooManyFiles.Code, WatchlistRefusals.TooManyFiles.Detail);
        return found;
    }
}
