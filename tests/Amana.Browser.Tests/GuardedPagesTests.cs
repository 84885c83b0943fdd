using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Amana.Browser.Tests;

/// <summary>A number at the border, and a record that is for some only, as the pages show them; also where they say no, on a phone, in Arabic
/// and in the dark.</summary>
public class GuardedPagesTests(Browser browser)
{
    private const string Zone = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";

    [Theory]
    [InlineData("en", 1440, false)]
    [InlineData("ar", 390, true)]
    public async Task A_zone_is_checked_digit_by_digit_and_its_owner_asked(string language, int width, bool dark)
    {
        await using var visit = await browser.SignInAsync("officer", width, language, dark);
        var page = visit.Page;
        await page.GotoAsync($"/numbers?kind=document&lang={language}");
        await page.FillAsync("#zone", Zone.Replace("7408122", "7408127", StringComparison.Ordinal));
        await page.SelectOptionAsync("#check [name=purpose]", "border-check");
        await page.ClickAsync("#check button[type=submit]");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("7 ≠ 2");
        (await EveryPageTests.BarriersOfAsync(page)).ShouldBeEmpty();
        await page.FillAsync("#zone", Zone);
        await page.SelectOptionAsync("#check [name=purpose]", "border-check");
        await page.ClickAsync("#check button[type=submit]");
        await Assertions.Expect(page.Locator("section.answer.danger").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("aside")).ToContainTextAsync("L898902C3");
        (await EveryPageTests.BarriersOfAsync(page)).ShouldBeEmpty();
        await page.Locator("form:has(input[value=ask]):has(input[name=record]) button[type=submit]").First.ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/numbers\\?kind=document"));
        await page.GotoAsync($"/?lang={language}");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync(new Regex("UTO-TD-"));
        visit.Wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_request_is_restricted_from_its_page_opened_in_an_emergency_and_that_is_reviewed()
    {
        await using var inside = await browser.SignInAsync("officer");
        var page = inside.Page;
        await page.GotoAsync("/notices?lang=en&state=in-review");
        string notice = (await page.Locator("main a[href^='/notices/UTO-']").First.GetAttributeAsync("href"))!;
        await page.GotoAsync(notice);
        await page.ClickAsync("#wall summary");
        await page.CheckAsync("#wall input[name=units][value=border]");
        await page.FillAsync("#wallReason", "Source at risk if more people know");
        await page.ClickAsync("#wall form:has(#wallReason) button[type=submit]");
        await Assertions.Expect(page.Locator("#wall header .pill")).ToContainTextAsync("Restricted");

        await using var outside = await browser.SignInAsync("second-officer", 390, "ar", dark: true);
        await outside.Page.GotoAsync(notice);
        (await EveryPageTests.BarriersOfAsync(outside.Page)).ShouldBeEmpty();
        await outside.Page.ClickAsync("main a[href^='/emergency']");
        (await EveryPageTests.BarriersOfAsync(outside.Page)).ShouldBeEmpty();
        await outside.Page.FillAsync("#reason", "A child is missing and every minute counts");
        await outside.Page.ClickAsync("main form button[type=submit]");
        await Assertions.Expect(outside.Page).ToHaveURLAsync(new Regex(Regex.Escape(notice)));

        await using var compliance = await browser.SignInAsync("compliance", 390);
        await compliance.Page.GotoAsync("/audit/emergencies");
        await Assertions.Expect(compliance.Page.Locator("main")).ToContainTextAsync("A child is missing");
        (await EveryPageTests.BarriersOfAsync(compliance.Page)).ShouldBeEmpty();
        await compliance.Page.CheckAsync("main input[name=justified][value=yes]");
        await compliance.Page.FillAsync("main textarea[name=finding]", "The child was found in time.");
        await compliance.Page.ClickAsync("main form:has(textarea[name=finding]) button[type=submit]");
        await Assertions.Expect(compliance.Page.Locator("main form:has(textarea[name=finding])")).ToHaveCountAsync(0);
        foreach (var visit in (Visit[])[inside, outside, compliance]) visit.Wrong.ShouldBeEmpty();
    }
}
