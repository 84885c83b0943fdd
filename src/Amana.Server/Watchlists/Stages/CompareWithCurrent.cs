using System.Data.Common;
using Amana.Server.Data;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Watchlists;

/// <summary>Stage compare: what the files no longer had is closed in the new version, and all that changed is listed by id.</summary>
internal sealed class CompareWithCurrent(IServiceScopeFactory scopes, IDatabaseEngine engine)
{
    private const int ChunkRows = 20_000;

    public async Task CompareAsync(RunJob job, SeenKeys seen, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
        await db.Database.OpenConnectionAsync(cancel);
        await engine.LookAtAsync(db, "list_entities", cancel);
        if (job.Before > 0) await CloseUnseenAsync(db, job, seen, cancel);
        await ListChangesAsync(db.Database.GetDbConnection(), job, cancel);
    }

    private async Task CloseUnseenAsync(AmanaDb db, RunJob job, SeenKeys seen, CancellationToken cancel)
    {
        using var rows = new EntityRows(db, engine, job.ListNumber, job.Version);
        long after = 0, compared = 0;
        while (true)
        {
            job.Work.CheckIn();
            var keys = await db.StoredEntities.Where(e => e.List == job.ListNumber && e.Key > after && e.ToVersion == null && e.FromVersion < job.Version)
                .OrderBy(e => e.Key).Select(e => e.Key).Take(ChunkRows).ToListAsync(cancel);
            if (keys.Count == 0) return;
            after = keys[^1];
            var gone = keys.Where(k => !seen.Contains(k)).ToList();
            rows.Close(gone);
            job.Progress.Removed += gone.Count;
            compared += keys.Count;
            job.Progress.Advance(0.7 * compared / job.Before, compared);
        }
    }

    // In spans of keys, so that no transaction is long.
    private static async Task ListChangesAsync(DbConnection connection, RunJob job, CancellationToken cancel)
    {
        long last = await LastKeyAsync(connection, cancel);
        for (long from = job.FirstKey; from <= last; from += ChunkRows)
        {
            job.Work.CheckIn();
            await ExecuteAsync(connection, "INSERT INTO import_changes (run, kind, entity) " +
                "SELECT @run, CASE WHEN replaces IS NULL THEN 'Added' ELSE 'Changed' END, id FROM list_entities " +
                "WHERE list = @list AND key >= @from AND key < @to AND from_version = @version ORDER BY key",
                job, from, from + ChunkRows, cancel);
            job.Progress.Advance(0.7 + 0.2 * (from - job.FirstKey) / Math.Max(1, last - job.FirstKey), from - job.FirstKey);
        }
        if (job.Progress.Removed == 0) return;
        await ExecuteAsync(connection, "INSERT INTO import_changes (run, kind, entity) " +
            "SELECT @run, 'Removed', id FROM list_entities WHERE list = @list AND to_version = @version AND key < @from " +
            "AND NOT EXISTS (SELECT 1 FROM list_entities n WHERE n.list = @list AND n.id = list_entities.id AND n.from_version = @version) " +
            "ORDER BY key",
            job, job.FirstKey, 0, cancel);
    }

    private static async Task<long> LastKeyAsync(DbConnection connection, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT COALESCE(MAX(key), 0) FROM list_entities";
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancel), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task ExecuteAsync(DbConnection connection, string sql, RunJob job, long from, long to, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in ((string, object)[])
            [("@run", job.Run.Value), ("@list", job.ListNumber), ("@version", job.Version), ("@from", from), ("@to", to)])
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            if (sql.Contains(name, StringComparison.Ordinal)) command.Parameters.Add(parameter);
        }
        await command.ExecuteNonQueryAsync(cancel);
    }
}
