using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Amana.Browser.Tests;

/// <summary>From a hit at one bureau to the owner of the notice at another.</summary>
[Collection(SeveralBureaus.Name)]
public class HitsBetweenBureausTests(Browser browser, Bureaus bureaus)
{
    [Fact]
    public async Task An_officer_with_a_hit_asks_its_owner_and_tells_it_and_the_owner_finds_it_on_the_desk()
    {
        await using var questia = await bureaus.SignInAsync(browser, "QST", "officer", dark: true);
        var page = questia.Page;
        await page.GotoAsync("/notices");
        await page.UntilAsync(p => p.Locator("main"), "UTO-R-");
        string notice = Regex.Match(await page.Locator("main").InnerTextAsync(), "UTO-R-[0-9-]+", RegexOptions.None, TimeSpan.FromSeconds(1)).Value;
        await page.GotoAsync($"/notices/{notice}?purpose=wanted-persons");
        string name = await page.Locator(".page-head h1 bdi").First.InnerTextAsync();
        await page.GotoAsync($"/search?purpose=wanted-persons&q={Uri.EscapeDataString(name)}&on={Uri.EscapeDataString($"notices-in-force/{notice}")}");
        await page.Locator("form[data-decision] label", new() { HasText = "Cannot tell" }).ClickAsync();
        await page.FillAsync("form[data-decision] input[name=reason]", "Waits for the owner of the record");
        await page.ClickAsync("form[data-decision] button[type=submit]");
        await page.ClickAsync("main a[href^='/hits/HIT-']");
        await Assertions.Expect(page.Locator("#owner")).ToContainTextAsync("UTO");
        (await page.FaultsAsync()).ShouldBeEmpty();
        string hit = new Uri(page.Url).AbsolutePath;

        await page.ClickAsync("main a[href^='/messages/new?to=UTO']");
        await Assertions.Expect(page.Locator("input[name=to][value=UTO]")).ToBeCheckedAsync();
        await Assertions.Expect(page.Locator("#subject")).ToHaveValueAsync(new Regex(notice, RegexOptions.None, TimeSpan.FromSeconds(1)));
        await Assertions.Expect(page.Locator("#urgency")).ToHaveValueAsync("8h");
        await page.SelectOptionAsync("#purpose", "wanted-persons");
        await page.ClickAsync("main form button[type=submit]");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/messages/MSG-", RegexOptions.None, TimeSpan.FromSeconds(1)));

        await page.GotoAsync(hit);
        await page.ClickAsync($"main a[href='/notices/{notice}']");
        if (await page.Locator("select[name=purpose]").CountAsync() > 0)
        {
            await page.SelectOptionAsync("select[name=purpose]", "wanted-persons");
            await page.ClickAsync("main form button[type=submit]");
        }

        await page.Locator("#hits form button").ClickAsync();
        await Assertions.Expect(page.Locator("#hits tbody")).ToContainTextAsync("told");
        (await page.FaultsAsync()).ShouldBeEmpty();

        await using var utopia = await bureaus.SignInAsync(browser, "UTO", "officer", 390, "ar");
        var there = utopia.Page;
        await there.UntilAsync(p => p.Locator($"main a[href='/notices/{notice}']"), notice); // the question to the owner names it too, as text
        await there.GotoAsync($"/notices/{notice}?purpose=wanted-persons");
        await Assertions.Expect(there.Locator("#hits-abroad")).ToContainTextAsync("QST");
        (await there.FaultsAsync()).ShouldBeEmpty();
        foreach (var visit in (Visit[])[questia, utopia]) visit.Wrong.ShouldBeEmpty();
    }
}
