using Microsoft.Playwright;

namespace Amana.Browser.Tests;

/// <summary>A list goes and comes back, and every step is a key.</summary>
public class RemovalTests(Browser browser)
{
    private const string List = "keyboard-removal";

    [Fact]
    public async Task An_administrator_removes_a_list_with_a_reason_and_restores_it_with_the_keyboard_alone()
    {
        await using var officer = await browser.SignInAsync("officer");
        await using var visit = await browser.SignInAsync("administrator");
        var page = visit.Page;
        await Work.ImportAsync(page, List, "Exemplar Removabilis");
        await Assertions.Expect(page.Locator("#run-head input[name=_handler][value=stop]")).ToHaveCountAsync(0);
        await FindsAsync(officer, 1);

        await page.GotoAsync("/admin/sources");
        await page.TabToAsync($"#sources a[href='/admin/sources/{List}']");
        await page.Keyboard.PressAsync("Enter");
        await page.TabToAsync("#remove summary");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#remove textarea[name=reason]")).ToBeVisibleAsync();

        // Without a reason nothing happens, and the page says so beside the field, in its own words.
        await page.TabToAsync("#remove button[type=submit]");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#remove [role=alert]")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator("#reason-error")).ToContainTextAsync("Say why the list is removed");
        await FindsAsync(officer, 1);

        await page.TabToAsync("#remove textarea[name=reason]");
        await page.Keyboard.TypeAsync("The publisher took it back");
        await page.TabToAsync("#remove button[type=submit]");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#removed tbody")).ToContainTextAsync("The publisher took it back");
        await Assertions.Expect(page.Locator($"#sources a[href='/admin/sources/{List}']")).ToHaveCountAsync(0);
        await FindsAsync(officer, 0);

        await page.TabToAsync($"#removed tr:has-text('{List}') button");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#runs")).ToBeVisibleAsync(); // the list's own page again
        await FindsAsync(officer, 1);
        visit.Wrong.ShouldBeEmpty();
        officer.Wrong.ShouldBeEmpty();
    }

    private static async Task FindsAsync(Visit officer, int hits)
    {
        await officer.Page.GotoAsync("/search?q=Exemplar+Removabilis&purpose=training");
        await Assertions.Expect(officer.Page.Locator(".found-list li", new() { HasText = "Removabilis" })).ToHaveCountAsync(hits);
    }
}
