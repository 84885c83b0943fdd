using System.Data.Common;
using Amana.Server.Foundation;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Data;

/// <summary>Opens the data folder at start: makes it, brings the database up to date, reads whose it is.</summary>
internal sealed class DataFolder(Instance instance, IDatabaseEngine engine, IDbContextFactory<AmanaDb> databases) : IDisposable
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

    /// <summary>Keeps other servers away from folder and database while this one runs: two would carry out the same work. Ends
    /// with the process, however it ends. Commands that only write a row, such as <c>token create</c>, need no hold.</summary>
    /// <exception cref="DataFolderException">Another server has it.</exception>
    public async Task HoldAsync(CancellationToken cancel)
    {
        try
        {
            _held ??= new FileStream(Path.Combine(instance.DataFolder, "server.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            await HoldDatabaseAsync(cancel);
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

    /// <summary>As <see cref="HoldAsync"/>, of the database alone.</summary>
    public async Task HoldDatabaseAsync(CancellationToken cancel)
    {
        try
        {
            await engine.HoldAsync(cancel);
        }
        catch (DbException e)
        {
            throw Unusable(e);
        }
    }

    /// <summary>Brings the database to the newest schema.</summary>
    /// <exception cref="DataFolderException">It cannot be used, or is of another version.</exception>
    public async Task UpdateAsync(CancellationToken cancel)
    {
        try
        {
            await using (await engine.BeginUpdateAsync(cancel)) await BringUpToDateAsync(cancel);
        }
        catch (DbException e)
        {
            throw Unusable(e);
        }
    }

    public void Dispose() => _held?.Dispose();

    /// <exception cref="DataFolderException">The folder cannot be used; the message says why and is fit to print.</exception>
    public async Task OpenAsync(CancellationToken cancel)
    {
        try
        {
            await UpdateAsync(cancel);
            ChosenDatabase.Remember(instance.DataFolder, engine.Connection);
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
        catch (DbException e)
        {
            throw Unusable(e);
        }
    }

    public async Task ReadInstanceAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var record = await db.Set<InstanceRecord>().AsNoTracking().SingleOrDefaultAsync(cancel);
        if (record is not null) Become(record);
    }

    /// <summary>The server is from now on the one of this record, and so is the folder.</summary>
    public void Become(InstanceRecord record)
    {
        string file = Path.Combine(instance.DataFolder, "belongs-to"), key = record.Key.ToString();
        if (!File.Exists(file) || File.ReadAllText(file) != key)
        {
            // The saved indexes are of other data; they are built anew from the database.
            Directory.Delete(instance.Folder(Instance.IndexFolder), recursive: true);
            File.WriteAllText(file, key);
        }
        instance.Become(BureauCode.Of(record.BureauCode), record.BureauName, record.Kind);
    }

    private async Task BringUpToDateAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var known = db.Database.GetMigrations().ToHashSet(StringComparer.Ordinal);
        var applied = await db.Database.GetAppliedMigrationsAsync(cancel);
        if (applied.FirstOrDefault(id => !known.Contains(id)) is { } foreign)
        {
            throw new DataFolderException($"The data in {engine.Where} was made by another version of Amana (schema {foreign}). " +
                "Start that version, or use another folder with --data, or another database.");
        }

        if ((await db.Database.GetPendingMigrationsAsync(cancel)).Any()) await db.Database.MigrateAsync(cancel);
        await engine.GuardAsync(Modules.InOrder.SelectMany(m => m.GuardedTables), cancel);
    }

    private DataFolderException Unusable(DbException e)
    {
        string why = e.InnerException is System.Net.Sockets.SocketException socket ? $"{e.Message} ({socket.Message})" : e.Message;
        return new DataFolderException($"The database {engine.Where} cannot be used: {why}");
    }
}

/// <summary>The data folder cannot be used; printed without a stack trace.</summary>
internal sealed class DataFolderException(string message) : Exception(message);
