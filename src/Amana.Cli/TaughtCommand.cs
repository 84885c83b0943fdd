using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Amana.Cli;

/// <summary>A command whose help ends with examples.</summary>
/// <param name="more">What a newcomer has to know, and commands to try.</param>
internal sealed class TaughtCommand(string name, string summary, string more) : Command(name, summary)
{
    public string More => more;
}

/// <summary>The usual help, and below it what the command teaches.</summary>
internal sealed class TaughtHelp(HelpAction usual, string rootMore) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        int code = usual.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output.WriteLine(parseResult.CommandResult.Command is TaughtCommand taught ? taught.More : rootMore);
        return code;
    }
}
