using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Amana.Tests.Shared;
using Microsoft.Playwright;

namespace Amana.Browser.Tests;

/// <summary>The first person of a new server: sets it up through the one-time link, and signs in with password and code.</summary>
internal sealed partial record FirstAdministrator(IPage Page, string Link, string Secret, IReadOnlyList<string> RecoveryCodes)
{
    private const string UserName = "a.dummy", Password = "correct horse of Utopia 42";

    public static async Task<FirstAdministrator> SetUpAsync(IPage page, ServerProcess server, Uri address)
    {
        string link = new Uri(address, new Uri(server.Lines.Select(l => LinkPattern().Match(l)).First(m => m.Success).Value).PathAndQuery).ToString();
        await page.GotoAsync(link);
        await page.FillAsync("input[name=bureauCode]", "UTO");
        await page.FillAsync("input[name=bureauName]", "National Central Bureau of Utopia");
        await page.CheckAsync("input[name=kind][value=Trial]");
        await page.ClickAsync("main button[type=submit], form button[type=submit]");
        await page.FillAsync("input[name=displayName]", "A. Dummy");
        await page.FillAsync("input[name=userName]", UserName);
        await page.FillAsync("input[name=password]", Password);
        string secret = (await page.InnerTextAsync(".secret")).Replace(" ", "", StringComparison.Ordinal).Trim();
        await page.FillAsync("input[name=code]", CodeOf(secret, DateTimeOffset.UtcNow));
        await page.PressAsync("input[name=code]", "Enter");
        await Assertions.Expect(page.Locator("ul.codes li").First).ToBeVisibleAsync();
        return new(page, link, secret, await page.Locator("ul.codes li").AllInnerTextsAsync());
    }

    /// <param name="code">Null: that of half a minute from now, since the set-up took the one of now, and each is good once.</param>
    public async Task SignInAsync(string? code = null)
    {
        await Page.GotoAsync("/sign-in");
        await Page.FillAsync("input[name=userName]", UserName);
        await Page.FillAsync("input[name=password]", Password);
        await Page.PressAsync("input[name=password]", "Enter");
        await Assertions.Expect(Page).ToHaveURLAsync(new Regex("/second-step"));
        await Page.FillAsync("input[name=code]", code ?? CodeOf(Secret, DateTimeOffset.UtcNow.AddSeconds(30)));
        await Page.PressAsync("input[name=code]", "Enter");
        await Assertions.Expect(Page.Locator("nav.side")).ToBeVisibleAsync();
    }

    // RFC 6238: SHA-1, six digits, thirty seconds.
    private static string CodeOf(string secret, DateTimeOffset at)
    {
        byte[] time = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(time, at.ToUnixTimeSeconds() / 30);
#pragma warning disable CA5350 // the algorithm that authenticator apps speak
        byte[] hash = HMACSHA1.HashData(Base32(secret), time);
#pragma warning restore CA5350
        int number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xF)) & 0x7FFFFFFF;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static byte[] Base32(string text)
    {
        string bits = string.Concat(text.TrimEnd('=').ToUpperInvariant().Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }

    [GeneratedRegex(@"http\S+/set-up\?\S+")]
    private static partial Regex LinkPattern();
}
