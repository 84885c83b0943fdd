using System.Net;
using Amana.Server.Access;
using Amana.Server.Foundation;
using Amana.Server.Tests.Web;
using Amana.Server.Upkeep;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Amana.Server.Tests.Upkeep;

public class HealthTests
{
    [Fact]
    public async Task Who_keeps_the_server_running_sees_how_it_is_and_nobody_s_name()
    {
        await using var server = await AmanaServer.StartNewAsync(demo: true);
        using var program = await server.ClientAsync(Right.ReadHealth, Right.Screen);
        await (await program.PostAsync("api/v1/screenings", new StringContent("{\"name\":\"Utopia Specimen\"}", null, "application/json"))).ShouldBeJsonAsync();
        var view = await (await program.GetAsync("api/v1/health")).ShouldBeJsonAsync();
        view.GetProperty("database").GetProperty("engine").GetString().ShouldBe(server.Database is null ? "SQLite" : "PostgreSQL");
        view.GetProperty("database").GetProperty("bytes").GetInt64().ShouldBeGreaterThan(10_000);
        view.GetProperty("disk").GetProperty("freeBytes").GetInt64().ShouldBeGreaterThan(0);
        view.GetProperty("journal").GetProperty("broken").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        view.GetProperty("queues").EnumerateArray().Select(q => q.GetProperty("word").GetString()).ShouldBe(["imports", "batches", "letters"], ignoreOrder: true);
        view.GetProperty("tokensEnding").GetArrayLength().ShouldBe(0, "these tokens end when they are ended");
        await server.TokenAsync(null, TimeSpan.FromDays(3), Right.Screen);
        (await (await program.GetAsync("api/v1/health")).ShouldBeJsonAsync()).GetProperty("tokensEnding")[0].GetProperty("name").GetString().ShouldBe("test");
        view.GetProperty("requests").EnumerateArray().Single(r => r.GetProperty("kind").GetString() == "questions").GetProperty("count").GetInt32().ShouldBe(1);

        using var administrator = await BrowserSession.SignInAsync(server.Address, "administrator");
        string page = await administrator.PageAsync("/admin/health");
        page.ShouldContain("Questions");
        page.ShouldNotContain("Utopia Specimen");
        using var officer = await BrowserSession.SignInAsync(server.Address, "officer");
        await officer.PageAsync("/admin/health", HttpStatusCode.Forbidden);
        using var other = await server.ClientAsync(Right.Screen);
        await (await other.GetAsync("api/v1/health")).ShouldBeRefusedAsync(403, "access.forbidden");
    }

    [Fact]
    public async Task What_there_is_to_do_stands_first_and_the_worst_before_the_rest()
    {
        await using var server = await AmanaServer.StartNewAsync();
        var well = (await server.RunAsync<ReadHealth, Result<HealthView>>(act => act.RunAsync(server.ServerCaller, default))).Succeeded(out var view, out _) ? view : null;
        var good = well! with { Disk = new(900L << 30, 1L << 40), StartedAt = well.At.AddHours(-1), Journal = new(10, well.At, null), Waiting = [] };
        (await ToDoAsync(good)).ShouldBeEmpty();
        (await ToDoAsync(good with { Disk = new(50L << 30, 1L << 40) })).ShouldBe([new("disk", IsDanger: false)]);
        (await ToDoAsync(good with { Disk = new(900 << 20, 1L << 40), Waiting = ["lists"] })).ShouldBe([new("disk", IsDanger: true), new("waiting", IsDanger: false)]);
        (await ToDoAsync(good with { Journal = new(10, well.At, "journal.broken-tile"), Waiting = ["lists"] })).ShouldBe([new("journal-broken", IsDanger: true), new("waiting", IsDanger: false)]);
        (await ToDoAsync(good with { Queues = [new("imports", 1, 0, good.At.AddMinutes(-61))] })).ShouldBe([new("queue-late", IsDanger: false)]);
        (await ToDoAsync(good with { Queues = [new("imports", 1, 0, good.At.AddMinutes(-59))] })).ShouldBeEmpty();
        (await ToDoAsync(good with { TokensEnding = [new("gate 4", good.At.AddDays(2))] })).ShouldBe([new("tokens-end", IsDanger: false)]);
        (await ToDoAsync(good with { Journal = new(null, null, null) })).ShouldBe([new("journal-late", IsDanger: true)]);
        server.Services.GetRequiredService<Instance>().Become(Vocabulary.BureauCode.Of("QST"), "Test", InstanceKind.Service);
        (await ToDoAsync(good with { Backups = [good.At.AddHours(-49)] })).ShouldBe([new("backup", IsDanger: false)]);
        (await ToDoAsync(good with { Backups = [good.At.AddHours(-47)] })).ShouldBeEmpty();

        Task<List<HealthToDo>> ToDoAsync(HealthView of) => server.RunAsync<ReadHealth, List<HealthToDo>>(act => Task.FromResult(act.ToDo(of).ToList()));
    }

    [Fact]
    public void Speeds_are_of_the_last_hour_and_the_load_of_the_last_minute()
    {
        var clock = new FakeTimeProvider();
        var times = new RequestTimes(clock);
        times.Speeds.ShouldAllBe(s => s.Count == 0 && s.P50 == null);
        times.Add(RequestKind.Pages, 10_000);
        clock.Advance(TimeSpan.FromMinutes(61));
        for (int i = 1; i <= 100; i++) times.Add(RequestKind.Pages, i);
        times.Speeds[(int)RequestKind.Pages].ShouldBe(new RequestSpeed(RequestKind.Pages, 100, 100 / 60.0, 50, 95, 99));
        clock.Advance(TimeSpan.FromMinutes(2));
        times.Speeds[(int)RequestKind.Pages].ShouldBe(new RequestSpeed(RequestKind.Pages, 100, 0, 50, 95, 99));
        times.Speeds[(int)RequestKind.Questions].Count.ShouldBe(0);
    }
}
