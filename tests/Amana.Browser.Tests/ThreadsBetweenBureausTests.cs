using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Amana.Browser.Tests;

/// <summary>Officers of two bureaus write to each other, each on their own server.</summary>
[Collection(SeveralBureaus.Name)]
public class ThreadsBetweenBureausTests(Browser browser, Bureaus bureaus)
{
    // Codes and names in a sentence are set apart by marks of direction: hence \W.
    [Fact]
    public async Task A_request_with_a_file_is_read_and_answered_and_its_sender_sees_that_in_words()
    {
        await using var utopia = await bureaus.SignInAsync(browser, "UTO", "officer");
        var page = utopia.Page;
        await page.GotoAsync("/messages/new");
        (await page.Locator("input[name=to]:checked").CountAsync()).ShouldBe(0, "nobody is chosen for the officer");
        (await page.FaultsAsync()).ShouldBeEmpty();
        await page.CheckAsync("input[name=to][value=QST]");
        await page.FillAsync("#subject", "Prints of a night");
        await page.FillAsync("#text", "Are these the prints of Muestra Ejemplo? He can be kept until the morning.");
        await page.SetInputFilesAsync("#files", new FilePayload { Name = "prints.txt", MimeType = "text/plain", Buffer = "ten fingers"u8.ToArray() });
        await Assertions.Expect(page.Locator("input[name=file]")).ToHaveCountAsync(1);
        await page.CheckAsync("input[name=codes][value=H1]");
        await page.FillAsync("#asks", "Are the prints his?");
        await page.SelectOptionAsync("#urgency", "8h");
        await page.SelectOptionAsync("#purpose", "investigation");
        await page.ClickAsync("main form button[type=submit]");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/messages/MSG-"));
        await Assertions.Expect(page.Locator(".message.own .seal")).ToContainTextAsync(new Regex(@"Sealed to \W?QST\W?, signed by key \W?[0-9A-F]{4} [0-9A-F]{4}", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await page.UntilAsync(p => p.Locator(".message.own .seal"), "delivered to");

        await using var questia = await bureaus.SignInAsync(browser, "QST", "officer", 390, "ar", dark: true);
        var there = questia.Page;
        await there.GotoAsync("/messages?q=prints");
        await Assertions.Expect(there.Locator(".inbox li.unread")).ToHaveCountAsync(1);
        (await there.FaultsAsync()).ShouldBeEmpty();
        await there.ClickAsync(".inbox li.unread a.whole");
        await Assertions.Expect(there.Locator(".message.new")).ToContainTextAsync("Muestra Ejemplo");
        await Assertions.Expect(there.Locator(".message.new header")).ToContainTextAsync("H1");
        await Assertions.Expect(there.Locator(".page-head .due")).ToContainTextAsync("7");
        await there.UntilAsync(p => p.Locator(".attachment a"), "prints.txt");
        string file = (await there.Locator(".attachment a").GetAttributeAsync("href"))!;
        (await (await there.APIRequest.GetAsync(file)).TextAsync()).ShouldBe("ten fingers");
        (await there.FaultsAsync()).ShouldBeEmpty();
        await there.FillAsync("#reply textarea[name=text]", "They are his: ten fingers agree.");
        await there.CheckAsync("#reply input[name=answers]");
        await there.ClickAsync("#reply .acts button[type=submit]");
        await Assertions.Expect(there.Locator(".message.own")).ToContainTextAsync("ten fingers agree");

        await page.UntilAsync(p => p.Locator("#main"), "ten fingers agree");
        await Assertions.Expect(page.Locator(".message.own .seal")).ToContainTextAsync("answered by");
        await Assertions.Expect(page.Locator(".asks svg[aria-label=answered]")).ToHaveCountAsync(1);
        (await page.FaultsAsync()).ShouldBeEmpty();
        await there.GotoAsync("/messages");
        await there.ClickAsync("main a[href='/messages/figures']");
        await Assertions.Expect(there.Locator("#figures tbody tr")).ToContainTextAsync("UTO");
        (await there.FaultsAsync()).ShouldBeEmpty();
        foreach (var visit in (Visit[])[utopia, questia]) visit.Wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_may_not_be_passed_on_is_refused_with_its_reason_and_goes_after_one_press_has_asked_and_its_originator_has_allowed_it()
    {
        await using var questia = await bureaus.SignInAsync(browser, "QST", "second-officer");
        await WriteAsync(questia.Page, "UTO", "Informant at the harbour", p => p.CheckAsync("input[name=codes][value=H2]"));
        await using var utopia = await bureaus.SignInAsync(browser, "UTO", "officer", 390);
        var page = utopia.Page;
        string thread = await OpenAsync(page, "Informant at the harbour");
        await PassOnAsync(page);
        await Assertions.Expect(page.Locator("[role=alert]")).ToContainTextAsync("H2: not passed on");
        (await page.FaultsAsync()).ShouldBeEmpty();
        await page.ClickAsync("button[name=ask]"); // one press, and nothing typed is lost
        await Assertions.Expect(page.Locator(".ban.ok")).ToContainTextAsync("The originator is asked");
        await Assertions.Expect(page.Locator("#text")).ToHaveValueAsync("For you.");
        (await page.FaultsAsync()).ShouldBeEmpty();
        await page.ClickAsync(".ban.ok a");
        await Assertions.Expect(page.Locator(".event")).ToContainTextAsync("asks for release");
        await Assertions.Expect(page.Locator(".event")).ToContainTextAsync("QMR");

        await questia.Page.UntilAsync(p => p.Locator(".event.waits"), "Passing on");
        (await questia.Page.FaultsAsync()).ShouldBeEmpty();
        await questia.Page.ClickAsync(".event.waits button[value=yes]");
        await Assertions.Expect(questia.Page.Locator(".event.waits")).ToHaveCountAsync(0);

        await page.GotoAsync(thread);
        await page.UntilAsync(p => p.Locator(".event").Nth(1), "allows it");
        await PassOnAsync(page);
        await Assertions.Expect(page.Locator(".message.own .quote")).ToContainTextAsync("A word between us");
        await Assertions.Expect(page.Locator(".message.own header").First).ToContainTextAsync("H2");
        foreach (var visit in (Visit[])[questia, utopia]) visit.Wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_written_condition_stands_before_the_eyes_and_holds_until_it_is_confirmed()
    {
        const string Condition = "court use only with written consent of the prosecutor";
        await using var questia = await bureaus.SignInAsync(browser, "QST", "officer");
        await WriteAsync(questia.Page, "UTO", "Accounts of a bank", p => p.FillAsync("#conditions", Condition));
        await using var utopia = await bureaus.SignInAsync(browser, "UTO", "officer", language: "en", dark: true);
        var page = utopia.Page;
        string thread = await OpenAsync(page, "Accounts of a bank");
        await Assertions.Expect(page.Locator(".condition")).ToContainTextAsync($"Condition set by QST: {Condition}");
        await PassOnAsync(page);
        await Assertions.Expect(page.Locator("[role=alert]")).ToContainTextAsync("H3: a written condition applies");
        await Assertions.Expect(page.Locator("#text")).ToHaveValueAsync("For you."); // nothing typed is lost
        await page.CheckAsync("input[name=confirmed]");
        await page.SelectOptionAsync("#purpose", "investigation");
        await page.ClickAsync("main form button[type=submit]");
        await Assertions.Expect(page.Locator(".message.own .condition")).ToContainTextAsync(Condition);

        // On paper its place says that it is kept out, until somebody confirms the condition there too.
        await page.GotoAsync($"{thread}/print");
        await Assertions.Expect(page.Locator("article.paper")).ToContainTextAsync(new Regex(@"\[kept out: \W?H3", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await page.CheckAsync("input[name=confirmed]");
        await page.ClickAsync("form.no-print button");
        await Assertions.Expect(page.Locator("article.paper")).ToContainTextAsync("A word between us");
        foreach (var visit in (Visit[])[questia, utopia]) visit.Wrong.ShouldBeEmpty();
    }

    private static async Task WriteAsync(IPage page, string to, string subject, Func<IPage, Task> handling)
    {
        await page.GotoAsync($"/messages/new?to={to}");
        await Assertions.Expect(page.Locator($"input[name=to][value={to}]")).ToBeCheckedAsync();
        await page.FillAsync("#subject", subject);
        await page.FillAsync("#text", "A word between us");
        await handling(page);
        await page.SelectOptionAsync("#purpose", "investigation");
        await page.ClickAsync("main form button[type=submit]");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/messages/MSG-"));
    }

    /// <returns>The address of the thread.</returns>
    private static async Task<string> OpenAsync(IPage page, string subject)
    {
        await page.GotoAsync("/messages");
        await page.UntilAsync(p => p.Locator(".inbox"), subject);
        await page.Locator(".inbox li", new() { HasText = subject }).Locator("a.whole").ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/messages/MSG-"));
        return new Uri(page.Url).AbsolutePath;
    }

    // The first message of the thread, to the third bureau.
    private static async Task PassOnAsync(IPage page)
    {
        await page.Locator(".acts-of summary").First.ClickAsync();
        await page.Locator(".acts-of a[href*='quote=']").First.ClickAsync();
        await page.CheckAsync("input[name=to][value=QMR]");
        await page.FillAsync("#subject", "Passed on");
        await page.FillAsync("#text", "For you.");
        await page.SelectOptionAsync("#purpose", "investigation");
        await page.ClickAsync("main form button[type=submit]");
        await page.WaitForLoadStateAsync(LoadState.Load);
    }
}
