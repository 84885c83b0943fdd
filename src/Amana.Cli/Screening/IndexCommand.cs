using System.CommandLine;
using System.Diagnostics;
using System.Globalization;

namespace Amana.Cli.Screening;

/// <summary><c>amana index</c>: lists packed into one file that <c>--against</c> opens at once.</summary>
internal static class IndexCommand
{
    private const string Summary = "Pack lists into one file that opens at once.";

    private const string More = """
        Examples
          amana index sdn.csv.gz alt.csv.gz consolidated.xml.gz --out lists.amana
          amana screen travellers.csv --against lists.amana
        """;

    public static Command Make(Terminal terminal)
    {
        var files = Options.Files("Lists in any layout that can be read");
        var mapping = Options.ExistingFile("--mapping", "Which column is what, for lists that are plain CSV");
        var path = new Option<string>("--out") { Description = "The index file; an old one is replaced when the new one is whole", HelpName = "FILE.amana", Required = true };
        var command = new TaughtCommand("index", Summary, More) { files, mapping, path };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(files), parsed.GetValue(mapping), parsed.GetRequiredValue(path), terminal));
        return command;
    }

    private static int Run(string[] files, string? mapping, string path, Terminal terminal)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
            throw new CommandEndException(ExitCode.WrongUse, $"There is no folder {folder}.");
        var watch = Stopwatch.StartNew();
        var (index, setAside) = new CorpusLoad(terminal, MappingFile.Read(mapping)).LoadAsOne(files, CancellationToken.None);
        using (index)
        {
            index.Save(path);
            terminal.Say(string.Create(CultureInfo.InvariantCulture,
                $"{index.Count:N0} entries, {new FileInfo(path).Length / 1048576.0:0.0} MiB, {watch.Elapsed.TotalSeconds:0.0} s: {path}"));
        }
        return setAside > 0 ? ExitCode.RowsSetAside : ExitCode.Done;
    }
}
