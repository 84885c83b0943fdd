using Amana.Lists;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Amana.Server.Watchlists;

/// <summary>Keeps the rows that a run sets aside, in the transaction of their batch.</summary>
internal sealed class RejectedRowsWriter(AmanaDb db, IDatabaseEngine engine, Id<ImportRun> run) : IDisposable
{
    private static readonly string[] Columns = ["run", "file", "line", "col", "code", "reason", "excerpt", "rest_taken"];

    private readonly IRowWriter _insert = engine.WriteRows(db.Database.GetDbConnection(), "import_rejected_rows", Columns);

    public void Write(IReadOnlyList<RejectedRow> rows, IDbContextTransaction transaction) => _insert.Write(
        [.. rows.Select(row => (object?[])[run.Value, row.File, row.Line, row.Column, row.Code, row.Reason, row.Excerpt, row.RestTaken])], transaction.GetDbTransaction());

    public void Dispose() => _insert.Dispose();
}
