using System.Data.Common;
using Amana.Server.Data;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Server.Tests.Data;

public class GuardedTableTests
{
    [Fact]
    public async Task A_guard_may_cover_some_columns_leave_rows_to_be_deleted_and_change_with_a_new_version()
    {
        await using var server = await AmanaServer.StartNewAsync();
        var engine = server.Services.GetRequiredService<IDatabaseEngine>();
        await using var connection = await engine.OpenAsync(default);
        await connection.ExecuteAsync("CREATE TABLE leaves (number integer PRIMARY KEY, leaf integer, body integer)", default);
        await connection.ExecuteAsync("INSERT INTO leaves VALUES (1, 1, 1), (2, 2, 2)", default);

        await engine.GuardAsync([new GuardedTable("leaves", "it's for ever", ["number", "leaf"])], default);
        await RefusedAsync("UPDATE leaves SET leaf = 7");
        await RefusedAsync("DELETE FROM leaves");
        await connection.ExecuteAsync("UPDATE leaves SET body = NULL WHERE number = 1", default);

        await engine.GuardAsync([new GuardedTable("leaves", "it's for ever", MayDelete: true)], default);
        await RefusedAsync("UPDATE leaves SET body = 7");
        await connection.ExecuteAsync("DELETE FROM leaves WHERE number = 1", default);
        (await connection.ReadTextsAsync("SELECT CAST(leaf AS text) FROM leaves", default)).ShouldBe(["2"]);

        async Task RefusedAsync(string sql) => (await Should.ThrowAsync<DbException>(connection.ExecuteAsync(sql, default))).Message.ShouldContain("it's for ever");
    }
}
