using Amana.Server.Tests.Web;

namespace Amana.Server.Tests.Screening;

public class SameQuestionTests
{
    [Fact]
    public async Task A_reload_and_a_step_in_the_list_are_the_same_question_and_another_purpose_or_field_is_a_new_one()
    {
        await using var demo = await AmanaServer.StartNewAsync(demo: true);
        using var officer = await BrowserSession.SignInAsync(demo.Address, "officer");
        const string Asked = "/search?q=Mital+Ennamoudaji&purpose=training";
        int before = await UntilTheListAnswersAsync(demo, officer);
        await officer.PageAsync(Asked);
        await officer.PageAsync(Asked);
        (await officer.PageAsync(Asked + "&on=uto-specimens%2Futo-0002")).ShouldContain("in a million share");
        (await demo.JournalAsync("question.asked")).Count.ShouldBe(before + 1);

        await officer.PageAsync("/search?q=Mital+Ennamoudaji&purpose=investigation");
        await officer.PageAsync(Asked + "&born=1974");
        await officer.PageAsync("/search?q=MITAL+Ennamoudaji&purpose=training");
        (await demo.JournalAsync("question.asked")).Count.ShouldBe(before + 4);

        using var second = await BrowserSession.SignInAsync(demo.Address, "second-officer");
        await second.PageAsync(Asked);
        (await demo.JournalAsync("question.asked")).Count.ShouldBe(before + 5);
    }

    // The specimen list is read in after the start; a question before and one after it are two, of other list versions.
    private static async Task<int> UntilTheListAnswersAsync(AmanaServer demo, BrowserSession officer)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        while (!(await officer.PageAsync("/search?q=Erika+Mustermann&purpose=training")).Contains("found-list", StringComparison.Ordinal))
        {
            watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(120));
            await Task.Delay(200);
        }
        return (await demo.JournalAsync("question.asked")).Count;
    }
}
