using System.Text;

namespace Amana.Server.PublicNotices;

/// <summary>Two-letter codes and English names: <c>data/countries/countries.tsv</c>.</summary>
internal static class PublicCountries
{
    public static IReadOnlyDictionary<string, string> Names { get; } = Read();

    private static Dictionary<string, string> Read()
    {
        using var reader = new StreamReader(typeof(PublicCountries).Assembly.GetManifestResourceStream("countries.tsv")!, Encoding.UTF8);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            string[] row = line.Split('\t');
            names[row[0]] = row[3];
        }

        return names;
    }
}
