using Npgsql;

namespace Amana.Server.Data;

/// <summary>One lock of one connection: while it lives, no other server works on the database. When the database has been away,
/// the lock is taken anew; when another server has it by then, this one must end.</summary>
/// <param name="lost">Another server has the database: this one may not go on.</param>
internal sealed class PostgresHold(NpgsqlDataSource source, long key, Action lost) : IDisposable
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(100);
    /// <summary>A database notices only between two statements that a killed server is gone.</summary>
    private const int Tries = 50;
    private readonly CancellationTokenSource _over = new();
    private NpgsqlConnection? _connection;

    /// <returns>False when another server has it.</returns>
    public async Task<bool> TakeAsync(CancellationToken cancel)
    {
        if (_connection is not null) return true;
        for (int tried = 1; !await TryAsync(cancel); tried++)
        {
            if (tried == Tries) return false;
            await Task.Delay(BetweenTries, cancel);
        }
        _ = WatchAsync(_over.Token);
        return true;
    }

    public void Dispose()
    {
        _over.Cancel();
        _connection?.Dispose();
        _connection = null;
        _over.Dispose();
    }

    private async Task<bool> TryAsync(CancellationToken cancel)
    {
        var connection = await source.OpenConnectionAsync(cancel);
        try
        {
            if (await connection.ReadOneAsync($"SELECT pg_try_advisory_lock({key})", cancel) is not true)
            {
                await connection.DisposeAsync();
                return false;
            }
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
        _connection = connection;
        return true;
    }

    private async Task WatchAsync(CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                await Task.Delay(BetweenLooks, cancel);
                try
                {
                    if (_connection is { } held)
                    {
                        await held.ReadOneAsync("SELECT 1", cancel);
                    }
                    else if (!await TryAsync(cancel))
                    {
                        lost();
                        return;
                    }
                }
                catch (NpgsqlException)
                {
                    if (_connection is { } broken) await broken.DisposeAsync();
                    _connection = null;
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The server ends.
        }
    }
}
