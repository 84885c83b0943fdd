using System.Data.Common;
using System.Globalization;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Amana.Server.Data;

/// <summary>A database of a PostgreSQL server, 15 or later.</summary>
internal sealed class PostgresEngine : IDatabaseEngine, IDisposable, IAsyncDisposable
{
    private const int OldestVersion = 15;
    // Keys of advisory locks: any two numbers that nobody else in this database uses.
    private const long ServerLock = 0x414D_414E_4100_0001;
    private const long UpdateLock = 0x414D_414E_4100_0002;

    private readonly NpgsqlDataSource _source;
    private readonly PostgresHold _hold;

    /// <exception cref="DataFolderException">The text is no connection text.</exception>
    public PostgresEngine(string connection, Action lost)
    {
        var text = Read(connection);
        Connection = connection;
        Where = $"{text.Database} on {text.Host}";
        _source = new NpgsqlDataSourceBuilder(text.ConnectionString).Build();
        _hold = new PostgresHold(_source, ServerLock, lost);
    }

    public string Name => "PostgreSQL";
    public string Where { get; }
    public string? Connection { get; }
    public string SizeQuestion => "SELECT pg_database_size(current_database())";

    /// <summary>Reads a connection text and fills in what is not said.</summary>
    /// <exception cref="DataFolderException">It cannot be read; the message is fit to print and repeats no part of it.</exception>
    public static NpgsqlConnectionStringBuilder Read(string connection)
    {
        try
        {
            var text = new NpgsqlConnectionStringBuilder(connection);
            if (string.IsNullOrEmpty(text.Host)) throw new DataFolderException("--database: the connection text names no Host, as in: Host=localhost;Database=amana;Username=amana");
            if (string.IsNullOrEmpty(text.Database)) text.Database = "amana";
            text.ApplicationName ??= "amana";
            text.Timezone = "UTC";
            text.IncludeErrorDetail = false; // details quote values: names of people
            text.PersistSecurityInfo = false;
            if (!text.ContainsKey("Maximum Pool Size")) text.MaxPoolSize = 50;
            if (!text.ContainsKey("Max Auto Prepare")) text.MaxAutoPrepare = 100;
            if (!text.ContainsKey("Timeout")) text.Timeout = 10;
            return text;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException)
        {
            throw new DataFolderException("--database: this is no connection text such as Host=localhost;Database=amana;Username=amana");
        }
    }

    // The strategy of Npgsql wraps what may be transient in an InvalidOperationException, which nobody would take for the database.
    public void Use(DbContextOptionsBuilder options) => options
        .UseNpgsql(_source, npgsql => npgsql.MigrationsAssembly(MigrationsBeside.Load("Postgres")).SetPostgresVersion(OldestVersion, 0)
            .ExecutionStrategy(dependencies => new NonRetryingExecutionStrategy(dependencies)))
        .AddInterceptors(StorableText.Instance, AppendOnly.Instance);

    public async Task<DbConnection> OpenAsync(CancellationToken cancel) => await _source.OpenConnectionAsync(cancel);

    public IRowWriter WriteRows(DbConnection connection, string table, IReadOnlyList<string> columns) => new CopiedRows((NpgsqlConnection)connection, table, columns);

    public Task LookAtAsync(AmanaDb db, string table, CancellationToken cancel) => db.Database.GetDbConnection().ExecuteAsync($"ANALYZE \"{table}\"", cancel);

    public Task LookAtAllAsync(DbConnection connection, CancellationToken cancel) => connection.ExecuteAsync("ANALYZE", cancel);

