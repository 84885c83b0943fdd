using Amana.Conventions.Tests.Reading;

namespace Amana.Conventions.Tests;

public class ModuleOrderTests
{
    private static readonly IReadOnlyList<string> Modules = [.. Server.Modules.InOrder.Select(m => m.GetType().Namespace!.Split('.')[^1])];

    [Fact]
    public void A_module_uses_only_modules_above_it_and_of_them_only_what_is_public()
    {
        using var server = Built.Of(typeof(Server.Foundation.IModule).Assembly);
        new ModuleRules("Amana.Server", Modules).Breaches(server).ShouldBeEmpty();
    }

    [Fact]
    public void The_foundation_and_the_database_stand_on_no_module()
    {
        using var server = Built.Of(typeof(Server.Foundation.IModule).Assembly);
        var rules = new ModuleRules("Amana.Server", Modules);
        server.Uses().Where(use => use.From.Namespace is "Amana.Server.Foundation" or "Amana.Server.Data" && rules.ModuleOf(use.To) is not null)
            .Select(use => $"{use.From} uses {use.To}").Distinct().ShouldBeEmpty();
    }

    [Fact]
    public void The_shell_of_the_pages_uses_no_module_but_the_one_that_knows_who_is_signed_in()
    {
        using var server = Built.Of(typeof(Server.Foundation.IModule).Assembly);
        var rules = new ModuleRules("Amana.Server", Modules);
        server.Uses().Where(use => IsShell(use.From.Namespace) && rules.ModuleOf(use.To) is not (null or "Access"))
            .Select(use => $"{use.From} uses {use.To}").Distinct().ShouldBeEmpty();
    }

    [Fact]
    public void Every_module_of_the_list_is_a_folder_and_every_namespace_is_a_module_or_part_of_the_foundation()
    {
        using var server = Built.Of(typeof(Server.Foundation.IModule).Assembly);
        string[] allowed = [.. Modules, "Foundation", "Data", "Web"];
        server.Uses().Select(use => use.From.Namespace).Where(n => n.StartsWith("Amana.Server.", StringComparison.Ordinal))
            .Select(n => n.Split('.')[2]).Distinct().Except(allowed).ShouldBeEmpty();
        Modules.Where(module => !Directory.Exists(Path.Combine(Repository.Root, "src/Amana.Server", module))).ShouldBeEmpty();
    }

    [Fact]
    public void The_rule_sees_a_use_of_a_module_below_and_a_use_of_what_is_not_public()
    {
        using var samples = Built.Of(typeof(ModuleOrderTests).Assembly);
        string[] breaches = [.. new ModuleRules("Amana.Conventions.Tests.Samples", ["Lower", "Upper"]).Breaches(samples)];
        breaches.Length.ShouldBe(4);
        breaches.ShouldContain(b => b.Contains("Lower.Open.Hidden uses", StringComparison.Ordinal) && b.Contains("below its own", StringComparison.Ordinal));
        breaches.ShouldContain(b => b.Contains("Upper.Later", StringComparison.Ordinal) && b.Contains("Open.Hidden, which is not public", StringComparison.Ordinal));
        breaches.ShouldContain(b => b.Contains("Upper.Later", StringComparison.Ordinal) && b.Contains("Closed.Inside, which is not public", StringComparison.Ordinal));
        breaches.ShouldContain(b => b.Contains("OnlyArguments", StringComparison.Ordinal));
    }

    private static bool IsShell(string space) => space.StartsWith("Amana.Server.Web", StringComparison.Ordinal);
}
