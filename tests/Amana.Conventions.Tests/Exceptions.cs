using Amana.Conventions.Tests.Reading;

namespace Amana.Conventions.Tests;

/// <summary>A list of what does not follow a rule and why, in <c>exceptions/</c>. A line is <c>name # reason</c>.</summary>
internal sealed class Exceptions
{
    private readonly string _file;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    private Exceptions(string file)
    {
        _file = $"tests/Amana.Conventions.Tests/exceptions/{file}";
        foreach (string line in Repository.ReadLines(_file).Where(l => l.Length > 0 && l[0] != '#'))
        {
            string[] parts = line.Split('#', 2, StringSplitOptions.TrimEntries);
            if (parts.Length < 2 || parts[1].Length == 0) throw new InvalidDataException($"{_file}: '{line}' gives no reason.");
            _names.Add(parts[0]);
        }
    }

    public static Exceptions Of(string file) => new(file);

    /// <summary>What is neither followed nor listed.</summary>
    public IEnumerable<string> CheckNew(IEnumerable<string> breaches) => [.. breaches.Except(_names).Order(StringComparer.Ordinal)];

    /// <summary>What is neither followed nor listed, and what is listed and no longer needs to be.</summary>
    public IEnumerable<string> Check(IEnumerable<string> breaches)
    {
        var found = breaches.ToHashSet(StringComparer.Ordinal);
        return [.. found.Except(_names).Order(StringComparer.Ordinal),
            .. _names.Except(found).Select(name => $"{name} is listed in {_file} and follows the rule: take it out").Order(StringComparer.Ordinal)];
    }
}
