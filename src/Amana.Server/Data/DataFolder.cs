using Amana.Server.Foundation;
using Amana.Vocabulary;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Data;

/// <summary>Opens the data folder at start: makes it, brings the database up to date, reads whose it is.</summary>
internal sealed class DataFolder(Instance instance, SqliteStore store, IDbContextFactory<AmanaDb> databases) : IDisposable
{
    private FileStream? _held;

    /// <exception cref="DataFolderException">The folder cannot be made; the message says why and is fit to print.</exception>
    public static void Make(Instance instance)
    {
        try
        {
            instance.MakeDataFolder();
        }
        catch (IOException e)
        {
            throw new DataFolderException($"The data folder {instance.DataFolder} cannot be made: {e.Message}");
        }
        catch (UnauthorizedAccessException)
        {
            throw new DataFolderException($"The data folder {instance.DataFolder} cannot be made by this user.");
        }
    }

    /// <summary>Keeps other servers away from the folder while this one runs: two would carry out the same work. Ends with
    /// the process, however it ends. Commands that only write a row, such as <c>token create</c>, need no hold.</summary>
    /// <exception cref="DataFolderException">Another server has it.</exception>
    public void Hold()
    {
        try
        {
            _held ??= new FileStream(Path.Combine(instance.DataFolder, "server.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new DataFolderException($"Another server is running on the data folder {instance.DataFolder}. Stop it first, or use another folder with --data.");
        }
        catch (UnauthorizedAccessException)
        {
            throw new DataFolderException($"The data folder {instance.DataFolder} cannot be written by this user.");
        }
    }

    public void Dispose() => _held?.Dispose();

    /// <exception cref="DataFolderException">The folder cannot be used; the message says why and is fit to print.</exception>
    public async Task OpenAsync(CancellationToken cancel)
    {
        try
        {
            await using (await LockAsync(cancel)) await BringUpToDateAsync(cancel);
            await ReadInstanceAsync(cancel);
        }
        catch (UnauthorizedAccessException)
        {
            throw new DataFolderException($"The data folder {instance.DataFolder} cannot be written by this user.");
        }
        catch (IOException e)
        {
            throw new DataFolderException($"The data folder {instance.DataFolder} cannot be used: {e.Message}");
        }
        catch (SqliteException e)
        {
            throw new DataFolderException($"The database {instance.DatabaseFile} cannot be used: {e.Message}");
        }
    }

    public async Task ReadInstanceAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var record = await db.Set<InstanceRecord>().AsNoTracking().SingleOrDefaultAsync(cancel);
        if (record is not null) instance.Become(BureauCode.Of(record.BureauCode), record.BureauName, record.Kind);
    }

    // The operating system lets go of a file lock when a process is killed; the lock table of the entity framework
    // would stay behind and block every later start.
    private async Task<FileStream> LockAsync(CancellationToken cancel)
    {
        string path = Path.Combine(instance.DataFolder, "migration.lock");
        for (int tries = 0; ; tries++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (tries < 300 && Directory.Exists(instance.DataFolder))
            {
                await Task.Delay(100, cancel);
            }
        }
    }

    private async Task BringUpToDateAsync(CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(instance.DatabaseFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Execute(connection, "PRAGMA journal_mode=WAL; DROP TABLE IF EXISTS \"__EFMigrationsLock\";");

        await using var db = await databases.CreateDbContextAsync(cancel);
        var known = db.Database.GetMigrations().ToHashSet(StringComparer.Ordinal);
        var applied = await db.Database.GetAppliedMigrationsAsync(cancel);
        if (applied.FirstOrDefault(id => !known.Contains(id)) is { } foreign)
        {
            throw new DataFolderException($"The data in {instance.DataFolder} was made by another version of Amana (schema {foreign}). " +
                "Start that version, or use another folder with --data.");
        }

        if ((await db.Database.GetPendingMigrationsAsync(cancel)).Any()) await db.Database.MigrateAsync(cancel);
        foreach (string sql in Modules.InOrder.SelectMany(m => m.SqliteObjects)) Execute(connection, sql);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // statements of ours, from the modules; nothing from outside is in them
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}

/// <summary>The data folder cannot be used; printed without a stack trace.</summary>
internal sealed class DataFolderException(string message) : Exception(message);
