using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace Amana.Browser.Tests;

/// <summary>What holds for every page that a person can reach: found by following the rail and the links of each page.</summary>
public class EveryPageTests(Browser browser)
{
    private static readonly string[] Languages = ["ar", "en", "fr", "es"];
    private static readonly int[] Widths = [390, 820, 1440];

    [Theory]
    [InlineData("officer")]
    [InlineData("analyst")]
    [InlineData("compliance")]
    [InlineData("data-protection")]
    [InlineData("administrator")]
    [InlineData("security-officer")]
    public async Task Every_page_answers_in_four_languages_without_errors_and_without_another_host(string userName)
    {
        await using var visit = await browser.SignInAsync(userName);
        string[] addresses = [.. await visit.AddressesAsync(), .. await browser.WithDataAsync(userName)];
        addresses.Length.ShouldBeGreaterThan(1);
        foreach (string address in addresses)
        {
            // Drawn with its scripts in one language; the page as it comes, without script, in the three others.
            var drawn = await visit.Page.GotoAsync(With(address, "en"));
            Check(await drawn!.TextAsync(), drawn.Status, address, "en");
            foreach (string language in Languages.Where(l => l != "en"))
            {
                var answer = await visit.Page.APIRequest.GetAsync(With(address, language), new() { Headers = [KeyValuePair.Create("Accept", "text/html")] });
                Check(await answer.TextAsync(), answer.Status, address, language);
            }
        }
        visit.Wrong.ShouldBeEmpty();
    }

    private static void Check(string page, int status, string address, string language)
    {
        status.ShouldBe(200, address);
        page.ShouldContain($" lang=\"{language}\" dir=\"{(language == "ar" ? "rtl" : "ltr")}\"", Case.Sensitive, address);
        page.ShouldContain("Amana</title>", Case.Sensitive, address);
        page.Split("<h1").Length.ShouldBe(2, $"one head on {address}");
    }

    [Theory]
    [InlineData("officer")]
    [InlineData("administrator")]
    public async Task No_page_is_wider_than_its_window(string userName)
    {
        await using var visit = await browser.SignInAsync(userName);
        string[] addresses = [.. await visit.AddressesAsync(), .. await browser.WithDataAsync(userName), "/sign-in"];
        var wide = new List<string>();
        foreach (string language in Languages)
        {
            foreach (string address in addresses)
            {
                await visit.Page.GotoAsync(With(address, language));
                foreach (int width in Widths)
                {
                    await visit.Page.SetViewportSizeAsync(width, 900);
                    int over = await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
                    if (over > 0) wide.Add($"{address} in {language} at {width} is {over} too wide");
                }
            }
        }
        wide.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("officer", "en", false)]
    [InlineData("officer", "ar", true)]
    [InlineData("administrator", "ar", false)]
    [InlineData("administrator", "en", true)]
    public async Task No_page_shuts_a_person_out(string userName, string language, bool dark)
    {
        await using var visit = await browser.SignInAsync(userName, language: language, dark: dark);
        string[] addresses = [.. await visit.AddressesAsync(), .. await browser.WithDataAsync(userName)];
        var found = new List<string>();
        foreach (string address in addresses) found.AddRange(await BarriersAsync(visit, With(address, language)));
        found.ShouldBeEmpty();
    }

    // Below 1400 the rail folds to icons, below 760 it becomes a bar: names that only the wide page shows are lost here.
    [Theory]
    [InlineData("officer", 820, "ar", false)]
    [InlineData("officer", 390, "en", true)]
    [InlineData("administrator", 820, "fr", true)]
    [InlineData("administrator", 390, "es", false)]
    public async Task No_narrow_page_shuts_a_person_out(string userName, int width, string language, bool dark)
    {
        await using var visit = await browser.SignInAsync(userName, width, language, dark);
        string[] addresses = ["/", "/profile", .. await browser.WithDataAsync(userName)];
        var found = new List<string>();
        foreach (string address in addresses) found.AddRange(await BarriersAsync(visit, With(address, language)));
        found.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("officer")]
    [InlineData("administrator")]
    [InlineData("compliance")]
    public async Task No_table_and_no_row_of_figures_is_cut_off(string userName)
    {
        await using var visit = await browser.SignInAsync(userName);
        string[] addresses = ["/", "/profile", .. await browser.WithDataAsync(userName), .. userName == "administrator" ? ["/admin/sources", "/admin/runs", "/admin/roles", "/admin/health"] : Array.Empty<string>()];
        var cut = new List<string>();
        foreach (string language in new[] { "ar", "fr" }) // the two with the widest words
        {
            foreach (string address in addresses)
            {
                await visit.Page.GotoAsync(With(address, language));
                foreach (int width in Widths)
                {
                    await visit.Page.SetViewportSizeAsync(width, 900);
                    cut.AddRange((await visit.Page.EvaluateAsync<string[]>(CutOff)).Select(c => $"{address} in {language} at {width}: {c}"));
                }
            }
        }
        cut.ShouldBeEmpty();
    }

    // A long name may end in an ellipsis, tabs may be moved sideways; all else is whole, the ladder of a long name too.
    internal const string CutOff = """
        () => [...document.querySelectorAll('main *')].filter(e => {
          if (e.closest('.vh, svg, dialog, .tabs, .trunc, textarea, input, select')) return false;
          const style = getComputedStyle(e);
          return style.overflowX !== 'visible' && e.clientWidth > 2 && e.scrollWidth > e.clientWidth + 1;
        }).map(e => `${e.tagName}.${e.className} is ${e.scrollWidth - e.clientWidth} too wide`)
        """;

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/recovery")]
    [InlineData("/no-such-page")]
    public async Task No_page_before_sign_in_shuts_a_person_out(string address)
    {
        await using var visit = await browser.OpenAsync();
        (await BarriersAsync(visit, address)).ShouldBeEmpty();
        visit.Wrong.ShouldBeEmpty();
    }

    internal static async Task<IEnumerable<string>> BarriersAsync(Visit visit, string address)
    {
        await visit.Page.GotoAsync(address);
        return (await BarriersOfAsync(visit.Page)).Select(b => $"{address}: {b}");
    }

    /// <summary>Of the page as it is now.</summary>
    internal static async Task<IEnumerable<string>> BarriersOfAsync(Microsoft.Playwright.IPage page)
    {
        var result = await page.RunAxe(new AxeRunOptions { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] } });
        return result.Violations.Where(v => v.Impact is "serious" or "critical")
            .SelectMany(v => v.Nodes.Take(3).Select(n => $"{v.Id} ({v.Impact}) {n.Html}"));
    }

    private static string With(string address, string language) => $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}lang={language}";
}
