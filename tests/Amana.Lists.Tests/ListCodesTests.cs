using System.Reflection;

namespace Amana.Lists.Tests;

public sealed class ListCodesTests
{
    private static readonly string[] Codes =
        [.. typeof(ListCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!)];

    [Fact]
    public void Every_code_is_explained_in_the_README_and_nothing_else_is()
    {
        string readme = File.ReadAllText(Path.Combine(Checkout(), "src", "Amana.Lists", "README.md"));
        var explained = readme.Split('\n').Where(l => l.StartsWith("| `list.", StringComparison.Ordinal)).Select(l => l.Split('`')[1]);
        explained.Order().ShouldBe(Codes.Order());
    }

    [Fact]
    public void Every_code_is_there_once() => Codes.ShouldBeUnique();

    private static string Checkout()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Amana.slnx"))) folder = folder.Parent;
        return folder!.FullName;
    }
}
