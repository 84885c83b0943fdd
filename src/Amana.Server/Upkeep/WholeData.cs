using System.Buffers;
using System.Data.Common;
using System.Security.Cryptography;
using Amana.Server.Data;

namespace Amana.Server.Upkeep;

/// <summary>How many rows a table has, and the hash of all of them.</summary>
/// <param name="Sha256">Of the rows as <see cref="RowBytes"/>, in the order of their key; hexadecimal.</param>
/// <param name="Last">The last number that the database gave; null when it gives none.</param>
internal sealed record TableSum(string Table, long Rows, string Sha256, long? Last);

/// <summary>All rows of all tables, at one moment.</summary>
internal static class WholeData
{
    private const int ChunkRows = 1_000;
    private const int ChunkBytes = 4 << 20;

    /// <summary>Walks over the rows of a table in the order of its key.</summary>
    /// <param name="row">Gets each row, as values and as bytes; the bytes are good until the next.</param>
    public static async Task<TableSum> ReadAsync(
        IDatabaseEngine engine, DbConnection connection, StoredTable table, Func<object?[], ReadOnlyMemory<byte>, ValueTask>? row, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var bytes = new ArrayBufferWriter<byte>(4_096);
        long count = 0;
        await using (var command = Statements.Of(connection, table.Select))
        {
            command.CommandTimeout = 0;
            await using var rows = await command.ExecuteReaderAsync(cancel);
            while (await rows.ReadAsync(cancel))
            {
                object?[] values = new object?[table.Columns.Count];
                for (int i = 0; i < values.Length; i++) values[i] = RowBytes.Value(rows, i, table.Columns[i].Kind, engine);
                bytes.ResetWrittenCount();
                RowBytes.Write(bytes, table.Columns, values);
                hash.AppendData(bytes.WrittenSpan);
                if (row is not null) await row(values, bytes.WrittenMemory);
                count++;
            }
        }
        long? last = table.Numbered is null ? null : await engine.LastNumberAsync(connection, table.Name, table.Numbered, cancel);
        return new TableSum(table.Name, count, Convert.ToHexStringLower(hash.GetHashAndReset()), last);
    }

    /// <summary>The tables that have rows.</summary>
    public static async Task<IReadOnlyList<string>> FilledAsync(DbConnection connection, IEnumerable<StoredTable> tables, CancellationToken cancel)
    {
        var filled = new List<string>();
        foreach (var table in tables)
        {
            if (await connection.ReadOneAsync($"SELECT 1 FROM \"{table.Name}\" LIMIT 1", cancel) is not null) filled.Add(table.Name);
        }
        return filled;
    }

    /// <summary>Writes rows to an empty table, in a transaction of the caller's.</summary>
    public sealed class Filling(IDatabaseEngine engine, DbConnection connection, DbTransaction transaction, StoredTable table) : IDisposable
    {
        private readonly IRowWriter _writer = engine.WriteRows(connection, table.Name, [.. table.Columns.Select(c => c.Name)]);
        private readonly List<object?[]> _chunk = [];
        private long _bytes;

        public void Add(object?[] row, int bytes)
        {
            _chunk.Add(row);
            _bytes += bytes;
            if (_chunk.Count >= ChunkRows || _bytes >= ChunkBytes) Flush();
        }

        /// <summary>Writes what is left, and reads the table back.</summary>
        /// <exception cref="BackupException">The database holds something else than what was given to it.</exception>
        public async Task EndAsync(TableSum wanted, CancellationToken cancel)
        {
            Flush();
            if (wanted.Last is { } last) await engine.SetLastNumberAsync(connection, table.Name, table.Numbered!, last, cancel);
            var got = await ReadAsync(engine, connection, table, null, cancel);
            if (got with { Last = wanted.Last } != wanted)
            {
                throw new BackupException($"Table {table.Name} was not taken over as it was: {wanted.Rows} rows with hash {wanted.Sha256[..12]}, now {got.Rows} with {got.Sha256[..12]}. Nothing was kept.");
            }
        }

        public void Dispose() => _writer.Dispose();

        private void Flush()
        {
            _writer.Write(_chunk, transaction);
            _chunk.Clear();
            _bytes = 0;
        }
    }
}
