using System.Data.Common;
using Amana.Lists;
using Amana.Server.Foundation;

namespace Amana.Server.Watchlists;

/// <summary>Keeps the rows that a run sets aside, with a prepared statement in the transaction of their batch.</summary>
internal sealed class RejectedRowsWriter : IDisposable
{
    private readonly DbCommand _insert;

    public RejectedRowsWriter(DbConnection connection, Id<ImportRun> run)
    {
        _insert = connection.CreateCommand();
        _insert.CommandText = "INSERT INTO import_rejected_rows (run, file, line, col, code, reason, excerpt, rest_taken) " +
            "VALUES (@run, @file, @line, @col, @code, @reason, @excerpt, @rest)";
        foreach (string name in (string[])["@run", "@file", "@line", "@col", "@code", "@reason", "@excerpt", "@rest"])
        {
            var parameter = _insert.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = name switch { "@run" => run.Value, "@line" => 0L, "@rest" => false, _ => "" };
            _insert.Parameters.Add(parameter);
        }
        _insert.Prepare();
    }

    public void JoinTransaction(DbTransaction transaction) => _insert.Transaction = transaction;

    public void Write(RejectedRow row)
    {
        object?[] values = [row.File, row.Line, row.Column, row.Code, row.Reason, row.Excerpt, row.RestTaken];
        for (int i = 0; i < values.Length; i++) _insert.Parameters[i + 1].Value = values[i] ?? DBNull.Value;
        _insert.ExecuteNonQuery();
    }

    public void Dispose() => _insert.Dispose();
}