    public async Task<DbTransaction> BeginSnapshotAsync(DbConnection connection, CancellationToken cancel)
    {
        var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);
        await connection.ExecuteAsync("SET TRANSACTION READ ONLY", cancel);
        return snapshot;
    }

    public DateTimeOffset InstantOf(DbDataReader rows, int column) => rows.GetFieldValue<DateTimeOffset>(column);

    public async Task<long> LastNumberAsync(DbConnection connection, string table, string column, CancellationToken cancel) =>
        await connection.ReadOneAsync($"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {await SequenceAsync(connection, table, column, cancel)}", cancel) as long? ?? 0;

    public async Task SetLastNumberAsync(DbConnection connection, string table, string column, long last, CancellationToken cancel)
    {
        string sequence = Statements.Quote(await SequenceAsync(connection, table, column, cancel));
        await connection.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"SELECT setval({sequence}, {Math.Max(1, last)}, {(last > 0 ? "true" : "false")})"), cancel);
    }

    public async Task HoldAsync(CancellationToken cancel)
    {
        if (!await _hold.TakeAsync(cancel)) throw new DataFolderException($"Another server is running on the database {Where}. Stop it first, or use another database.");
    }

    // A lock of the connection: the database lets go of it when the process ends, however it ends.
    public async Task<IAsyncDisposable> BeginUpdateAsync(CancellationToken cancel)
    {
        var connection = await _source.OpenConnectionAsync(cancel);
        try
        {
            if (connection.PostgreSqlVersion.Major < OldestVersion)
            {
                throw new DataFolderException($"The database {Where} is PostgreSQL {connection.PostgreSqlVersion}; Amana needs {OldestVersion} or later.");
            }
            if (await connection.ReadOneAsync("SHOW server_encoding", cancel) is not "UTF8")
            {
                throw new DataFolderException($"The database {Where} is not encoded in UTF8. Create it with: CREATE DATABASE amana ENCODING 'UTF8' TEMPLATE template0");
            }
            await connection.ExecuteAsync($"SELECT pg_advisory_lock({UpdateLock})", cancel);
            return new UpdateTurn(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public async Task GuardAsync(IEnumerable<GuardedTable> tables, CancellationToken cancel)
    {
        await using var connection = await OpenAsync(cancel);
        foreach (var table in tables)
        {
            var there = await connection.ReadTextsAsync($"SELECT tgname::text FROM pg_trigger WHERE tgrelid = to_regclass('{table.Table}') AND NOT tgisinternal", cancel);
            var wanted = Triggers(table).ToList();
            if (there.ToHashSet(StringComparer.Ordinal).SetEquals(wanted.Select(t => t.Name))) continue;
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            await connection.ExecuteAsync(
                "CREATE OR REPLACE FUNCTION amana_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'restrict_violation'; END $$", cancel);
            foreach (string name in there) await connection.ExecuteAsync($"DROP TRIGGER {name} ON {table.Table}", cancel);
            foreach (var trigger in wanted) await connection.ExecuteAsync(trigger.Sql, cancel);
            await transaction.CommitAsync(cancel);
        }
    }

    /// <remarks>Outside of a transaction the turn would be over at once.</remarks>
    public async Task TakeTurnAsync(AmanaDb db, string key, CancellationToken cancel)
    {
        if (db.Database.CurrentTransaction is null) throw new InvalidOperationException("A turn is taken inside a transaction.");
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({key}, 0))", cancel);
    }

    public DatabaseFault FaultOf(Exception exception)
    {
        for (Exception? e = exception; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case DbUpdateConcurrencyException: return DatabaseFault.Meanwhile;
                case RetryLimitExceededException: continue;
                case PostgresException { InvariantSeverity: "FATAL" or "PANIC" }: return DatabaseFault.Away; // it has ended the connection
                case PostgresException of: return OfState(of.SqlState);
                case NpgsqlException: return DatabaseFault.Away; // the connection broke, could not be made, or the pool is used up
            }
        }

        return DatabaseFault.None;
    }

    public void Dispose()
    {
        _hold.Dispose();
        _source.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        _hold.Dispose();
        await _source.DisposeAsync();
    }

    // https://www.postgresql.org/docs/15/errcodes-appendix.html
    private static DatabaseFault OfState(string state) => state switch
    {
        PostgresErrorCodes.UniqueViolation => DatabaseFault.Twice,
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.LockNotAvailable => DatabaseFault.Meanwhile,
        PostgresErrorCodes.DiskFull => DatabaseFault.Full,
        PostgresErrorCodes.ReadOnlySqlTransaction => DatabaseFault.Away, // a standby, after a switch-over
        // 08: the connection; 53: too few resources; 57P: shut down or starting.
        _ => Array.Exists((string[])["08", "53", "57P"], begins => state.StartsWith(begins, StringComparison.Ordinal)) ? DatabaseFault.Away : DatabaseFault.None,
    };

    private static async Task<string> SequenceAsync(DbConnection connection, string table, string column, CancellationToken cancel) =>
        (string)(await connection.ReadOneAsync($"SELECT pg_get_serial_sequence({Statements.Quote($"\"{table}\"")}, {Statements.Quote(column)})", cancel))!;

    private static IEnumerable<Trigger> Triggers(GuardedTable table)
    {
        string columns = table.Columns is null ? "" : " OF " + string.Join(", ", table.Columns.Select(c => $"\"{c}\""));
        string refuse = $"EXECUTE FUNCTION amana_refuse({Statements.Quote(table.Says)})";
        yield return Trigger.Of($"{table.Table}_is_not_changed", name => $"CREATE TRIGGER {name} BEFORE UPDATE{columns} ON {table.Table} FOR EACH ROW {refuse}");
        if (table.MayDelete) yield break;
        yield return Trigger.Of($"{table.Table}_is_not_deleted", name => $"CREATE TRIGGER {name} BEFORE DELETE ON {table.Table} FOR EACH ROW {refuse}");
        yield return Trigger.Of($"{table.Table}_is_not_emptied", name => $"CREATE TRIGGER {name} BEFORE TRUNCATE ON {table.Table} FOR EACH STATEMENT {refuse}");
    }

    private sealed class UpdateTurn(NpgsqlConnection connection) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await connection.ExecuteAsync($"SELECT pg_advisory_unlock({UpdateLock})", CancellationToken.None);
            await connection.DisposeAsync();
        }
    }
}
