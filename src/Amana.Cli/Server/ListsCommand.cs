using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Amana.Cli.Screening;
using Spectre.Console;

namespace Amana.Cli.Server;

/// <summary><c>amana lists</c>: the lists that a token may see, and which version of each answers.</summary>
internal static class ListsCommand
{
    private const string Summary = "Show the lists of a server: name, title, entries, and the version that answers.";

    private const string More = """
        Examples
          amana lists --server http://127.0.0.1:5080
          amana lists --format ndjson | head -1
        """;

    public static Command Make(Terminal terminal)
    {
        var server = Options.Server();
        var token = Options.Token();
        var format = Options.Format("table", "ndjson");
        var command = new TaughtCommand("lists", Summary, More) { server, token, format };
        command.SetAction(async (parsed, cancel) =>
        {
            using var client = ServerClient.Of(parsed.GetValue(server), parsed.GetValue(token), terminal);
            using var catalog = await client.GetAsync("catalog", cancel);
            if (!catalog.RootElement.TryGetProperty("datasets", out var datasets) || datasets.ValueKind is not JsonValueKind.Array)
                throw new CommandEndException(ExitCode.ServerRefused, $"{client.Address} did not answer as Amana does.");
            var output = new OutputStream(terminal.Out);
            if (AnswerFormats.Chosen(parsed.GetValue(format), terminal) == "table") await output.WriteLineAsync(Draw(datasets, terminal), cancel);
            else foreach (var dataset in datasets.EnumerateArray()) await output.WriteLineAsync(JsonSerializer.Serialize(dataset, CatalogJson.Readable.JsonElement), cancel);
            await output.FlushAsync(cancel);
            return ExitCode.Done;
        });
        return command;
    }

    private static string Minute(string? instant) => DateTimeOffset.TryParse(instant, CultureInfo.InvariantCulture, out var at)
        ? at.ToUniversalTime().ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture)
        : "";

    private static string Draw(JsonElement datasets, Terminal terminal)
    {
        var text = new StringWriter(CultureInfo.InvariantCulture);
        var console = Ladder.Console(text, terminal);
        var table = new Table().Border(TableBorder.Simple).AddColumns("list", "title", "entries", "version", "updated");
        table.Columns[2].RightAligned();
        foreach (var dataset in datasets.EnumerateArray())
        {
            string[] cells =
            [
                ServerClient.Text(dataset, "name") ?? "", ServerClient.Text(dataset, "title") ?? "",
                (ServerClient.Number(dataset, "entity_count") ?? 0).ToString("N0", CultureInfo.InvariantCulture),
                ServerClient.Text(dataset, "version") ?? "", Minute(ServerClient.Text(dataset, "updated_at")),
            ];
            table.AddRow([.. cells.Select(c => AnswerTable.Clean(c).EscapeMarkup())]);
        }
        console.Write(table);
        return text.ToString().TrimEnd();
    }
}

[System.Text.Json.Serialization.JsonSerializable(typeof(JsonElement))]
internal sealed partial class CatalogJson : System.Text.Json.Serialization.JsonSerializerContext
{
    /// <summary>Titles stay in their script, as the server wrote them.</summary>
    public static readonly CatalogJson Readable = new(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
