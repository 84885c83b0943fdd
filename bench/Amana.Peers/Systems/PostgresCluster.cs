using System.Diagnostics;

namespace Amana.Peers.Systems;

/// <summary>A PostgreSQL cluster of its own in a new folder, reached by socket only, gone when disposed. PostgreSQL refuses to
/// run as root, so root starts it under the account <c>postgres</c>.</summary>
internal sealed class PostgresCluster : IDisposable
{
    private const string Settings = "-c shared_buffers=512MB -c work_mem=64MB -c maintenance_work_mem=512MB -c fsync=off -c jit=off -c max_parallel_workers_per_gather=0 -c listen_addresses=''";
    private readonly string _programs;
    private readonly string _folder;
    private bool _isStarted;

    public PostgresCluster(int port)
    {
        _programs = ProgramsFolder() ?? throw new FileNotFoundException("PostgreSQL's initdb is not on this machine: install postgresql.");
        _folder = Directory.CreateTempSubdirectory("amana-peers-pg").FullName;
        try
        {
            if (Environment.IsPrivilegedProcess) Run("chown", "postgres", _folder);
            RunAsOwner("initdb", "-D", Path.Combine(_folder, "data"), "-U", "bench", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
            RunAsOwner("pg_ctl", "-D", Path.Combine(_folder, "data"), "-w", "-l", Path.Combine(_folder, "log"), "-o", $"-p {port} -k {_folder} {Settings}", "start");
            _isStarted = true;
        }
        finally
        {
            if (!_isStarted) Directory.Delete(_folder, recursive: true);
        }
        ConnectionString = $"Host={_folder};Port={port};Username=bench;Database=postgres;Pooling=false;Max Auto Prepare=8;Auto Prepare Min Usages=2;Command Timeout=0";
    }

    public string ConnectionString { get; }

    public void Dispose()
    {
        RunAsOwner("pg_ctl", "-D", Path.Combine(_folder, "data"), "-m", "immediate", "-w", "stop");
        Directory.Delete(_folder, recursive: true);
    }

    private static string? ProgramsFolder()
    {
        var debian = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(d => Path.Combine(d, "bin")) : [];
        return debian.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')).FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb")) && File.Exists(Path.Combine(d, "pg_ctl")));
    }

    private void RunAsOwner(string program, params string[] arguments)
    {
        program = Path.Combine(_programs, program);
        if (Environment.IsPrivilegedProcess) Run("runuser", ["-u", "postgres", "--", program, .. arguments]);
        else Run(program, arguments);
    }

    private void Run(string program, params string[] arguments)
    {
        // What a server writes goes to its log: a pipe would stay open as long as the server lives.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$@\" >/dev/null 2>&1", program, .. arguments]) { WorkingDirectory = _folder };
        using var process = Process.Start(start)!;
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{Path.GetFileName(program)} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}
