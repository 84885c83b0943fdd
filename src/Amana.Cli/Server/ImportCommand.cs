using System.CommandLine;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Amana.Cli.Server;

/// <summary><c>amana import</c>: files of one list to a server, waiting until the new version answers.</summary>
internal static class ImportCommand
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(500);
    private static readonly string[] Formats = ["ofac-csv", "un-xml", "ftm", "notices", "csv", "corpus"];

    private const string Summary = "Send the files of one list to a server and wait until the new version answers.";

    private const string More = """
        Examples
          amana import sdn.csv.gz alt.csv.gz --list ofac-sdn --title "OFAC SDN" --server http://127.0.0.1:5080
          amana import officers.csv --list officers --mapping columns.json
        The server and the token may stand in AMANA_SERVER and AMANA_TOKEN.
        """;

    public static Command Make(Terminal terminal)
    {
        var files = Options.Files("The files of the list; the role of each is told by its name");
        var list = new Option<string>("--list") { Description = "Name of the list: lower-case letters, digits and hyphens", HelpName = "NAME", Required = true };
        var format = new Option<string?>("--format") { Description = "Recognised when left out", HelpName = string.Join('|', Formats) };
        format.AcceptOnlyFromAmong(Formats);
        var mapping = Options.ExistingFile("--mapping", "Which column is what, for plain CSV; saved with the list");
        var title = new Option<string?>("--title") { Description = "The list's name for people", HelpName = "T" };
        var server = Options.Server();
        var token = Options.Token();
        var command = new TaughtCommand("import", Summary, More) { files, list, format, mapping, title, server, token };
        command.SetAction(async (parsed, cancel) =>
        {
            using var client = ServerClient.Of(parsed.GetValue(server), parsed.GetValue(token), terminal);
            string[] paths = parsed.GetRequiredValue(files);
            if (paths.Contains(Options.FromStandardInput)) throw new CommandEndException(ExitCode.WrongUse, "A list is imported from files, since the role of each is told by its name.");
            var fields = new (string, string?)[]
            {
                ("title", parsed.GetValue(title)), ("format", parsed.GetValue(format)),
                ("mapping", parsed.GetValue(mapping) is { } path ? await File.ReadAllTextAsync(path, cancel) : null),
            };
            string reference = await UploadAsync(client, parsed.GetRequiredValue(list), fields, paths, terminal, cancel);
            return await WaitAsync(client, reference, terminal, cancel);
        });
        return command;
    }

    private static async Task<string> UploadAsync(
        ServerClient client, string list, (string Name, string? Value)[] fields, string[] paths, Terminal terminal, CancellationToken cancel)
    {
        using var progress = new Progress(terminal, "Sending");
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
        {
            if (value is not null) form.Add(new StringContent(value), name);
        }
        long bytes = paths.Sum(p => new FileInfo(p).Length), sent = 0;
        foreach (string path in paths)
        {
            var part = new StreamContent(new CountedStream(File.OpenRead(path), more => progress.Report((double)(sent += more) / Math.Max(1, bytes))));
            part.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            form.Add(part, "file", Path.GetFileName(path));
        }
        using var run = await client.PostAsync($"api/v1/lists/{Uri.EscapeDataString(list)}/files", form, cancel);
        return ServerClient.Text(run.RootElement, "ref") ?? throw new CommandEndException(ExitCode.ServerRefused, $"{client.Address} took the files and named no run.");
    }

    private static async Task<int> WaitAsync(ServerClient client, string reference, Terminal terminal, CancellationToken cancel)
    {
        using var progress = new Progress(terminal, reference);
        while (true)
        {
            using var answer = await client.GetAsync($"api/v1/runs/{Uri.EscapeDataString(reference)}", cancel);
            var run = answer.RootElement;
            string state = ServerClient.Text(run, "state") ?? "";
            if (EndOf(state) is { } code)
            {
                progress.Dispose();
                long setAside = (long)(ServerClient.Number(run, "rejected") ?? 0);
                terminal.Say(Sentence(reference, state, setAside, run, client.Address));
                return code is ExitCode.Done && setAside > 0 ? ExitCode.RowsSetAside : code;
            }
            progress.Report(PartOf(run), Words(run, state));
            await Task.Delay(Between, cancel);
        }
    }

    private static int? EndOf(string state) => state switch
    {
        "done" or "unchanged" => ExitCode.Done,
        "refused" => ExitCode.InputRefused,
        "failed" or "stopped" or "waiting" => ExitCode.ServerRefused,
        _ => null,
    };

    private static string Sentence(string reference, string state, long setAside, JsonElement run, Uri server)
    {
        string what = state switch
        {
            "done" => "the new version answers",
            "unchanged" => "nothing has changed; the version before answers",
            "waiting" => $"waits for a person to confirm what it would remove: {server}runs/{reference}",
            "refused" => $"refused, the version before answers: {ReasonOf(run)}",
            "stopped" => "stopped, the version before answers",
            _ => $"failed, the version before answers: {ReasonOf(run)}",
        };
        return setAside > 0 ? string.Create(CultureInfo.InvariantCulture, $"{reference}: {what}; {setAside:N0} rows were set aside") : $"{reference}: {what}";
    }

    private static string ReasonOf(JsonElement run)
    {
        string place = ServerClient.Text(run, "endFile") is { } file ? $"{file}{(ServerClient.Number(run, "endLine") is { } line ? $", line {line}" : "")}: " : "";
        return $"{place}{ServerClient.Text(run, "endDetail") ?? "the run says why"} ({ServerClient.Text(run, "endCode") ?? "no code"})";
    }

    private static double PartOf(JsonElement run) => ServerClient.Number(run, "share") ?? 0;

    private static string Words(JsonElement run, string state) => string.Create(CultureInfo.InvariantCulture,
        $"{ServerClient.Text(run, "stage") ?? state}  {ServerClient.Number(run, "rows") ?? 0:N0} rows");

    /// <summary>Tells how much of a file has been read.</summary>
    private sealed class CountedStream(Stream inner, Action<int> read) : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => inner.Length;
        public override long Position { get => inner.Position; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Counted(inner.Read(buffer, offset, count));

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Counted(await inner.ReadAsync(buffer, cancellationToken));

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }

        private int Counted(int bytes)
        {
            read(bytes);
            return bytes;
        }
    }
}
