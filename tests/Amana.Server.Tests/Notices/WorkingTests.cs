using System.Net.Http.Json;
using System.Text.Json;
using Amana.Server.Access;
using Amana.Server.Notices;
using Amana.Server.Tests.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Amana.Server.Tests.Notices.NoticeDesks;

namespace Amana.Server.Tests.Notices;

/// <summary>What happens with a notice once it is in force: questions of before, hits, sightings, watches.</summary>
public class WorkingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static async Task AskAsync(HttpClient client, string name) =>
        await (await client.PostAsJsonAsync("api/v1/screenings", new { schema = "Person", name })).ShouldBeJsonAsync();

    [Fact]
    public async Task A_question_of_yesterday_becomes_a_hit_when_the_notice_comes_and_is_marked_as_found_later()
    {
        await using var own = await AmanaServer.StartNewAsync();
        var desks = await AtAsync(own);
        using var screener = await own.ClientAsync(Right.Screen);
        var fields = NewRed();
        string name = $"Quennow {fields["familyName"]}";
        await desks.PublishedAsync(NewRed());
        await AskAsync(screener, name);
        await AskAsync(screener, name);
        await AskAsync(screener, "Somebody Quite Different");
        await (await desks.Officer.PostAsJsonAsync("api/v1/notices/same-person", new { colour = "red", fields = new { familyName = fields["familyName"], forename = "Quennow", sex = "M" } })).ShouldBeJsonAsync();
        string reference = await desks.PublishedAsync(fields);
        await UntilAsync(async () => (await own.JournalAsync("questions.asked-again", reference)).Count > 0);
        var hits = (await (await screener.GetAsync("api/v1/hits")).ShouldBeJsonAsync()).GetProperty("hits").EnumerateArray().ToList();
        var hit = hits.ShouldHaveSingleItem("the same question twice is one piece of work");
        (hit.GetProperty("entity").GetString(), hit.GetProperty("foundLater").GetBoolean(), hit.GetProperty("purpose").GetString()).ShouldBe((reference, true, "border-check"));
        var onNotice = (await ReadAsync(desks.Officer, reference)).GetProperty("work").GetProperty("hits").EnumerateArray().ShouldHaveSingleItem();
        (onNotice.GetProperty("reference").GetString(), onNotice.GetProperty("foundLater").GetBoolean(), onNotice.GetProperty("state").GetString()).ShouldBe((hit.GetProperty("reference").GetString(), true, "open"));
        (await own.Services.GetRequiredService<LookBack>().LookAsync(Cancel)).ShouldBe(0, "it is done once");
    }

    [Fact]
    public async Task Who_may_not_see_a_notice_gets_no_hit_for_what_was_asked_before_and_what_was_deleted_is_not_asked_again()
    {
        await using var own = await AmanaServer.StartNewAsync();
        var desks = await AtAsync(own);
        using var screener = await own.ClientAsync(Right.Screen);
        var fields = NewRed();
        await desks.PublishedAsync(NewRed());
        await AskAsync(screener, $"Quennow {fields["familyName"]}");
        await using (var db = await own.OpenDbAsync())
        {
            await db.Set<Amana.Server.Screening.AskedQuestion>().Where(q => q.Body != null).ExecuteUpdateAsync(s => s.SetProperty(q => q.Body, (string?)null), Cancel);
        }

        string reference = await desks.PublishedAsync(fields);
        await UntilAsync(async () =>
        {
            await using var db = await own.OpenDbAsync();
            return (await db.Notices.SingleAsync(n => n.Reference == reference, Cancel)).LookBackFrom is null;
        });
        (await (await screener.GetAsync("api/v1/hits")).ShouldBeJsonAsync()).GetProperty("total").GetInt32().ShouldBe(0);
        var notice = Requests.Read(Requests.With(NewRed(), "except=QVL", "recipients=QMR"));
        var diffusion = new Notice { Id = default, Reference = "UTO-R-2026-0001", Colour = NoticeColour.Red, Form = NoticeForm.Diffusion, Bureau = Requests.Utopia, Author = "person:a", MadeAt = Requests.Now };
        diffusion.Save(notice, diffusion.Version, Requests.Now).ShouldBeNull();
        ((string[])["UTO", "QMR", "QVL", "QST"]).Where(diffusion.IsThereFor).ShouldBe(["UTO", "QMR"]);
    }

    [Fact]
    public async Task A_bureau_reports_what_came_of_it_and_the_notice_is_marked_and_goes_on()
    {
        await using var own = await AmanaServer.StartNewAsync();
        var desks = await AtAsync(own);
        string reference = await desks.PublishedAsync(NewRed()), draft = Ref(await desks.DraftAsync(NewRed()));
        string path = $"api/v1/notices/{reference}/sightings";
        await (await desks.Second.PostAsJsonAsync(path, new { kind = "arrested", on = "2099-01-01", where = "Zenith" })).ShouldBeRefusedAsync(422, "notice.sighting-incomplete");
        await (await desks.Second.PostAsJsonAsync(path, new { kind = "arrested", on = "2026-11-01" })).ShouldBeRefusedAsync(422, "notice.sighting-incomplete");
        await (await desks.Officer.PostAsJsonAsync($"api/v1/notices/{draft}/sightings", new { kind = "seen", on = "2026-11-01", where = "Zenith" })).ShouldBeRefusedAsync(409, "notice.not-in-force");
        await (await desks.Second.PostAsJsonAsync(path, new { kind = "seen", on = "2026-11-01", where = "Zenith", text = "At the <b>station</b>" })).ShouldBeJsonAsync();
        await (await desks.Second.PostAsJsonAsync(path, new { kind = "arrested", on = "2026-11-02", where = "Port" })).ShouldBeJsonAsync();
        var notice = await ReadAsync(desks.Officer, reference);
        var work = notice.GetProperty("work");
        (work.GetProperty("outcome").GetProperty("kind").GetString(), work.GetProperty("sightings").GetArrayLength(), State(notice.GetProperty("row"))).ShouldBe(("arrested", 2, "published"));
        notice.GetProperty("locatedAt").ValueKind.ShouldBe(JsonValueKind.String);
        (await own.JournalAsync("notice.sighting-reported", reference)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_watch_tells_when_somebody_asks_and_never_the_asker()
    {
        await using var own = await AmanaServer.StartNewAsync();
        await (await AtAsync(own)).PublishedAsync(NewRed());
        using var watcher = await own.ClientAsync(Right.Screen);
        using var asker = await own.ClientAsync(Right.Screen);
        using var compliance = await own.PersonAsync(Role.Compliance);
        var person = new { familyName = "Wexcombe", forename = "Ardith", birthDate = "1971" };
        string until = DateTime.UtcNow.AddDays(30).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        await (await watcher.PostAsJsonAsync("api/v1/watches", new { fields = person, until })).ShouldBeRefusedAsync(422, "watch.basis");
        await (await watcher.PostAsJsonAsync("api/v1/watches", new { fields = person, legalBasis = "Act 12", until = "2099-01-01" })).ShouldBeRefusedAsync(422, "watch.until");
        await (await watcher.PostAsJsonAsync("api/v1/watches", new { fields = new { }, legalBasis = "Act 12", until })).ShouldBeRefusedAsync(422, "notice.name-first");
        using var reader = await own.ClientAsync(Right.ReadNotices);
        await (await reader.PostAsJsonAsync("api/v1/watches", new { fields = person, legalBasis = "Act 12", until })).ShouldBeRefusedAsync(403, "access.forbidden");
        var before = await (await asker.PostAsJsonAsync("api/v1/screenings", new { schema = "Person", name = "Ardith Wexcombe" })).ShouldBeJsonAsync();
        string id = (await (await watcher.PostAsJsonAsync("api/v1/watches", new { fields = person, legalBasis = "Act 12, order 7", until })).ShouldBeJsonAsync()).GetString()!;

        var answer = await (await asker.PostAsJsonAsync("api/v1/screenings", new { schema = "Person", name = "Ardith Wexcombe" })).ShouldBeJsonAsync();
        answer.EnumerateObject().Select(p => p.Name).ShouldBe(before.EnumerateObject().Select(p => p.Name));
        answer.GetProperty("hits").GetArrayLength().ShouldBe(before.GetProperty("hits").GetArrayLength());
        await AskAsync(watcher, "Ardith Wexcombe");
        await AskAsync(asker, "Somebody Quite Different");
        var keep = own.Services.GetRequiredService<KeepWatch>();
        (await keep.LookAsync(DateTimeOffset.UtcNow.AddSeconds(1), Cancel)).ShouldBeTrue();
        await keep.LookAsync(DateTimeOffset.UtcNow.AddSeconds(1), Cancel);
        var row = (await (await watcher.GetAsync("api/v1/watches")).ShouldBeJsonAsync()).EnumerateArray().ShouldHaveSingleItem();
        var alert = row.GetProperty("alerts").EnumerateArray().ShouldHaveSingleItem("not for the own question, and once");
        (alert.GetProperty("bureau").GetString(), alert.GetProperty("purpose").GetString(), alert.GetProperty("isNew").GetBoolean()).ShouldBe(("UTO", "border-check", true));
        (await (await asker.GetAsync("api/v1/watches")).ShouldBeJsonAsync()).GetArrayLength().ShouldBe(0);
        await (await asker.PostAsync($"api/v1/watches/{id}/end", null)).ShouldBeRefusedAsync(404, "watch.unknown");
        (await own.JournalAsync("watch.told", id)).ShouldHaveSingleItem();

        (await (await compliance.GetAsync("api/v1/watches")).ShouldBeJsonAsync())[0].GetProperty("legalBasis").GetString().ShouldBe("Act 12, order 7");
        (await compliance.PostAsync($"api/v1/watches/{id}/end", null)).EnsureSuccessStatusCode();
        await using var db = await own.OpenDbAsync();
        (await db.PersonWatches.SingleAsync(Cancel)).Sealed.ShouldBeNull();
        await AskAsync(asker, "Ardith Wexcombe");
        await keep.LookAsync(DateTimeOffset.UtcNow.AddSeconds(1), Cancel);
        (await own.JournalAsync("watch.told", id)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task An_officer_watches_and_reports_on_pages()
    {
        await using var own = await AmanaServer.StartNewAsync(demo: true);
        var desks = await AtAsync(own);
        string reference = await desks.PublishedAsync(NewRed());
        using var officer = await BrowserSession.SignInAsync(own.Address, "officer");
        string until = DateTime.UtcNow.AddDays(30).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        await officer.RefusedAsync("/watches?lang=en", "watch", System.Net.HttpStatusCode.UnprocessableEntity, ("familyName", "Wexcombe"), ("purpose", "investigation"), ("until", until));
        (await officer.PostAsync("/watches?lang=en", "watch", ("familyName", "Wexcombe"), ("forename", "Ardith"), ("purpose", "investigation"), ("until", until), ("legalBasis", "Act 12"))).ShouldContain("WEXCOMBE");
        using var compliance = await BrowserSession.SignInAsync(own.Address, "compliance");
        (await compliance.PageAsync("/watches?lang=ar")).ShouldContain("WEXCOMBE");
        string page = await officer.PostAsync($"/notices/{reference}?lang=en", "sighting", ("kind", "located"), ("on", "2026-11-01"), ("where", "Zenith <i>port</i>"), ("text", ""));
        page.ShouldContain("Zenith &lt;i&gt;port");
        (await officer.PageAsync("/hits?lang=fr")).ShouldNotContain(">hits.");
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        for (int tries = 0; !await isSo(); tries++)
        {
            tries.ShouldBeLessThan(150, "it did not happen in 30 seconds");
            await Task.Delay(200, Cancel);
        }
    }
}
