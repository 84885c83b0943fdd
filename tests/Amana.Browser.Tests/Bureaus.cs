using Amana.Tests.Shared;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Amana.Browser.Tests.Bureaus))]

namespace Amana.Browser.Tests;

/// <summary>The tests that look at several bureaus: one after the other, since they share the servers.</summary>
[CollectionDefinition(Name)]
public sealed class SeveralBureaus
{
    public const string Name = "several bureaus";
}

/// <summary>Utopia and Questia, each a server of its own, and Qimaria, which is in the directory and does not answer. The first test that asks starts them and joins them
/// as people do: by their pages, with words that are read over the telephone.</summary>
public sealed class Bureaus : IAsyncLifetime
{
    private static readonly string[] Codes = ["UTO", "QST", "QMR"];
    private static readonly (string Field, string Text)[] Names = [("name-ar", "يوتوبيا"), ("name-en", "Bureau of Utopia"), ("name-fr", "Bureau d’Utopie"), ("name-es", "Oficina de Utopía")];

    private readonly SemaphoreSlim _one = new(1);
    private Dictionary<string, ServerProcess>? _servers;
    private Exception? _failed;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>A profile with somebody of that bureau signed in; all bureaus are joined by then.</summary>
    internal async Task<Visit> SignInAsync(Browser browser, string bureau, string userName, int width = 1440, string language = "en", bool dark = false)
    {
        await JoinedAsync(browser);
        return await browser.SignInAsync(userName, width, language, dark, _servers![bureau].Address);
    }

    private async Task JoinedAsync(Browser browser)
    {
        await _one.WaitAsync();
        try
        {
            if (_failed is { } failed) throw new InvalidOperationException("The bureaus could not be joined.", failed);
            if (_servers is not null) return;
            var started = await Task.WhenAll(Codes.Select(code => ServerProcess.StartAsync(demo: true, more: ["--bureau", code])));
            _servers = Codes.Zip(started).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal);
            await JoinAsync(browser);
        }
        catch (Exception e) when (_failed is null)
        {
            _failed = e; // once is enough: the others wait for nothing
            throw;
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task JoinAsync(Browser browser)
    {
        await using var secretariat = await browser.SignInAsync("administrator", address: _servers!["UTO"].Address);
        var page = secretariat.Page;
        await page.GotoAsync("/admin/bureaus");
        foreach (var (field, text) in Names) await page.FillAsync($"#{field}", text);
        await page.Locator("form", new() { Has = page.Locator("#name-ar") }).Locator("button[type=submit]").ClickAsync();
        await Assertions.Expect(page.Locator("#add")).ToBeVisibleAsync();

        await using var questia = await browser.SignInAsync("administrator", address: _servers["QST"].Address);
        string own = await WordsAsync(questia.Page, 0);
        await AddAsync(page, _servers["QST"].Address, Misheard(own));
        await Assertions.Expect(page.Locator("#words-error")).ToContainTextAsync("These are not the words of the key");
        await page.FillAsync("#words", own);
        await page.Locator("#add form", new() { Has = page.Locator("#words") }).Locator("button[type=submit]").ClickAsync();
        await Assertions.Expect(page.Locator("table tbody")).ToContainTextAsync("QST");

        await using var qimaria = await browser.SignInAsync("administrator", address: _servers["QMR"].Address);
        await AddAsync(page, _servers["QMR"].Address, await WordsAsync(qimaria.Page, 0));
        await Assertions.Expect(page.Locator("table tbody")).ToContainTextAsync("QMR");
        await _servers["QMR"].StopAsync();

        // The other side compares the Secretariat's key, as the Secretariat reads it.
        string signer = await WordsAsync(page, 1);
        await questia.Page.UntilAsync(p => p.Locator("#offer"), "A directory is offered");
        await questia.Page.FillAsync("#words", signer);
        await questia.Page.ClickAsync("#offer button[value=yes]");
        await Assertions.Expect(questia.Page.Locator("table tbody")).ToContainTextAsync("UTO");
        await questia.Page.UntilAsync(p => p.Locator("main"), "3 bureaus, version 3");
        foreach (var visit in (Visit[])[secretariat, questia, qimaria]) visit.Wrong.ShouldBeEmpty();
    }

    // The own key, or the Secretariat's, as somebody reads it aloud.
    private static async Task<string> WordsAsync(IPage page, int which)
    {
        await page.GotoAsync("/admin/bureaus");
        return string.Join(' ', await page.Locator("#own .key-words").Nth(which).Locator("bdi").AllInnerTextsAsync());
    }

    private static string Misheard(string words) => string.Join(' ', words.Split(' ').Reverse());

    private static async Task AddAsync(IPage page, Uri address, string words)
    {
        await page.FillAsync("#address", address.ToString());
        await page.Locator("#add form", new() { Has = page.Locator("#address") }).Locator("button[type=submit]").ClickAsync();
        await page.FillAsync("#words", words);
        await page.Locator("#add form", new() { Has = page.Locator("#words") }).Locator("button[type=submit]").ClickAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _one.Dispose();
        foreach (var server in _servers?.Values ?? Enumerable.Empty<ServerProcess>()) await server.DisposeAsync();
    }
}

/// <summary>What a person does who waits for another bureau: looks again.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public static async Task UntilAsync(this IPage page, Func<IPage, ILocator> where, string text)
    {
        var until = DateTime.UtcNow + Patience;
        while (true)
        {
            await page.ReloadAsync();
            var found = where(page);
            string said = await found.CountAsync() == 0 ? "" : string.Join('\n', await found.AllInnerTextsAsync());
            if (said.Contains(text, StringComparison.OrdinalIgnoreCase)) return;
            if (DateTime.UtcNow > until) throw new TimeoutException($"{page.Url} does not say '{text}' but: {said}");
            await Task.Delay(250);
        }
    }

    /// <summary>Serious barriers, and what goes beyond a window of 390 px, as the page is now.</summary>
    public static async Task<IReadOnlyList<string>> FaultsAsync(this IPage page)
    {
        List<string> faults = [.. await EveryPageTests.BarriersOfAsync(page)];
        var size = page.ViewportSize!;
        await page.SetViewportSizeAsync(390, 900);
        faults.AddRange((await page.EvaluateAsync<string[]>(EveryPageTests.CutOff)).Select(c => $"{page.Url} at 390: {c}"));
        int over = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (over > 0) faults.Add($"{page.Url} at 390 is {over} too wide");
        await page.SetViewportSizeAsync(size.Width, size.Height);
        return faults;
    }
}
