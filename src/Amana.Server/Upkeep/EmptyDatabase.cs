using System.Data.Common;
using Amana.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Upkeep;

/// <summary>A database of the newest schema with nothing in it, held by this process, about to be filled in one transaction.</summary>
internal sealed class EmptyDatabase : IAsyncDisposable
{
    private readonly IDatabaseEngine _engine;
    private readonly DbConnection _connection;
    private readonly DbTransaction _transaction;

    private EmptyDatabase(IDatabaseEngine engine, IReadOnlyList<StoredTable> tables, DbConnection connection, DbTransaction transaction) =>
        (_engine, Tables, _connection, _transaction) = (engine, tables, connection, transaction);

    public IReadOnlyList<StoredTable> Tables { get; }

    /// <summary>Brings the database up to date, and looks that nothing is in it.</summary>
    /// <exception cref="BackupException">There are rows in it.</exception>
    /// <exception cref="DataFolderException">It cannot be used, or a server runs on it.</exception>
    public static async Task<EmptyDatabase> OpenAsync(IServiceProvider services, CancellationToken cancel)
    {
        var engine = services.GetRequiredService<IDatabaseEngine>();
        var folder = services.GetRequiredService<DataFolder>();
        await folder.HoldDatabaseAsync(cancel);
        await folder.UpdateAsync(cancel);
        await using var db = await services.GetRequiredService<IDbContextFactory<AmanaDb>>().CreateDbContextAsync(cancel);
        var tables = StoredTable.All(db);
        var connection = await engine.OpenAsync(cancel);
        try
        {
            var filled = await WholeData.FilledAsync(connection, tables, cancel);
            if (filled.Count > 0) throw new BackupException($"The database {engine.Where} is not empty: there are rows in {string.Join(", ", filled)}. Nothing was changed.");
            return new EmptyDatabase(engine, tables, connection, await connection.BeginTransactionAsync(cancel));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public WholeData.Filling Fill(StoredTable table) => new(_engine, _connection, _transaction, table);

    public async Task CommitAsync(CancellationToken cancel)
    {
        await _transaction.CommitAsync(cancel);
        await _engine.LookAtAllAsync(_connection, cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
