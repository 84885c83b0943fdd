using System.Net.Http.Json;
using System.Text.Json;
using Amana.Server.Access;
using Amana.Server.Notices;
using Microsoft.EntityFrameworkCore;
using static Amana.Server.Tests.Notices.NoticeDesks;

namespace Amana.Server.Tests.Notices;

/// <summary>What a published notice says changes only by an edition that was checked and reviewed like the first, and what others see
/// follows at once.</summary>
public class AmendmentTests(AmanaServer server)
{
    private static async Task<string> BeginAsync(NoticeDesks desks, string reference) =>
        Ref(await (await desks.Officer.PostAsync($"api/v1/notices/{reference}/amendments", null)).ShouldBeJsonAsync(201));

    private static async Task<string> WrittenAsync(NoticeDesks desks, string reference, Dictionary<string, string> fields)
    {
        string amendment = await BeginAsync(desks, reference);
        long version = (await ReadAsync(desks.Officer, amendment)).GetProperty("row").GetProperty("version").GetInt64();
        await (await desks.Officer.PutAsJsonAsync($"api/v1/notices/{amendment}", new { version, fields })).ShouldBeJsonAsync();
        return amendment;
    }

    private static async Task ApproveAsync(NoticeDesks desks, string amendment)
    {
        await StepAsync(desks.Officer, amendment, "submit");
        await desks.AnswerAllAsync(amendment);
        await StepAsync(desks.Reviewer, amendment, "approve", "The change is met.");
    }

    private static string? Text(JsonElement notice, string field) => notice.GetProperty("fields").GetProperty(field)[0].GetString();

    [Fact]
    public async Task The_old_edition_stays_in_force_until_the_new_one_is_reviewed_and_then_list_and_public_follow_at_once()
    {
        var desks = await AtAsync(server);
        var fields = NewRed();
        string reference = await desks.PublishedAsync(fields);
        string publicId = (await ReadAsync(desks.Officer, reference)).GetProperty("publicId").GetString()!.Replace('/', '-');
        string amendment = await WrittenAsync(desks, reference, Requests.With(new(fields, StringComparer.Ordinal), "forename=Quelled", "penaltyMonths=96"));
        amendment.ShouldBe($"{reference}-A1");
        await ApproveAsync(desks, amendment);
        Text(await ReadAsync(desks.Second, reference), "forename").ShouldBe("Quennow");
        using var anybody = server.Anonymous();
        (await anybody.GetStringAsync($"notices/v1/red/{publicId}")).ShouldContain("QUENNOW");
        await (await PostAsync(desks.Reviewer, amendment, "take-up")).ShouldBeRefusedAsync(403, "access.forbidden");
        await (await PostAsync(desks.Second, amendment, "publish")).ShouldBeRefusedAsync(409, "notice.wrong-state");

        await StepAsync(desks.Second, amendment, "take-up");
        var now = await ReadAsync(desks.Second, reference);
        (Text(now, "forename"), now.GetProperty("edition").GetInt32(), State(now.GetProperty("row"))).ShouldBe(("Quelled", 2, "published"));
        var earlier = now.GetProperty("beside").GetProperty("earlier")[0];
        earlier.GetProperty("changes").EnumerateArray().Select(c => c.GetProperty("field").GetString()).ShouldBe(["forename", "penaltyMonths"]);
        earlier.GetProperty("changes")[0].GetProperty("before")[0].GetString().ShouldBe("Quennow");
        (await anybody.GetStringAsync($"notices/v1/red/{publicId}")).ShouldContain("QUELLED");
        using var screener = await server.ClientAsync(Right.Screen);
        var answers = (await (await screener.PostAsJsonAsync("api/v1/screenings", new { schema = "Person", name = $"Quelled {fields["familyName"]}" })).ShouldBeJsonAsync()).GetRawText();
        answers.ShouldContain(reference);
        (await server.JournalAsync("notice.edition-published", reference)).ShouldHaveSingleItem();
        (await (await desks.Officer.GetAsync($"api/v1/notices?text={amendment}")).ShouldBeJsonAsync()).GetProperty("total").GetInt32().ShouldBe(0, "an amendment that is taken up is no notice of its own");
        await using var db = await server.OpenDbAsync();
        var taken = await db.Notices.SingleAsync(n => n.Reference == amendment, TestContext.Current.CancellationToken);
        (taken.State, taken.Sealed, taken.SealedNames).ShouldBe((NoticeState.TakenUp, null, null));
    }

