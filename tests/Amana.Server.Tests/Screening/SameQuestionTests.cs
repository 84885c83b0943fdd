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
        await officer.PageAsync(Asked);
        await officer.PageAsync(Asked);
        await officer.PageAsync(Asked + "&on=uto-specimens%2Futo-0002");
        (await demo.JournalAsync("question.asked")).Count.ShouldBe(1);

        await officer.PageAsync("/search?q=Mital+Ennamoudaji&purpose=investigation");
        await officer.PageAsync(Asked + "&born=1974");
        await officer.PageAsync("/search?q=MITAL+Ennamoudaji&purpose=training");
        (await demo.JournalAsync("question.asked")).Count.ShouldBe(4);

        using var second = await BrowserSession.SignInAsync(demo.Address, "second-officer");
        await second.PageAsync(Asked);
        (await demo.JournalAsync("question.asked")).Count.ShouldBe(5);
    }
}
