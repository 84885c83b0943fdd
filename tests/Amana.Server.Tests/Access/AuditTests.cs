using System.Text.RegularExpressions;
using Amana.Server.Access.Pages;
using Amana.Server.Tests.Web;
using Amana.Server.Web;

namespace Amana.Server.Tests.Access;

public partial class AuditTests
{
    [Fact]
    public void Every_act_that_is_taken_down_can_be_asked_for_and_has_words_in_every_language()
    {
        string source = Path.Combine(TextsTests.FindRoot(), "src", "Amana.Server");
        var recorded = Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories)
            .SelectMany(f => Recorded().Matches(File.ReadAllText(f)).Select(m => m.Groups["act"].Value)).Distinct(StringComparer.Ordinal).ToList();
        recorded.Count.ShouldBeGreaterThan(20);
        recorded.Except(AuditText.Acts, StringComparer.Ordinal).ShouldBeEmpty();
        foreach (var language in Languages.All)
        {
            AuditText.Acts.Where(act => !Texts.In(language).Has($"act.{act}")).ShouldBeEmpty(language.Code);
        }
    }

    [Fact]
    public async Task Who_reads_the_journal_sees_names_and_acts_and_content_only_with_the_right_to_it()
    {
        await using var demo = await AmanaServer.StartNewAsync(demo: true);
        using var officer = await BrowserSession.SignInAsync(demo.Address, "officer");
        await officer.PageAsync("/audit", System.Net.HttpStatusCode.Forbidden);

        using var compliance = await BrowserSession.SignInAsync(demo.Address, "compliance");
        string whole = await compliance.PageAsync("/audit?what=person.signed-in");
        whole.ShouldContain("D. Specimen");
        whole.ShouldContain(">network<");
        using var protection = await BrowserSession.SignInAsync(demo.Address, "data-protection");
        string bare = await protection.PageAsync("/audit?what=person.signed-in");
        bare.ShouldContain("D. Specimen");
        bare.ShouldNotContain(">network<");
        (await protection.PageAsync("/audit?who=officer&what=token.made")).ShouldContain("No entry fits");
        (await protection.PageAsync("/audit?from=31.02.2026", System.Net.HttpStatusCode.BadRequest)).ShouldContain("2026-11-24");
    }

    [GeneratedRegex("""\.Record\([^"\n]*"(?<act>[a-z.-]+)[\x22]""", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Recorded();
}
