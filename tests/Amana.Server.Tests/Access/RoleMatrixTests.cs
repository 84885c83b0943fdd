using System.Net;
using System.Text.RegularExpressions;
using Amana.Server.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Server.Tests.Access;

/// <summary>Every role at every address, compared with the table of roles.</summary>
public partial class RoleMatrixTests
{
    [Fact]
    public async Task Every_role_is_let_through_exactly_where_the_table_says()
    {
        await using var own = await AmanaServer.StartNewAsync();
        await own.RunAsync<SpecimenPeople, int>(async s => { await s.AddAsync(default); return 0; });
        var doors = own.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Select(r => (Route: r, Right: RightOf(r))).Where(d => d.Right is not null).ToList();
        doors.Count.ShouldBeGreaterThan(40);
        doors.Select(d => d.Right!.Value).Distinct().Count().ShouldBeGreaterThanOrEqualTo(8, "the rights that stand before addresses");

        var wrong = new List<string>();
        foreach (var (role, userName, _) in SpecimenPeople.All)
        {
            using var client = await own.SignInAsync(userName, SpecimenPeople.Password);
            foreach (var (route, right) in doors)
            {
                foreach (string method in route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
                {
                    bool may = RoleTable.RightsOf(role).Contains(right!.Value) || (right is Right.ReadLists && RoleTable.RightsOf(role).Contains(Right.Import));
                    using var request = new HttpRequestMessage(new HttpMethod(method), AddressOf(route));
                    using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                    string said;
                    try
                    {
                        said = await answer.Content.ReadAsStringAsync();
                    }
                    catch (HttpRequestException)
                    {
                        wrong.Add($"{method} {route.RoutePattern.RawText} breaks off in its answer to {role}");
                        continue;
                    }

                    // The code tells other reasons apart; a page that asks for nothing but a page has none to tell.
                    bool refused = answer.StatusCode is HttpStatusCode.Forbidden
                        && (said.Contains("access.forbidden", StringComparison.Ordinal) || said.Contains("http.403", StringComparison.Ordinal));
                    if (refused == may) wrong.Add($"{role} {(may ? "is refused" : "is let through")} at {method} {route.RoutePattern.RawText} ({right}), {(int)answer.StatusCode}");
                    if ((int)answer.StatusCode >= 500 && answer.StatusCode is not HttpStatusCode.ServiceUnavailable) wrong.Add($"{method} {route.RoutePattern.RawText} answers {(int)answer.StatusCode} to {role}");
                }
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_is_not_signed_in_is_let_through_nowhere_but_where_everybody_is()
    {
        await using var own = await AmanaServer.StartNewAsync();
        using var client = own.Anonymous();
        var wrong = new List<string>();
        foreach (var route in own.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(r => r.Metadata.GetMetadata<IAllowAnonymous>() is null && !Doors.IsOfFramework(r)))
        {
            foreach (string method in route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            {
                using var answer = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), AddressOf(route)));
                bool sent = answer.StatusCode is HttpStatusCode.Redirect && answer.Headers.Location!.ToString().StartsWith("/sign-in", StringComparison.Ordinal);
                if (answer.StatusCode is not HttpStatusCode.Unauthorized && !sent) wrong.Add($"{method} {route.RoutePattern.RawText} answers {(int)answer.StatusCode}");
            }
        }

        wrong.ShouldBeEmpty();
    }

    private static Right? RightOf(RouteEndpoint route) =>
        route.Metadata.GetMetadata<IAllowAnonymous>() is null && Enum.TryParse(route.Metadata.GetMetadata<IAuthorizeData>()?.Policy, out Right right) ? right : null;

    /// <summary>Any value that fits: the rule stands before the thing is looked for.</summary>
    private static string AddressOf(RouteEndpoint route) => Parameter().Replace(route.RoutePattern.RawText!.TrimStart('/'), m =>
        m.Value.Contains(":guid", StringComparison.Ordinal) || m.Value.Contains("id", StringComparison.OrdinalIgnoreCase) ? "0197a1b2-0000-7000-8000-000000000000"
        : m.Value.Contains(":long", StringComparison.Ordinal) || m.Value.Contains(":int", StringComparison.Ordinal) ? "1" : "nothing");

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();
}
