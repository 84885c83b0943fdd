using System.Net.Http.Headers;
using System.Net.Http.Json;
using Amana.Server.Access;
using Amana.Server.Foundation;

namespace Amana.Server.Tests.Access;

/// <summary>Rights that a person has and no machine: a token is not made with one, and one that has it from before has it no more.</summary>
public class RightsOfPeopleTests(AmanaServer server)
{
    public static TheoryData<Right> OfPeople => [.. RoleTable.OnlyPeople];

    [Theory]
    [MemberData(nameof(OfPeople))]
    public async Task No_token_is_made_with_a_right_of_people(Right right)
    {
        using var administrator = await server.ClientAsync(Right.ManageTokens);
        await (await administrator.PostAsJsonAsync("api/v1/tokens", new { name = "desk", rights = new[] { "screen", right.Word() } }, TestContext.Current.CancellationToken))
            .ShouldBeRefusedAsync(403, "access.right-of-people");
        RightWords.ForMachines.ShouldNotContain(right.Word());
    }

    [Theory]
    [MemberData(nameof(OfPeople))]
    public async Task A_token_from_before_opens_nothing_with_it(Right right)
    {
        string secret = ApiToken.NewSecret();
        await using (var db = await server.OpenDbAsync())
        {
            db.Add(new ApiToken
            {
                Id = Id<ApiToken>.New(TimeProvider.System), Name = "from before", SecretHash = ApiToken.HashOf(secret), Ending = secret[^4..], Rights = $"read-lists {right.Word()}", Purpose = Purposes.Default,
                MadeAt = DateTimeOffset.UtcNow, MadeBy = "server:server",
            });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        using var machine = server.Anonymous();
        machine.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        var me = await (await machine.GetAsync("api/v1/me", TestContext.Current.CancellationToken)).ShouldBeJsonAsync();
        me.GetProperty("rights").EnumerateArray().Select(r => r.GetString()).ShouldBe(["read-lists"]);
    }

    [Fact]
    public void Every_right_of_people_belongs_to_a_role() =>
        RoleTable.OnlyPeople.Except(Enum.GetValues<Role>().SelectMany(RoleTable.RightsOf)).ShouldBeEmpty();
}
