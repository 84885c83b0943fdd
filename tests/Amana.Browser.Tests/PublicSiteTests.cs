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

    [Theory]
    [InlineData("en", "Continue", "Back", "Send")]
    [InlineData("ar", "متابعة", "رجوع", "إرسال")]
    public async Task A_tip_is_given_in_four_pages_and_going_back_loses_nothing(string language, string next, string back, string send)
    {
        await using var visit = await browser.OpenAsync(language: language);
        var page = visit.Page;
        await page.SetViewportSizeAsync(390, 844);
        await page.GotoAsync($"/{language}/tip");
        await page.ClickAsync("a[href$='step=1']");
        await page.FillAsync("[name=what]", "He wore a green coat.");
        await Press(next, 2);
        await page.CheckAsync("#day-yesterday");
        await page.FillAsync("[name=when]", "13:30");
        await page.PressAsync("[name=when]", "Enter");
        await page.WaitForURLAsync("**/tip?step=3");
        await page.FillAsync("[name=where]", "Café at the north station");
        await Press(back, 2);
        (await page.IsCheckedAsync("#day-yesterday")).ShouldBeTrue();
        (await page.InputValueAsync("[name=when]")).ShouldBe("13:30");
        await Press(next, 3);
        (await page.InputValueAsync("[name=where]")).ShouldBe("Café at the north station");
        await Press(next, 4);
        (await page.Locator("dl.kv").InnerTextAsync()).ShouldContain("He wore a green coat.");
        await page.WaitForTimeoutAsync(3_200); // faster than that only machines fill it in
        await page.ClickAsync($".acts button:has-text('{send}')");
        (await page.Locator(".receipt .code").InnerTextAsync()).ShouldStartWith("TIP-");
        (await page.Context.CookiesAsync()).ShouldBeEmpty();
        (await page.EvaluateAsync<int>("document.scripts.length + localStorage.length + sessionStorage.length")).ShouldBe(0);

        async Task Press(string label, int step)
        {
            await page.ClickAsync($".acts button:has-text('{label}')");
            await page.WaitForURLAsync($"**/tip?step={step}");
        }
    }
}
