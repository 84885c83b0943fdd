using System.Text.RegularExpressions;
using Amana.Tests.Shared;
using Microsoft.Playwright;

namespace Amana.Browser.Tests;

/// <summary>With Chromium's virtual authenticator: a hardware key whose owner touches it and is known to it.</summary>
public class PasskeyTests(Browser browser)
{
    private static async Task<(ICDPSession Session, string Authenticator)> PlugInAsync(IPage page, bool verified = true)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("WebAuthn.enable");
        var added = await session.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2", ["transport"] = "usb", ["hasResidentKey"] = true, ["hasUserVerification"] = true,
                ["isUserVerified"] = verified, ["automaticPresenceSimulation"] = true,
            },
        });
        return (session, added!.Value.GetProperty("authenticatorId").GetString()!);
    }

    private static async Task UnplugAsync((ICDPSession Session, string Authenticator) key) =>
        await key.Session.SendAsync("WebAuthn.removeVirtualAuthenticator", new Dictionary<string, object> { ["authenticatorId"] = key.Authenticator });

    private static async Task AddAsync(IPage page, string name)
    {
        await page.GotoAsync("/profile");
        await page.FillAsync("#passkeys input[name=name]", name);
        await page.ClickAsync("form[data-passkey] button[type=submit]");
        await Assertions.Expect(page.Locator("#passkeys table")).ToContainTextAsync(name);
    }

    /// <summary>A passkey belongs to a name; an address of numbers has none.</summary>
    private static Uri NamedAddressOf(ServerProcess server) => new UriBuilder(server.Address) { Host = "localhost" }.Uri;

    private static async Task<FirstAdministrator> SignedInAsync(IPage page, ServerProcess server)
    {
        var administrator = await FirstAdministrator.SetUpAsync(page, server, NamedAddressOf(server));
        await administrator.SignInAsync();
        return administrator;
    }

    private static async Task SignOutAsync(IPage page)
    {
        await page.EvaluateAsync("document.querySelector('form[action=\"/access/sign-out\"]').requestSubmit()");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/sign-in"));
    }

    [Fact]
    public async Task A_person_adds_passkeys_signs_in_with_one_and_the_administrator_switches_passwords_off()
    {
        await using var server = await ServerProcess.StartAsync(demo: false);
        await using var visit = await browser.OpenAsync(address: NamedAddressOf(server));
        var page = visit.Page;
        await SignedInAsync(page, server);

        // One passkey is not enough to switch passwords off.
        var first = await PlugInAsync(page);
        await AddAsync(page, "workstation 12");
        await page.GotoAsync("/admin/people");
        await page.ClickAsync("#passwords button");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("two passkeys");

        // The same device does not make a second one for the same person; another does.
        await UnplugAsync(first);
        var second = await PlugInAsync(page);
        await AddAsync(page, "hardware key in the safe");
        await page.GotoAsync("/admin/people");
        await page.ClickAsync("#passwords button");
        await Assertions.Expect(page.Locator("#passwords")).ToContainTextAsync("passkeys alone");

        await SignOutAsync(page);
        await Assertions.Expect(page.Locator("input[name=password]")).ToHaveCountAsync(0);
        await page.ClickAsync("form[data-passkey] button[type=submit]");
        await Assertions.Expect(page.Locator("nav.side")).ToBeVisibleAsync();
        await page.GotoAsync("/profile");
        await Assertions.Expect(page.Locator("#passkeys tbody tr")).ToHaveCountAsync(2);

        // A lost key is removed; the last one is not, while passwords are off.
        await page.Locator("#passkeys tbody tr", new() { HasText = "workstation 12" }).GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(page.Locator("#passkeys tbody tr")).ToHaveCountAsync(1);
        await page.Locator("#passkeys tbody tr").GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(page.Locator("#passkeys").GetByRole(AriaRole.Alert)).ToContainTextAsync("last passkey");
        await UnplugAsync(second);
    }

    [Fact]
    public async Task A_passkey_that_this_server_does_not_know_and_one_whose_owner_was_not_verified_open_nothing()
    {
        await using var server = await ServerProcess.StartAsync(demo: false);
        await using var visit = await browser.OpenAsync(address: NamedAddressOf(server));
        var page = visit.Page;
        var administrator = await SignedInAsync(page, server);
        var key = await PlugInAsync(page);
        await AddAsync(page, "hardware key");
        await page.Locator("#passkeys tbody tr").GetByRole(AriaRole.Button).ClickAsync(); // ended here, still in the device
        await Assertions.Expect(page.Locator("#passkeys tbody tr")).ToHaveCountAsync(0);
        await SignOutAsync(page);
        await page.ClickAsync("form[data-passkey] button[type=submit]");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert).First).ToContainTextAsync("opens nothing here");
        await UnplugAsync(key);

        await administrator.SignInAsync(administrator.RecoveryCodes[0].Trim());
        await PlugInAsync(page, verified: false);
        await page.GotoAsync("/profile");
        await page.FillAsync("#passkeys input[name=name]", "a key that does not ask who holds it");
        await page.ClickAsync("form[data-passkey] button[type=submit]");
        await Assertions.Expect(page.Locator("[data-passkey-wrong]:visible")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#passkeys tbody tr")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task At_an_address_of_numbers_the_page_offers_no_passkey_and_no_error()
    {
        await using var visit = await browser.OpenAsync();
        await visit.Page.GotoAsync("/sign-in");
        await Assertions.Expect(visit.Page.Locator("form[data-passkey]")).ToBeHiddenAsync();
        await Assertions.Expect(visit.Page.Locator("input[name=password]")).ToBeVisibleAsync();
        visit.Wrong.ShouldBeEmpty();
    }
}
