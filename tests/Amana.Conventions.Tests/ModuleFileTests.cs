using Amana.Conventions.Tests.Reading;

namespace Amana.Conventions.Tests;

public class ModuleFileTests
{
    public static TheoryData<string> Modules => [.. Server.Modules.InOrder.Select(m => m.GetType().Namespace!.Split('.')[^1])];

    [Theory]
    [MemberData(nameof(Modules))]
    public void A_module_has_a_page_about_itself_and_a_front_door(string module)
    {
        string folder = $"src/Amana.Server/{module}";
        Repository.Files.ShouldContain($"{folder}/README.md");
        Repository.Files.ShouldContain($"{folder}/{module}Module.cs");
        Repository.Read($"{folder}/README.md").Length.ShouldBeGreaterThan(400, "what it is for, states, rules with their source, who may do what");
    }

    [Theory]
    [MemberData(nameof(Modules))]
    public void Every_reason_to_refuse_stands_in_one_file_and_in_the_module_s_page(string module)
    {
        using var server = Built.Of(typeof(Server.Foundation.IModule).Assembly);
        string page = Repository.Read($"src/Amana.Server/{module}/README.md");
        RefusalCodes.In(server).Where(c => c.Type.Namespace.StartsWith($"Amana.Server.{module}", StringComparison.Ordinal))
            .Select(c => c.Code).Where(code => !page.Contains(code, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Refusals_are_made_only_in_files_of_refusals()
    {
        using var server = Built.Of(typeof(Server.Foundation.IModule).Assembly);
        var made = server.Uses().Where(use => use is { Instruction: "newobj", Member: ".ctor" } && use.To.ToString() == "Amana.Server.Foundation.Refusal")
            .Select(use => use.From.ToString()).Distinct().Where(type => !type.EndsWith("Refusals", StringComparison.Ordinal) && type != "Amana.Server.Foundation.Refusal"); // a record copies itself
        Exceptions.Of("refusals-elsewhere.txt").Check(made).ShouldBeEmpty();
    }

    [Fact]
    public void A_refusal_s_code_is_given_once()
    {
        using var server = Built.Of(typeof(Server.Foundation.IModule).Assembly);
        var codes = RefusalCodes.In(server).ToList();
        codes.ShouldNotBeEmpty();
        codes.GroupBy(c => c.Code).Where(g => g.Count() > 1).Select(g => $"{g.Key}: {string.Join(", ", g.Select(c => c.Type))}").ShouldBeEmpty();
    }

    [Fact]
    public void Every_folder_of_data_says_where_it_comes_from() =>
        Repository.FilesUnder("data/", "").Select(f => Path.GetDirectoryName(f)!).Distinct()
            .Where(folder => !File.Exists(Path.Combine(Repository.Root, folder, "SOURCE.md"))).ShouldBeEmpty();
}
