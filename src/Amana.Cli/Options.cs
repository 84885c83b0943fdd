using System.CommandLine;

namespace Amana.Cli;

/// <summary>Options that several commands have, with the same names, ranges and words.</summary>
internal static class Options
{
    public const string FromStandardInput = "-";

    public static Option<string[]> Against() => new("--against")
    {
        Description = "Lists to compare with: OFAC CSV, UN XML, FollowTheMoney or corpus NDJSON, notices JSON, or an index that 'amana index' made. Gzip is read as it is; - is standard input.",
        HelpName = "FILE...",
        Required = true,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
        Validators = { result => Exist(result.Tokens.Select(t => t.Value), result.AddError) },
    };

    public static Argument<string[]> Files(string what) => new("FILE")
    {
        Description = what,
        Arity = ArgumentArity.OneOrMore,
        Validators = { result => Exist(result.Tokens.Select(t => t.Value), result.AddError) },
    };

    public static Argument<string> OneFile(string name, string what, bool required = true) => new(name)
    {
        Description = what,
        Arity = required ? ArgumentArity.ExactlyOne : ArgumentArity.ZeroOrOne,
        Validators = { result => Exist(result.Tokens.Select(t => t.Value), result.AddError) },
    };

    public static Option<string?> ExistingFile(string name, string what) => new(name)
    {
        Description = what,
        HelpName = "FILE",
        Validators = { result => Exist(result.Tokens.Select(t => t.Value), result.AddError) },
    };

    public static Option<int> Number(string name, string what, int byDefault, int least, int most) => new(name)
    {
        Description = $"{what} ({least} to {most})",
        HelpName = "N",
        DefaultValueFactory = _ => byDefault,
        Validators =
        {
            result =>
            {
                if (result.Tokens is [var token] && (!int.TryParse(token.Value, out int number) || number < least || number > most))
                    result.AddError($"{name} is a whole number from {least} to {most}.");
            },
        },
    };

    public static Option<double> MinScore() => new("--min-score")
    {
        Description = "Lowest score to answer with (0 to 1)",
        HelpName = "S",
        DefaultValueFactory = _ => 0.7,
        Validators =
        {
            result =>
            {
                if (result.Tokens is [var token] && (!double.TryParse(token.Value, out double score) || !(score >= 0 && score <= 1)))
                    result.AddError("--min-score is a number from 0 to 1.");
            },
        },
    };

    /// <summary>Without the option: a table on a screen, NDJSON for the next program.</summary>
    public static Option<string> Format(params string[] formats)
    {
        var format = new Option<string>("--format")
        {
            Description = "table on a screen and ndjson otherwise, unless given",
            HelpName = string.Join('|', formats),
        };
        format.AcceptOnlyFromAmong(formats);
        return format;
    }

    public static Option<int> Threads() =>
        Number("--threads", "Questions answered at the same time; the order of the answers is that of the questions", Environment.ProcessorCount, 1, 256);

    public static Option<string?> Server() => new("--server") { Description = "Address of the server, such as http://127.0.0.1:5080 (or AMANA_SERVER)", HelpName = "URL" };

    public static Option<string?> Token() => new("--token") { Description = "API token (or AMANA_TOKEN, which other users of this machine cannot see)", HelpName = "TOKEN" };

    private static void Exist(IEnumerable<string> paths, Action<string> addError)
    {
        foreach (string path in paths)
        {
            if (path == FromStandardInput || File.Exists(path)) continue;
            addError(Directory.Exists(path) ? $"{path} is a folder; name the files in it." : $"There is no file {path}.");
        }
    }
}
