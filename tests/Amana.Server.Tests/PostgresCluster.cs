using System.Diagnostics;
using System.Globalization;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Amana.Server.Tests;

/// <summary>A PostgreSQL of the tests' own, started when it is first asked for: in a temporary folder, on a socket in it, without
/// syncing. It ends with the tests, however they end.</summary>
internal static class PostgresCluster
{
    // As the postgres account when we are root, which PostgreSQL refuses to be. The pipe of its input closes when we are gone.
    private const string Script = """
        set -eu
        cd "$1"; bin="$2"
        "$bin/initdb" -D data -E UTF8 --locale=C.UTF-8 -U amana -A trust --no-sync >log 2>&1
        "$bin/postgres" -D data -k "$1" -c listen_addresses= -c fsync=off -c full_page_writes=off -c synchronous_commit=off \
            -c max_connections=400 -c shared_buffers=128MB >>log 2>&1 &
        server=$!
        cat >/dev/null
        kill -QUIT $server; wait $server || true
        cd /; rm -rf "$1"
        """;

    private static readonly Lazy<Task<string>> Started = new(StartAsync);
    private static readonly Lazy<Task<string>> Template = new(MakeTemplateAsync);
    private static Process? _process;
    private static int _databases;

    /// <summary>Set <c>AMANA_TEST_ENGINE=postgres</c> to run the tests of the server on PostgreSQL.</summary>
    public static bool IsAsked { get; } = Environment.GetEnvironmentVariable("AMANA_TEST_ENGINE") is "postgres";

    /// <summary>A new database, brought up to date.</summary>
    /// <returns>How to reach it.</returns>
    public static async Task<string> NewDatabaseAsync() => await CreateAsync(await Template.Value);

    /// <summary>A new database with nothing in it.</summary>
    public static Task<string> NewEmptyDatabaseAsync() => CreateAsync("template0");

    public static async Task DropAsync(string connection)
    {
        await using (var pool = new NpgsqlConnection(connection)) NpgsqlConnection.ClearPool(pool);
        await RunAsync($"DROP DATABASE IF EXISTS \"{new NpgsqlConnectionStringBuilder(connection).Database}\" WITH (FORCE)");
    }

    /// <summary>Runs a statement as the owner of the cluster.</summary>
    public static async Task RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(await Started.Value + ";Database=postgres;Pooling=false");
        await connection.OpenAsync();
        await connection.ExecuteAsync(sql, default);
    }

    private static async Task<string> CreateAsync(string template)
    {
        string server = await Started.Value, name = $"t{Interlocked.Increment(ref _databases)}";
        await RunAsync($"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY");
        return $"{server};Database={name}";
    }

    private static async Task<string> MakeTemplateAsync()
    {
        string connection = await CreateAsync("template0");
        string folder = Directory.CreateTempSubdirectory("amana-").FullName;
        await using (var app = AmanaHost.Build(new StartOptions { DataFolder = folder, Database = connection }))
        {
            await app.Services.GetRequiredService<DataFolder>().OpenAsync(default);
        }
        Directory.Delete(folder, recursive: true);
        return new NpgsqlConnectionStringBuilder(connection).Database!;
    }

    private static async Task<string> StartAsync()
    {
        string bin = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").MaxBy(d => int.Parse(Path.GetFileName(d), CultureInfo.InvariantCulture)) + "/bin"
            : throw new InvalidOperationException("These tests need PostgreSQL 15 or later: apt-get install postgresql");
        string folder = Directory.CreateTempSubdirectory("amana-pg-").FullName;
        string[] command = ["bash", "-c", Script, "bash", folder, bin];
        if (Environment.UserName == "root")
        {
            using var give = Process.Start("chown", ["postgres", folder]);
            await give.WaitForExitAsync();
            command = ["runuser", "-u", "postgres", "--", .. command];
        }

        _process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, UseShellExecute = false })!;
        string server = $"Host={folder};Username=amana;Maximum Pool Size=20;Connection Idle Lifetime=10;Connection Pruning Interval=5";
        await WaitAsync(server, folder);
        return server;
    }

    private static async Task WaitAsync(string server, string folder)
    {
        var since = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(server + ";Database=postgres;Pooling=false");
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException e) when (since.Elapsed < TimeSpan.FromSeconds(60))
            {
                if (_process!.HasExited) throw new InvalidOperationException("PostgreSQL did not start: " + await File.ReadAllTextAsync(Path.Combine(folder, "log")), e);
                await Task.Delay(100);
            }
        }
    }
}
