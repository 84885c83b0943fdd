using System.Reflection;
using System.Reflection.Metadata;
using Amana.Conventions.Tests.Reading;

namespace Amana.Conventions.Tests;

/// <summary>Long methods and files are listed with their length; the list only shrinks.</summary>
public class LengthTests
{
    private const int FileLinesMax = 400;
    private const int MethodLinesMax = 60;
    private static readonly string[] Ours = ["Amana.Server", "amana", "Amana.Lists", "Amana.Matching", "Amana.Paper", "Amana.Vocabulary"];

    [Fact]
    public void A_file_has_at_most_400_lines() => Allowed.Of("long-files.txt").Check(
        Repository.Files.Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".razor", StringComparison.Ordinal) || f.EndsWith(".js", StringComparison.Ordinal))
            .Where(f => !f.StartsWith("src/Amana.Migrations.", StringComparison.Ordinal) && !f.Contains("/Migrations/", StringComparison.Ordinal))
            .Select(f => (f, Repository.ReadLines(f).Length)), FileLinesMax).ShouldBeEmpty();

    [Fact]
    public void A_method_has_at_most_60_lines() =>
        Allowed.Of("long-methods.txt").Check(Ours.SelectMany(a => MethodsOf(Assembly.Load(a))), MethodLinesMax).ShouldBeEmpty();

    [Fact]
    public void The_rule_measures_a_method_by_its_lines() =>
        MethodsOf(typeof(LengthTests).Assembly).ShouldContain(m => m.Name.EndsWith("LengthTests.MethodsOf", StringComparison.Ordinal) && m.Lines > 15 && m.Lines < 40);

    private static IEnumerable<(string Name, int Lines)> MethodsOf(Assembly assembly)
    {
        using var pdb = MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(Path.ChangeExtension(assembly.Location, ".pdb")));
        using var file = new System.Reflection.PortableExecutable.PEReader(File.OpenRead(assembly.Location));
        var lines = pdb.GetMetadataReader();
        var names = file.GetMetadataReader();
        foreach (var handle in lines.MethodDebugInformation)
        {
            var information = lines.GetMethodDebugInformation(handle);
            if (information.SequencePointsBlob.IsNil) continue;
            var points = information.GetSequencePoints().Where(p => !p.IsHidden && IsCode(lines, p.Document)).ToList();
            var method = names.GetMethodDefinition(handle.ToDefinitionHandle());
            var type = names.GetTypeDefinition(method.GetDeclaringType());
            string space = SpaceOf(names, type);
            if (points.Count == 0 || !space.StartsWith("Amana", StringComparison.Ordinal)) continue;
            string name = names.GetString(method.Name);
            string typeName = names.GetString(type.Name);
            if (name is ".cctor" or ".ctor") continue; // field initialisers: tables of values, not steps
            // The steps of an async method or an iterator lie in a class named <Method>d__7.
            string owner = name == "MoveNext" && typeName.IndexOf('>', StringComparison.Ordinal) is > 1 and int end
                ? $"{names.GetString(names.GetTypeDefinition(type.GetDeclaringType()).Name)}.{typeName[1..end]}"
                : $"{typeName}.{name}";
            yield return ($"{space}.{owner}", points.Max(p => p.EndLine) - points.Min(p => p.StartLine) + 1);
        }
    }

    private static bool IsCode(MetadataReader lines, DocumentHandle document)
    {
        string name = lines.GetString(lines.GetDocument(document).Name);
        return name.EndsWith(".cs", StringComparison.Ordinal) && !name.EndsWith(".g.cs", StringComparison.Ordinal)
            && !name.EndsWith("_razor.cs", StringComparison.Ordinal) && !name.Contains("/Migrations/", StringComparison.Ordinal)
            && !name.Contains("Amana.Migrations.", StringComparison.Ordinal);
    }

    private static string SpaceOf(MetadataReader names, TypeDefinition type)
    {
        while (!type.GetDeclaringType().IsNil) type = names.GetTypeDefinition(type.GetDeclaringType());
        return names.GetString(type.Namespace);
    }

    /// <summary>A line is <c>length name</c>.</summary>
    private sealed class Allowed
    {
        private readonly string _file;
        private readonly Dictionary<string, int> _lengths;

        private Allowed(string file)
        {
            _file = file;
            _lengths = Repository.ReadLines($"tests/Amana.Conventions.Tests/exceptions/{file}").Where(l => l.Length > 0 && l[0] != '#')
                .Select(l => l.Split(' ', 2)).ToDictionary(p => p[1], p => int.Parse(p[0], System.Globalization.CultureInfo.InvariantCulture), StringComparer.Ordinal);
        }

        public static Allowed Of(string file) => new(file);

        public IEnumerable<string> Check(IEnumerable<(string Name, int Lines)> all, int most)
        {
            var longest = all.GroupBy(a => a.Name).ToDictionary(g => g.Key, g => g.Max(a => a.Lines), StringComparer.Ordinal);
            foreach (var (name, lines) in longest.OrderBy(p => p.Key, StringComparer.Ordinal))
            {
                int allowed = _lengths.GetValueOrDefault(name, most);
                if (lines > allowed) yield return $"{name} has {lines} lines, at most {allowed}";
                else if (allowed > most && lines < allowed) yield return $"{name} has {lines} lines: write that into {_file}, or take it out at {most}";
            }
            foreach (string gone in _lengths.Keys.Except(longest.Keys)) yield return $"{gone} is listed in {_file} and is no more";
        }
    }
}
