using System.Data.Common;
using Npgsql;

namespace Amana.Server.Data;

/// <summary>Writes many rows of one table, as fast as the database takes them, in the order given.</summary>
internal interface IRowWriter : IDisposable
{
    /// <param name="rows">Values in the order of the columns: text, bytes, whole numbers, truth, double, UUID, instant; null.</param>
    /// <param name="transaction">Null: each call is one of its own on PostgreSQL, each row on SQLite.</param>
    void Write(IReadOnlyCollection<object?[]> rows, DbTransaction? transaction);
}

/// <summary>One prepared statement, again and again: SQLite is in the same process.</summary>
internal sealed class PreparedRows : IRowWriter
{
    private readonly DbCommand _insert;

    public PreparedRows(DbConnection connection, string table, IReadOnlyList<string> columns)
    {
        _insert = Statements.Of(connection,
            $"INSERT INTO \"{table}\" ({string.Join(", ", columns.Select(c => $"\"{c}\""))}) VALUES ({string.Join(", ", columns.Select((_, n) => $"@p{n}"))})");
        for (int n = 0; n < columns.Count; n++)
        {
            var parameter = _insert.CreateParameter();
            parameter.ParameterName = $"@p{n}";
            _insert.Parameters.Add(parameter);
        }
    }

    public void Write(IReadOnlyCollection<object?[]> rows, DbTransaction? transaction)
    {
        _insert.Transaction = transaction;
        foreach (object?[] row in rows)
        {
            for (int n = 0; n < row.Length; n++) _insert.Parameters[n].Value = row[n] switch { null => DBNull.Value, DateTimeOffset instant => instant.UtcTicks, var value => value };
            _insert.ExecuteNonQuery();
        }
    }

    public void Dispose() => _insert.Dispose();
}

/// <summary>PostgreSQL's COPY in its binary form: no round trip for a row.</summary>
internal sealed class CopiedRows(NpgsqlConnection connection, string table, IReadOnlyList<string> columns) : IRowWriter
{
    private readonly string _copy = $"COPY \"{table}\" ({string.Join(", ", columns.Select(c => $"\"{c}\""))}) FROM STDIN (FORMAT BINARY)";

    public void Write(IReadOnlyCollection<object?[]> rows, DbTransaction? transaction)
    {
        if (rows.Count == 0) return;
        using var copy = connection.BeginBinaryImport(_copy);
        foreach (object?[] row in rows)
        {
            copy.StartRow();
            foreach (object? value in row) Write(copy, value);
        }
        copy.Complete();
    }

    public void Dispose()
    {
        // The connection is the caller's.
    }

    private static void Write(NpgsqlBinaryImporter copy, object? value)
    {
        switch (value)
        {
            case null: copy.WriteNull(); break;
            case string text: copy.Write(StorableText.Clean(text)); break;
            case byte[] bytes: copy.Write(bytes); break;
            case long number: copy.Write(number); break;
            case int number: copy.Write(number); break;
            case bool truth: copy.Write(truth); break;
            case double number: copy.Write(number); break;
            case Guid key: copy.Write(key); break;
            case DateTimeOffset instant: copy.Write(instant, NpgsqlTypes.NpgsqlDbType.TimestampTz); break;
            default: throw new ArgumentException($"A {value.GetType().Name} is not written so.", nameof(value));
        }
    }
}
