using System.Net;
using System.Net.Http.Json;
using Amana.Server.Access;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Server.Tests.Foundation;

/// <summary>The machine's clock is set back, or forward, by a day, under a server that works.</summary>
public class WrongClockTests
{
    private sealed class MovedClock : TimeProvider
    {
        public TimeSpan Off { get; set; }

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Off;
    }

    [Fact]
    public async Task A_clock_set_back_or_forward_by_a_day_loses_nothing_and_the_journal_still_proves_itself()
    {
        var clock = new MovedClock();
        await using var server = new AmanaServer { Demo = true, Change = services => services.AddSingleton<TimeProvider>(clock) };
        await server.InitializeAsync();
        using var machine = await server.ClientAsync(Right.Screen, Right.ReadJournal);
        using var officer = await server.SignInAsync("officer", SpecimenPeople.Password);
        long before = await AskAsync(machine, server);

        clock.Off = TimeSpan.FromDays(-1);
        (await AskAsync(machine, server)).ShouldBeGreaterThan(before, "entries keep their order whatever the clock says");
        (await officer.GetAsync("api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK, "a session is not lost because it began tomorrow");
        await ProveAsync(machine);

        clock.Off = TimeSpan.FromDays(1);
        await AskAsync(machine, server);
        (await officer.GetAsync("api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, "a shift is over");
        using (var later = await server.SignInAsync("officer", SpecimenPeople.Password)) (await later.GetAsync("api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await ProveAsync(machine);

        clock.Off = TimeSpan.Zero;
        await AskAsync(machine, server);
        using (var again = await server.SignInAsync("officer", SpecimenPeople.Password)) (await again.GetAsync("hits")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await ProveAsync(machine);
        (await machine.GetAsync("readyz")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await server.RestartAsync();
        using var afterwards = await server.ClientAsync(Right.Screen, Right.ReadJournal);
        await AskAsync(afterwards, server);
        await ProveAsync(afterwards);
    }

    [Fact]
    public async Task A_code_of_a_second_step_is_good_once_however_the_clock_moves()
    {
        var clock = new MovedClock();
        await using var server = new AmanaServer { Change = services => services.AddSingleton<TimeProvider>(clock) };
        await server.InitializeAsync();
        var step = server.Services.GetRequiredService<SecondStep>();
        var offer = step.Offer("x");
        byte[] secret = Access.Base32.Read(offer.Secret);
        var person = new Person { DisplayName = "X", InvitedAt = clock.GetUtcNow(), UserName = "x" };
        step.TakeUp(person, offer.Sealed, Totp.CodeAt(secret, Totp.StepAt(clock.GetUtcNow()) - 1)).ShouldBeNull();
        string code = Totp.CodeAt(secret, Totp.StepAt(clock.GetUtcNow()));
        step.Accept(person, code).ShouldBeTrue();
        step.Accept(person, code).ShouldBeFalse();
        clock.Off = TimeSpan.FromDays(-1);
        step.Accept(person, Totp.CodeAt(secret, Totp.StepAt(clock.GetUtcNow()))).ShouldBeFalse("older codes than the last one stay used up");
        clock.Off = TimeSpan.FromMinutes(2);
        step.Accept(person, Totp.CodeAt(secret, Totp.StepAt(clock.GetUtcNow()))).ShouldBeTrue();
    }

    // Asks, and answers the number of the journal's newest entry of a question.
    private static async Task<long> AskAsync(HttpClient client, AmanaServer server)
    {
        using var answer = await client.PostAsJsonAsync("api/v1/screenings", new { name = "Anna Maria Eriksson Specimen" });
        await answer.ShouldBeJsonAsync();
        return (await server.JournalAsync("question.asked"))[^1].Number;
    }

    private static async Task ProveAsync(HttpClient client)
    {
        using var answer = await client.PostAsync("api/v1/journal/check", null);
        (await answer.ShouldBeJsonAsync()).GetProperty("fault").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }
}
