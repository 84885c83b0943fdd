namespace Amana.Server.Upkeep;

/// <summary>The words of a command line: <c>--name value</c> or <c>--name=value</c>, each at most once.</summary>
internal sealed class CommandWords
{
    private readonly Dictionary<string, string> _said = new(StringComparer.Ordinal);

    /// <summary>What was said; null when it was not.</summary>
    public string? this[string name] => _said.GetValueOrDefault(name);

    /// <returns>The words, or one sentence that says what is wrong with them.</returns>
    public static (CommandWords? Words, string? Wrong) Parse(IEnumerable<string> args, IReadOnlyList<string> must, params IReadOnlyList<string> may)
    {
        var words = new CommandWords();
        string? open = null;
        foreach (string arg in args)
        {
            if (open is not null)
            {
                if (arg.Length == 0 || arg.StartsWith("--", StringComparison.Ordinal)) return (null, $"{open} needs a value.");
                words._said[open] = arg;
                open = null;
                continue;
            }
            int equals = arg.IndexOf('=', StringComparison.Ordinal);
            string name = equals > 0 ? arg[..equals] : arg;
            if (!must.Contains(name) && !may.Contains(name)) return (null, $"Unknown argument '{name}'.");
            if (words._said.ContainsKey(name)) return (null, $"{name} stands twice.");
            if (equals < 0) open = name;
            else if (equals == arg.Length - 1) return (null, $"{name} needs a value.");
            else words._said[name] = arg[(equals + 1)..];
        }
        if (open is not null) return (null, $"{open} needs a value.");
        return must.FirstOrDefault(m => words[m] is null) is { } missing ? (null, $"{missing} is missing.") : (words, null);
    }
}
