using Amana.Server.Access;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Amana.Server.Tests.Access;

public class RequestPaceTests
{
    [Fact]
    public async Task More_than_its_pace_is_refused_with_a_time_to_wait_and_nobody_else_waits_with_it()
    {
        await using var server = new AmanaServer { Change = services => services.AddSingleton(Options.Create(new RequestPaceOptions { TokenPerMinute = 60 })) };
        await server.InitializeAsync();
        using var busy = await server.ClientAsync(Right.Screen);
        using var calm = await server.ClientAsync(Right.Screen);
        HttpResponseMessage? refused = null;
        // The bucket holds sixty and gains one a second; a thousand in a row empty it on any machine that answers at all.
        for (int i = 0; i < 1_000 && refused is null; i++)
        {
            var answer = await busy.GetAsync("api/v1/me");
            if (answer.IsSuccessStatusCode) answer.Dispose();
            else refused = answer;
        }

        await refused!.ShouldBeRefusedAsync(429, "http.too-often");
        int.Parse(refused!.Headers.RetryAfter!.ToString(), System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThanOrEqualTo(1);
        refused.Dispose();
        (await calm.GetAsync("api/v1/me")).IsSuccessStatusCode.ShouldBeTrue();
        (await server.Anonymous().GetAsync("healthz")).IsSuccessStatusCode.ShouldBeTrue();
    }

    [Fact]
    public void Maintaining_a_list_decides_nothing_about_a_person()
    {
        var purposes = new Purposes();
        purposes.Find("list-maintenance")!.Allows.ShouldBe(["screen", "read-records", "enter-items"], ignoreOrder: true);
        purposes.All.Where(p => p.Code is not ("list-maintenance" or "data-subject-request")).ShouldAllBe(p => p.Allows.Contains("decide-hits"));
    }
}