    [Fact]
    public async Task A_reviewer_sees_what_would_change_side_by_side()
    {
        var desks = await AtAsync(server);
        var fields = NewRed();
        string reference = await desks.PublishedAsync(fields);
        string amendment = await WrittenAsync(desks, reference, Requests.With(new(fields, StringComparer.Ordinal), "marks=Scar"));
        await StepAsync(desks.Officer, amendment, "submit");
        var change = (await ReadAsync(desks.Reviewer, amendment)).GetProperty("beside").GetProperty("changes").EnumerateArray().ShouldHaveSingleItem();
        (change.GetProperty("field").GetString(), change.GetProperty("before").GetArrayLength(), change.GetProperty("now")[0].GetString()).ShouldBe(("marks", 0, "Scar"));
        using var analyst = await server.ClientAsync(Right.ReadNotices);
        await (await analyst.GetAsync($"api/v1/notices/{amendment}")).ShouldBeRefusedAsync(404, "notice.unknown");
    }

    [Fact]
    public async Task An_amendment_meets_the_same_conditions_and_the_same_persons()
    {
        var desks = await AtAsync(server);
        var fields = NewRed();
        string reference = await desks.PublishedAsync(fields);
        string amendment = await WrittenAsync(desks, reference, Requests.With(new(fields, StringComparer.Ordinal), "penaltyMonths=12"));
        (await (await PostAsync(desks.Officer, amendment, "submit")).ShouldBeRefusedAsync(409, "notice.criteria-not-met")).GetProperty("field").GetString().ShouldBe("R4p");
        await (await desks.Officer.PostAsync($"api/v1/notices/{reference}/amendments", null)).ShouldBeRefusedAsync(409, "notice.amendment-open");
        using var other = await server.ClientAsync(Right.ReadNotices);
        await (await other.PostAsync($"api/v1/notices/{reference}/amendments", null)).ShouldBeRefusedAsync(403, "access.forbidden");
        string draft = Ref(await desks.DraftAsync(NewRed()));
        await (await desks.Officer.PostAsync($"api/v1/notices/{draft}/amendments", null)).ShouldBeRefusedAsync(409, "notice.not-amendable");
        await StepAsync(desks.Officer, amendment, "discard");
        (await BeginAsync(desks, reference)).ShouldBe($"{reference}-A2");
    }

    [Fact]
    public async Task What_ends_takes_its_amendment_and_its_editions_with_it()
    {
        var desks = await AtAsync(server);
        var fields = NewRed();
        string reference = await desks.PublishedAsync(fields);
        string first = await WrittenAsync(desks, reference, Requests.With(new(fields, StringComparer.Ordinal), "role=Alone"));
        await ApproveAsync(desks, first);
        await StepAsync(desks.Second, first, "take-up");
        string second = await BeginAsync(desks, reference);
        await (await desks.Officer.PostAsJsonAsync($"api/v1/notices/{reference}/addenda", new { kind = "located", texts = new { en = "Found in Zenith." } })).ShouldBeJsonAsync();
        await StepAsync(desks.Reviewer, reference, "delete", "Decision of the Commission.");
        var gone = await ReadAsync(desks.Officer, second);
        (State(gone.GetProperty("row")), gone.GetProperty("fields").EnumerateObject().Count(), gone.GetProperty("beside").GetProperty("changes").GetArrayLength()).ShouldBe(("deleted", 0, 0));
        await using var db = await server.OpenDbAsync();
        var notice = await db.Notices.SingleAsync(n => n.Reference == reference, TestContext.Current.CancellationToken);
        (await db.NoticeEditions.AnyAsync(e => e.Notice == notice.Id, TestContext.Current.CancellationToken)).ShouldBeFalse();
        (await db.NoticeAddenda.AnyAsync(a => a.Notice == notice.Id, TestContext.Current.CancellationToken)).ShouldBeFalse();
        (await db.Notices.SingleAsync(n => n.Reference == second, TestContext.Current.CancellationToken)).Sealed.ShouldBeNull();
    }

