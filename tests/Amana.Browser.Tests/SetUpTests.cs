using Amana.Tests.Shared;

namespace Amana.Browser.Tests;

public class SetUpTests(Browser browser)
{
    [Fact]
    public async Task A_new_server_is_set_up_through_its_one_time_link_and_the_administrator_signs_in_with_a_second_step()
    {
        await using var server = await ServerProcess.StartAsync(demo: false);
        await using var visit = await browser.OpenAsync(address: server.Address);
        var administrator = await FirstAdministrator.SetUpAsync(visit.Page, server, server.Address);
        await administrator.SignInAsync();
        visit.Wrong.ShouldBeEmpty();

        var used = await visit.Page.GotoAsync(administrator.Link);
        used!.Status.ShouldBe(410);
    }
}
