using System.Net;
using Amana.Server.Access;
using Amana.Server.Access.Passkeys;
using Amana.Server.Foundation;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Amana.Server.Tests.Access;

public class ProofTests(AmanaServer server)
{
    private static Caller At(DateTimeOffset? provedAt, params Right[] rights) => new()
    {
        Actor = new Actor(ActorKind.Person, Guid.NewGuid().ToString()), Bureau = Vocabulary.BureauCode.Of("UTO"),
        Rights = System.Collections.Frozen.FrozenSet.ToFrozenSet(rights), ProvedAt = provedAt,
    };

    private Task<Refusal?> CheckAsync(Caller caller, Right right) => server.RunAsync<Gate, Refusal?>(gate => gate.CheckAsync(caller, right, default));

    [Fact]
    public async Task An_act_that_changes_who_may_do_what_needs_a_proof_of_the_last_fifteen_minutes()
    {
        var now = server.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        foreach (var right in RoleTable.NeedsProof)
        {
            (await CheckAsync(At(now.AddMinutes(-14), right), right)).ShouldBeNull();
            (await CheckAsync(At(now.AddMinutes(-16), right), right))!.Code.ShouldBe("access.prove-again");
            (await CheckAsync(At(null, right), right)).ShouldBeNull("a machine has no session");
            (await CheckAsync(At(now, []), right))!.Code.ShouldBe("access.forbidden");
        }

        (await CheckAsync(At(now.AddHours(-8), Right.ReadPeople), Right.ReadPeople)).ShouldBeNull("reading needs none");
    }

    [Fact]
    public void What_changes_rights_cannot_be_undone_or_leaves_the_bureau_is_all_among_those()
    {
        string[] words = ["Manage", "Erase", "Agree", "Publish"];
        foreach (var right in Enum.GetValues<Right>().Where(r => words.Any(w => r.ToString().StartsWith(w, StringComparison.Ordinal))))
        {
            RoleTable.NeedsProof.ShouldContain(right);
        }
    }

    [Fact]
    public async Task A_passkey_s_answer_that_nobody_asked_for_opens_nothing_and_is_taken_down()
    {
        await using var own = await AmanaServer.StartNewAsync();
        foreach (string answer in (string[])["", "{}", "[]", "no json", "{\"id\":7}", new string('x', 40_000)])
        {
            using var client = own.Browser();
            using var refused = await own.PostFormAsync(client, "access/passkey/sign-in", ("answer", answer), ("return", "/"));
            refused.StatusCode.ShouldBe(HttpStatusCode.Redirect);
            refused.Headers.Location!.ToString().ShouldStartWith("/sign-in?refused=");
        }

        (await own.JournalAsync("sign-in.failed")).Count.ShouldBeGreaterThanOrEqualTo(5);
    }

    [Fact]
    public async Task A_passkey_is_added_and_a_proof_taken_only_of_who_is_signed_in()
    {
        foreach (string address in (string[])["access/passkey/new", "access/passkey/add", "access/passkey/prove"])
        {
            using var client = server.Browser();
            using var refused = await server.PostFormAsync(client, address, ("answer", "{}"), ("name", "x"));
            refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, address);
        }
    }

    [Fact]
    public void What_was_asked_is_answered_once_in_time_and_for_that_use_alone()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var challenges = new PasskeyChallenges(new EphemeralDataProtectionProvider(), clock);
        string cookie = Asked(challenges, "prove", "state");
        challenges.Take(With(cookie), "add").ShouldBeNull();
        string again = Asked(challenges, "prove", "state");
        challenges.Take(With(again), "prove").ShouldBe("state");
        challenges.Take(With(again), "prove").ShouldBeNull("a stolen copy of the request is worth nothing");
        challenges.Take(With("nonsense"), "prove").ShouldBeNull();
        challenges.Take(new DefaultHttpContext(), "prove").ShouldBeNull();
    }

    private static string Asked(PasskeyChallenges challenges, string use, string state)
    {
        var http = new DefaultHttpContext();
        challenges.Ask(http, use, state);
        string set = http.Response.Headers.SetCookie.ToString();
        set.ShouldContain("httponly", Case.Insensitive);
        set.ShouldContain("samesite=strict", Case.Insensitive);
        return set.Split(';')[0].Split('=', 2)[1];
    }

    private static DefaultHttpContext With(string cookie)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.Cookie = $"amana-passkey={cookie}";
        return http;
    }
}
