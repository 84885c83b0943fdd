using System.Data.Common;
using System.Globalization;
using Amana.Server.Foundation;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Amana.Server.Data;

/// <summary>The SQLite file of this instance, and how every connection to it behaves.</summary>
internal sealed class SqliteEngine(Instance instance, WriteTurns turns, SaveQueue queue) : IDatabaseEngine
{
    /// <summary>Longest wait for another writer.</summary>
    private const int BusySeconds = 30;

    public string Name => "SQLite";
    public string Where => instance.DatabaseFile;
    public string? Connection => null;
    public string SizeQuestion => "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()";

    public string ConnectionString { get; } = new SqliteConnectionStringBuilder
    {
        DataSource = instance.DatabaseFile,
        ForeignKeys = true,
        DefaultTimeout = BusySeconds,
        Pooling = true,
    }.ToString();

    public void Use(DbContextOptionsBuilder options) => options
        .UseSqlite(ConnectionString, sqlite => sqlite.MigrationsAssembly(MigrationsBeside.Load("Sqlite")))
        .AddInterceptors(Pragmas.Instance, AppendOnly.Instance, turns, queue);

    public async Task<DbConnection> OpenAsync(CancellationToken cancel)
    {
        var connection = new SqliteConnection(ConnectionString);
        try
        {
            await connection.OpenAsync(cancel);
            Behave(connection);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public IRowWriter WriteRows(DbConnection connection, string table, IReadOnlyList<string> columns) => new PreparedRows(connection, table, columns);

    /// <remarks>Its plans do not depend on how many rows there are.</remarks>
    public Task LookAtAsync(AmanaDb db, string table, CancellationToken cancel) => Task.CompletedTask;

    public Task LookAtAllAsync(DbConnection connection, CancellationToken cancel) => Task.CompletedTask;

    /// <remarks>With WAL a reader keeps the state that it found first.</remarks>
    public async Task<DbTransaction> BeginSnapshotAsync(DbConnection connection, CancellationToken cancel)
    {
        var snapshot = ((SqliteConnection)connection).BeginTransaction(deferred: true);
        await connection.ReadOneAsync("SELECT 1 FROM sqlite_master LIMIT 1", cancel); // the moment is that of the first question
        return snapshot;
    }

    public DateTimeOffset InstantOf(DbDataReader rows, int column) => WholeMicroseconds.Cut(new DateTimeOffset(rows.GetInt64(column), TimeSpan.Zero));

    public async Task<long> LastNumberAsync(DbConnection connection, string table, string column, CancellationToken cancel) =>
        await connection.ReadOneAsync($"SELECT seq FROM sqlite_sequence WHERE name = {Statements.Quote(table)}", cancel) as long? ?? 0;

    public async Task SetLastNumberAsync(DbConnection connection, string table, string column, long last, CancellationToken cancel)
    {
        string name = Statements.Quote(table);
        await connection.ExecuteAsync(string.Create(CultureInfo.InvariantCulture,
            $"DELETE FROM sqlite_sequence WHERE name = {name}; INSERT INTO sqlite_sequence (name, seq) VALUES ({name}, {last})"), cancel);
    }

    /// <remarks>Who holds the folder holds the file in it.</remarks>
    public Task HoldAsync(CancellationToken cancel) => Task.CompletedTask;

    // The operating system lets go of a file lock when a process is killed; the lock table of the entity framework
    // would stay behind and block every later start.
    public async Task<IAsyncDisposable> BeginUpdateAsync(CancellationToken cancel)
    {
        var held = await LockAsync(cancel);
        try
        {
            await using var connection = await OpenAsync(cancel);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(instance.DatabaseFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            await connection.ExecuteAsync("PRAGMA journal_mode=WAL; DROP TABLE IF EXISTS \"__EFMigrationsLock\";", cancel);
            return held;
        }
        catch
        {
            await held.DisposeAsync();
            throw;
        }
    }

    public async Task GuardAsync(IEnumerable<GuardedTable> tables, CancellationToken cancel)
    {
        await using var connection = await OpenAsync(cancel);
        foreach (var table in tables)
        {
            var there = await connection.ReadTextsAsync($"SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '{table.Table}'", cancel);
            var wanted = Triggers(table).ToList();
            if (there.ToHashSet(StringComparer.Ordinal).SetEquals(wanted.Select(t => t.Name))) continue;
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            foreach (string name in there) await connection.ExecuteAsync($"DROP TRIGGER {name}", cancel);
            foreach (var trigger in wanted) await connection.ExecuteAsync(trigger.Sql, cancel);
            await transaction.CommitAsync(cancel);
        }
    }

    public Task TakeTurnAsync(AmanaDb db, string key, CancellationToken cancel) => Task.CompletedTask;

    public DatabaseFault FaultOf(Exception exception)
    {
        for (Exception? e = exception; e is not null; e = e.InnerException)
        {
            if (e is DbUpdateConcurrencyException) return DatabaseFault.Meanwhile;
            if (e is not SqliteException sqlite) continue;
            return sqlite.SqliteErrorCode switch
            {
                5 or 6 => DatabaseFault.Away, // SQLITE_BUSY, SQLITE_LOCKED: 30 seconds were not enough
                10 or 14 => DatabaseFault.Away, // SQLITE_IOERR, SQLITE_CANTOPEN
                13 => DatabaseFault.Full,
                19 when sqlite.SqliteExtendedErrorCode is 1555 or 2067 => DatabaseFault.Twice, // primary key, unique index
                _ => DatabaseFault.None,
            };
        }

        return DatabaseFault.None;
    }

    private static IEnumerable<Trigger> Triggers(GuardedTable table)
    {
        string columns = table.Columns is null ? "" : " OF " + string.Join(", ", table.Columns.Select(c => $"\"{c}\""));
        yield return Trigger.Of($"{table.Table}_is_not_changed", name =>
            $"CREATE TRIGGER {name} BEFORE UPDATE{columns} ON {table.Table} BEGIN SELECT RAISE(ABORT, {Statements.Quote(table.Says)}); END;");
        if (table.MayDelete) yield break;
        yield return Trigger.Of($"{table.Table}_is_not_deleted", name =>
            $"CREATE TRIGGER {name} BEFORE DELETE ON {table.Table} BEGIN SELECT RAISE(ABORT, {Statements.Quote(table.Says)}); END;");
    }

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

    // FULL: what was acknowledged is on the disk, also after a power cut. With WAL that is one sync a commit.
    private static void Behave(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA busy_timeout={BusySeconds * 1000}; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY;";
        command.ExecuteNonQuery();
    }

    private sealed class Pragmas : DbConnectionInterceptor
    {
        public static readonly Pragmas Instance = new();

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Behave(connection);

        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            Behave(connection);
            return Task.CompletedTask;
        }
    }
}
