using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Amana.Server.Access;
using Amana.Server.Exchange.Book;
using Amana.Server.Foundation;
using Amana.Server.Notices;
using Amana.Server.Tests.Notices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Specimens = Amana.Server.Tests.Notices.Requests;
using static Amana.Server.Tests.Notices.NoticeDesks;

namespace Amana.Server.Tests.Exchange;

/// <summary>A notice of UTO at QST and QMR: in force, changed, suspended, recalled, with the signature of each.</summary>
public sealed class NoticeCopyTests
{
    private static async Task<Notice?> CopyAsync(Circle circle, int at, string reference)
    {
        await using var db = await circle[at].OpenDbAsync();
        return await db.Set<Notice>().SingleOrDefaultAsync(n => n.Reference == reference);
    }

    private static Task UntilAsync(Circle circle, int at, string reference, Func<Notice, bool> isSo) => Circle.UntilAsync(async () => await CopyAsync(circle, at, reference) is { } copy && isSo(copy), 60);

    private static async Task<ReadCopies.View> CopiesAsync(Circle circle, string reference)
    {
        var result = await circle[0].RunAsync<ReadCopies, Result<ReadCopies.View>>(act => act.RunAsync(reference, circle[0].ServerCaller, default));
        result.Succeeded(out var view, out var refusal).ShouldBeTrue(refusal?.Detail);
        return view!;
    }

    private static async Task<string> ScreenedAsync(AmanaServer server, string name)
    {
        using var screener = await server.ClientAsync(Right.Screen);
        return (await (await screener.PostAsJsonAsync("api/v1/screenings", new { schema = "Person", name })).ShouldBeJsonAsync()).GetRawText();
    }

