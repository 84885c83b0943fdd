using System.Data.Common;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Server.Tests.Data;

public class DataFolderTests(AmanaServer server)
{
    [Fact]
    public async Task No_change_of_the_model_waits_for_a_migration()
    {
        await using var db = await server.OpenDbAsync();
        db.Database.HasPendingModelChanges().ShouldBeFalse("run tools/migrations.sh");
    }

    [Fact]
    public async Task What_was_acknowledged_is_on_the_disk()
    {
        if (server.Database is not null) return; // the durability of PostgreSQL is its own, and the tests switch it off
        await using var connection = await server.Services.GetRequiredService<IDatabaseEngine>().OpenAsync(default);
        Read(connection, "PRAGMA journal_mode").ShouldBe("wal");
        Read(connection, "PRAGMA synchronous").ShouldBe("2");
        Read(connection, "PRAGMA foreign_keys").ShouldBe("1");
    }

    [Fact]
    public async Task The_data_folder_is_for_its_owner_alone()
    {
        if (OperatingSystem.IsWindows()) return;
        await using var own = await AmanaServer.StartNewAsync(empty: true);
        string keys = Path.Combine(own.DataFolder, "keys");
        File.GetUnixFileMode(keys).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.GetUnixFileMode(Path.Combine(own.DataFolder, own.Database is null ? "amana.db" : "database")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task Tokens_and_journal_are_there_after_a_restart()
    {
        await using var own = await AmanaServer.StartNewAsync();
        string secret = await own.TokenAsync(Right.Screen);
        await own.RestartAsync();
        using var client = own.Anonymous();
        client.DefaultRequestHeaders.Authorization = new("Bearer", secret);
        await (await client.GetAsync("api/v1/me")).ShouldBeJsonAsync();
        (await own.JournalAsync("token.made")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_second_server_on_the_same_folder_or_address_is_refused_in_one_sentence()
    {
        await using var own = await AmanaServer.StartNewAsync();
        var beside = new StartOptions { DataFolder = own.DataFolder, Urls = "http://127.0.0.1:0" };
        await using (var second = AmanaHost.Build(beside))
        {
            (await Should.ThrowAsync<DataFolderException>(AmanaHost.StartAsync(second, beside, default))).Message.ShouldStartWith("Another server is running");
        }
        string taken = own.Address.ToString().TrimEnd('/');
        Should.Throw<IOException>(() => ListenAddresses.ShouldBeFree($"http://localhost:0;{taken}")).Message.ShouldStartWith($"The address {taken} is taken");
        ListenAddresses.ShouldBeFree("http://*:0");
        // The folder is free again as soon as its server has stopped.
        await own.RestartAsync();
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_named()
    {
        if (OperatingSystem.IsWindows()) return;
        Should.Throw<DataFolderException>(() => DataFolder.Make(new Instance { DataFolder = "/dev/null/amana" })).Message.ShouldStartWith("The data folder /dev/null/amana cannot be made");
    }

    [Fact]
    public async Task Data_of_another_version_is_refused_and_left_alone()
    {
        await using var own = await AmanaServer.StartNewAsync();
        await using (var db = await own.OpenDbAsync())
        {
            await db.Database.ExecuteSqlRawAsync("INSERT INTO \"__EFMigrationsHistory\" VALUES ('20990101000000_Later', '99.0')");
        }

        (await Should.ThrowAsync<DataFolderException>(own.RestartAsync)).Message.ShouldContain("another version");
    }

    [Fact]
    public async Task A_lock_that_a_killed_start_left_behind_stops_nobody()
    {
        await using var own = await AmanaServer.StartNewAsync();
        if (own.Database is not null) return; // its locks end with the connection
        await using (var db = await own.OpenDbAsync())
        {
            await db.Database.ExecuteSqlRawAsync(
                "CREATE TABLE IF NOT EXISTS __EFMigrationsLock (Id INTEGER PRIMARY KEY, Timestamp TEXT); INSERT OR IGNORE INTO __EFMigrationsLock VALUES (1, '2026-01-01');");
        }

        await own.RestartAsync().WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Invented_people_are_not_added_to_an_instance_that_is_not_for_training()
    {
        await using var own = await AmanaServer.StartNewAsync(empty: true);
        own.Services.GetRequiredService<Instance>().Become(Vocabulary.BureauCode.Of("QST"), "Test", InstanceKind.Service);
        await Should.ThrowAsync<DataFolderException>(() => own.Services.GetRequiredService<TrainingInstance>().FoundAsync("UTO", default));
    }

    [Fact]
    public async Task The_journal_is_changed_neither_through_the_context_nor_round_it()
    {
        await server.TokenAsync(Right.Screen);
        await using var db = await server.OpenDbAsync();
        var entry = await db.Set<JournalEntry>().FirstAsync();
        db.Remove(entry);
        await Should.ThrowAsync<InvalidOperationException>(() => db.SaveChangesAsync());
        Should.Throw<InvalidOperationException>(() => db.SaveChanges());
        (await Should.ThrowAsync<DbException>(() => db.Database.ExecuteSqlRawAsync("DELETE FROM journal"))).Message.ShouldContain("append-only");
        (await Should.ThrowAsync<DbException>(() => db.Database.ExecuteSqlRawAsync("UPDATE journal SET \"Who\" = 'x'"))).Message.ShouldContain("append-only");
    }

    private static string? Read(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // constants of the tests above
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar()?.ToString();
    }
}
