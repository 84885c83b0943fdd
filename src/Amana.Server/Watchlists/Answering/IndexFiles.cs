using System.Collections.Concurrent;
using Amana.Matching;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Watchlists;

/// <summary>The saved index of each list version: <c>DATA/lists/NAME/VERSION.amana</c> with its place facts beside it, or
/// <c>VERSION.delta</c>, what changed since an earlier version that is saved whole. They can always be made anew from the database.</summary>
internal sealed class IndexFiles(Instance instance, IServiceScopeFactory scopes, ListShelf shelf)
{
    private const string Unfinished = ".part";
    private const string Whole = ".amana", Facts = ".facts", Delta = ".delta";

    /// <summary>By list, the version that is being merged: its files stay though nobody is asked from them yet.</summary>
    private readonly ConcurrentDictionary<string, int> _merging = new(StringComparer.Ordinal);

    /// <summary>Reads the version's entities from the database and writes its files, whole.</summary>
    /// <param name="progress">Called with the count of entities read so far, every thousand.</param>
    public async Task BuildAsync(WatchList list, int version, Action<int>? progress, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
        await db.Database.OpenConnectionAsync(cancel);
        var facts = new PlaceFactsBuilder();
        await Task.Factory.StartNew(() => Save(list.Name, version, facts,
            () => MatchIndex.Build(VersionReader.Subjects(db.Database.GetDbConnection(), list.Number, version, facts, progress, cancel), cancel)),
            cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Opens a published version for asking.</summary>
    /// <exception cref="IOException">A file is missing or damaged.</exception>
    /// <exception cref="InvalidDataException">The files do not belong together.</exception>
    public LoadedList Open(WatchList list, ListVersion version)
    {
        string path = PathOf(list.Name, version.Number, Delta);
        if (File.Exists(PathOf(list.Name, version.Number, Whole)) || !File.Exists(path))
        {
            var whole = OpenBase(list.Name, version.Number);
            return Checked(version, Of(list, version, whole, ListDelta.None));
        }
        int number = DeltaFile.BaseOf(path) ?? throw new InvalidDataException("Not a file of changes.");
        var @base = shelf.Current.Lists.FirstOrDefault(l => l.Name == list.Name)?.Base is { } open && open.Version == number ? open : OpenBase(list.Name, number);
        var delta = DeltaFile.Open(path, out int places);
        if (places != @base.Index.Places) throw new InvalidDataException("The changes were written beside another index.");
        return Checked(version, Of(list, version, @base, delta));
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

    /// <summary>Writes what the next versions change in the version that answers, and opens the last of them.</summary>
    /// <param name="now">The version that answers.</param>
    public LoadedList Change(LoadedList now, WatchList list, ListVersion version, IEnumerable<ListChanges> changes)
    {
        var delta = changes.Aggregate(now.Delta, (before, change) => before.With(now.Base, change));
        var opened = Checked(version, Of(list, version, now.Base, delta));
        Save(list.Name, version.Number, now.Base, delta);
        return opened;
    }

    /// <summary>Writes what a version that is not yet published changes in the version that answers.</summary>
    public void Write(LoadedList now, ListChanges changes) => Save(now.Name, changes.Version, now.Base, now.Delta.With(now.Base, changes));

    /// <summary>Writes a version that stands on a base and its changes as a whole, and opens that. Until <see cref="Merged"/> its files stay.</summary>
    public ListBase Merge(LoadedList list, CancellationToken cancel)
    {
        _merging[list.Name] = list.VersionNumber;
        var facts = new PlaceFactsBuilder();
        for (int place = 0; place < list.Index.Places; place++)
            if (!list.Index.IsDropped(place)) facts.Add(list.Places, place);
        Save(list.Name, list.VersionNumber, facts, () => list.Index.Merge(cancel));
        return OpenBase(list.Name, list.VersionNumber);
    }

    /// <summary>The version that answers, over a base that was merged of an earlier state of it.</summary>
    public LoadedList Rebase(LoadedList now, ListBase merged)
    {
        if (now.VersionNumber == merged.Version) return Of(now, merged, ListDelta.None);
        var delta = now.Delta.Over(merged);
        var opened = Of(now, merged, delta);
        Save(now.Name, now.VersionNumber, merged, delta);
        return opened;
    }

    /// <summary>The merge of a list is over, one way or the other.</summary>
    public void Merged(string list) => _merging.TryRemove(list, out _);

    /// <summary>Removes the files of all versions but these and those they stand on. A version that is still being asked keeps its open file.</summary>
    public void KeepOnly(string list, params ReadOnlySpan<int> versions)
    {
        var kept = new HashSet<int>();
        if (_merging.TryGetValue(list, out int merging)) kept.Add(merging);
        foreach (int version in versions)
        {
            kept.Add(version);
            if (!File.Exists(PathOf(list, version, Whole)) && File.Exists(PathOf(list, version, Delta)) && DeltaFile.BaseOf(PathOf(list, version, Delta)) is { } @base) kept.Add(@base);
        }
        foreach (string path in Directory.GetFiles(FolderOf(list)))
        {
            string name = Path.GetFileName(path);
            bool known = int.TryParse(name.AsSpan(0, name.IndexOf('.', StringComparison.Ordinal)), out int version);
            if (!known || !kept.Contains(version)) File.Delete(path);
        }
    }

    /// <summary>Removes all files of a list that is gone.</summary>
    public void RemoveAll(string list) => Directory.Delete(FolderOf(list), recursive: true);

    private static LoadedList Of(WatchList list, ListVersion version, ListBase @base, ListDelta delta) => Of(new LoadedList
    {
        Name = list.Name, Title = list.Title, Version = version.Label, VersionNumber = version.Number, EntityCount = version.EntityCount,
        UpdatedAt = version.PublishedAt ?? default, Index = @base.Index, Places = @base.Places, ListNumber = list.Number,
    }, @base, delta);

    private static LoadedList Of(LoadedList list, ListBase @base, ListDelta delta)
    {
        var (index, places) = (@base.Index, @base.Places);
        if (delta.Size > 0)
        {
            var facts = new PlaceFactsBuilder();
            var added = MatchIndex.Build(delta.Entries.Select(e => e.Read()).Select(e =>
            {
                facts.Add(e);
                return Lists.Subjects.Of(e);
            }));
            (index, places) = (@base.Index.With(added, delta.Dropped), new PlaceFacts(@base.Places, facts.Build(), delta.Dropped));
        }
        return new LoadedList
        {
            Name = list.Name, Title = list.Title, Version = list.Version, VersionNumber = list.VersionNumber, EntityCount = list.EntityCount, UpdatedAt = list.UpdatedAt,
            Index = index, Places = places, ListNumber = list.ListNumber, Base = @base, Delta = delta,
        };
    }

    private static LoadedList Checked(ListVersion version, LoadedList list) =>
        list.Index.Places == list.Places.Count && list.Index.Count == version.EntityCount ? list : throw new InvalidDataException("The index, its place facts and the database differ.");

    private ListBase OpenBase(string list, int version)
    {
        var index = MatchIndex.Open(PathOf(list, version, Whole));
        var places = PlaceFactsFile.Open(PathOf(list, version, Facts));
        return index.Places == places.Count ? new ListBase(version, index, places) : throw new InvalidDataException("The index and its place facts differ.");
    }

    private void Save(string list, int version, PlaceFactsBuilder facts, Func<MatchIndex> build)
    {
        string path = PathOf(list, version, Whole);
        try
        {
            using (var index = build()) index.Save(path + Unfinished);
            FlushToDisk(path + Unfinished);
            PlaceFactsFile.Save(facts.Build(), PathOf(list, version, Facts));
            File.Move(path + Unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(path + Unfinished); // there only when something went wrong, such as a full disk
        }
    }

    private void Save(string list, int version, ListBase @base, ListDelta delta)
    {
        string path = PathOf(list, version, Delta);
        try
        {
            DeltaFile.Save(delta, @base, path);
        }
        finally
        {
            File.Delete(path + Unfinished);
        }
    }

    private string FolderOf(string list) => Directory.CreateDirectory(Path.Combine(instance.Folder(Instance.IndexFolder), list)).FullName;

    private string PathOf(string list, int version, string ending) => Path.Combine(FolderOf(list), $"{version}{ending}");

    private static void FlushToDisk(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
    }
}
