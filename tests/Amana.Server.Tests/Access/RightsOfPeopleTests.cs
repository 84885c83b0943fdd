using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Reflection;
using Amana.Server.Access;
using Amana.Server.Foundation;
using Amana.Server.Tests.Notices;

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

    /// <summary>By the code of their refusal: the rules for which two people are asked for, and the rights that the two act under.</summary>
    private static readonly Dictionary<string, Right[]> TwoPersons = new(StringComparer.Ordinal)
    {
        ["access.not-oneself"] = [Right.ManagePeople, Right.AgreeToRecovery],
        ["access.second-person"] = [Right.ManagePeople, Right.AgreeToRecovery, Right.OpenInEmergency, Right.ReviewEmergencies],
        ["notice.own-bureau"] = [Right.ReviewNotices],
        ["notice.own-work"] = [Right.ReviewNotices, Right.PublishNotices],
        ["notice.own-refusal"] = [Right.ReviewNotices],
        ["notice.second-person"] = [Right.ReviewNotices, Right.PublishNotices],
        ["notice.renewal-not-asked"] = [Right.PublishNotices], // asked for under draft-notices, and there by no machine: the test below
        ["request.second-person"] = [Right.HandleRequests],
        ["exchange.second-person"] = [], // under manage-bureaus, and by no machine: the test below
    };

    [Fact]
    public void Every_rule_of_two_persons_is_out_of_reach_of_two_tokens()
    {
        var said = typeof(Right).Assembly.GetTypes().SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)).Where(f => f.FieldType == typeof(Refusal))
            .Select(f => (Refusal)f.GetValue(null)!)
            .Where(r => r.Code.EndsWith("-person", StringComparison.Ordinal) || r.Code.Contains(".own-", StringComparison.Ordinal) || r.Code.EndsWith("-oneself", StringComparison.Ordinal)
                || (r.Rule ?? "").Contains("two persons", StringComparison.OrdinalIgnoreCase) || (r.Rule ?? "").Contains("four eyes", StringComparison.OrdinalIgnoreCase))
            .Select(r => r.Code).Where(c => c is not ("access.only-person" or "access.openid-another-person" or "access.wall-without-oneself")).Distinct(StringComparer.Ordinal);
        said.Order(StringComparer.Ordinal).ShouldBe(TwoPersons.Keys.Order(StringComparer.Ordinal), "a new rule of two persons: name its rights, and see that no token has them");
        TwoPersons.Values.SelectMany(r => r).Distinct().Where(r => !RoleTable.OnlyPeople.Contains(r)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_takes_two_persons_under_a_right_of_machines_is_refused_to_a_machine()
    {
        string red = await (await NoticeDesks.AtAsync(server)).PublishedAsync(NoticeDesks.NewRed());
        using var machine = await server.ClientAsync(Right.ReadNotices, Right.DraftNotices, Right.ManageBureaus);
        await (await NoticeDesks.PostAsync(machine, red, "ask-renewal", "Still sought.")).ShouldBeRefusedAsync(403, "access.only-person");
        await (await machine.PostAsJsonAsync("api/v1/bureaus/signer/propose", new { reason = "A rotation." }, TestContext.Current.CancellationToken)).ShouldBeRefusedAsync(403, "access.only-person");
        await (await machine.PostAsJsonAsync("api/v1/bureaus/signer/answer", new { agree = true }, TestContext.Current.CancellationToken)).ShouldBeRefusedAsync(403, "access.only-person");
    }

    [Fact]
    public void Every_right_of_people_belongs_to_a_role() =>
        RoleTable.OnlyPeople.Except(Enum.GetValues<Role>().SelectMany(RoleTable.RightsOf)).ShouldBeEmpty();
}
