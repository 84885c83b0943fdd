using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Uploads;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Amana.Server.Watchlists;

/// <summary>Takes the files of a list as they are sent, streamed to the disk, and queues a run of them. Makes the list when it is
/// new.</summary>
internal sealed class ReceiveFiles(
    AmanaDb db, Gate gate, UploadGate uploads, JournalWriter journal, RunFiles files, RunNumbers numbers, RunsAtWork atWork, ImportFolders folders, Instance instance,
    IOptions<WatchlistsOptions> options, TimeProvider clock)
{
    /// <param name="List">The list's name.</param>
    /// <param name="Files">In order; each is read to its end before the next is asked for.</param>
    /// <param name="Settings">Asked for after the first file is there, so that fields before it have been read.</param>
    public sealed record Request(string List, IAsyncEnumerable<SentFile> Files, Func<SourceSettings> Settings);

    public async Task<Result<RunReference>> RunAsync(Request request, Caller caller, CancellationToken cancel)
    {
        if (await gate.CheckAsync(caller, Right.Import, cancel) is { } forbidden) return forbidden;
        if (!WatchList.IsName(request.List)) return WatchlistRefusals.ListName;
        // Before gigabytes are sent in vain; looked at again when they are there.
        if (await db.Lists.AnyAsync(l => l.Name == request.List && l.RemovedAt != null, cancel)) return WatchlistRefusals.ListRemoved;
        if (await db.Lists.AnyAsync(l => l.Name == request.List && l.IsKept, cancel)) return WatchlistRefusals.ListKept;

        var id = Id<ImportRun>.New(clock);
        bool queued = false;
        try
        {
            if (await KeepAsync(request, id, caller, cancel) is { } unusable) return unusable;
            var result = await QueueAsync(request, id, caller, cancel);
            queued = result.Succeeded(out _, out _);
            return result;
        }
        finally
        {
            if (!queued) files.Clear(id);
        }
    }

    private async Task<Refusal?> KeepAsync(Request request, Id<ImportRun> id, Caller caller, CancellationToken cancel)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        long bytes = 0;
        try
        {
            await foreach (var file in request.Files.WithCancellation(cancel))
            {
                if (names.Count == WatchlistsOptions.FilesMax) return WatchlistRefusals.TooManyFiles;
                if (RunFiles.SafeName(file.Name) is not { } name || !names.Add(name)) return WatchlistRefusals.FileName;
                await using var watched = uploads.Watch(file.Content);
                bytes += await RunFiles.CopyAsync(watched, files.PathFor(id, names.Count - 1, name), options.Value.RunBytesMax - bytes, null, cancel);
                if (await uploads.CheckAsync(watched, "list", caller.Actor, cancel) is { } infected) return infected;
            }
        }
        catch (RunEndsException)
        {
            return WatchlistRefusals.UploadTooLarge;
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return WatchlistRefusals.UploadTooLarge;
        }
        catch (IOException e) when (RunFiles.IsDiskFull(e))
        {
            return WatchlistRefusals.DiskFull;
        }
        catch (IOException e) when (e is not FileNotFoundException and not DirectoryNotFoundException)
        {
            return WatchlistRefusals.UploadBroken;
        }
        catch (InvalidDataException)
        {
            return WatchlistRefusals.UploadBroken;
        }
        return names.Count == 0 ? WatchlistRefusals.NoFile : null;
    }

    private async Task<Result<RunReference>> QueueAsync(Request request, Id<ImportRun> id, Caller caller, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var list = await db.Lists.SingleOrDefaultAsync(l => l.Name == request.List, cancel);
        if (list?.RemovedAt is not null) return WatchlistRefusals.ListRemoved;
        bool isNew = list is null;
        list ??= new WatchList { Name = request.List, Title = request.List, MadeAt = now };
        var source = isNew ? new ListSource { Kind = SourceKind.Upload, MadeAt = now } : await db.ListSources.SingleAsync(s => s.List == list.Number, cancel);
        var sent = request.Settings();
        // An upload brings files and how to read them; where else the list comes from stays as it is.
        var settings = new SourceSettings { Title = Given(sent.Title), Format = Given(sent.Format), Mapping = Given(sent.Mapping) };
        if (settings.ApplyTo(list, source, folders, instance, now) is { } refused) return refused;
        if (isNew)
        {
            db.Lists.Add(list);
            source.BelongTo(list);
            db.ListSources.Add(source);
            journal.Record(caller.Actor, "source.added", list.Name, details: new { source.Kind, source.GuardShare });
            await db.SaveChangesAsync(cancel);
        }
        var run = await AddRunAsync(list, id, caller, cancel);
        atWork.Ring();
        return run.Reference;
    }

    private Task<ImportRun> AddRunAsync(WatchList list, Id<ImportRun> id, Caller caller, CancellationToken cancel) =>
        numbers.AddAsync(db, id, list.Number, files: true, caller.Actor, run =>
            journal.Record(caller.Actor, "import.started", run.Reference, details: new { list = list.Name, files = files.Of(id).Select(f => new { f.Name, f.Bytes }) }), cancel);

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}

/// <summary>A file on its way in.</summary>
internal sealed record SentFile(string? Name, Stream Content);
