using System.Buffers;
using System.Buffers.Binary;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Upkeep;

/// <summary>Writes everything of a data folder and its database to one closed file, also while a server runs on them.</summary>
/// <remarks>The order makes the parts fit: the journal's files first, then the database in one snapshot, which has at least what
/// those files speak of; then the other files, and last the keys, with which everything before was sealed.</remarks>
internal sealed class MakeBackup(Instance instance, IDatabaseEngine engine, IDbContextFactory<AmanaDb> databases, TimeProvider clock)
{
    private const int BlockBytes = 256 << 10;
    private const int KeyTries = 10;
    private const string Journal = "journal", Keys = "keys", Checkpoint = "checkpoint";
    // What belongs to the running process, or to the database that is read by its rows.
    private static readonly string[] LeftOut = ["spool", "database", "server.lock", "migration.lock", "amana.db", "amana.db-wal", "amana.db-shm", "amana.db-journal"];

    /// <param name="path">Must not be there yet. It appears when it is whole, readable by its owner alone.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public async Task<BackupManifest> WriteAsync(string path, BackupKey key, CancellationToken cancel)
    {
        string part = path + ".part";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            BackupManifest manifest;
            await using (var file = new FileStream(part, options))
            {
                await using (var closed = SealedStream.Create(file, key))
                {
                    using var writer = new BackupWriter(closed);
                    manifest = await WritePartsAsync(writer, cancel);
                    writer.End(manifest);
                }
                file.Flush(flushToDisk: true);
            }
            File.Move(part, path, overwrite: false);
            return manifest;
        }
        finally
        {
            File.Delete(part);
        }
    }

    private async Task<BackupManifest> WritePartsAsync(BackupWriter writer, CancellationToken cancel)
    {
        await AddJournalAsync(writer, cancel);
        var (schema, sums) = await AddTablesAsync(writer, cancel);
        foreach (string file in FilesBelow("").Where(f => !IsBelow(f, Journal) && !IsBelow(f, Keys))) await AddFileAsync(writer, file, cancel);
        await AddKeysAsync(writer, cancel);
        return new BackupManifest
        {
            Format = BackupManifest.FormatNow, MadeAt = clock.GetUtcNow(), Version = BuildVersion.Number, Schema = schema, Tables = sums, Parts = writer.Parts,
        };
    }

    // The tree grows meanwhile: its files may run ahead of the checkpoint that was read first, as after a stop.
    private async Task AddJournalAsync(BackupWriter writer, CancellationToken cancel)
    {
        string checkpoint = $"{Journal}/{Checkpoint}";
        byte[]? signed = await ReadAsync(checkpoint, cancel);
        foreach (string file in FilesBelow(Journal).Where(f => f != checkpoint)) await AddFileAsync(writer, file, cancel);
        if (signed is not null) await AddBytesAsync(writer, checkpoint, signed, cancel);
    }

    private async Task<(string Schema, IReadOnlyList<TableSum> Sums)> AddTablesAsync(BackupWriter writer, CancellationToken cancel)
    {
        IReadOnlyList<StoredTable> tables;
        await using (var db = await databases.CreateDbContextAsync(cancel)) tables = StoredTable.All(db);
        await using var connection = await engine.OpenAsync(cancel);
        await using var moment = await engine.BeginSnapshotAsync(connection, cancel);
        var sums = new List<TableSum>();
        foreach (var table in tables)
        {
            await writer.AddAsync(BackupPart.Table + table.Name, async write =>
            {
                var block = new ArrayBufferWriter<byte>(BlockBytes);
                sums.Add(await WholeData.ReadAsync(engine, connection, table, (_, row) =>
                {
                    BinaryPrimitives.WriteInt32BigEndian(block.GetSpan(4), row.Length);
                    block.Advance(4);
                    block.Write(row.Span);
                    if (block.WrittenCount < BlockBytes) return ValueTask.CompletedTask;
                    write(block.WrittenMemory);
                    block.ResetWrittenCount();
                    return ValueTask.CompletedTask;
                }, cancel));
                write(block.WrittenMemory);
            }, cancel);
        }
        return (StoredTable.TextOf(tables), sums);
    }

    // Small, and changed together now and then: read until they were the same twice.
    private async Task AddKeysAsync(BackupWriter writer, CancellationToken cancel)
    {
        var before = await ReadKeysAsync(cancel);
        for (int tried = 1; ; tried++)
        {
            var now = await ReadKeysAsync(cancel);
            if (now.Count == before.Count && now.All(f => before.TryGetValue(f.Key, out byte[]? was) && was.AsSpan().SequenceEqual(f.Value))) break;
            if (tried == KeyTries) throw new BackupException("The keys are being changed; make the backup again when that is done.");
            before = now;
        }
        foreach (var (file, bytes) in before) await AddBytesAsync(writer, file, bytes, cancel);
    }

    private async Task<Dictionary<string, byte[]>> ReadKeysAsync(CancellationToken cancel)
    {
        var keys = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (string file in FilesBelow(Keys))
        {
            if (await ReadAsync(file, cancel) is { } bytes) keys[file] = bytes;
        }
        return keys;
    }

    private async Task AddFileAsync(BackupWriter writer, string file, CancellationToken cancel)
    {
        try
        {
            await using var from = new FileStream(Path.Combine(instance.DataFolder, file), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            await writer.AddAsync(BackupPart.File + file, async write =>
            {
                byte[] block = new byte[BlockBytes];
                while (await from.ReadAtLeastAsync(block, block.Length, throwOnEndOfStream: false, cancel) is > 0 and var count) write(block.AsMemory(0, count));
            }, cancel);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // Gone since the folder was listed: a partial tile that became whole, the index of an old version.
        }
    }

    private static Task AddBytesAsync(BackupWriter writer, string file, byte[] bytes, CancellationToken cancel) => writer.AddAsync(BackupPart.File + file, write =>
    {
        write(bytes);
        return Task.CompletedTask;
    }, cancel);

    private async Task<byte[]?> ReadAsync(string file, CancellationToken cancel)
    {
        try
        {
            return await File.ReadAllBytesAsync(Path.Combine(instance.DataFolder, file), cancel);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Paths below the data folder, with slashes. Links are not followed, and what is being written is left out.</summary>
    private List<string> FilesBelow(string folder)
    {
        string root = Path.Combine(instance.DataFolder, folder);
        if (!Directory.Exists(root)) return [];
        var all = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false };
        return [.. Directory.EnumerateFiles(root, "*", all).Select(f => Path.GetRelativePath(instance.DataFolder, f).Replace('\\', '/'))
            .Where(f => !LeftOut.Contains(f.Split('/')[0], StringComparer.Ordinal) && !f.EndsWith(".part", StringComparison.Ordinal) && !f.EndsWith(".new", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];
    }

    private static bool IsBelow(string file, string folder) => file.StartsWith(folder + "/", StringComparison.Ordinal);
}
