using Amana.Conventions.Tests.Reading;

namespace Amana.Conventions.Tests;

/// <summary>An act is a class of a module with a method <c>RunAsync</c>.</summary>
public class ActTests
{
    private static readonly Type[] Acts = [.. typeof(Server.Foundation.IModule).Assembly.GetTypes()
        .Where(t => t is { IsClass: true, IsAbstract: false, IsNested: false } && t.GetMethods().Any(m => m.Name == "RunAsync"))
        .Where(t => t.Namespace is not "Amana.Server.Foundation" and not "Amana.Server.Data")];

    [Fact]
    public void There_are_acts_to_check() => Acts.ShouldNotBeEmpty();

    [Fact]
    public void Every_act_takes_the_gate() =>
        Exceptions.Of("acts-without-gate.txt").Check(Acts.Where(act => !Takes(act, "Gate")).Select(act => act.FullName!)).ShouldBeEmpty();

    [Fact]
    public void Every_act_that_saves_takes_the_journal()
    {
        using var server = Built.Of(typeof(Server.Foundation.IModule).Assembly);
        var saving = server.Uses().Where(use => use.Member is "SaveChangesAsync" or "SaveOrRefuseAsync" or "ExecuteUpdateAsync" or "ExecuteDeleteAsync")
            .Select(use => use.From.ToString()).ToHashSet(StringComparer.Ordinal);
        Exceptions.Of("acts-without-journal.txt")
            .Check(Acts.Where(act => saving.Contains(act.FullName!) && !Journals(act)).Select(act => act.FullName!)).ShouldBeEmpty();
    }

    [Fact]
    public void Only_the_journal_and_the_modules_own_files_touch_a_module_s_tables()
    {
        using var server = Built.Of(typeof(Server.Foundation.IModule).Assembly);
        server.Uses().Where(use => use.To.ToString().EndsWith(".JournalEntry", StringComparison.Ordinal)
                && !use.From.Namespace.StartsWith("Amana.Server.Journal", StringComparison.Ordinal))
            .Select(use => $"{use.From} uses {use.To}").Distinct().ShouldBeEmpty();
    }

    private static bool Takes(Type act, string what) => Taken(act).Any(t => t.Name == what);

    // Or takes something of its own module that does: questions are taken down by their book.
    private static bool Journals(Type act) => Takes(act, "JournalWriter") || Taken(act).Any(t => t.Namespace == act.Namespace && Takes(t, "JournalWriter"));

    private static IEnumerable<Type> Taken(Type type) =>
        type.GetConstructors(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic)
            .SelectMany(c => c.GetParameters()).Select(p => p.ParameterType);
}
