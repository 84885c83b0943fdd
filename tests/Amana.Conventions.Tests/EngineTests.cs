using System.Reflection;
using Amana.Conventions.Tests.Reading;

namespace Amana.Conventions.Tests;

public class EngineTests
{
    /// <summary>What each engine may stand on, beside the base library. Why Lists may use Matching: docs/decisions/0001-engines.md.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Amana.Vocabulary"] = [],
        ["Amana.Matching"] = [],
        ["Amana.Lists"] = ["Amana.Matching"],
        ["Amana.Paper"] = ["HarfBuzzSharp"],
        ["Amana.Sealing"] = ["NSec.Cryptography"],
        ["Amana.Exchange"] = ["Amana.Vocabulary", "NSec.Cryptography", "jose-jwt"],
    };

    private static readonly string[] NotInEngines =
        ["System.Net", "System.Data", "Microsoft", "System.Diagnostics.Process", "System.Net.Http", "System.Net.Sockets", "System.Net.Requests"];

    public static TheoryData<string> Engines => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(Engines))]
    public void An_engine_uses_nothing_of_ours_and_no_network_no_database_no_configuration(string engine)
    {
        using var built = Built.Of(Assembly.Load(engine));
        ForbiddenIn(built, Allowed[engine]).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void An_engine_has_no_clock(string engine)
    {
        using var built = Built.Of(Assembly.Load(engine));
        built.Uses().Where(use => use.To.ToString() is "System.TimeProvider"
                || (use.To.ToString() is "System.DateTime" or "System.DateTimeOffset" && use.Member is "get_Now" or "get_UtcNow" or "get_Today"))
            .Select(use => $"{use.From}.{use.FromMethod} uses {use.To}.{use.Member}").ShouldBeEmpty();
    }

    [Fact]
    public void The_command_stands_on_engines_alone()
    {
        using var built = Built.Of(Assembly.Load("amana"));
        built.ReferencedAssemblies.Where(a => a.StartsWith("Amana.", StringComparison.Ordinal))
            .Except(["Amana.Vocabulary", "Amana.Matching", "Amana.Lists", "Amana.Sealing"]).ShouldBeEmpty();
    }

    [Fact]
    public void Every_engine_is_held_to_this() =>
        Directory.GetDirectories(Path.Combine(Repository.Root, "src")).Select(Path.GetFileName)
            .Except(["Amana.Server", "Amana.Cli"]).Where(n => !n!.StartsWith("Amana.Migrations.", StringComparison.Ordinal))
            .Except(Allowed.Keys).ShouldBeEmpty();

    [Fact]
    public void The_rule_sees_a_forbidden_reference()
    {
        using var tests = Built.Of(typeof(EngineTests).Assembly);
        string[] forbidden = [.. ForbiddenIn(tests, [])];
        forbidden.ShouldContain("Shouldly");
        forbidden.ShouldContain("System.Diagnostics.Process");
    }

    private static IEnumerable<string> ForbiddenIn(Built built, string[] allowed) => built.ReferencedAssemblies.Except(allowed).Where(name =>
        (!name.StartsWith("System.", StringComparison.Ordinal) && name != "netstandard")
        || NotInEngines.Any(no => name == no || name.StartsWith(no + ".", StringComparison.Ordinal)));
}