    [Fact]
    public async Task Photographs_go_with_the_amendment()
    {
        var desks = await AtAsync(server);
        var fields = Requests.With(NewRed(), "releaseParts=photograph");
        string reference = await desks.PublishedAsync(fields);
        string amendment = await BeginAsync(desks, reference);
        using var body = new ByteArrayContent(PictureTests.Jpeg());
        (await desks.Officer.PostAsync($"api/v1/notices/{amendment}/pictures", body)).EnsureSuccessStatusCode();
        (await ReadAsync(desks.Second, reference)).GetProperty("pictures").GetInt32().ShouldBe(0);
        await ApproveAsync(desks, amendment);
        await StepAsync(desks.Second, amendment, "take-up");
        (await ReadAsync(desks.Second, reference)).GetProperty("pictures").GetInt32().ShouldBe(1);
        (await desks.Second.GetAsync($"api/v1/notices/{reference}/pictures/1")).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task An_addendum_is_read_before_the_record_and_a_caveat_is_for_reviewers()
    {
        var desks = await AtAsync(server);
        string reference = await desks.PublishedAsync(NewRed());
        string path = $"api/v1/notices/{reference}/addenda";
        await (await desks.Officer.PostAsJsonAsync(path, new { kind = "caveat", texts = new { en = "Under review." } })).ShouldBeRefusedAsync(403, "notice.addendum-of-reviewers");
        await (await desks.Officer.PostAsJsonAsync(path, new { kind = "gossip", texts = new { en = "x" } })).ShouldBeRefusedAsync(400, "notice.addendum-kind");
        await (await desks.Officer.PostAsJsonAsync(path, new { kind = "correction", texts = new { en = " ", de = "Nein" } })).ShouldBeRefusedAsync(422, "notice.addendum-empty");
        using var reader = await server.ClientAsync(Right.ReadNotices);
        await (await reader.PostAsJsonAsync(path, new { kind = "correction", texts = new { en = "x" } })).ShouldBeRefusedAsync(403, "access.forbidden");
        string caveat = (await (await desks.Reviewer.PostAsJsonAsync(path, new { kind = "caveat", texts = new { en = "Under review.", ar = "قيد المراجعة" } })).ShouldBeJsonAsync()).GetString()!;
        string raw = await desks.Second.GetStringAsync($"api/v1/notices/{reference}", TestContext.Current.CancellationToken);
        raw.IndexOf("Under review.", StringComparison.Ordinal).ShouldBeInRange(0, raw.IndexOf("\"fields\"", StringComparison.Ordinal));
        await (await desks.Reviewer.PostAsJsonAsync(path, new { kind = "status-change", texts = new { en = "Cleared." }, replaces = caveat })).ShouldBeJsonAsync();
        await (await desks.Reviewer.PostAsJsonAsync(path, new { kind = "status-change", texts = new { en = "Again." }, replaces = caveat })).ShouldBeRefusedAsync(404, "notice.addendum-unknown");
        var addenda = (await ReadAsync(desks.Second, reference)).GetProperty("beside").GetProperty("addenda").EnumerateArray().ToList();
        addenda.Select(a => (a.GetProperty("kind").GetString(), a.GetProperty("replaced").GetBoolean())).ShouldBe([("status-change", false), ("caveat", true)]);
    }

    [Fact]
    public async Task Who_adds_to_a_notice_that_has_changed_meanwhile_is_told()
    {
        var desks = await AtAsync(server);
        string reference = await desks.PublishedAsync(NewRed());
        long version = (await ReadAsync(desks.Officer, reference)).GetProperty("row").GetProperty("version").GetInt64();
        string path = $"api/v1/notices/{reference}/addenda";
        await (await desks.Officer.PostAsJsonAsync(path, new { kind = "located", texts = new { fr = "Trouvé." }, version })).ShouldBeJsonAsync();
        await (await desks.Officer.PostAsJsonAsync(path, new { kind = "correction", texts = new { fr = "Non." }, version })).ShouldBeRefusedAsync(409, "notice.changed-meanwhile");
        (await ReadAsync(desks.Officer, reference)).GetProperty("locatedAt").ValueKind.ShouldBe(JsonValueKind.String);
    }
}
