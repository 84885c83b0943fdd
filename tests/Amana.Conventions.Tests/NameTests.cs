using System.Reflection;

namespace Amana.Conventions.Tests;

public class NameTests
{
    private static readonly string[] Banned = ["Service", "Services", "Manager", "Helper", "Helpers", "Util", "Utils", "Utilities", "Processor", "Common", "Core", "V2", "Experimental"];

    private static readonly string[] Ours = ["Amana.Server", "amana", "Amana.Lists", "Amana.Matching", "Amana.Vocabulary"];

    [Fact]
    public void No_name_ends_in_a_word_that_says_nothing() => Ours.SelectMany(a => BannedIn(Assembly.Load(a))).ShouldBeEmpty();

    [Fact]
    public void The_rule_sees_a_banned_name() => BannedIn(typeof(NameTests).Assembly).ShouldBe(["Amana.Conventions.Tests.Samples.Async.PageManager"]);

    [Fact]
    public void No_folder_is_named_after_a_kind_of_code() =>
        Reading.Repository.FilesUnder("src/", "").SelectMany(f => f.Split('/')[1..^1]).Distinct()
            .Where(f => f is "Services" or "Models" or "Helpers" or "Utils" or "Common" or "Core" or "Managers").ShouldBeEmpty();

    private static IEnumerable<string> BannedIn(Assembly assembly) => assembly.GetTypes()
        .Where(t => t.Namespace?.StartsWith("Amana", StringComparison.Ordinal) is true && !t.Name.Contains('<', StringComparison.Ordinal))
        .Where(t => Banned.Any(b => t.Name.Split('`')[0].EndsWith(b, StringComparison.Ordinal)))
        .Select(t => t.FullName!);
}
