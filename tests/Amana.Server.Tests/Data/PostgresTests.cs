using System.Net;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Tests.Screening;
using Amana.Server.Tests.Watchlists;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Server.Tests.Data;

/// <summary>What is true of PostgreSQL alone. All other tests of the server run on both databases.</summary>
public class PostgresTests
{
    [Fact]
    public async Task No_change_of_the_model_waits_for_a_migration_on_either_database()
    {
        await using var server = await AmanaServer.StartOnPostgresAsync();
        await using var db = await server.OpenDbAsync();
        db.Database.IsNpgsql().ShouldBeTrue();
        db.Database.HasPendingModelChanges().ShouldBeFalse("run tools/migrations.sh");
    }

    [Fact]
    public async Task A_second_server_on_the_same_database_is_refused_in_one_sentence()
    {
        await using var first = await AmanaServer.StartOnPostgresAsync();
        string folder = Directory.CreateTempSubdirectory("amana-").FullName;
        var options = new StartOptions { DataFolder = folder, Database = first.Database, Urls = "http://127.0.0.1:0" };
        await using (var second = AmanaHost.Build(options))
        {
            (await Should.ThrowAsync<DataFolderException>(AmanaHost.StartAsync(second, options, default))).Message.ShouldStartWith("Another server is running on the database");
        }
        Directory.Delete(folder, recursive: true);
        await first.RestartAsync(); // the database is free again as soon as its server has stopped
    }

    [Fact]
    public async Task The_folder_remembers_its_database_for_starts_and_commands_that_do_not_name_it()
    {
        await using var server = await AmanaServer.StartOnPostgresAsync();
        ChosenDatabase.Of(new StartOptions { DataFolder = server.DataFolder }).ShouldBe(server.Database);
        ChosenDatabase.Of(new StartOptions { DataFolder = server.DataFolder, Database = "Host=x" }).ShouldBe("Host=x");
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Path.Combine(server.DataFolder, "database")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        (await TokenCommand.RunAsync(["token", "create", "--data", server.DataFolder, "--name", "gate", "--right", "screen", "--purpose", "border-check"], default)).ShouldBe(0);
        (await server.JournalAsync("token.made")).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("Host=", "names no Host")]
    [InlineData("Database=x", "names no Host")]
    [InlineData("amana.db", "no connection text")]
    [InlineData("Host=x;Colour=blue", "no connection text")]
    [InlineData("Host=x;Port=many;Password=secret", "no connection text")]
    public void A_text_that_is_no_connection_is_refused_and_not_repeated(string text, string why)
    {
        string folder = Directory.CreateTempSubdirectory("amana-").FullName;
        string said = Should.Throw<DataFolderException>(() => AmanaHost.Build(new StartOptions { DataFolder = folder, Database = text })).Message;
        Directory.Delete(folder, recursive: true);
        said.ShouldContain(why);
        said.ShouldNotContain("secret");
    }

    [Fact]
    public async Task A_database_that_does_not_answer_or_is_not_fit_is_named_without_a_password()
    {
        string folder = Directory.CreateTempSubdirectory("amana-").FullName;
        string empty = await PostgresCluster.NewEmptyDatabaseAsync();
        await PostgresCluster.RunAsync("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");
        (string, string)[] cases =
        [
            ("Host=127.0.0.1;Port=1;Password=secret;Username=amana", "The database amana on 127.0.0.1 cannot be used"),
            (With(empty, "nowhere"), "The database nowhere on"),
            (With(empty, "latin"), "is not encoded in UTF8"),
        ];
        foreach (var (connection, why) in cases)
        {
            var options = new StartOptions { DataFolder = folder, Database = connection, Urls = "http://127.0.0.1:0" };
            await using var app = AmanaHost.Build(options);
            string said = (await Should.ThrowAsync<DataFolderException>(AmanaHost.StartAsync(app, options, default))).Message;
            said.ShouldContain(why);
            said.ShouldNotContain("secret");
            File.Exists(Path.Combine(folder, "database")).ShouldBeFalse("what never worked is not remembered");
        }
        Directory.Delete(folder, recursive: true);

        static string With(string connection, string database) => new Npgsql.NpgsqlConnectionStringBuilder(connection) { Database = database }.ConnectionString;
    }

    [Fact]
    public async Task A_database_that_goes_away_is_said_with_503_and_when_it_is_back_all_goes_on_without_a_restart()
    {
        await using var server = await AmanaServer.StartOnPostgresAsync(demo: true);
        using var program = await server.ClientAsync(Right.Screen, Right.ReadJournal);
        using var person = await server.SignInAsync("officer", SpecimenPeople.Password);
        person.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        await (await program.GetAsync("api/v1/me")).ShouldBeJsonAsync();
        string name = new Npgsql.NpgsqlConnectionStringBuilder(server.Database).Database!;

        await PostgresCluster.RunAsync($"ALTER DATABASE {name} ALLOW_CONNECTIONS false");
        await PostgresCluster.RunAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
        for (int i = 0; i < 3; i++)
        {
            using var refused = await program.GetAsync("api/v1/journal");
            refused.Headers.RetryAfter.ShouldNotBeNull();
            await refused.ShouldBeRefusedAsync(503, "server.database-away");
            await (await program.PostAsync("api/v1/screenings", new StringContent("{\"name\":\"Ana\"}", null, "application/json"))).ShouldBeRefusedAsync(503, "server.database-away");
            using var page = await person.GetAsync("hits");
            page.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            (await page.Content.ReadAsStringAsync()).ShouldContain("cannot reach its database");
        }
        // Long enough for all that works by itself to have met it.
        await Task.Delay(TimeSpan.FromSeconds(4));

        await PostgresCluster.RunAsync($"ALTER DATABASE {name} ALLOW_CONNECTIONS true");
        await (await program.GetAsync("api/v1/journal")).ShouldBeJsonAsync();
        (await person.GetAsync("hits")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await Imports.ToAsync(server)).ImportAsync("after", Imports.Persons(1, 5))).GetProperty("state").GetString().ShouldBe("done");
    }

    [Fact]
    public async Task Text_that_PostgreSQL_cannot_hold_is_asked_for_and_written_without_a_failure()
    {
        await using var server = await AmanaServer.StartOnPostgresAsync();
        await server.PutListAsync("broken", TestLists.Person("a\0b", "Ana Specimen"), TestLists.Person("c\ud800d", "Eva Specimen"));
        using var client = await server.ClientAsync(Right.ReadRecords, Right.Screen);
        foreach (string address in (string[])["entities/a%00b", "entities/x%ED%A0%80", "api/v1/hits/H-2026-%00"])
        {
            ((int)(await client.GetAsync(address)).StatusCode).ShouldBeLessThan(500, address);
        }
        await (await client.PostAsync("api/v1/screenings?keep=true", new StringContent("{\"name\":\"Ana Specimen\"}", null, "application/json"))).ShouldBeJsonAsync();
    }

    [Fact]
    public async Task The_journal_is_neither_emptied_nor_changed_round_the_context()
    {
        await using var server = await AmanaServer.StartOnPostgresAsync();
        await server.TokenAsync(Right.Screen);
        var engine = server.Services.GetRequiredService<IDatabaseEngine>();
        await using var connection = await engine.OpenAsync(default);
        foreach (string sql in (string[])["TRUNCATE journal CASCADE", "DELETE FROM journal", "UPDATE journal SET \"Who\" = 'x'"])
        {
            (await Should.ThrowAsync<Npgsql.PostgresException>(connection.ExecuteAsync(sql, default))).MessageText.ShouldBe("the journal is append-only");
        }
    }
}
