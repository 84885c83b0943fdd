using System.Reflection;
using System.Text;

namespace Amana.Matching.Scripts;

/// <summary>Reads the tab-separated tables of the repository's <c>data/</c> folder, which are embedded in this assembly.</summary>
/// <remarks>A line that starts with # is a comment. A missing table is our bug and throws.</remarks>
internal static class Tables
{
    public static IEnumerable<string[]> Rows(string name)
    {
        using var reader = Open(name);
        while (reader.ReadLine() is { } line)
            if (line.Length > 0 && line[0] != '#') yield return line.Split('\t');
    }

    public static bool Has(string name) => Assembly.GetManifestResourceInfo(ResourceOf(name)) is not null;

    public static IReadOnlyList<string> Names =>
        [.. Assembly.GetManifestResourceNames().Where(n => n.StartsWith("data/", StringComparison.Ordinal)).Select(n => n["data/".Length..])];

    public static StreamReader Open(string name) =>
        new(Assembly.GetManifestResourceStream(ResourceOf(name))
            ?? throw new InvalidOperationException($"The table data/{name} is not embedded."), Encoding.UTF8);

    private static Assembly Assembly => typeof(Tables).Assembly;

    private static string ResourceOf(string name) => "data/" + name;
}
