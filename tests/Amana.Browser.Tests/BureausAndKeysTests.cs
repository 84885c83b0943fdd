using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Amana.Browser.Tests;

/// <summary>Bureaus, their keys, what is on its way to them, and what they are asked without being told, as the pages of several servers show it.</summary>
[Collection(SeveralBureaus.Name)]
public class BureausAndKeysTests(Browser browser, Bureaus bureaus)
{
    [Fact]
    public async Task Bureaus_joined_by_words_over_the_telephone_stand_in_the_directory_of_each_with_the_same_keys()
    {
        await using var utopia = await bureaus.SignInAsync(browser, "UTO", "administrator");
        await using var questia = await bureaus.SignInAsync(browser, "QST", "administrator", 390, "ar", dark: true);
        var words = new List<string>();
        foreach (var page in (IPage[])[utopia.Page, questia.Page])
        {
            foreach (string address in (string[])["/admin/bureaus", "/admin/bureaus/UTO", "/deliveries?part=waiting", "/admin/bureaus/QST"])
            {
                await page.GotoAsync(address);
                (await page.FaultsAsync()).ShouldBeEmpty();
            }
            words.Add(string.Join(' ', await page.Locator("#keys .key-words").First.Locator("bdi").AllInnerTextsAsync()));
        }
        words[0].Split(' ').Length.ShouldBe(5);
        words[1].ShouldBe(words[0]);
        foreach (var visit in (Visit[])[utopia, questia]) visit.Wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_bureau_that_is_refused_here_is_told_so_and_what_waited_goes_when_it_is_admitted_again()
    {
        await using var utopia = await bureaus.SignInAsync(browser, "UTO", "administrator");
        var page = utopia.Page;
        await page.GotoAsync("/admin/bureaus/QST");
        await page.ClickAsync("button[name=refuse][value=yes]");
        await Assertions.Expect(page.Locator("#reason-error")).ToContainTextAsync("Say why");
        await page.FillAsync("#reason", "Their server sends what is not asked for");
        await page.ClickAsync("button[name=refuse][value=yes]");
        await Assertions.Expect(page.Locator("[role=alert]")).ToContainTextAsync("Their server sends what is not asked for");
        (await page.FaultsAsync()).ShouldBeEmpty();

        await using var officer = await bureaus.SignInAsync(browser, "QST", "officer");
        await officer.Page.GotoAsync("/messages/new?to=UTO");
        await officer.Page.FillAsync("#subject", "While refused");
        await officer.Page.FillAsync("#text", "This waits.");
        await officer.Page.SelectOptionAsync("#purpose", "investigation");
        await officer.Page.ClickAsync("main form button[type=submit]");
        await Assertions.Expect(officer.Page.Locator(".seal")).ToContainTextAsync(new Regex(@"waits for \W?UTO", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await officer.Page.GotoAsync("/deliveries?part=waiting&bureau=UTO");
        await officer.Page.UntilAsync(p => p.Locator("#deliveries"), "It refuses our bureau");
        (await officer.Page.FaultsAsync()).ShouldBeEmpty();

        await page.ClickAsync("button[name=refuse][value=no]");
        await Assertions.Expect(page.Locator("button[name=refuse][value=yes]")).ToBeVisibleAsync();
        await officer.Page.UntilAsync(p => p.Locator("#deliveries"), "Nothing is on its way");

        // The Secretariat limits a bureau for all, with a reason; and lets it be as it was.
        foreach (var (state, said) in (ValueTuple<string, string>[])[("Restricted", "Restricted"), ("Active", "Active")])
        {
            await page.SelectOptionAsync("#state", state);
            await page.FillAsync("#publishReason", "Its desk is closed for a week");
            await page.Locator("form", new() { Has = page.Locator("#publishReason") }).Locator("button[type=submit]").ClickAsync();
            await Assertions.Expect(page.Locator(".page-head .pill").First).ToContainTextAsync(said);
        }
        foreach (var visit in (Visit[])[utopia, officer]) visit.Wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_letter_that_was_refused_for_good_needs_a_person_who_sends_it_again_and_the_notice_says_who_has_not_confirmed()
    {
        await using var officer = await bureaus.SignInAsync(browser, "UTO", "second-officer");
        const string Notice = "/notices/UTO-R-2026-0001?purpose=training"; // a specimen of ours, for all bureaus
        await officer.Page.GotoAsync(Notice);
        await officer.Page.UntilAsync(p => p.Locator("#copies tr", new() { HasText = "QST" }), "Stored there");

        await using var compliance = await bureaus.SignInAsync(browser, "QST", "compliance");
        await compliance.Page.GotoAsync("/reviews/safeguards");
        await compliance.Page.Locator("details", new() { Has = compliance.Page.Locator("#bureau") }).Locator("summary").ClickAsync();
        await compliance.Page.FillAsync("#bureau", "UTO");
        await compliance.Page.FillAsync("#reason", "Requests of that bureau are looked at before they are taken.");
        await compliance.Page.Locator("form", new() { Has = compliance.Page.Locator("#bureau") }).Locator("button[type=submit]").ClickAsync();
        await Assertions.Expect(compliance.Page.Locator("main")).ToContainTextAsync("Requests of that bureau are looked at");

        var addendum = officer.Page.Locator("details", new() { Has = officer.Page.Locator("textarea[name=text-en]") });
        await addendum.Locator("summary").ClickAsync();
        await addendum.Locator("select[name=kind]").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await addendum.Locator("textarea[name=text-en]").FillAsync("The man was seen at the harbour.");
        await addendum.Locator("button[type=submit]").ClickAsync();
        await officer.Page.UntilAsync(p => p.Locator("#copies tr", new() { HasText = "QST" }), "Refused there");
        await Assertions.Expect(officer.Page.Locator("#copies tr", new() { HasText = "QST" })).ToContainTextAsync("It takes no requests of our bureau at present");

        await using var utopia = await bureaus.SignInAsync(browser, "UTO", "administrator");
        await utopia.Page.GotoAsync("/deliveries");
        await Assertions.Expect(utopia.Page.Locator("#letters table")).ToContainTextAsync("It takes no requests of our bureau at present");
        (await utopia.Page.FaultsAsync()).ShouldBeEmpty();
        await compliance.Page.Locator("details", new() { Has = compliance.Page.Locator("textarea[name=why]") }).Locator("summary").ClickAsync();
        await compliance.Page.FillAsync("textarea[name=why]", "They were looked at.");
        await compliance.Page.Locator("form", new() { Has = compliance.Page.Locator("textarea[name=why]") }).Locator("button[type=submit]").ClickAsync();
        await Assertions.Expect(compliance.Page.Locator("textarea[name=why]")).ToHaveCountAsync(0);
        string letter = await utopia.Page.Locator("#letters tbody tr").First.Locator("bdi.num").Nth(1).InnerTextAsync();
        // Enter in a reason is the button beside it, and a reason of two letters is none.
        var row = utopia.Page.Locator("#letters tbody tr").First;
        await row.Locator("details summary").ClickAsync();
        await row.Locator("details input").FillAsync("no");
        await row.Locator("details input").PressAsync("Enter");
        await Assertions.Expect(utopia.Page.Locator("#deliveries")).ToContainTextAsync("Say why");
        (await utopia.Page.FaultsAsync()).ShouldBeEmpty();
        await row.Locator("button[name=number]").ClickAsync();
        await Assertions.Expect(utopia.Page.Locator("#deliveries")).Not.ToContainTextAsync(letter);
        await officer.Page.UntilAsync(p => p.Locator("#copies tr", new() { HasText = "QST" }), "Stored there");

        // The notice ends: each is told to delete it. Who answers signs that it has; who is away has not confirmed.
        var step = officer.Page.Locator("details", new() { Has = officer.Page.Locator("button:text-is('Withdraw')") });
        await step.Locator("summary").ClickAsync();
        await step.Locator("select[name=code]").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await step.Locator("textarea[name=reason]").FillAsync("The purpose is reached: the man was found.");
        await step.Locator("button[type=submit]").ClickAsync();
        await officer.Page.GotoAsync(Notice);
        await officer.Page.UntilAsync(p => p.Locator("#copies tr", new() { HasText = "QST" }), "Deleted, with a signed receipt");
        await Assertions.Expect(officer.Page.Locator("#copies tbody tr").First).ToContainTextAsync("QMR");
        await Assertions.Expect(officer.Page.Locator("#copies header")).ToContainTextAsync("1 has not confirmed");
        (await officer.Page.FaultsAsync()).ShouldBeEmpty();
        foreach (var visit in (Visit[])[compliance, officer, utopia]) visit.Wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_bureau_is_asked_without_telling_by_the_terms_of_its_compliance_and_yes_and_no_come_together()
    {
        await using var compliance = await bureaus.SignInAsync(browser, "QST", "compliance");
        var terms = compliance.Page;
        await terms.GotoAsync("/blind-terms");
        await terms.SelectOptionAsync("#list", "uto-specimens");
        await terms.ClickAsync("button[name=open][value=yes]");
        await Assertions.Expect(terms.Locator("#listReason-error")).ToContainTextAsync("Say why");
        await terms.FillAsync("#listReason", "Agreement of the year 2026");
        await terms.ClickAsync("button[name=open][value=yes]");
        await Assertions.Expect(terms.Locator(".cols tr", new() { HasText = "Utopia specimens" })).ToContainTextAsync("Open");
        await terms.SelectOptionAsync("#bureau", "UTO");
        await terms.FillAsync("#reason", "Agreement of the year 2026");
        await terms.Locator("form", new() { Has = terms.Locator("#perDay") }).Locator("button[type=submit]").ClickAsync();
        await Assertions.Expect(terms.Locator(".cols tr", new() { HasText = "Bureau of Utopia" })).ToContainTextAsync("100");
        (await terms.FaultsAsync()).ShouldBeEmpty();

        await using var officer = await bureaus.SignInAsync(browser, "UTO", "officer");
        var page = officer.Page;
        await page.GotoAsync("/search/questions");
        await page.SelectOptionAsync("#purpose", "investigation");
        await page.Locator("form", new() { Has = page.Locator("#name") }).Locator("button[type=submit]").ClickAsync();
        await Assertions.Expect(page.Locator("[role=alert]")).ToBeFocusedAsync();
        (await page.FaultsAsync()).ShouldBeEmpty();
        string known = await AskAsync(page, "Mithal Namudhaji", "1974-08-12"), unknown = await AskAsync(page, "Nobody Nowhere", "1911-01-01");

        // The page looks again by itself until all answers are shown.
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("All answers come at");
        await Assertions.Expect(page.Locator("li", new() { HasText = "QST" }).Locator(".pill")).ToHaveTextAsync("No");
        await page.GotoAsync(known);
        await Assertions.Expect(page.Locator("li", new() { HasText = "QST" }).Locator(".pill")).ToHaveTextAsync("Yes");
        await Assertions.Expect(page.Locator("li", new() { HasText = "QMR" }).Locator(".pill")).ToHaveTextAsync("Not reached");
        (await page.FaultsAsync()).ShouldBeEmpty();
        await page.ClickAsync("main a[href^='/messages/new?to=QST']");
        await Assertions.Expect(page.Locator("input[name=to][value=QST]")).ToBeCheckedAsync();
        unknown.ShouldNotBe(known);
        await terms.ReloadAsync();
        await Assertions.Expect(terms.Locator(".cols tr", new() { HasText = "Bureau of Utopia" }).Locator("[data-label=Today]")).ToHaveTextAsync("2");
        foreach (var visit in (Visit[])[compliance, officer]) visit.Wrong.ShouldBeEmpty();
    }

    /// <returns>The address of the question.</returns>
    private static async Task<string> AskAsync(IPage page, string name, string born)
    {
        await page.GotoAsync("/search/questions");
        await page.FillAsync("#name", name);
        await page.FillAsync("#birthDate", born);
        foreach (string code in (string[])["QST", "QMR"]) await page.CheckAsync($"input[name=bureaus][value={code}]");
        await page.SelectOptionAsync("#purpose", "investigation");
        await page.Locator("form", new() { Has = page.Locator("#name") }).Locator("button[type=submit]").ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/search/questions/ASK-"));
        return new Uri(page.Url).AbsolutePath;
    }
}
