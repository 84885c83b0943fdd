using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Amana.Cli.Tests;

/// <summary>One call of the command, with what it printed.</summary>
internal sealed record Called(int Code, string Out, string Error)
{
    public string[] Lines => Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    public JsonElement[] Json => [.. Lines.Select(line => JsonDocument.Parse(line).RootElement)];

    public static Task<Called> WithAsync(params string[] args) => WithInputAsync([], args);

    public static Task<Called> WithInputAsync(string input, params string[] args) => WithInputAsync(Encoding.UTF8.GetBytes(input), args);

    public static async Task<Called> WithInputAsync(byte[] input, params string[] args)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter();
        int code = await AmanaCommand.RunAsync(args, new Terminal { Out = output, Error = error, In = () => new MemoryStream(input), Variable = _ => null }, CancellationToken.None);
        return new Called(code, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    /// <summary>As a process, under the shell that scripts use.</summary>
    public static async Task<Called> InShellAsync(string script, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo("bash", ["-c", $"set -o pipefail; amana() {{ dotnet '{typeof(AmanaCommand).Assembly.Location}' \"$@\"; }}; {script}"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        foreach (var (name, value) in variables) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Called(process.ExitCode, await output, await error);
    }
}

/// <summary>Files for one test class, gone when it ends.</summary>
public sealed class Scratch : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("amana-cli-").FullName;

    /// <summary>Ten specimen entries as a corpus, with names in several scripts.</summary>
    public string Corpus => Write("corpus.ndjson", string.Join('\n', Specimens.Select((s, i) =>
        JsonSerializer.Serialize(new { id = $"Q{i:000}", schema = "Person", name = s[0], names = s, dob = new[] { $"19{60 + i}-0{1 + (i % 9)}-12" }, countries = new[] { "uto" } }))));

    public static readonly string[][] Specimens =
    [
        ["Anna Maria Eriksson"], ["Viktor Pavlenko", "Виктор Павленко"], ["Mohammed Al Rashidi", "محمد الراشدي"], ["Sofia Papadopoulou", "Σοφία Παπαδοπούλου"],
        ["Chen Wei Ming", "陈伟明"], ["Ioane Beridze", "იოანე ბერიძე"], ["Erika Mustermann"], ["Pierre Dubois"], ["Yael Cohen", "יעל כהן"], ["Kenji Yamamoto", "山本健二"],
    ];

    public string Path(string name) => System.IO.Path.Combine(_folder, name);

    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(Path(name), bytes);
        return Path(name);
    }

    public static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
