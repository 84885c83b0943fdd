using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Amana.Tests.Shared;

/// <summary>The built server as a process of its own, on a free port and with its own data folder.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);
    private readonly Process _process;
    private readonly List<string> _lines = [];

    private ServerProcess(Process process, string folder) => (_process, DataFolder) = (process, folder);

    public string DataFolder { get; }
    public Uri Address { get; private set; } = null!;
    /// <summary>What it has printed so far.</summary>
    public IReadOnlyList<string> Lines { get { lock (_lines) return [.. _lines]; } }

    /// <param name="demo">Filled as <c>./run --demo</c> does; otherwise empty until an administrator is set up.</param>
    /// <param name="folder">Null: a new one. It is removed in the end, also when it was given.</param>
    /// <param name="script">For bash: what to do before, with the server's command in <c>"$@"</c> and its folder as the current one.</param>
    /// <param name="database">How to reach PostgreSQL; null: what the folder remembers, in a new one SQLite.</param>
    /// <param name="urls">Where it listens; a free port of its own choice unless given.</param>
    /// <param name="more">Further arguments.</param>
    public static async Task<ServerProcess> StartAsync(bool demo, string? folder = null, string? script = null, string? database = null, string urls = "http://127.0.0.1:0", params string[] more)
    {
        folder ??= Directory.CreateTempSubdirectory("amana-test-").FullName;
        string[] command = ["dotnet", ServerFile, "--data", folder, "--urls", urls, .. demo ? (string[])["--demo"] : [], .. database is null ? (string[])[] : ["--database", database], .. more];
        if (script is not null) command = ["bash", "-c", script, "bash", .. command];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = folder,
        };
        var server = new ServerProcess(Process.Start(start)!, folder);
        server.Listen();
        await server.WaitUntilReadyAsync();
        return server;
    }

    /// <summary>A token made beside the running server, as an administrator does on the command line.</summary>
    public Task<string> TokenAsync(params string[] rights) => TokenOfAsync(DataFolder, rights);

    /// <summary>The same for a server whose folder it is.</summary>
    public static async Task<string> TokenOfAsync(string folder, params string[] rights)
    {
        var start = new ProcessStartInfo("dotnet",
            [ServerFile, "token", "create", "--data", folder, "--name", "test", .. rights.SelectMany(r => (string[])["--right", r]), "--purpose", "border-check"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        string printed = await process.StandardOutput.ReadToEndAsync();
        string wrong = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? printed.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)[^1]
            : throw new InvalidOperationException($"No token: {printed}{wrong}");
    }

    public int Id => _process.Id;

    /// <summary>A file of its current folder, as the process sees it.</summary>
    public string Inside(string file) => $"/proc/{_process.Id}/cwd/{file}";

    /// <summary>As a power cut does it: the process has no time for anything. Its folder stays, for another to start with.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>As an operator stops it. Its folder stays, for another to start with.</summary>
    public async Task StopAsync()
    {
        if (_process.HasExited) return;
        using var terminate = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Stops it and removes its folder.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process.Dispose();
        if (Directory.Exists(DataFolder)) Directory.Delete(DataFolder, recursive: true);
    }

    private static string ServerFile
    {
        get
        {
            // artifacts/bin/<tests>/<configuration>/ is where a test runs; the server lies beside it.
            var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
            string file = Path.Combine(here.Parent!.Parent!.FullName, "Amana.Server", here.Name, "Amana.Server.dll");
            return File.Exists(file) ? file : throw new InvalidOperationException($"The server is not built: {file}");
        }
    }

    private void Listen()
    {
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();

        void Keep(object sender, DataReceivedEventArgs data)
        {
            if (data.Data is null) return;
            lock (_lines) _lines.Add(data.Data);
        }
    }

    private async Task WaitUntilReadyAsync()
    {
        var watch = Stopwatch.StartNew();
        using var client = new HttpClient();
        while (watch.Elapsed < StartLimit && !_process.HasExited)
        {
            if (Lines.Select(l => AnswersAt().Match(l)).FirstOrDefault(m => m.Success) is { } found)
            {
                Address = new Uri(found.Groups["address"].Value + "/");
                using var ready = await client.GetAsync(new Uri(Address, "readyz"));
                if (ready.IsSuccessStatusCode) return;
            }
            await Task.Delay(100);
        }
        string printed = string.Join('\n', Lines);
        await DisposeAsync();
        throw new InvalidOperationException($"The server did not become ready:\n{printed}");
    }

    [GeneratedRegex(@"answers at (?<address>http\S+?)/?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex AnswersAt();
}
