using System.Data.Common;
using Amana.Server.Data;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Amana.Server.Tests;

/// <summary>What somebody with the database in his hands does, past the server and its guards.</summary>
internal static class RoundTheServer
{
    public static void Sql(this AmanaServer server, string sql)
    {
        using var connection = Open(server);
        using var command = Statements.Of(connection, sql);
        command.ExecuteNonQuery();
    }

    public static void DropTriggers(this AmanaServer server, string table)
    {
        using var connection = Open(server);
        var names = new List<string>();
        using (var command = Statements.Of(connection, server.Database is null
            ? $"SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '{table}'"
            : $"SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass('{table}') AND NOT tgisinternal"))
        using (var rows = command.ExecuteReader())
        {
            while (rows.Read()) names.Add(rows.GetString(0));
        }
        names.ShouldNotBeEmpty();
        foreach (string name in names)
        {
            using var drop = Statements.Of(connection, server.Database is null ? $"DROP TRIGGER {name}" : $"DROP TRIGGER {name} ON {table}");
            drop.ExecuteNonQuery();
        }
    }

    private static DbConnection Open(AmanaServer server)
    {
        DbConnection connection = server.Database is null
            ? new SqliteConnection($"Data Source={Path.Combine(server.DataFolder, "amana.db")};Default Timeout=30;Pooling=false")
            : new NpgsqlConnection(server.Database + ";Pooling=false");
        connection.Open();
        return connection;
    }
}
