using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Globalization;
using Amana.Cli.Journal;
using Amana.Cli.Screening;
using Amana.Cli.Server;
using Amana.Lists;
using Amana.Matching;

namespace Amana.Cli;

/// <summary>The command as a whole: its parts, and the outermost edge where a failure becomes a sentence and a code.</summary>
internal static class AmanaCommand
{
    private const string More = """
        Examples
          amana screen travellers.csv --against sdn.csv.gz alt.csv.gz
          amana screen - --against lists.amana --format ndjson < questions.ndjson
          amana explain "Мохаммед аль-Файед" "Mohamed Al Fayed"
          amana index sdn.csv.gz alt.csv.gz consolidated.xml.gz --out lists.amana
          amana import sdn.csv.gz alt.csv.gz --list ofac-sdn --server http://127.0.0.1:5080
          amana lists --server http://127.0.0.1:5080
          amana journal verify http://127.0.0.1:5080 --key journal.vkey

        Exit codes: 0 done, 1 wrong use, 2 input refused, 3 done with rows set aside, 4 the server refused or did not answer.
        """;

    public static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancel)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
        try
        {
            var parsed = Root(terminal).Parse(args);
            if (parsed.Action is ParseErrorAction)
            {
                foreach (var error in parsed.Errors) terminal.Say($"amana: {error.Message}");
                terminal.Say($"Try: {PathOf(parsed)} --help");
                return ExitCode.WrongUse;
            }
            var output = new StreamWriter(terminal.Out, new System.Text.UTF8Encoding(false), leaveOpen: true);
            int code = await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = terminal.Error, EnableDefaultExceptionHandler = false }, cancel);
            await output.FlushAsync(cancel);
            return code;
        }
        catch (ReaderGoneException)
        {
            return ExitCode.Done;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Stopped;
        }
        catch (CommandEndException end)
        {
            terminal.Say($"amana: {end.Message}");
            return end.ExitCode;
        }
        catch (ListFileException refused)
        {
            terminal.Say($"amana: {refused.Message} ({refused.Code}{(refused.Line is { } line ? $", line {line}" : "")})");
            return ExitCode.InputRefused;
        }
        catch (IndexFileException refused)
        {
            terminal.Say($"amana: {refused.Message}");
            return ExitCode.InputRefused;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            terminal.Say($"amana: {failure.Message}");
            return ExitCode.InputRefused;
        }
        catch (Exception failure) // the outermost edge: a fault of ours is a sentence too
        {
            terminal.Say("amana: something went wrong that is not your fault. Set AMANA_TRACE=1, try again, and report what is shown.");
            if (terminal.Variable("AMANA_TRACE") == "1") terminal.Say(failure.ToString());
            return ExitCode.InputRefused;
        }
    }

    private static RootCommand Root(Terminal terminal)
    {
        var root = new RootCommand("Screens names against watchlists in any script and says why; proves journals.")
        {
            ScreenCommand.Make(terminal), ExplainCommand.Make(terminal), IndexCommand.Make(terminal),
            ImportCommand.Make(terminal), ListsCommand.Make(terminal), BenchCommand.Make(terminal), JournalCommand.Make(terminal),
        };
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new TaughtHelp((HelpAction)help.Action!, More);
        root.SetAction(parsed => ((TaughtHelp)help.Action).Invoke(parsed));
        return root;
    }

    private static string PathOf(ParseResult parsed) =>
        parsed.CommandResult.Command is RootCommand ? "amana" : $"amana {parsed.CommandResult.Command.Name}";
}
