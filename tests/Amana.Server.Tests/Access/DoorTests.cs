using Amana.Server.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Server.Tests.Access;

public class DoorTests(AmanaServer server)
{
    [Fact]
    public void Every_route_says_who_may_use_it()
    {
        var routes = server.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(s => s.Endpoints)
            .OfType<RouteEndpoint>().Where(r => !Doors.IsOfFramework(r)).ToList();
        routes.Count.ShouldBeGreaterThan(10);
        routes.Where(r => r.Metadata.GetMetadata<IAuthorizeData>() is null && r.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Select(r => r.DisplayName).ShouldBeEmpty("a route without a rule is refused to everybody: give it one");
    }

    [Theory]
    [InlineData("nothing-here.js")]
    [InlineData("_framework/opaque-redirect?url=x")]
    public async Task A_file_that_is_not_there_is_not_found(string address)
    {
        using var client = server.Anonymous();
        await (await client.GetAsync(address)).ShouldBeRefusedAsync(404, "http.not-found");
    }

    [Fact]
    public async Task A_route_without_a_rule_is_refused_to_everybody()
    {
        var policy = await server.Services.GetRequiredService<IAuthorizationPolicyProvider>().GetFallbackPolicyAsync();
        var http = new Microsoft.AspNetCore.Http.DefaultHttpContext();
        Microsoft.AspNetCore.Http.EndpointHttpContextExtensions.SetEndpoint(http,
            new RouteEndpoint(_ => Task.CompletedTask, Microsoft.AspNetCore.Routing.Patterns.RoutePatternFactory.Parse("/forgotten"), 0, null, "forgotten"));
        var identity = new System.Security.Claims.ClaimsIdentity([], "session");
        var decision = await server.Services.GetRequiredService<IAuthorizationService>().AuthorizeAsync(new(identity), http, policy!);
        decision.Succeeded.ShouldBeFalse();
    }

    [Fact]
    public async Task The_administrator_opens_no_content()
    {
        RoleTable.RightsOf(Role.Administrator).Overlaps(RoleTable.OpensContent).ShouldBeFalse();
        RoleTable.RightsOf(Role.SecurityOfficer).Overlaps(RoleTable.OpensContent).ShouldBeFalse();
        foreach (var role in Enum.GetValues<Role>().Where(r => RoleTable.RightsOf(r).Overlaps(RoleTable.OpensContent)))
        {
            RoleTable.ConflictIn([Role.Administrator, role]).ShouldNotBeNull();
        }

        await Task.CompletedTask;
    }

    [Fact]
    public void The_table_in_the_README_is_the_table_of_the_server()
    {
        string root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "Amana.slnx"))) root = Path.GetDirectoryName(root)!;
        var rows = File.ReadLines(Path.Combine(root, "src/Amana.Server/Access/README.md"))
            .SkipWhile(l => !l.StartsWith("| right |", StringComparison.Ordinal)).TakeWhile(l => l.StartsWith('|'))
            .Select(l => l.Trim('|').Split('|').Select(c => c.Trim()).ToArray()).ToList();
        string[] roles = rows[0][1..];
        roles.Order().ShouldBe(Enum.GetNames<Role>().Select(System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName).Order());
        rows.Skip(2).Select(r => r[0]).ShouldBe(RightWords.All);
        foreach (string[] row in rows.Skip(2))
        {
            RightWords.TryParse(row[0], out var right).ShouldBeTrue();
            for (int i = 0; i < roles.Length; i++)
            {
                var role = Enum.GetValues<Role>().Single(r => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(r.ToString()) == roles[i]);
                RoleTable.RightsOf(role).Contains(right).ShouldBe(row[i + 1] == "yes", $"{roles[i]} and {row[0]}");
            }
        }
    }

    [Fact]
    public void Every_purpose_has_its_four_languages_its_rule_and_rights_that_exist()
    {
        var purposes = new Purposes();
        purposes.All.Count.ShouldBeGreaterThanOrEqualTo(9);
        purposes.Find(Purposes.Default).ShouldNotBeNull();
        foreach (var purpose in purposes.All)
        {
            purpose.Names.Keys.Order().ShouldBe(["ar", "en", "es", "fr"]);
            purpose.Explanations.Keys.Order().ShouldBe(["ar", "en", "es", "fr"]);
            purpose.Source.ShouldNotBeNullOrWhiteSpace();
            purpose.ReviewAfterMonths.ShouldBeInRange(1, 60);
            foreach (string word in purpose.Allows) RightWords.TryParse(word, out _).ShouldBeTrue(word);
        }
    }

    [Theory]
    [InlineData(null, null, "access.purpose-missing")]
    [InlineData("because", null, "access.purpose-unknown")]
    [InlineData("  ", "", "access.purpose-missing")]
    [InlineData(null, "because", "access.purpose-unknown")]
    public async Task Personal_data_is_not_read_without_a_purpose(string? given, string? own, string code)
    {
        var caller = server.ServerCaller with { DefaultPurpose = own };
        var result = await server.RunAsync<Gate, Server.Foundation.Result<Vocabulary.Purpose>>(g => g.CheckAsync(caller, Right.Screen, given, default));
        result.Succeeded(out _, out var refusal).ShouldBeFalse();
        refusal!.Code.ShouldBe(code);
    }

    [Fact]
    public async Task A_purpose_opens_only_what_it_allows()
    {
        var result = await server.RunAsync<Gate, Server.Foundation.Result<Vocabulary.Purpose>>(
            g => g.CheckAsync(server.ServerCaller, Right.ReadJournalContent, "border-check", default));
        result.Succeeded(out _, out var refusal).ShouldBeFalse();
        refusal!.Code.ShouldBe("access.purpose-not-for-this");
    }
}
