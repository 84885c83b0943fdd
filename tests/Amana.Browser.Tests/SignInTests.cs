using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Amana.Browser.Tests;

public class SignInTests(Browser browser)
{
    [Fact]
    public async Task An_officer_signs_in_with_the_keyboard_alone_and_stands_at_the_desk()
    {
        await using var visit = await browser.OpenAsync();
        await visit.Page.GotoAsync("/");
        visit.Page.Url.ShouldContain("/sign-in");
        await Assertions.Expect(visit.Page.Locator("input[name=userName]")).ToBeFocusedAsync();
        await visit.Page.Keyboard.TypeAsync("officer");
        await visit.Page.Keyboard.PressAsync("Tab");
        await visit.Page.Keyboard.TypeAsync("utopia-training-only");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visit.Page.Locator("nav.side")).ToBeVisibleAsync();
        new Uri(visit.Page.Url).AbsolutePath.ShouldBe("/");
        visit.Wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_wrong_password_lets_nobody_in_and_says_so()
    {
        await using var visit = await browser.OpenAsync();
        await visit.Page.GotoAsync("/sign-in");
        await visit.Page.FillAsync("input[name=userName]", "nobody-of-that-name");
        await visit.Page.FillAsync("input[name=password]", "not the password");
        await visit.Page.PressAsync("input[name=password]", "Enter");
        await Assertions.Expect(visit.Page).ToHaveURLAsync(new Regex("/sign-in\\?"));
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("wrong");
        await visit.Page.GotoAsync("/");
        visit.Page.Url.ShouldContain("/sign-in");
    }

    [Fact]
    public async Task A_training_instance_says_that_it_is_one_before_and_after_sign_in()
    {
        await using var visit = await browser.OpenAsync();
        await visit.Page.GotoAsync("/sign-in");
        (await visit.Page.InnerTextAsync("body")).ShouldContain("Training", Case.Insensitive);
        await using var inside = await browser.SignInAsync("officer");
        (await inside.Page.InnerTextAsync("body")).ShouldContain("Training", Case.Insensitive);
    }

    [Fact]
    public async Task Whoever_signs_out_is_out()
    {
        await using var visit = await browser.SignInAsync("analyst");
        await visit.Page.EvaluateAsync("document.querySelector('form[action=\"/access/sign-out\"]').requestSubmit()");
        await Assertions.Expect(visit.Page).ToHaveURLAsync(new Regex("/sign-in"));
        await visit.Page.GotoAsync("/profile");
        visit.Page.Url.ShouldContain("/sign-in");
    }
}
