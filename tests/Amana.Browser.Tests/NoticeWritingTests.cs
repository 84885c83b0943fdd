using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Amana.Browser.Tests;

/// <summary>Writing a notice with script: the check beside the form follows what is typed, and nothing is kept by it.</summary>
public partial class NoticeWritingTests(Browser browser)
{
    // Names and numbers in a sentence are set apart by marks of direction.
    [GeneratedRegex(@"Missing: \W?Charges", RegexOptions.None, 1000)]
    private static partial Regex MissingCharges();

    [GeneratedRegex(@"\b12\b\W+24\b", RegexOptions.None, 1000)]
    private static partial Regex TooLow();

    [Fact]
    public async Task The_check_follows_what_is_typed_and_keeps_nothing()
    {
        await using var visit = await browser.SignInAsync("officer");
        var page = visit.Page;
        await page.GotoAsync("/notices");
        string rows = await page.Locator("main").InnerTextAsync();
        await page.GotoAsync("/notices/new?type=red&searched=yes&lang=en");
        var check = page.Locator("#check");
        await Assertions.Expect(check).ToContainTextAsync(MissingCharges());
        await page.FillAsync("#charges", "Fraud");
        await Assertions.Expect(check).Not.ToContainTextAsync(MissingCharges());
        await page.SelectOptionAsync("#mode", "prosecution");
        await page.FillAsync("#penaltyMonths", "12");
        await Assertions.Expect(check).ToContainTextAsync(TooLow());
        await Assertions.Expect(page.Locator("#penaltyMonths")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator("#charges")).ToHaveValueAsync("Fraud");
        await page.GotoAsync("/notices");
        (await page.Locator("main").InnerTextAsync()).ShouldBe(rows);
        visit.Wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_tabs_of_a_text_show_one_language_at_a_time_by_keyboard_too()
    {
        await using var visit = await browser.SignInAsync("officer");
        var page = visit.Page;
        await page.GotoAsync("/notices/new?type=red&searched=yes&lang=en");
        await Assertions.Expect(page.Locator("#facts")).ToBeVisibleAsync();
        await page.FocusAsync("#facts-tab-0");
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(page.Locator("#facts")).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator("textarea[name='facts.en']")).ToBeVisibleAsync();
        visit.Wrong.ShouldBeEmpty();
    }
}
