using System.IO.Compression;
using System.Text.Json;
using Amana.Matching;

namespace Amana.Bench;

/// <summary>Reads corpora for measuring: lines of the screening evaluation and of FollowTheMoney, gzip or not.</summary>
internal static class CorpusFile
{
    public static IEnumerable<string> Lines(string path)
    {
        using var file = File.OpenRead(path);
        using Stream stream = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
            if (line.Length > 0) yield return line;
    }

    public static IEnumerable<Subject> Subjects(IEnumerable<string> paths) => paths.SelectMany(Lines).Select(Parse);

    public static SubjectKind KindOf(string? schema) => schema switch
    {
        "Person" => SubjectKind.Person,
        "Organization" or "Company" => SubjectKind.Organization,
        "Vessel" => SubjectKind.Vessel,
        "Airplane" => SubjectKind.Aircraft,
        _ => SubjectKind.Any,
    };

    private static Subject Parse(string line)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        var kind = KindOf(root.GetProperty("schema").GetString());
        string id = root.GetProperty("id").GetString()!;
        if (root.TryGetProperty("properties", out var p))
            return new Subject
            {
                Id = id, Kind = kind, Names = [.. Texts(p, "name").Select(n => new SubjectName(n)), .. Texts(p, "alias").Select(n => new SubjectName(n, NameKind.Alias))],
                BirthDates = [.. Texts(p, "birthDate").Select(Date).OfType<PartialDate>()], Countries = [.. Texts(p, "nationality")],
                Sex = Texts(p, "gender").FirstOrDefault() switch { "male" => Sex.Male, "female" => Sex.Female, _ => Sex.Unknown },
            };
        return new Subject
        {
            Id = id, Kind = kind, Names = [.. root.GetProperty("names").EnumerateArray().Select(Name)],
            BirthDates = [.. Texts(root, "dob").Select(Date).OfType<PartialDate>()], Countries = [.. Texts(root, "countries")],
        };
    }

    private static SubjectName Name(JsonElement name) => new(name.GetProperty("n").GetString()!, name.GetProperty("t").GetString() switch
    {
        "weak" => NameKind.Weak,
        "alias" => NameKind.Alias,
        _ => NameKind.Primary,
    });

    private static IEnumerable<string> Texts(JsonElement parent, string property) =>
        parent.TryGetProperty(property, out var list) ? list.EnumerateArray().Select(e => e.GetString()!) : [];

    private static PartialDate? Date(string text)
    {
        string[] parts = text.Split('-');
        int Part(int i) => i < parts.Length && int.TryParse(parts[i], out int n) ? n : 0;
        int year = Part(0), month = Part(1), day = Part(2);
        return year is >= 1 and <= 9999 && month <= 12 && (day == 0 || (month > 0 && day <= DateTime.DaysInMonth(year, month))) ? PartialDate.Of(year, month, day) : null;
    }
}
