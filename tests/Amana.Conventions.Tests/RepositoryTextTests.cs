using System.Text.RegularExpressions;
using Amana.Conventions.Tests.Reading;

namespace Amana.Conventions.Tests;

public partial class RepositoryTextTests
{
    private static readonly string[] Binary = [".png", ".woff2", ".ico", ".gz", ".amana", ".bin", ".jpg", ".zip"];

    [Theory]
    [InlineData("README.md")]
    [InlineData("CHANGELOG.md")]
    [InlineData("CONTRIBUTING.md")]
    [InlineData("SECURITY.md")]
    [InlineData("LICENSE")]
    [InlineData("docs/tour.md")]
    [InlineData("docs/officers.md")]
    [InlineData("docs/operators.md")]
    [InlineData("docs/decisions/0001-engines.md")]
    [InlineData("src/Amana.Matching/README.md")]
    [InlineData("src/Amana.Lists/README.md")]
    [InlineData("src/Amana.Cli/README.md")]
    public void The_papers_of_the_project_are_there(string paper) => Repository.Read(paper).Length.ShouldBeGreaterThan(500);

    [Fact]
    public void The_root_holds_nothing_but_the_shop_window() =>
        Repository.Files.Where(f => !f.Contains('/', StringComparison.Ordinal)).Except(
        [
            ".editorconfig", ".gitattributes", ".gitignore", "Amana.slnx", "CHANGELOG.md", "CONTRIBUTING.md", "Directory.Build.props",
            "Directory.Packages.props", "LICENSE", "README.md", "SECURITY.md", "global.json", "run", "test",
        ]).ShouldBeEmpty();

    [Fact]
    public void Links_between_the_papers_lead_somewhere() => Repository.Files.Where(f => f.EndsWith(".md", StringComparison.Ordinal))
        .SelectMany(f => Link().Matches(Repository.Read(f)).Select(m => (File: f, Target: m.Groups[1].Value + m.Groups[2].Value)))
        .Where(l => !l.Target.Contains("://", StringComparison.Ordinal) && l.Target[0] is not ('#' or '/') && !l.Target.StartsWith("mailto:", StringComparison.Ordinal))
        .Where(l => !Path.Exists(Path.Combine(Repository.Root, Path.GetDirectoryName(l.File)!, Uri.UnescapeDataString(l.Target.Split('#')[0]))))
        .Select(l => $"{l.File}: {l.Target}").ShouldBeEmpty();

    [Fact]
    public void No_file_names_a_path_of_one_machine_or_the_host_of_a_package_registry() =>
        Repository.Files.Where(f => !Binary.Contains(Path.GetExtension(f)))
            .SelectMany(f => Repository.ReadLines(f).Index().Where(l => NamesMachineOrRegistry(l.Item)).Select(l => $"{f}:{l.Index + 1}: {Short(l.Item)}"))
            .ShouldBeEmpty();

    [Theory]
    [InlineData("cd /wo" + "rk/wt/cli", true)]
    [InlineData("/ro" + "ot/.dotnet", true)]
    [InlineData("\"/ho" + "me/ana/src\"", true)]
    [InlineData("source https://api.nu" + "get.org/v3", true)]
    [InlineData("npm --registry https://registry.npm" + "js.org", true)]
    [InlineData("the lists' own work/home folder", false)]
    [InlineData("a package for NuGet", false)]
    public void The_rule_sees_a_machine_and_a_registry(string line, bool expected) => NamesMachineOrRegistry(line).ShouldBe(expected);

    private static bool NamesMachineOrRegistry(string line) => Machine().IsMatch(line) || Registry().IsMatch(line);

    private static string Short(string line) => line.Trim() is { Length: > 120 } trimmed ? trimmed[..120] : line.Trim();

    [GeneratedRegex(@"(?<![\w.])/(?:work|root|home/\w+)/[\w.]")]
    private static partial Regex Machine();

    [GeneratedRegex(@"nuget\.org|npmjs\.(?:org|com)|deb\.debian\.org|pypi\.org|crates\.io|proxy\.golang", RegexOptions.IgnoreCase)]
    private static partial Regex Registry();

    [GeneratedRegex(@"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
