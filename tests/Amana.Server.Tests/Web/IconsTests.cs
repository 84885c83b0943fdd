using System.Text.RegularExpressions;

namespace Amana.Server.Tests.Web;

public partial class IconsTests
{
    [Fact]
    public void Every_icon_that_a_page_or_the_rail_names_is_in_the_sprite()
    {
        string server = Path.Combine(TextsTests.FindRoot(), "src", "Amana.Server");
        var there = Symbol().Matches(File.ReadAllText(Path.Combine(server, "wwwroot", "icons.svg"))).Select(m => m.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);
        var named = Directory.EnumerateFiles(server, "*.razor", SearchOption.AllDirectories)
            .SelectMany(f => Named().Matches(File.ReadAllText(f)).Select(m => m.Groups["name"].Value))
            .Concat(Modules.InOrder.SelectMany(m => m.Menu).Select(e => e.Icon)).ToHashSet(StringComparer.Ordinal);
        named.Count.ShouldBeGreaterThan(30);
        named.Except(there).ShouldBeEmpty();
    }

    [Fact]
    public void The_rail_has_words_in_every_language() =>
        Modules.InOrder.SelectMany(m => m.Menu).SelectMany(e => new[] { e.Text, e.Group }).OfType<string>()
            .Where(key => Server.Web.TextCatalogue.Own.Find(Server.Web.Languages.English, key) is null).ShouldBeEmpty();

    [GeneratedRegex("""<symbol id="(?<name>[^"]+)""", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Symbol();

    [GeneratedRegex("""(?:<Icon Name|Sign)="(?<name>[a-z][a-z0-9-]*)""", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Named();
}
