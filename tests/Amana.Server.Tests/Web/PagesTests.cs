using System.Net;
using System.Text.RegularExpressions;
using Amana.Server.Access;

namespace Amana.Server.Tests.Web;

public partial class PagesTests(AmanaServer server)
{
    private static readonly Right[] Everything = [.. Enum.GetValues<Right>().Where(r => !RoleTable.OnlyPeople.Contains(r))];

    public static TheoryData<string> Addresses => ["/", "/admin/people", "/admin/roles", "/admin/tokens", "/sign-in", "/sign-in/second-step", "/status/components"];

    [Theory, MemberData(nameof(Addresses))]
    public async Task A_page_answers_in_four_languages_with_its_direction_and_nothing_inline(string address)
    {
        using var client = await server.ClientAsync(Everything);
        foreach (var language in Server.Web.Languages.All)
        {
            string html = await PageAsync(client, $"{address}?lang={language.Code}");
            html.ShouldMatch($"<html[^>]* lang=\"{language.Code}\" dir=\"{language.Direction}\"");
            InlineStyle().IsMatch(html).ShouldBeFalse(address);
            InlineScript().IsMatch(html).ShouldBeFalse(address);
            Elsewhere().IsMatch(html).ShouldBeFalse(address);
            html.Split("<h1").Length.ShouldBe(2, $"{address} has one h1");
        }
    }

    [Theory]
    [InlineData("/hits?page=999999999999")]
    [InlineData("/hits?page=-4")]
    [InlineData("/hits?page=two")]
    [InlineData("/admin/runs?page=999999999999")]
    [InlineData("/admin/runs?page=99999999999999999999999999")]
    public async Task A_page_number_that_cannot_be_answers_with_the_nearest_page(string address)
    {
        using var client = await server.ClientAsync(Everything);
        (await client.GetAsync(address)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_refusal_is_a_page_in_words_and_what_is_missing_or_closed_are_the_same_one()
    {
        await using var demo = await AmanaServer.StartNewAsync(demo: true);
        using var administrator = await BrowserSession.SignInAsync(demo.Address, "administrator");
        string missing = await administrator.PageAsync("/no/such/address", HttpStatusCode.NotFound);
        string unknown = await administrator.PageAsync("/admin/people/01a20c59-0b2c-74dc-8db5-fd65ed279af7", HttpStatusCode.NotFound);
        missing.ShouldContain("There is nothing here for you");
        MainOf(unknown).ShouldBe(MainOf(missing));

        using var officer = await BrowserSession.SignInAsync(demo.Address, "officer");
        string refused = await officer.PageAsync("/admin/people", HttpStatusCode.Forbidden);
        refused.ShouldContain("Your roles do not open this page");
        refused.ShouldNotContain("B. Placeholder");
    }

    [Fact]
    public async Task Somebody_without_a_session_is_sent_to_sign_in_and_comes_back()
    {
        using var client = server.Anonymous();
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        var response = await client.GetAsync("/admin/people?state=Active");
        response.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        response.Headers.Location!.ToString().ShouldBe("/sign-in?return=%2Fadmin%2Fpeople%3Fstate%3DActive");
    }

    [Fact]
    public async Task The_signed_out_front_page_of_a_training_instance_says_so()
    {
        using var client = server.Anonymous();
        (await client.GetStringAsync("/sign-in?lang=en")).ShouldContain("Training");
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example")]
    public async Task The_choice_of_colours_goes_back_to_this_server_only(string back)
    {
        using var client = server.Anonymous();
        var response = await client.GetAsync($"/ui/theme?is=dark&back={Uri.EscapeDataString(back)}");
        response.Headers.Location!.ToString().ShouldBe("/");
    }

    [Fact]
    public async Task The_command_box_finds_only_what_the_reader_may_open()
    {
        using var administrator = await server.ClientAsync(Right.ReadPeople);
        using var officer = await server.ClientAsync(Right.Screen);
        (await administrator.GetStringAsync("/ui/palette?q=people&lang=en")).ShouldContain("/admin/people");
        (await officer.GetStringAsync("/ui/palette?q=people&lang=en")).ShouldNotContain("/admin/people");
    }

    private static async Task<string> PageAsync(HttpClient client, string address)
    {
        using var response = await client.GetAsync(address);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, address);
        return await response.Content.ReadAsStringAsync();
    }

    private static string MainOf(string html) => html[html.IndexOf("<main", StringComparison.Ordinal)..html.IndexOf("</main>", StringComparison.Ordinal)];

    [GeneratedRegex("""<[^>]+\sstyle\s*=""", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex InlineStyle();

    [GeneratedRegex("""<script(?![^>]*\ssrc=)|\son[a-z]+\s*=\s*["']""", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex InlineScript();

    [GeneratedRegex("""(?:src|href|action)\s*=\s*["'](?:https?:)?//""", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Elsewhere();
}
