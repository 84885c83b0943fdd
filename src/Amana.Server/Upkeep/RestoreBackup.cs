using System.Buffers.Binary;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.Data.Sqlite;

namespace Amana.Server.Upkeep;

/// <summary>Makes a data folder and its database of a backup: reads all of it and compares every hash before anything is written,
/// and proves the journal at the end.</summary>
internal static class RestoreBackup
{
    /// <param name="Proof">What the restored journal proves.</param>
    public sealed record Done(BackupManifest Manifest, JournalProof.Finding Proof, string Where);

    /// <param name="folder">Not there, or empty.</param>
    /// <param name="database">Connection text of an empty PostgreSQL; null: SQLite in the folder.</param>
    /// <exception cref="BackupException">The backup or the target cannot be used. Nothing was written.</exception>
    public static async Task<Done> RunAsync(string backup, BackupKey key, string folder, string? database, CancellationToken cancel)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()) throw new BackupException($"The folder {folder} is not empty. Nothing was changed.");
        var manifest = await VerifyAsync(backup, key, cancel);
        string aside = $"{folder.TrimEnd(Path.DirectorySeparatorChar)}.restoring-{Environment.ProcessId}";
        try
        {
            var (proof, where) = await FillAsync(backup, key, manifest, aside, database, cancel);
            if (Directory.Exists(folder)) Directory.Delete(folder);
            Directory.Move(aside, folder);
            return new Done(manifest, proof, where.Replace(aside, folder, StringComparison.Ordinal));
        }
        finally
        {
            if (Directory.Exists(aside)) Directory.Delete(aside, recursive: true);
        }
    }

    /// <summary>Reads the backup to its end.</summary>
    /// <exception cref="BackupException">Something in it is not what was written.</exception>
    internal static async Task<BackupManifest> VerifyAsync(string backup, BackupKey key, CancellationToken cancel)
    {
        await using var file = new FileStream(backup, FileMode.Open, FileAccess.Read, FileShare.Read);
        await using var opened = SealedStream.Open(file, key);
        using var reader = new BackupReader(opened);
        var manifest = await reader.ReadAsync((_, blocks) => Task.FromResult(blocks.Sum(b => (long)b.Length)), cancel);
        var wrong = reader.Parts.Except(manifest.Parts).Concat(manifest.Parts.Except(reader.Parts)).Select(p => p.Name).FirstOrDefault();
        return wrong is null ? manifest : throw new BackupException($"Part {wrong} of the backup is not what its manifest says.");
    }

    private static async Task<(JournalProof.Finding Proof, string Where)> FillAsync(
        string backup, BackupKey key, BackupManifest manifest, string folder, string? database, CancellationToken cancel)
    {
        string where;
        var options = new StartOptions { DataFolder = folder, Database = database ?? StartOptions.Embedded };
        await using (var app = AmanaHost.Build(options))
        {
            where = app.Services.GetRequiredService<IDatabaseEngine>().Where;
            await using var empty = await EmptyDatabase.OpenAsync(app.Services, cancel);
            if (StoredTable.TextOf(empty.Tables) != manifest.Schema)
            {
                throw new BackupException($"The backup was made by version {manifest.Version}, which keeps other things than this one. Restore it with that version, and start this one on it then.");
            }
            await ReadPartsAsync(backup, key, manifest, folder, empty, cancel);
            await empty.CommitAsync(cancel);
        }

        // Anew, with the keys that are there now.
        await using var restored = AmanaHost.Build(options);
        await restored.Services.GetRequiredService<DataFolder>().OpenAsync(cancel);
        await using (var scope = restored.Services.CreateAsyncScope())
        {
            var proof = await scope.ServiceProvider.GetRequiredService<JournalProof>().ProveAsync(cancel);
            scope.ServiceProvider.GetRequiredService<JournalWriter>().Record(Actor.Server, "backup.restored",
                details: new { made = manifest.MadeAt, manifest.Version, proved = proof.Fault ?? "whole", proof.Entries });
            await scope.ServiceProvider.GetRequiredService<AmanaDb>().SaveChangesAsync(cancel);
            SqliteConnection.ClearAllPools(); // the file is about to move
            return (proof, where);
        }
    }

    private static async Task ReadPartsAsync(string backup, BackupKey key, BackupManifest manifest, string folder, EmptyDatabase empty, CancellationToken cancel)
    {
        await using var file = new FileStream(backup, FileMode.Open, FileAccess.Read, FileShare.Read);
        await using var opened = SealedStream.Open(file, key);
        using var reader = new BackupReader(opened);
        await reader.ReadAsync(async (name, blocks) =>
        {
            if (name.StartsWith(BackupPart.Table, StringComparison.Ordinal)) await FillTableAsync(name[BackupPart.Table.Length..], blocks, manifest, empty, cancel);
            else if (name.StartsWith(BackupPart.File, StringComparison.Ordinal)) await WriteFileAsync(folder, name[BackupPart.File.Length..], blocks, cancel);
            else throw new BackupException($"The backup has a part of an unknown kind: {name}");
        }, cancel);
        if (!reader.Parts.SequenceEqual(manifest.Parts)) throw new BackupException("The backup was changed while it was read. Nothing was restored.");
    }

    private static async Task FillTableAsync(string name, IEnumerable<byte[]> blocks, BackupManifest manifest, EmptyDatabase empty, CancellationToken cancel)
    {
        var table = empty.Tables.Single(t => t.Name == name);
        using var filling = empty.Fill(table);
        foreach (byte[] block in blocks)
        {
            for (int at = 0; at < block.Length;)
            {
                int length = BinaryPrimitives.ReadInt32BigEndian(block.AsSpan(at, 4));
                filling.Add(RowBytes.Read(block.AsSpan(at + 4, length), table.Columns), length);
                at += 4 + length;
            }
        }
        await filling.EndAsync(manifest.Tables.Single(t => t.Table == name), cancel);
    }

    private static async Task WriteFileAsync(string folder, string name, IEnumerable<byte[]> blocks, CancellationToken cancel)
    {
        string path = Path.GetFullPath(Path.Combine(folder, name));
        if (!path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)) throw new BackupException($"A file of the backup lies outside of its folder: {name}");
        const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        else Directory.CreateDirectory(Path.GetDirectoryName(path)!, OwnerFile | UnixFileMode.UserExecute);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerFile;
        await using var file = new FileStream(path, options);
        foreach (byte[] block in blocks) await file.WriteAsync(block, cancel);
        file.Flush(flushToDisk: true);
    }
}
