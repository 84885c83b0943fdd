using System.Text.RegularExpressions;
using Amana.Tests.Shared;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Amana.Browser.Tests.Browser))]

namespace Amana.Browser.Tests;

/// <summary>One browser and one training server for all tests. A browser that does not start fails every test.</summary>
public sealed class Browser : IAsyncLifetime
{
    private const string Executable = "/usr/bin/chromium";
    /// <summary>Milliseconds for one step of a page: a busy machine is slow, and a test fails of what is wrong only.</summary>
    private const float Patience = 90_000;
    internal const string SpecimenPassword = "utopia-training-only";

    private readonly SemaphoreSlim _one = new(1);
    private Dictionary<string, string[]>? _withData;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    internal ServerProcess Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(Patience);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Executable,
            Headless = true,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
        Server = await ServerProcess.StartAsync(demo: true);
    }

    /// <summary>A new empty profile.</summary>
    internal async Task<Visit> OpenAsync(int width = 1440, string language = "en", bool dark = false, Uri? address = null)
    {
        var profile = await _browser!.NewContextAsync(new()
        {
            BaseURL = (address ?? Server.Address).ToString(),
            ViewportSize = new() { Width = width, Height = 900 },
            Locale = language,
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
        });
        profile.SetDefaultTimeout(Patience);
        return new Visit(profile, await profile.NewPageAsync(), address ?? Server.Address);
    }

    /// <summary>A new profile with one of the specimen people signed in.</summary>
    internal async Task<Visit> SignInAsync(string userName, int width = 1440, string language = "en", bool dark = false, Uri? address = null)
    {
        var visit = await OpenAsync(width, language, dark, address);
        await visit.Page.GotoAsync("/sign-in");
        await visit.Page.FillAsync("input[name=userName]", userName);
        await visit.Page.FillAsync("input[name=password]", SpecimenPassword);
        await visit.Page.PressAsync("input[name=password]", "Enter");
        await Assertions.Expect(visit.Page).Not.ToHaveURLAsync(new Regex("/sign-in"));
        await visit.IsLoadedAsync();
        return visit;
    }

    /// <summary>Addresses that show something only after work was done: a hit, a batch, an answer, a record, a run. Made once.</summary>
    internal async Task<string[]> WithDataAsync(string userName)
    {
        await _one.WaitAsync();
        try
        {
            _withData ??= await WorkAsync();
            return _withData.GetValueOrDefault(userName) ?? [];
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<Dictionary<string, string[]>> WorkAsync()
    {
        await using var officer = await SignInAsync("officer");
        string batch = await Work.HandInBatchAsync(officer.Page);
        var hit = officer.Page.Locator("#batch-found tbody tr a").First;
        await hit.WaitForAsync();
        string opened = (await hit.GetAttributeAsync("href"))!;
        await using var administrator = await SignInAsync("administrator");
        string run = await Work.ImportAsync(administrator.Page, "pages-with-data");
        await Assertions.Expect(administrator.Page.Locator("#run-head input[name=_handler][value=stop]")).ToHaveCountAsync(0);
        return new(StringComparer.Ordinal)
        {
            ["officer"] =
            [
                opened, batch, $"{batch}?view=rows", "/search?q=Mital+Ennamoudaji&purpose=training", "/search?q=qqqq+zzzz&purpose=training",
                "/records/person/uto-0001?purpose=training",
            ],
            ["administrator"] = [run, "/admin/sources/pages-with-data"],
            ["compliance"] = ["/audit?what=question.asked", "/audit?who=nobody-of-that-name"],
        };
    }

    public async ValueTask DisposeAsync()
    {
        _one.Dispose();
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (Server is not null) await Server.DisposeAsync();
    }
}

/// <summary>One person's browser window, and what went wrong in it.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext _profile;
    private readonly List<string> _wrong = [];

    public Visit(IBrowserContext profile, IPage page, Uri own)
    {
        (_profile, Page) = (profile, page);
        page.Console += (_, message) => { if (message.Type == "error" && !IsStatus(message)) _wrong.Add($"{page.Url}: {message.Text}"); };
        page.PageError += (_, error) => _wrong.Add($"{page.Url}: {error}");
        page.Request += (_, request) =>
        {
            var address = new Uri(request.Url);
            if (address.Scheme is "http" or "https" && address.Authority != own.Authority) _wrong.Add($"{page.Url} loads {request.Url}");
        };
        page.Response += (_, response) => { if (response.Status >= 500) _wrong.Add($"{response.Url} answers {response.Status}"); };
    }

    public IPage Page { get; }

    /// <summary>Errors on the console, thrown by scripts, answers of 500 and more, and whatever came from another host.</summary>
    public IReadOnlyList<string> Wrong => _wrong;

    /// <summary>The address changes before the page has its styles, and on a busy machine the event of the load is missed: so the page is asked.</summary>
    public async Task IsLoadedAsync()
    {
        var until = DateTime.UtcNow.AddSeconds(90);
        while (await Page.EvaluateAsync<string>("document.readyState") != "complete")
        {
            if (DateTime.UtcNow > until) throw new TimeoutException($"{Page.Url} was not loaded within 90 seconds.");
            await Task.Delay(50);
        }
    }

    public async ValueTask DisposeAsync() => await _profile.DisposeAsync();

    /// <summary>Waits until the page listens to keys: its script runs a moment after the page is there.</summary>
    public Task KeysAsync() => Page.WaitForFunctionAsync("() => globalThis.amanaKeys === true", null, new() { Timeout = 90_000 });

    /// <summary>The addresses of the rail, and of the pages that they lead to.</summary>
    public async Task<IReadOnlyList<string>> AddressesAsync()
    {
        var rail = await HrefsAsync("nav.side a[href]");
        var found = rail.Concat(["/profile"]).ToList();
        foreach (string address in rail)
        {
            await Page.GotoAsync(address);
            found.AddRange((await HrefsAsync("main a[href]")).Where(a => a.StartsWith('/') && !a.StartsWith("/ui/", StringComparison.Ordinal)
                && !a.StartsWith("/api/", StringComparison.Ordinal) && !a.Contains("download", StringComparison.Ordinal)).Take(6));
        }
        return [.. found.Select(a => a.Split('#')[0]).Where(a => a.Length > 0).Distinct()];
    }

    private async Task<string[]> HrefsAsync(string selector) =>
        await Page.EvalOnSelectorAllAsync<string[]>(selector, "links => links.filter(a => !a.hasAttribute('download')).map(a => a.getAttribute('href'))");

    // The browser reports an answer such as 404 as an error of its own; the tests look at statuses themselves.
    private static bool IsStatus(IConsoleMessage message) => message.Text.StartsWith("Failed to load resource: the server responded with a status of 4", StringComparison.Ordinal);
}

/// <summary>What a person does with the keys alone.</summary>
internal static class Keys
{
    private const int StopsMax = 200;

    /// <summary>Presses Tab until the element is in focus. From the end of a page the browser goes on at its beginning.</summary>
    public static async Task TabToAsync(this IPage page, string selector)
    {
        var wanted = page.Locator(selector).First;
        await wanted.WaitForAsync();
        for (int i = 0; i < StopsMax; i++)
        {
            if (await wanted.EvaluateAsync<bool>("element => element === document.activeElement")) return;
            await page.Keyboard.PressAsync("Tab");
        }
        throw new InvalidOperationException($"The Tab key does not reach {selector}");
    }
}
