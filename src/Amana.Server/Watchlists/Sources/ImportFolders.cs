using Amana.Server.Foundation;
using Microsoft.Extensions.Options;

namespace Amana.Server.Watchlists;

/// <summary>The folders that disk sources may read. A source's path is typed by a person who may import lists, and must not
/// become a way to read keys or the database.</summary>
internal sealed class ImportFolders(Instance instance, IOptions<WatchlistsOptions> options)
{
    public IReadOnlyList<string> All =>
        [instance.Folder(RunFiles.InboxFolder), .. options.Value.ImportFolders.Split(':', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    /// <summary>The full path, when it is absolute and inside one of the folders also after links are followed; otherwise null.</summary>
    /// <remarks>A path relative to the inbox is read as below it.</remarks>
    public string? Resolve(string path)
    {
        if (path.Contains('\0', StringComparison.Ordinal)) return null;
        string full = Path.GetFullPath(Path.IsPathRooted(path) ? path : Path.Combine(instance.Folder(RunFiles.InboxFolder), path));
        string real = FollowLinks(full);
        return All.Select(FollowLinks).Any(folder => IsInside(real, folder)) ? full : null;
    }

    private static bool IsInside(string path, string folder) =>
        path == folder || path.StartsWith(folder.TrimEnd('/') + '/', StringComparison.Ordinal);

    private static string FollowLinks(string path)
    {
        string real = Path.GetPathRoot(path)!;
        foreach (string part in Path.GetFullPath(path)[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            string next = Path.Combine(real, part);
            FileSystemInfo here = Directory.Exists(next) ? new DirectoryInfo(next) : new FileInfo(next);
            real = here.LinkTarget is null ? next : here.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? next;
        }
        return real;
    }
}
