using System.Data.Common;
using System.Security.Cryptography;
using System.Text;

namespace Amana.Server.Data;

/// <summary>Statements of ours below the entity framework. Nothing from outside is ever in their text.</summary>
internal static class Statements
{
    public static async Task<int> ExecuteAsync(this DbConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = Of(connection, sql);
        return await command.ExecuteNonQueryAsync(cancel);
    }

    public static async Task<object?> ReadOneAsync(this DbConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = Of(connection, sql);
        return await command.ExecuteScalarAsync(cancel) is { } value and not DBNull ? value : null;
    }

    /// <summary>The first column of all rows.</summary>
    public static async Task<List<string>> ReadTextsAsync(this DbConnection connection, string sql, CancellationToken cancel)
    {
        var found = new List<string>();
        await using var command = Of(connection, sql);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel)) found.Add(rows.GetString(0));
        return found;
    }

    public static DbCommand Of(DbConnection connection, string sql)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // see the summary of this class
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }

    /// <summary>A constant of ours between quotes.</summary>
    public static string Quote(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
}

/// <summary>A trigger whose name says what is in it, so that it is written anew when that changes and left alone otherwise.</summary>
internal sealed record Trigger(string Name, string Sql)
{
    public static Trigger Of(string name, Func<string, string> sql)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(sql(name)));
        name = $"{name}_{Convert.ToHexStringLower(hash.AsSpan(0, 4))}";
        return new Trigger(name, sql(name));
    }
}
