using System.Runtime.CompilerServices;

namespace Amana.Browser.Tests;

/// <summary>Makes the pictures of the README: <c>./test --only Browser -- --explicit only</c>.</summary>
public class PictureTests(Browser browser)
{
    [Fact(Explicit = true)]
    public async Task The_pictures_of_the_readme_are_of_a_running_server()
    {
        await browser.WithDataAsync("officer");
        await TakeAsync("search", $"/search?q={Uri.EscapeDataString("Mital Benayina Ennamoudaji")}&born=1974-08-12&purpose=training", "en", dark: false);
        await TakeAsync("search-ar", $"/search?q={Uri.EscapeDataString("مثال بن عيّنة النموذجي")}&born=1974-08-12&purpose=training", "ar", dark: true);
    }

    private async Task TakeAsync(string name, string address, string language, bool dark)
    {
        await using var visit = await browser.SignInAsync("officer", 1440, language, dark);
        var answer = await visit.Page.GotoAsync(address);
        answer!.Status.ShouldBe(200);
        await visit.Page.ScreenshotAsync(new() { Path = Path.Combine(Pictures(), $"{name}.png") });
    }

    private static string Pictures([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "../../docs/pictures");
}
