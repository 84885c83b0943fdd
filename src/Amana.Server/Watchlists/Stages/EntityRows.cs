using System.Data.Common;

namespace Amana.Server.Watchlists;

/// <summary>What one read entity is, compared with the version that answers.</summary>
internal enum RowFate { Added, Changed, Same, Twice }

/// <summary>An entity ready to be stored.</summary>
/// <param name="LastSeen">UTC ticks.</param>
internal sealed record EntityRow(string Id, byte[] Hash, byte[] Body, long? LastSeen);

/// <summary>Writes a version's entities row by row with prepared statements: only what differs from what is there.</summary>
/// <remarks>Plain SQL that SQLite and PostgreSQL both read. The caller opens and commits the transactions.</remarks>
internal sealed class EntityRows : IDisposable
{
    private readonly DbCommand _find;
    private readonly DbCommand _insert;
    private readonly DbCommand _close;
    private readonly DbCommand _see;
    private readonly int _version;

    public EntityRows(DbConnection connection, int list, int version)
    {
        _version = version;
        _find = Prepare(connection, "SELECT key, hash, from_version, last_seen FROM list_entities WHERE list = @list AND id = @id AND to_version IS NULL",
            ("@list", list), ("@id", ""));
        _insert = Prepare(connection, "INSERT INTO list_entities (list, id, hash, body, from_version, replaces, last_seen, seen_from) " +
            "VALUES (@list, @id, @hash, @body, @version, @replaces, @seen, @version)",
            ("@list", list), ("@id", ""), ("@hash", Array.Empty<byte>()), ("@body", Array.Empty<byte>()), ("@version", version), ("@replaces", 0L), ("@seen", 0L));
        _close = Prepare(connection, "UPDATE list_entities SET to_version = @version WHERE key = @key", ("@version", version), ("@key", 0L));
        _see = Prepare(connection, "UPDATE list_entities SET seen_before = last_seen, last_seen = @seen, seen_from = @version WHERE key = @key",
            ("@version", version), ("@key", 0L), ("@seen", 0L));
    }

    /// <summary>Commands take part in this transaction until the next call.</summary>
    public void JoinTransaction(DbTransaction transaction) =>
        _find.Transaction = _insert.Transaction = _close.Transaction = _see.Transaction = transaction;

    /// <summary>Writes the entity unless the list has it unchanged; marks in <paramref name="seen"/> the state it had.</summary>
    public RowFate Take(EntityRow row, SeenKeys seen)
    {
        _find.Parameters[1].Value = row.Id;
        long? earlier = null;
        bool same = false;
        long? lastSeen = null;
        using (var found = _find.ExecuteReader())
        {
            if (found.Read())
            {
                if (found.GetInt32(2) == _version) return RowFate.Twice;
                earlier = found.GetInt64(0);
                same = found.GetFieldValue<byte[]>(1).AsSpan().SequenceEqual(row.Hash);
                lastSeen = found.IsDBNull(3) ? null : found.GetInt64(3);
            }
        }
        if (earlier is { } key && !seen.Add(key)) return RowFate.Twice;
        if (same && row.LastSeen != lastSeen) See(earlier!.Value, row.LastSeen);
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

    /// <summary>The publisher has seen the unchanged entity again.</summary>
    private void See(long key, long? lastSeen)
    {
        _see.Parameters[1].Value = key;
        _see.Parameters[2].Value = lastSeen is { } ticks ? ticks : DBNull.Value;
        _see.ExecuteNonQuery();
    }

    public void Dispose()
    {
        _find.Dispose();
        _insert.Dispose();
        _close.Dispose();
        _see.Dispose();
    }

    private void Insert(EntityRow row, long? replaces)
    {
        _insert.Parameters[1].Value = row.Id;
        _insert.Parameters[2].Value = row.Hash;
        _insert.Parameters[3].Value = row.Body;
        _insert.Parameters[5].Value = replaces is { } key ? key : DBNull.Value;
        _insert.Parameters[6].Value = row.LastSeen is { } ticks ? ticks : DBNull.Value;
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
