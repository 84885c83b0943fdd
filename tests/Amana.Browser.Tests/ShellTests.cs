using Microsoft.Playwright;

namespace Amana.Browser.Tests;

public class ShellTests(Browser browser)
{
    [Fact]
    public async Task The_command_box_opens_by_keyboard_and_gives_the_focus_back()
    {
        await using var visit = await browser.SignInAsync("officer");
        await visit.KeysAsync();
        await visit.Page.Keyboard.PressAsync("Control+k");
        await Assertions.Expect(visit.Page.Locator("#command")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator("#command input[name=q]")).ToBeFocusedAsync();
        await Assertions.Expect(visit.Page.Locator("#command-list [role=option]").First).ToBeVisibleAsync();
        await visit.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(visit.Page.Locator("#command")).ToBeHiddenAsync();
        visit.Wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_first_tab_on_a_page_skips_to_its_content()
    {
        await using var visit = await browser.SignInAsync("officer");
        await visit.Page.GotoAsync("/profile");
        await visit.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(visit.Page.Locator("a.skip")).ToBeFocusedAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visit.Page.Locator("#main")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task The_language_is_switched_by_keyboard_and_stays_with_arabic_from_right_to_left()
    {
        await using var visit = await browser.SignInAsync("officer");
        await visit.KeysAsync(); // the script closes menus when it starts
        await visit.Page.FocusAsync("details.lang summary");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.FocusAsync("details.lang a[lang=ar]");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visit.Page.Locator("html")).ToHaveAttributeAsync("dir", "rtl");
        await visit.Page.GotoAsync("/profile");
        await Assertions.Expect(visit.Page.Locator("html")).ToHaveAttributeAsync("lang", "ar");
        float rail = (await visit.Page.Locator("nav.side").BoundingBoxAsync())!.X;
        float main = (await visit.Page.Locator("#main").BoundingBoxAsync())!.X;
        rail.ShouldBeGreaterThan(main);
    }

    [Theory]
    [InlineData("dark", false, true)]
    [InlineData("light", true, false)]
    public async Task The_chosen_theme_wins_over_the_system_s(string theme, bool systemIsDark, bool isDark)
    {
        await using var visit = await browser.SignInAsync("officer", dark: systemIsDark);
        (await BrightnessAsync(visit.Page) < 128).ShouldBe(systemIsDark);
        await visit.Page.GotoAsync($"/ui/theme?is={theme}&back=/profile");
        new Uri(visit.Page.Url).AbsolutePath.ShouldBe("/profile");
        (await BrightnessAsync(visit.Page) < 128).ShouldBe(isDark);
    }

    private static Task<double> BrightnessAsync(IPage page) => page.EvaluateAsync<double>(
        """
        () => {
          const probe = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
          probe.fillStyle = getComputedStyle(document.body).backgroundColor;
          probe.fillRect(0, 0, 1, 1);
          const [r, g, b] = probe.getImageData(0, 0, 1, 1).data;
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        }
        """);
}
