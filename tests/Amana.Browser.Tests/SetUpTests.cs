using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Amana.Tests.Shared;
using Microsoft.Playwright;

namespace Amana.Browser.Tests;

public partial class SetUpTests(Browser browser)
{
    [Fact]
    public async Task A_new_server_is_set_up_through_its_one_time_link_and_the_administrator_signs_in_with_a_second_step()
    {
        await using var server = await ServerProcess.StartAsync(demo: false);
        string link = server.Lines.Select(l => Link().Match(l)).First(m => m.Success).Value;
        await using var visit = await browser.OpenAsync(address: server.Address);
        var page = visit.Page;
        await page.GotoAsync(link);
        await page.FillAsync("input[name=bureauCode]", "UTO");
        await page.FillAsync("input[name=bureauName]", "National Central Bureau of Utopia");
        await page.CheckAsync("input[name=kind][value=Trial]");
        await page.ClickAsync("main button[type=submit], form button[type=submit]");
        await page.FillAsync("input[name=displayName]", "A. Dummy");
        await page.FillAsync("input[name=userName]", "a.dummy");
        await page.FillAsync("input[name=password]", "correct horse of Utopia 42");
        string secret = (await page.InnerTextAsync(".secret")).Replace(" ", "", StringComparison.Ordinal).Trim();
        await page.FillAsync("input[name=code]", CodeOf(secret, DateTimeOffset.UtcNow));
        await page.PressAsync("input[name=code]", "Enter");
        await Assertions.Expect(page.Locator("ul.codes li").First).ToBeVisibleAsync();

        await page.GotoAsync("/sign-in");
        await page.FillAsync("input[name=userName]", "a.dummy");
        await page.FillAsync("input[name=password]", "correct horse of Utopia 42");
        await page.PressAsync("input[name=password]", "Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/second-step"));
        await page.FillAsync("input[name=code]", CodeOf(secret, DateTimeOffset.UtcNow.AddSeconds(30))); // a code is taken once; the next one is good already
        await page.PressAsync("input[name=code]", "Enter");
        await Assertions.Expect(page.Locator("nav.side")).ToBeVisibleAsync();
        visit.Wrong.ShouldBeEmpty();

        var used = await page.GotoAsync(link);
        used!.Status.ShouldBe(410);
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
    private static partial Regex Link();
}
