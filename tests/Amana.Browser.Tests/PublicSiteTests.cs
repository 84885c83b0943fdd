namespace Amana.Browser.Tests;

/// <summary>The public site as a reader's browser draws it, without a session.</summary>
public class PublicSiteTests(Browser browser)
{
    private static readonly string[] Paths = ["", "/notices", "/notices?name=nobodyiscalledthis", "/missing", "/un", "/news", "/tip", "/tip?step=1", "/tip/answer", "/your-data", "/your-data/status", "/verify", "/no-such-page"];

    [Theory]
    [InlineData("ar", false)]
    [InlineData("en", true)]
    [InlineData("fr", false)]
    [InlineData("es", true)]
    public async Task No_public_page_is_wider_than_its_window_or_shuts_a_reader_out(string language, bool dark)
    {
        await using var visit = await browser.OpenAsync(language: language, dark: dark);
        var found = new List<string>();
        await visit.Page.GotoAsync($"/{language}/notices");
        string extract = (await visit.Page.Locator("a.face").First.GetAttributeAsync("href"))!;
        foreach (string address in (string[])[.. Paths.Select(p => $"/{language}{p}"), extract])
        {
            await visit.Page.SetViewportSizeAsync(1440, 900);
            found.AddRange(await EveryPageTests.BarriersAsync(visit, address));
            foreach (int width in (int[])[320, 390, 820, 1440])
            {
                await visit.Page.SetViewportSizeAsync(width, 900);
                int over = await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
                if (over > 0) found.Add($"{address} at {width} is {over} too wide");
            }
        }

        found.ShouldBeEmpty();
        visit.Wrong.ShouldBeEmpty();
        (await visit.Page.Context.CookiesAsync()).ShouldBeEmpty("readers are not marked");
        await visit.Page.GotoAsync($"/{language}/notices");
        (await visit.Page.EvaluateAsync<int>("document.scripts.length")).ShouldBe(0);
    }

    [Fact]
    public async Task A_reader_finds_a_person_by_keyboard_alone()
    {
        await using var visit = await browser.OpenAsync();
        await visit.Page.GotoAsync("/en/notices");
        await visit.Page.TabToAsync("input[name=name]");
        await visit.Page.Keyboard.TypeAsync("namudhaji");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.WaitForURLAsync("**/en/notices?name=namudhaji**");
        await visit.Page.TabToAsync("a.face");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.WaitForURLAsync("**/en/notices/2026-*");
        (await visit.Page.Locator("h1").InnerTextAsync()).ShouldContain("NAMUDHAJI");
    }
}
