using System.Data.Common;
using System.Reflection;
using System.Runtime.Loader;
using Amana.Server.Foundation;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Amana.Server.Data;

/// <summary>The SQLite file of this instance, and how every connection to it behaves.</summary>
internal sealed class SqliteStore(Instance instance, WriteTurns turns)
{
    /// <summary>Longest wait for another writer.</summary>
    private const int BusySeconds = 30;

    // Loaded from beside this assembly: no project references it, so the runtime does not look for it by name.
    private static readonly Lazy<Assembly> Migrations = new(() =>
        AssemblyLoadContext.Default.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, "Amana.Migrations.Sqlite.dll")));

    public string ConnectionString { get; } = new SqliteConnectionStringBuilder
    {
        DataSource = instance.DatabaseFile,
        ForeignKeys = true,
        DefaultTimeout = BusySeconds,
        Pooling = true,
    }.ToString();

    /// <summary>For bulk work below the entity framework. The same journal mode, durability and foreign keys.</summary>
    public async Task<SqliteConnection> OpenAsync(CancellationToken cancel)
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

    internal void Use(DbContextOptionsBuilder options) => options
        .UseSqlite(ConnectionString, sqlite => sqlite.MigrationsAssembly(Migrations.Value))
        .AddInterceptors(Pragmas.Instance, AppendOnly.Instance, turns);

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
