using System.Data.Common;

namespace Amana.Server.Watchlists;

/// <summary>What one read entity is, compared with the version that answers.</summary>
internal enum RowFate { Added, Changed, Same, Twice }

/// <summary>An entity ready to be stored.</summary>
internal sealed record EntityRow(string Id, byte[] Hash, byte[] Body);

/// <summary>Writes a version's entities row by row with prepared statements: only what differs from what is there.</summary>
/// <remarks>Plain SQL that SQLite and PostgreSQL both read. The caller opens and commits the transactions.</remarks>
internal sealed class EntityRows : IDisposable
{
    private readonly DbCommand _find;
    private readonly DbCommand _insert;
    private readonly DbCommand _close;
    private readonly int _version;

    public EntityRows(DbConnection connection, int list, int version)
    {
        _version = version;
        _find = Prepare(connection, "SELECT key, hash, from_version FROM list_entities WHERE list = @list AND id = @id AND to_version IS NULL",
            ("@list", list), ("@id", ""));
        _insert = Prepare(connection, "INSERT INTO list_entities (list, id, hash, body, from_version, replaces) " +
            "VALUES (@list, @id, @hash, @body, @version, @replaces)",
            ("@list", list), ("@id", ""), ("@hash", Array.Empty<byte>()), ("@body", Array.Empty<byte>()), ("@version", version), ("@replaces", 0L));
        _close = Prepare(connection, "UPDATE list_entities SET to_version = @version WHERE key = @key", ("@version", version), ("@key", 0L));
    }

    /// <summary>Commands take part in this transaction until the next call.</summary>
    public void JoinTransaction(DbTransaction transaction) => _find.Transaction = _insert.Transaction = _close.Transaction = transaction;

    /// <summary>Writes the entity unless the list has it unchanged; marks in <paramref name="seen"/> the state it had.</summary>
    public RowFate Take(EntityRow row, SeenKeys seen)
    {
        _find.Parameters[1].Value = row.Id;
        long? earlier = null;
        bool same = false;
        using (var found = _find.ExecuteReader())
        {
            if (found.Read())
            {
                if (found.GetInt32(2) == _version) return RowFate.Twice;
                earlier = found.GetInt64(0);
                same = found.GetFieldValue<byte[]>(1).AsSpan().SequenceEqual(row.Hash);
            }
        }
        if (earlier is { } key && !seen.Add(key)) return RowFate.Twice;
        if (same) return RowFate.Same;
        if (earlier is { } old) Close(old);
        Insert(row, earlier);
        return earlier is null ? RowFate.Added : RowFate.Changed;
    }

    /// <summary>The list no longer has this state from the version on.</summary>
    public void Close(long key)
    {
        _close.Parameters[1].Value = key;
        _close.ExecuteNonQuery();
    }

    public void Dispose()
    {
        _find.Dispose();
        _insert.Dispose();
        _close.Dispose();
    }

    private void Insert(EntityRow row, long? replaces)
    {
        _insert.Parameters[1].Value = row.Id;
        _insert.Parameters[2].Value = row.Hash;
        _insert.Parameters[3].Value = row.Body;
        _insert.Parameters[5].Value = replaces is { } key ? key : DBNull.Value;
        _insert.ExecuteNonQuery();
    }

    private static DbCommand Prepare(DbConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
        command.Prepare();
        return command;
    }
}