    [Fact]
    public async Task A_notice_is_in_screening_at_all_its_recipients_and_leaves_with_a_signed_receipt()
    {
        await using var circle = await Circle.JoinedAsync(3);
        var desks = await AtAsync(circle[0]);
        var fields = NewRed();
        string reference = await desks.PublishedAsync(fields), name = $"{fields["forename"]} {fields["familyName"]}";
        for (int i = 1; i <= 2; i++)
        {
            await UntilAsync(circle, i, reference, n => n.State is NoticeState.Published);
            await Circle.UntilAsync(async () => (await ScreenedAsync(circle[i], name)).Contains(reference, StringComparison.Ordinal));
        }

        (await CopyAsync(circle, 1, reference))!.Content.Text("warrantReference").ShouldBe(fields["warrantReference"]);
        await Circle.UntilAsync(async () => (await CopiesAsync(circle, reference)).Copies.All(c => c.Standing is ReadCopies.Standing.Delivered));

        await StepAsync(desks.Officer, reference, "suspend", "Being looked at.");
        await UntilAsync(circle, 1, reference, n => n.State is NoticeState.Suspended);
        (await ScreenedAsync(circle[1], name)).ShouldNotContain(reference);
        await StepAsync(desks.Officer, reference, "resume", "Looked at.");
        await UntilAsync(circle, 1, reference, n => n.State is NoticeState.Published);

        await StepAsync(desks.Officer, reference, "withdraw", "Found.", "purpose-achieved");
        for (int i = 1; i <= 2; i++)
        {
            await UntilAsync(circle, i, reference, n => n.State is NoticeState.Deleted);
            var tombstone = (await CopyAsync(circle, i, reference))!;
            (tombstone.Content.Values.Count, tombstone.Caption, tombstone.EndReason).ShouldBe((0, "", "purpose-achieved"));
        }

        (await ScreenedAsync(circle[1], name)).ShouldNotContain(reference);
        await Circle.UntilAsync(async () => (await CopiesAsync(circle, reference)).Copies.All(c => c.Standing is ReadCopies.Standing.Deleted), 60);
        (await CopiesAsync(circle, reference)).Open.ShouldBe(0);
        (await circle[1].JournalAsync("notice.ended-by-owner", reference)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_bureau_that_is_away_stands_among_those_who_have_not_confirmed_until_it_has()
    {
        await using var circle = await Circle.JoinedAsync(2);
        var desks = await AtAsync(circle[0]);
        string reference = await desks.PublishedAsync(NewRed());
        await UntilAsync(circle, 1, reference, n => n.State is NoticeState.Published);
        await circle[1].StopAsync();
        await StepAsync(desks.Officer, reference, "withdraw", "Found.", "purpose-achieved");
        await Circle.UntilAsync(async () => (await CopiesAsync(circle, reference)).Copies.Single().Standing is ReadCopies.Standing.Recalled);
        (await CopiesAsync(circle, reference)).Open.ShouldBe(1);
        await circle[1].RestartAtAsync(circle.AddressOf(1));
        await Circle.UntilAsync(async () => (await CopiesAsync(circle, reference)).Copies.Single().Standing is ReadCopies.Standing.Deleted, 60);
        (await CopyAsync(circle, 1, reference))!.State.ShouldBe(NoticeState.Deleted);
    }

    [Fact]
    public async Task Whom_the_owner_excludes_gets_nothing_and_who_joins_later_gets_what_is_in_force()
    {
        await using var circle = await Circle.StartAsync(3);
        await circle.FoundAsync();
        await circle.AddAsync(1);
        await circle.AcceptAsync(1);
        await circle.SettleAsync();
        var desks = await AtAsync(circle[0]);
        string excluding = await desks.PublishedAsync(Specimens.With(NewRed(), "except=QST"));
        string reference = await desks.PublishedAsync(NewRed());
        await UntilAsync(circle, 1, reference, n => n.State is NoticeState.Published);
        await circle.AddAsync(2);
        await circle.AcceptAsync(2);
        await circle.SettleAsync();
        await UntilAsync(circle, 2, reference, n => n.State is NoticeState.Published);
        await UntilAsync(circle, 2, excluding, n => n.State is NoticeState.Published);
        (await CopyAsync(circle, 2, excluding))!.Content.Has("except").ShouldBeFalse("whom it excludes is nobody's business");
        (await CopyAsync(circle, 1, excluding)).ShouldBeNull();
        await using var db = await circle[1].OpenDbAsync();
        (await db.Set<Notice>().CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task An_officer_who_opens_it_is_seen_by_its_owner_and_what_came_of_it_comes_back()
    {
        await using var circle = await Circle.JoinedAsync(2);
        var desks = await AtAsync(circle[0]);
        string reference = await desks.PublishedAsync(NewRed());
        await UntilAsync(circle, 1, reference, n => n.State is NoticeState.Published);
        using var officer = await circle[1].ClientAsync(Right.ReadNotices);
        await (await officer.GetAsync($"api/v1/notices/{reference}?purpose=wanted-persons")).ShouldBeJsonAsync();
        (await CopiesAsync(circle, reference)).Copies.Single().Standing.ShouldNotBe(ReadCopies.Standing.Read, "a machine has not read it");
        using var reported = await officer.PostAsJsonAsync($"api/v1/notices/{reference}/sightings", new { kind = "located", on = "2026-11-27", where = "Harbour of Questia", text = "At the ferry.", purpose = "wanted-persons" });
        ((int)reported.StatusCode).ShouldBeInRange(200, 201, await reported.Content.ReadAsStringAsync());
        await Circle.UntilAsync(async () => (await CopyAsync(circle, 0, reference))!.LocatedAt is not null, 60);
        (await circle[0].JournalAsync("notice.sighting-received", reference)).ShouldHaveSingleItem();
        var owners = await ReadAsync(desks.Officer, reference);
        owners.GetProperty("work").GetRawText().ShouldContain("Harbour of Questia");
    }

    [Fact]
    public async Task Nobody_speaks_of_anothers_notice_and_an_old_letter_undoes_nothing()
    {
        await using var circle = await Circle.JoinedAsync(3);
        var desks = await AtAsync(circle[0]);
        string reference = await desks.PublishedAsync(NewRed());
        await UntilAsync(circle, 1, reference, n => n.State is NoticeState.Published);
        using var bad = HostileBureau.Of(circle, 2);
        NoticeLetter Said(string of, string state, long version = 99) => new(of, NoticeColour.Red, NoticeForm.Notice, version, state, "x", 9, null, null, state == NoticeLetter.Ended ? null : new Dictionary<string, IReadOnlyList<string>>(), [], []);
        async Task<string?> Send(object body) => (await bad.SendAsync(circle, 1, bad.Sealed(circle, bad.Letter(NoticeLetter.Kind, JsonSerializer.SerializeToElement(body, JsonRules.Options), 1)))).Code;
        (await Send(Said(reference, NoticeLetter.Ended))).ShouldBe("exchange.letter.owner");
        (await Send(Said("QMR-B-2026-0001", NoticeLetter.InForce))).ShouldBe("exchange.letter.colour");
        (await Send(Said("QMR-R-2026-0001-A1", NoticeLetter.InForce))).ShouldBe("exchange.letter.reference");
        (await Send(Said("QMR", NoticeLetter.InForce))).ShouldBe("exchange.letter.reference");
        (await Send(Said("QMR-R-2026-0001", "invented"))).ShouldBe("exchange.letter.unreadable");
        (await Send(Said("QMR-R-2026-0001", NoticeLetter.InForce) with { Content = new Dictionary<string, IReadOnlyList<string>> { ["noSuchField"] = ["x"] } })).ShouldBe("exchange.letter.content");
        (await Send(Said("QMR-R-2026-0001", NoticeLetter.InForce) with { Pictures = [new("image/jpeg", [1, 2, 3])] })).ShouldBe("exchange.letter.picture");
        (await Send(new { reference = 7 })).ShouldBe("exchange.letter.body");
        (await CopyAsync(circle, 1, reference))!.State.ShouldBe(NoticeState.Published);
        await using var db = await circle[1].OpenDbAsync();
        (await db.Set<Notice>().CountAsync()).ShouldBe(1);

        // What QMR says of its own in the wrong order: the later one stays.
        (await Send(Said("QMR-R-2026-0002", NoticeLetter.Suspended, 5) with { Content = new Dictionary<string, IReadOnlyList<string>> { ["familyName"] = ["SPECIMEN"] } })).ShouldBeNull();
        (await Send(Said("QMR-R-2026-0002", NoticeLetter.InForce, 4) with { Content = new Dictionary<string, IReadOnlyList<string>> { ["familyName"] = ["SPECIMEN"] } })).ShouldBeNull();
        (await CopyAsync(circle, 1, "QMR-R-2026-0002"))!.State.ShouldBe(NoticeState.Suspended);
    }

    [Fact]
    public async Task Of_a_bureau_that_we_limit_each_notice_waits_for_a_reviewer_and_new_ones_of_ours_do_not_go_there()
    {
        await using var circle = await Circle.JoinedAsync(3);
        (await TermsAsync(circle, 1, "UTO", true, null)).ShouldBe("exchange.reason");
        (await TermsAsync(circle, 1, "UTO", true, "Its requests were abusive.")).ShouldBeNull();
        var desks = await AtAsync(circle[0]);
        var fields = NewRed();
        string reference = await desks.PublishedAsync(fields), name = $"{fields["forename"]} {fields["familyName"]}";
        await UntilAsync(circle, 1, reference, n => n.State is NoticeState.Blocked);
        await UntilAsync(circle, 2, reference, n => n.State is NoticeState.Published);
        (await ScreenedAsync(circle[1], name)).ShouldNotContain(reference);
        await using (var scope = circle[1].Services.CreateAsyncScope())
        {
            (await scope.ServiceProvider.GetRequiredService<MoveNotice>().RunAsync(new(reference, NoticeEvent.Lift, "Looked at: a fraud."), circle[1].ServerCaller, default)).Succeeded(out _, out var refused).ShouldBeTrue(refused?.Detail);
        }

        await UntilAsync(circle, 1, reference, n => n.State is NoticeState.Published);
        await Circle.UntilAsync(async () => (await ScreenedAsync(circle[1], name)).Contains(reference, StringComparison.Ordinal));

        // The other way: what QST has stays true there, and nothing new for all goes to it.
        (await TermsAsync(circle, 0, "QST", true, "It passed things on.")).ShouldBeNull();
        string later = await desks.PublishedAsync(NewRed());
        await UntilAsync(circle, 2, later, n => n.State is NoticeState.Published);
        await StepAsync(desks.Officer, reference, "suspend", "Being looked at.");
        await UntilAsync(circle, 1, reference, n => n.State is NoticeState.Suspended);
        (await CopyAsync(circle, 1, later)).ShouldBeNull();
        (await circle[0].JournalAsync("bureau.limited", "QST")).ShouldHaveSingleItem();
        (await TermsAsync(circle, 0, "QST", false, null)).ShouldBeNull();
        await UntilAsync(circle, 1, later, n => n.State is NoticeState.Blocked);
        await circle.WrittenAsync(0, "people write to each other", 1);
        await Circle.UntilAsync(() => circle.NotesAt(1).Count == 1);
    }

    private static async Task<string?> TermsAsync(Circle circle, int at, string bureau, bool limit, string? reason) =>
        (await circle[at].RunAsync<SetTerms, Refusal?>(act => act.RunAsync(new(bureau, null, reason, null, limit), circle[at].ServerCaller, default)))?.Code;

    [Fact]
    public async Task A_bureau_under_a_measure_is_refused_and_a_protected_person_is_kept_back()
    {
        await using var circle = await Circle.JoinedAsync(2);
        using var reviewer = await circle[1].PersonAsync(Role.Compliance);
        var desks = await AtAsync(circle[0]);
        var fields = NewRed();
        using var recorded = await reviewer.PostAsJsonAsync("api/v1/protections", new
        {
            fields = new Dictionary<string, string> { ["familyName"] = fields["familyName"], ["forename"] = fields["forename"], ["birthDate"] = fields["birthDate"] }, against = (string[])["UTO"], confirmedBy = "specimen authority",
        });
        ((int)recorded.StatusCode).ShouldBeLessThan(300, await recorded.Content.ReadAsStringAsync());
        string reference = await desks.PublishedAsync(fields);
        await UntilAsync(circle, 1, reference, n => n.State is NoticeState.Blocked);
        (await ScreenedAsync(circle[1], $"{fields["forename"]} {fields["familyName"]}")).ShouldNotContain(reference);
        (await CopiesAsync(circle, reference)).Copies.Single().Standing.ShouldBeOneOf(ReadCopies.Standing.Sent, ReadCopies.Standing.Delivered);
    }
}
