using System.Text;
using Amana.Lists.Layouts;

namespace Amana.Lists;

/// <summary>Files named side by side, sorted into the lists that they are parts of.</summary>
/// <param name="List">The list's name, made from its files' names.</param>
/// <param name="Paths">In the order given.</param>
public sealed record ListGroup(string List, IReadOnlyList<string> Paths)
{
    /// <summary>The Treasury's files of one folder belong together by their role (<c>sdn.csv.gz</c>, <c>alt.csv.gz</c>);
    /// every other file is a list by itself.</summary>
    public static IReadOnlyList<ListGroup> Of(IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return [.. paths.Index().GroupBy(p => OfacKeyOf(p.Item) ?? $"{p.Index}").Select(g => new ListGroup(NameOf(g.First().Item), [.. g.Select(p => p.Item)]))];
    }

    private static string? OfacKeyOf(string path) =>
        OfacFiles.RoleOf(path) is { } role ? $"{Path.GetDirectoryName(Path.GetFullPath(path))}|{role.Consolidated}" : null;

    private static string NameOf(string path)
    {
        if (OfacFiles.RoleOf(path) is { } role) return role.Consolidated ? "ofac-consolidated" : "ofac-sdn";
        string name = Path.GetFileName(path).ToLowerInvariant();
        int dot = name.IndexOf('.', 1);
        var slug = new StringBuilder();
        foreach (char c in dot > 0 ? name[..dot] : name)
        {
            if (char.IsAsciiLetterOrDigit(c)) slug.Append(c);
            else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        }
        return slug.ToString().Trim('-') is { Length: > 0 } found ? found : "list";
    }
}
