using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.Tests.Screening;
using Amana.Server.Tests.Watchlists;
using Amana.Server.Upkeep;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Server.Tests.Upkeep;

public class MigrateTests
{
    [Fact]
    public async Task Everything_is_in_PostgreSQL_as_it_was_and_the_server_goes_on_there()
    {
        await using var server = await AmanaServer.StartOnSqliteAsync(demo: true);
        var imports = await Imports.ToAsync(server);
        await imports.ImportAsync("moved", Imports.Persons(1, 700) + "{broken\n");
        string secret = await server.TokenAsync(Right.Screen, Right.ReadLists, Right.ReadJournal);
        using (var client = server.Anonymous())
        {
            client.DefaultRequestHeaders.Authorization = new("Bearer", secret);
            await (await client.PostAsync("api/v1/screenings?keep=true&purpose=border-check", new StringContent("{\"name\":\"SPECIMEN Number7\"}", null, "application/json"))).ShouldBeJsonAsync();
        }
        string database = await PostgresCluster.NewEmptyDatabaseAsync();
        await server.StopAsync();
        IReadOnlyList<TableSum> before;
        await using (var stopped = AmanaHost.Build(new StartOptions { DataFolder = server.DataFolder })) before = await SumsAsync(stopped.Services);

        var (moved, where) = await MigrateCommand.MoveAsync(server.DataFolder, database, default);
        where.ShouldContain(" on ");
        moved.ShouldBe(before);
        moved.Single(t => t.Table == "list_entities").Rows.ShouldBeGreaterThan(700);
        File.Exists(Path.Combine(server.DataFolder, "amana.db")).ShouldBeTrue();

        server.Database = database;
        await server.InitializeAsync();
        (await SumsAsync(server.Services)).Single(t => t.Table == "list_entities").ShouldBe(before.Single(t => t.Table == "list_entities"));
        using var again = server.Anonymous();
        again.DefaultRequestHeaders.Authorization = new("Bearer", secret);
        (await (await again.GetAsync("api/v1/lists")).ShouldBeJsonAsync()).ToString().ShouldContain("moved");
        // New rows get numbers that were not given yet.
        (await (await Imports.ToAsync(server)).ImportAsync("moved", Imports.Persons(1, 701))).GetProperty("state").GetString().ShouldBe("done");
        await server.TokenAsync(Right.Screen);
        (await server.RunAsync<JournalProof, JournalProof.Finding>(proof => proof.ProveAsync(default))).Fault.ShouldBeNull();
    }

    [Fact]
    public async Task A_folder_in_use_and_a_database_that_is_not_empty_are_refused_and_nothing_is_changed()
    {
        await using var server = await AmanaServer.StartOnSqliteAsync();
        string database = await PostgresCluster.NewDatabaseAsync();
        (await Should.ThrowAsync<DataFolderException>(MigrateCommand.MoveAsync(server.DataFolder, database, default))).Message.ShouldStartWith("Another server is running");
        await server.StopAsync();
        await MigrateCommand.MoveAsync(server.DataFolder, database, default);
        (await Should.ThrowAsync<BackupException>(MigrateCommand.MoveAsync(server.DataFolder, database, default))).Message.ShouldContain("is not empty");
        (await Should.ThrowAsync<BackupException>(MigrateCommand.MoveAsync(server.DataFolder, "sqlite", default))).Message.ShouldBe("--to names no PostgreSQL.");
        (await Should.ThrowAsync<BackupException>(MigrateCommand.MoveAsync("/nowhere", database, default))).Message.ShouldContain("no SQLite database");
        await server.InitializeAsync();
    }

    [Theory]
    [InlineData("migrate", "--from is missing.")]
    [InlineData("migrate --from a", "--to is missing.")]
    [InlineData("migrate --from a --to", "--to needs a value.")]
    [InlineData("migrate --from= --to b", "--from needs a value.")]
    [InlineData("migrate --from a --from b", "--from stands twice.")]
    [InlineData("migrate now", "Unknown argument 'now'.")]
    public void A_wrong_command_line_is_refused_in_one_sentence(string line, string sentence) =>
        CommandWords.Parse(line.Split(' ').Skip(1), ["--from", "--to"]).Wrong.ShouldBe(sentence);

    [Fact]
    public async Task All_values_that_a_row_may_have_are_read_back_as_they_were()
    {
        StoredColumn[] columns =
        [
            new("a", ColumnKind.Truth), new("b", ColumnKind.Whole), new("c", ColumnKind.Long), new("d", ColumnKind.Real),
            new("e", ColumnKind.Text), new("f", ColumnKind.Bytes), new("g", ColumnKind.Key), new("h", ColumnKind.Instant),
        ];
        object?[][] rows =
        [
            [true, int.MinValue, long.MaxValue, -0.1, "ا\n𝕏\t\"'\\", Array.Empty<byte>(), Guid.CreateVersion7(), DateTimeOffset.UnixEpoch.AddMicroseconds(1)],
            [false, 0, 0L, double.MaxValue, "", new byte[] { 0, 255 }, Guid.Empty, new DateTimeOffset(9999, 12, 31, 0, 0, 0, TimeSpan.Zero)],
            [null, null, null, null, null, null, null, null],
        ];
        foreach (object?[] row in rows)
        {
            var bytes = new System.Buffers.ArrayBufferWriter<byte>();
            RowBytes.Write(bytes, columns, row);
            RowBytes.Read(bytes.WrittenSpan, columns).ShouldBe(row);
            Should.Throw<BackupException>(() => RowBytes.Read(bytes.WrittenSpan[..^1], columns));
            Should.Throw<BackupException>(() => RowBytes.Read([.. bytes.WrittenSpan, 0], columns));
        }

        foreach (bool postgres in (bool[])[false, true])
        {
            await using var server = postgres ? await AmanaServer.StartOnPostgresAsync() : await AmanaServer.StartOnSqliteAsync();
            var engine = server.Services.GetRequiredService<IDatabaseEngine>();
            await using var connection = await engine.OpenAsync(default);
            await connection.ExecuteAsync(postgres
                ? "CREATE TABLE many (a boolean, b integer, c bigint, d double precision, e text, f bytea, g uuid, h timestamptz, n bigint PRIMARY KEY)"
                : "CREATE TABLE many (a INTEGER, b INTEGER, c INTEGER, d REAL, e TEXT, f BLOB, g TEXT, h INTEGER, n INTEGER PRIMARY KEY)", default);
            var table = new StoredTable("many", [.. columns, new("n", ColumnKind.Long)], ["n"], null);
            await using var transaction = await connection.BeginTransactionAsync();
            using (var writer = engine.WriteRows(connection, "many", [.. table.Columns.Select(c => c.Name)])) writer.Write([.. rows.Select((r, n) => (object?[])[.. r, (long)n])], transaction);
            var read = new List<object?[]>();
            await WholeData.ReadAsync(engine, connection, table, (row, _) => { read.Add(row[..^1]); return ValueTask.CompletedTask; }, default);
            for (int i = 0; i < rows.Length; i++) read[i].ShouldBe(rows[i], $"{engine.Name}");
        }
    }

    internal static async Task<List<TableSum>> SumsAsync(IServiceProvider services)
    {
        var engine = services.GetRequiredService<IDatabaseEngine>();
        await using var db = await services.GetRequiredService<IDbContextFactory<AmanaDb>>().CreateDbContextAsync();
        await using var connection = await engine.OpenAsync(default);
        var sums = new List<TableSum>();
        foreach (var table in StoredTable.All(db)) sums.Add(await WholeData.ReadAsync(engine, connection, table, null, default));
        return sums;
    }
}
