using Amana.Matching;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Watchlists;

/// <summary>The saved index of each list version, <c>DATA/lists/NAME/VERSION.amana</c> with its place facts beside it. They can
/// always be made anew from the database.</summary>
internal sealed class IndexFiles(Instance instance, IServiceScopeFactory scopes)
{
    private const string Unfinished = ".part";

    /// <summary>Reads the version's entities from the database and writes its files.</summary>
    /// <param name="progress">Called with the count of entities read so far, every thousand.</param>
    public async Task BuildAsync(WatchList list, int version, Action<int>? progress, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
        await db.Database.OpenConnectionAsync(cancel);
        string path = PathOf(list.Name, version);
        var facts = new PlaceFactsBuilder();
        try
        {
            await Task.Factory.StartNew(() =>
            {
                using var index = MatchIndex.Build(VersionReader.Subjects(db.Database.GetDbConnection(), list.Number, version, facts, progress, cancel), cancel);
                index.Save(path + Unfinished);
            }, cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            FlushToDisk(path + Unfinished);
            PlaceFactsFile.Save(facts.Build(), FactsOf(path));
            File.Move(path + Unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(path + Unfinished); // there only when something went wrong, such as a full disk
        }
    }

    /// <summary>Opens a published version for asking.</summary>
    /// <exception cref="IOException">A file is missing or damaged.</exception>
    /// <exception cref="InvalidDataException">The files do not belong together.</exception>
    public LoadedList Open(WatchList list, ListVersion version)
    {
        string path = PathOf(list.Name, version.Number);
        var index = MatchIndex.Open(path);
        var places = PlaceFactsFile.Open(FactsOf(path));
        if (index.Count != places.Count || index.Count != version.EntityCount) throw new InvalidDataException("The index, its place facts and the database differ.");
        return new LoadedList
        {
            Name = list.Name, Title = list.Title, Version = version.Label, VersionNumber = version.Number, EntityCount = version.EntityCount,
            UpdatedAt = version.PublishedAt!.Value, Index = index, Places = places, ListNumber = list.Number,
        };
    }

    /// <summary>As <see cref="Open"/>; files that cannot be opened are built anew first.</summary>
    public async Task<(LoadedList List, bool Rebuilt)> OpenOrBuildAsync(WatchList list, ListVersion version, CancellationToken cancel)
    {
        try
        {
            return (Open(list, version), false);
        }
        catch (IOException)
        {
            // Missing or damaged.
        }
        catch (InvalidDataException)
        {
            // Damaged, or of another build.
        }
        await BuildAsync(list, version.Number, null, cancel);
        return (Open(list, version), true);
    }

    /// <summary>Removes the files of all versions but these. A version that is still being asked keeps its open file.</summary>
    public void KeepOnly(string list, params ReadOnlySpan<int> versions)
    {
        foreach (string path in Directory.GetFiles(FolderOf(list)))
        {
            string name = Path.GetFileName(path);
            bool known = int.TryParse(name.AsSpan(0, name.IndexOf('.', StringComparison.Ordinal)), out int version);
            if (!known || !versions.Contains(version)) File.Delete(path);
        }
    }

    /// <summary>Removes all files of a list that is gone.</summary>
    public void RemoveAll(string list) => Directory.Delete(FolderOf(list), recursive: true);

    private string FolderOf(string list) => Directory.CreateDirectory(Path.Combine(instance.Folder(Instance.IndexFolder), list)).FullName;

    private string PathOf(string list, int version) => Path.Combine(FolderOf(list), $"{version}.amana");

    private static string FactsOf(string path) => Path.ChangeExtension(path, ".facts");

    private static void FlushToDisk(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
    }
}
