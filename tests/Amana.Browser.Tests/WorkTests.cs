using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Amana.Browser.Tests;

/// <summary>Long work, from the file to its end, as the pages show it.</summary>
public class WorkTests(Browser browser)
{
    [Fact]
    public async Task A_batch_goes_from_its_file_to_a_decided_hit_and_says_which_rows_could_not_be_read()
    {
        await using var visit = await browser.SignInAsync("officer");
        var page = visit.Page;
        string batch = await Work.HandInBatchAsync(page);
        await Assertions.Expect(page.Locator("#batch-found tbody tr").First).ToBeVisibleAsync();
        await page.GotoAsync($"{batch}?view=rows");
        await Assertions.Expect(page.Locator("#batch-found tbody")).ToContainTextAsync("question.name-missing");
        await page.GotoAsync(batch);
        await page.Locator("#batch-found tbody tr a").First.ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/hits/HIT-"));
        await visit.KeysAsync();
        await page.Keyboard.PressAsync("3");
        await Assertions.Expect(page.Locator("[data-decision] [name=reason]")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("No photograph in the record");
        await page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(page.Locator("form[data-undo]")).ToBeVisibleAsync();
        visit.Wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_import_goes_from_upload_to_the_list_that_answers_and_its_page_ends_by_itself()
    {
        await using var visit = await browser.SignInAsync("administrator");
        var page = visit.Page;
        string run = await Work.ImportAsync(page, "browser-import");
        await Assertions.Expect(page.Locator(".counters")).ToContainTextAsync("2");
        await Assertions.Expect(page.Locator("#run-head input[name=_handler][value=stop]")).ToHaveCountAsync(0);
        await page.GotoAsync("/admin/sources/browser-import");
        await Assertions.Expect(page.Locator("#runs")).ToContainTextAsync(run.Split('/')[^1]);
        visit.Wrong.ShouldBeEmpty();
    }
}

/// <summary>Steps that several tests take.</summary>
internal static class Work
{
    /// <returns>The address of the batch.</returns>
    public static async Task<string> HandInBatchAsync(IPage page)
    {
        const string Rows = "id,name,birthDate\n1,Mital Ennamoudaji,1974-08-12\n2,,1980-01-01\n3,Образцов Пример Шаблонович,1959-03-17\n";
        await page.GotoAsync("/search/batches");
        await page.SetInputFilesAsync("#file", new FilePayload { Name = "arrivals.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(Rows) });
        await page.SelectOptionAsync("#purpose", "training");
        await page.FillAsync("input[name=agreed_by]", "Head of desk");
        await page.ClickAsync("form[enctype] button[type=submit]");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/search/batches/BAT-"));
        return new Uri(page.Url).AbsolutePath;
    }

    /// <returns>The address of the run.</returns>
    public static async Task<string> ImportAsync(IPage page, string list, string first = "Exemplar Primus")
    {
        string records = $$$"""
            {"id":"b-1","schema":"Person","caption":"{{{first}}}","properties":{"name":["{{{first}}}"]}}
            {"id":"b-2","schema":"Person","caption":"Exemplar Secundus","properties":{"name":["Exemplar Secundus"]}}
            not a record
            """;
        await page.GotoAsync("/admin/sources/new");
        await page.FillAsync("input[name=name]", list);
        await page.FillAsync("input[name=title]", "Records of a test");
        await page.ClickAsync("main form button[type=submit]");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex($"/admin/sources/{list}"));
        await page.SetInputFilesAsync("#file", new FilePayload { Name = "records.ftm.json", MimeType = "application/json", Buffer = System.Text.Encoding.UTF8.GetBytes(records) });
        await page.ClickAsync("form[enctype] button[type=submit]");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/admin/runs/RUN-"));
        return new Uri(page.Url).AbsolutePath;
    }
}
