using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Amana.Browser.Tests;

/// <summary>The main job without a mouse: every step is a key.</summary>
public class KeyboardTests(Browser browser)
{
    [Fact]
    public async Task An_officer_searches_decides_and_takes_it_back_with_the_keyboard_alone()
    {
        await using var visit = await browser.OpenAsync();
        var page = visit.Page;
        await page.GotoAsync("/sign-in");
        await Assertions.Expect(page.Locator("input[name=userName]")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("second-officer");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync(Browser.SpecimenPassword);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("nav.side")).ToBeVisibleAsync();

        await visit.KeysAsync();
        await page.Keyboard.PressAsync("Control+k");
        await Assertions.Expect(page.Locator("#command input[name=q]")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Mital Ennamoudaji");
        await Assertions.Expect(page.Locator("#command-list [role=option]").First).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/search\\?q=Mital"));
        await page.TabToAsync("select[name=purpose]");
        await page.Keyboard.TypeAsync("Training");
        await page.TabToAsync("form.qb button[type=submit]");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".found-list li")).Not.ToHaveCountAsync(0);
        (await page.Locator(".ladder").CountAsync()).ShouldBe(1);

        await visit.KeysAsync();
        await page.Locator("main").PressAsync("j");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("k");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("on=uto-specimens"));
        await Assertions.Expect(page.Locator(".found-list li").Nth(1)).ToHaveClassAsync("on");
        await visit.KeysAsync();
        await page.Keyboard.PressAsync("2");
        await Assertions.Expect(page.Locator("[data-decision] input[value=not-same]")).ToBeCheckedAsync();
        await Assertions.Expect(page.Locator("[data-decision] input[name=reason]")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Another year of birth");
        await page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(page.Locator("form[data-undo]")).ToBeVisibleAsync();
        string reference = await page.Locator("form[data-undo] input[name=hit]").InputValueAsync();

        await visit.KeysAsync();
        await page.Keyboard.PressAsync("z");
        await Assertions.Expect(page.Locator("form[data-undo]")).ToHaveCountAsync(0);
        await page.GotoAsync($"/hits/{reference}");
        await Assertions.Expect(page.Locator(".page-head")).ToContainTextAsync("Open");
        visit.Wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_change_of_language_keeps_the_page_and_the_ladder_of_an_Arabic_page_reads_from_the_right()
    {
        await using var visit = await browser.SignInAsync("officer");
        const string Address = "/search?q=Mital+Ennamoudaji&purpose=training";
        await visit.Page.GotoAsync(Address + "&lang=ar");
        await Assertions.Expect(visit.Page.Locator("html")).ToHaveAttributeAsync("dir", "rtl");
        float list = (await visit.Page.Locator(".found-list").BoundingBoxAsync())!.X;
        float why = (await visit.Page.Locator(".found-why").BoundingBoxAsync())!.X;
        list.ShouldBeGreaterThan(why, "the list stands on the right, where reading begins");
        await visit.Page.GotoAsync(Address);
        await Assertions.Expect(visit.Page.Locator("html")).ToHaveAttributeAsync("lang", "ar");
        await Assertions.Expect(visit.Page.Locator("input[name=q]").First).ToHaveValueAsync("Mital Ennamoudaji");
    }
}
