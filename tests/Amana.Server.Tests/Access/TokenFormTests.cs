using Amana.Server.Tests.Web;

namespace Amana.Server.Tests.Access;

/// <summary>The form that makes a token, posted as a browser without script does.</summary>
public class TokenFormTests
{
    private const string Address = "/admin/tokens";

    [Fact]
    public async Task What_cannot_be_is_refused_at_its_field_and_makes_no_token()
    {
        await using var demo = await AmanaServer.StartNewAsync(demo: true);
        using var administrator = await BrowserSession.SignInAsync(demo.Address, "administrator");
        foreach (var (fields, at) in new ((string, string)[], string)[]
        {
            ([], "name"),
            ([("name", "border"), ("expires", "90")], "rights"),
            ([("name", "border"), ("rights", "screen"), ("expires", "")], "expires"),
            ([("name", "border"), ("rights", "screen"), ("expires", "ninety")], "expires"),
            ([("name", "border"), ("rights", "screen"), ("expires", "2147483647")], "expires"),
            ([("name", "border"), ("rights", "screen"), ("expires", "90"), ("purpose", "curiosity")], "purpose"),
        })
        {
            string page = await administrator.PostAsync(Address, "make", fields);
            page.ShouldContain($"href=\"{Address}#{at}\"", customMessage: $"{at} is named in the summary of what to mend");
            page.ShouldContain($"id=\"{at}\"", customMessage: "and the summary leads there");
            page.ShouldNotContain("class=\"secret\"");
        }

        (await administrator.PostAsync(Address, "make", ("name", "border"), ("rights", "screen"), ("expires", "90"))).ShouldContain("class=\"secret\"");
    }
}
