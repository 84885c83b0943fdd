using System.Threading.Channels;

namespace Amana.Server.Watchlists;

/// <summary>Folds the changes of a list into a new base once they are large, beside questions and further changes: neither waits for the
/// building, and what changes meanwhile stands beside the new base.</summary>
/// <remarks>The merged index is made of the one that answers, not of the database. Killed in the middle, the server finds the old base and its
/// changes as they were; killed after, it finds the whole version.</remarks>
internal sealed class MergeChanges(ListShelf shelf, ListSwitch listSwitch, IndexFiles indexes, ILogger<MergeChanges> log) : BackgroundService
{
    private readonly Channel<bool> _looks = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        shelf.OnChange(_ => _looks.Writer.TryWrite(true));
        await shelf.Opened.WaitAsync(stoppingToken);
        _looks.Writer.TryWrite(true);
        await foreach (bool _ in _looks.Reader.ReadAllAsync(stoppingToken))
            foreach (var list in shelf.Current.Lists.Where(l => l.Delta.IsLargeBeside(l.Base))) await TryMergeAsync(list, stoppingToken);
    }

    private async Task TryMergeAsync(LoadedList list, CancellationToken cancel)
    {
        try
        {
            if (await MergeAsync(list, cancel)) log.Merged(list.Delta.Size, list.Name, list.EntityCount);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            log.NotMerged(list.Name, e);
        }
        finally
        {
            indexes.Merged(list.Name);
        }
    }

    /// <param name="list">As it answers, or did a moment ago.</param>
    /// <returns>False when the list was replaced or taken down meanwhile; what was made is then left to be tidied.</returns>
    internal async Task<bool> MergeAsync(LoadedList list, CancellationToken cancel)
    {
        var merged = await Task.Factory.StartNew(() => indexes.Merge(list, cancel), cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        using var turn = await listSwitch.TakeAsync(cancel);
        var now = shelf.Current.Lists.FirstOrDefault(l => l.Name == list.Name);
        if (now is null || now.Base.Index != list.Base.Index || now.VersionNumber < list.VersionNumber)
        {
            merged.Index.Dispose();
            return false;
        }
        shelf.Put(indexes.Rebase(now, merged));
        // The files of the old base stay until the list's next change tidies up: a version that is being written may stand on it.
        return true;
    }
}
