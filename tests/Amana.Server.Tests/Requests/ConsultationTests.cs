using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Amana.Exchange.Post;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Exchange;
using Amana.Server.Exchange.Post;
using Amana.Server.Foundation;
using Amana.Server.Keys;
using Amana.Server.Notices;
using Amana.Server.Requests;
using Amana.Server.Tests.Exchange;
using Amana.Server.Tests.Notices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Server.Tests.Requests;

/// <summary>QST has a request about a notice of UTO, which is the Secretariat as well; QMR has nothing to do with it.</summary>
public sealed class ConsultationTests
{
    private const string Surname = "Quellwasser", Asked = "What of it may the person know?", Why = "The warrant was shown to the defence.", Rule = "Act 12, article 4";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_owner_of_a_notice_is_asked_answers_and_the_request_goes_on_and_only_who_handles_requests_learns_of_it()
    {
        await using var circle = await Circle.JoinedAsync(2);
        string notice = await NoticeAtAsync(circle, 1);
        string request = await RequestAsync(circle, 1, notice);
        await AskAsync(circle, 1, request, notice);
        var asked = await ArrivedAsync(circle, 0);
        (asked.Bureau, asked.Request, asked.Party).ShouldBe((Circle.Code(1), request, ConsultedParty.Owner));
        Encoding.UTF8.GetString(asked.Body).ShouldNotContain(Asked);

        using var compliance = await circle[0].PersonAsync(Role.Compliance);
        using var officer = await circle[0].PersonAsync(Role.Officer);
        using var administrator = await circle[0].PersonAsync(Role.Administrator);
        string at = $"api/v1/requests/asked/{asked.Id}";
        await (await officer.GetAsync("api/v1/requests/asked", Cancel)).ShouldBeRefusedAsync(403, "access.forbidden");
        await (await officer.GetAsync(at, Cancel)).ShouldBeRefusedAsync(403, "access.forbidden");
        await (await officer.PostAsJsonAsync($"{at}/answer", new { answer = "tell-all", reason = "x" }, Cancel)).ShouldBeRefusedAsync(403, "access.forbidden");
        var read = await (await compliance.GetAsync(at, Cancel)).ShouldBeJsonAsync();
        read.GetProperty("question").GetString().ShouldBe(Asked);
        read.GetProperty("notices")[0].GetString().ShouldBe(notice);
        read.GetRawText().ShouldNotContain(Surname, Case.Insensitive, "nothing of the applicant goes out");
        (await PageAsync(compliance, "requests/asked")).ShouldContain(request);
        (await PageAsync(compliance, $"requests/asked/{asked.Id}")).ShouldContain("What may be told of your notice?");

        await (await compliance.PostAsJsonAsync($"{at}/answer", new { reason = Why }, Cancel)).ShouldBeRefusedAsync(422, "request.answer-missing");
        await (await compliance.PostAsJsonAsync($"{at}/answer", new { answer = "complies", reason = Why }, Cancel)).ShouldBeRefusedAsync(422, "request.answer-missing");
        await (await compliance.PostAsJsonAsync($"{at}/answer", new { answer = "tell-part", reason = " " }, Cancel)).ShouldBeRefusedAsync(422, "request.text-missing");
        await (await compliance.PostAsJsonAsync($"{at}/answer", new { answer = "tell-part", reason = Why }, Cancel)).ShouldBeRefusedAsync(422, "request.ground-missing");
        await (await compliance.PostAsJsonAsync($"{at}/answer", new { answer = "tell-part", reason = new string('x', DataRequest.ReasonCharsMax + 1), ground = Rule }, Cancel)).ShouldBeRefusedAsync(400, "request.too-long");
        (await compliance.PostAsJsonAsync($"{at}/answer", new { answer = "tell-part", reason = Why, ground = Rule, change = "correction" }, Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await (await compliance.PostAsJsonAsync($"{at}/answer", new { answer = "tell-all", reason = Why }, Cancel)).ShouldBeRefusedAsync(409, "request.asked-answered");
        (await PageAsync(compliance, $"requests/asked/{asked.Id}")).ShouldContain(Rule);

        await Circle.UntilAsync(async () => (await AtHomeAsync(circle, 1)).AnsweredAt is not null);
        using var home = await circle[1].PersonAsync(Role.Compliance);
        var stands = (await (await home.GetAsync($"api/v1/requests/{request}", Cancel)).ShouldBeJsonAsync()).GetProperty("consultations")[0];
        stands.GetProperty("answer").GetString().ShouldBe("tell-part");
        stands.GetProperty("words").GetString().ShouldBe(Why);
        stands.GetProperty("ground").GetString().ShouldBe(Rule);
        stands.GetProperty("change").GetString().ShouldBe("correction");
        (stands.GetProperty("bureau").GetString(), stands.GetProperty("way").GetString()).ShouldBe(("UTO", "delivered"));
        string page = await PageAsync(home, $"requests/{request}");
        page.ShouldContain("a part may be told");
        page.ShouldContain("The owner will correct it");
        // Half may be told, and no more: as after an answer that was typed in.
        await (await home.PostAsJsonAsync($"api/v1/requests/{request}/decision", new { outcome = "we-hold", reasons = "As below." }, Cancel)).ShouldBeRefusedAsync(409, "request.owner-open");
        (await home.PostAsJsonAsync($"api/v1/requests/{request}/holdings", new { notice, told = "part", words = "A warrant." }, Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await home.PostAsJsonAsync($"api/v1/requests/{request}/decision", new { outcome = "we-hold", reasons = "As below." }, Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await circle[0].JournalAsync("request.consultation-received")).ShouldHaveSingleItem().OnWhat.ShouldBe($"QST/{request}");
        (await circle[0].JournalAsync("request.consultation-answered")).ShouldHaveSingleItem();
        (await circle[1].JournalAsync("request.owner-answered", request)).ShouldHaveSingleItem().Who.ShouldBe("server:server");
        foreach (int i in (int[])[0, 1]) (await circle[i].JournalAsync("letter.taken")).ShouldAllBe(e => !e.Details!.Contains("consultation", StringComparison.Ordinal));
        foreach (var (client, sees) in ((HttpClient, bool)[])[(compliance, true), (officer, false), (administrator, false)])
        {
            (await client.GetStringAsync("api/v1/deliveries?part=delivered", Cancel)).Contains("consultation", StringComparison.Ordinal).ShouldBe(sees);
        }
    }

    [Fact]
    public async Task The_Secretariat_is_asked_about_what_was_noted_and_its_answer_lets_the_request_be_decided()
    {
        await using var circle = await Circle.JoinedAsync(2);
        string notice = await NoticeAtAsync(circle, 1), request = await RequestAsync(circle, 1, notice, "Deletion");
        await AskAsync(circle, 1, request, null);
        var asked = await ArrivedAsync(circle, 0);
        asked.Party.ShouldBe(ConsultedParty.Secretariat);
        (asked.DueAt - asked.ArrivedAt).TotalDays.ShouldBeInRange(44.9, 45.1);
        using var compliance = await circle[0].PersonAsync(Role.Compliance);
        (await (await compliance.GetAsync($"api/v1/requests/asked/{asked.Id}", Cancel)).ShouldBeJsonAsync()).GetProperty("notices")[0].GetString().ShouldBe(notice);
        using var home = await circle[1].PersonAsync(Role.Compliance);
        // Nothing of the notice is told, so that only the Secretariat's word is missing.
        (await home.PostAsJsonAsync($"api/v1/requests/{request}/holdings", new { notice, told = "nothing", words = "A rule." }, Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await (await home.PostAsJsonAsync($"api/v1/requests/{request}/decision", new { outcome = "deleted", reasons = "It does not comply." }, Cancel)).ShouldBeRefusedAsync(409, "request.secretariat-open");
        (await compliance.PostAsJsonAsync($"api/v1/requests/asked/{asked.Id}/answer", new { answer = "does-not-comply", reason = Why, ground = "Article 3" }, Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await Circle.UntilAsync(async () => (await AtHomeAsync(circle, 1)).Answer is ConsultationAnswer.DoesNotComply);
        (await home.PostAsJsonAsync($"api/v1/requests/{request}/decision", new { outcome = "deleted", reasons = "It does not comply." }, Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_bureau_that_is_not_reached_is_asked_by_people_and_its_answer_is_typed_in()
    {
        await using var circle = await Circle.StartAsync(1);
        string notice = await (await NoticeDesks.AtAsync(circle[0])).PublishedAsync(NoticeDesks.NewRed());
        string request = await RequestAsync(circle, 0, notice);
        await AskAsync(circle, 0, request, notice);
        var asked = await AtHomeAsync(circle, 0);
        (asked.Bureau, asked.Letter).ShouldBe((null, null));
        using var home = await circle[0].PersonAsync(Role.Compliance);
        (await home.PostAsJsonAsync($"api/v1/requests/{request}/consultations/{asked.Id}/answer", new { answer = "tell-all", reason = Why }, Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await AtHomeAsync(circle, 0)).Answer.ShouldBe(ConsultationAnswer.TellAll);
    }

    [Fact]
    public async Task An_answer_of_a_bureau_that_was_not_asked_a_second_one_and_what_does_not_fit_are_refused_with_a_word()
    {
        await using var circle = await Circle.JoinedAsync(3);
        string notice = await NoticeAtAsync(circle, 1), request = await RequestAsync(circle, 1, notice);
        await AskAsync(circle, 1, request, notice);
        var question = (await ArrivedAsync(circle, 0)).Letter;
        object Said(string answer, string reason, string? ground = null, Guid? of = null) => new { question = of ?? question, answer, reason, ground };
        const string Answer = ConsultationAnswerLetter.Kind, Question = ConsultationLetter.Kind;

        (await WordAsync(circle, 2, 1, Answer, Said("tell-all", "We say so."))).ShouldBe("unknown", "it was not asked");
        (await WordAsync(circle, 0, 1, Answer, Said("tell-all", "x", null, Guid.NewGuid()))).ShouldBe("unknown");
        (await WordAsync(circle, 0, 1, Answer, Said("tell-all", new string('x', DataRequest.ReasonCharsMax + 1)))).ShouldBe("too-long");
        (await WordAsync(circle, 0, 1, Answer, Said("tell-nothing", "No.", new string('x', ConsultationAnswerLetter.GroundCharsMax + 1)))).ShouldBe("too-long");
        (await WordAsync(circle, 0, 1, Answer, Said("tell-nothing", "No."))).ShouldBe("ground");
        (await WordAsync(circle, 0, 1, Answer, Said("complies", "x"))).ShouldBe("unreadable", "that is the Secretariat's to say");
        (await WordAsync(circle, 0, 1, Answer, Said("perhaps", "x"))).ShouldBe("body");
        (await WordAsync(circle, 0, 1, Answer, new { question, answer = "tell-all" })).ShouldBe("unreadable");
        (await AtHomeAsync(circle, 1)).AnsweredAt.ShouldBeNull();
        (await WordAsync(circle, 0, 1, Answer, Said("tell-all", Why))).ShouldBeNull();
        (await WordAsync(circle, 0, 1, Answer, Said("tell-nothing", "We think otherwise.", Rule))).ShouldBe("answered");
        (await AtHomeAsync(circle, 1)).Answer.ShouldBe(ConsultationAnswer.TellAll);

        object About(string about, ConsultedParty party = ConsultedParty.Owner, string? text = Asked, int days = 30, string reference = "DSR-26-00001") =>
            new { request = reference, party, kinds = new[] { "access" }, notices = new[] { about }, question = text, until = DateTimeOffset.UtcNow.AddDays(days) };
        (await WordAsync(circle, 2, 1, Question, About(notice))).ShouldBe("not-owner");
        (await WordAsync(circle, 2, 1, Question, About(notice, ConsultedParty.Secretariat))).ShouldBe("not-secretariat");
        (await WordAsync(circle, 2, 0, Question, About("UTO-R-2026-9999"))).ShouldBe("unknown");
        (await WordAsync(circle, 2, 0, Question, About("' OR 1=1"))).ShouldBe("unreadable");
        (await WordAsync(circle, 1, 0, Question, About(notice, text: new string('x', DataRequest.ReasonCharsMax + 1)))).ShouldBe("too-long");
        (await WordAsync(circle, 1, 0, Question, About(notice, text: " "))).ShouldBe("unreadable");
        (await WordAsync(circle, 1, 0, Question, About(notice, days: 4_000))).ShouldBe("until");
        (await WordAsync(circle, 1, 0, Question, About(notice, reference: "<b>DSR</b>"))).ShouldBe("unreadable");
        await using var db = await circle[0].OpenDbAsync();
        (await db.AskedConsultations.CountAsync(Cancel)).ShouldBe(1);
    }

    [Fact]
    public async Task An_answer_that_comes_while_a_decision_is_proposed_is_read_by_who_confirms_and_after_the_decision_it_is_too_late()
    {
        await using var circle = await Circle.JoinedAsync(2);
        string notice = await NoticeAtAsync(circle, 1), request = await RequestAsync(circle, 1, notice);
        await AskAsync(circle, 1, request, notice);
        await AskAsync(circle, 1, request, null);
        await Circle.UntilAsync(async () => (await AllAsync(circle, 0)).Count == 2);
        var letters = (await AllAsync(circle, 0)).ToDictionary(a => a.Party, a => a.Letter);
        using HttpClient first = await circle[1].PersonAsync(Role.Compliance), second = await circle[1].PersonAsync(Role.Compliance);
        (await first.PostAsJsonAsync($"api/v1/requests/{request}/holdings", new { notice, told = "nothing", words = "A rule." }, Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await first.PostAsJsonAsync($"api/v1/requests/{request}/decision", new { outcome = "neither-yes-nor-no", reasons = "A rule." }, Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        long before = await VersionAsync(second, request);
        (await WordAsync(circle, 0, 1, ConsultationAnswerLetter.Kind, new { question = letters[ConsultedParty.Owner], answer = "tell-all", reason = Why })).ShouldBeNull();
        await (await second.PostAsJsonAsync($"api/v1/requests/{request}/decision/confirm", new { read = true, version = before }, Cancel)).ShouldBeRefusedAsync(409, "request.changed-meanwhile");
        (await second.PostAsJsonAsync($"api/v1/requests/{request}/decision/confirm", new { read = true, version = await VersionAsync(second, request) }, Cancel)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await WordAsync(circle, 0, 1, ConsultationAnswerLetter.Kind, new { question = letters[ConsultedParty.Secretariat], answer = "complies", reason = Why })).ShouldBe("decided");
    }

    private static async Task<long> VersionAsync(HttpClient client, string request) => (await (await client.GetAsync($"api/v1/requests/{request}", Cancel)).ShouldBeJsonAsync()).GetProperty("version").GetInt64();

    /// <summary>A notice of the first bureau, which the other one has.</summary>
    private static async Task<string> NoticeAtAsync(Circle circle, int at)
    {
        string reference = await (await NoticeDesks.AtAsync(circle[0])).PublishedAsync(NoticeDesks.NewRed());
        await Circle.UntilAsync(async () =>
        {
            await using var db = await circle[at].OpenDbAsync();
            return await db.Notices.AnyAsync(n => n.Reference == reference && n.State == NoticeState.Published, Cancel);
        }, 60);
        return reference;
    }

    /// <summary>An admitted request in which that notice is noted.</summary>
    private static async Task<string> RequestAsync(Circle circle, int at, string notice, string kind = "Access")
    {
        const string Reference = "DSR-26-00041";
        await using (var scope = circle[at].Services.CreateAsyncScope())
        {
            var now = DateTimeOffset.UtcNow;
            var id = Id<DataRequest>.New(TimeProvider.System);
            byte[] body = JsonSerializer.SerializeToUtf8Bytes(new RequestContent(Surname, "Ada", "1974", null, null, "Everything."), JsonRules.Options);
            var request = new DataRequest
            {
                Id = id, Reference = Reference, SecretHash = "x", Asked = kind, Language = "en", ReceivedAt = now, Body = scope.ServiceProvider.GetRequiredService<FieldSealer>().Seal(body, $"data-request/{id}"),
            };
            request.Prove(now).ShouldBeNull();
            request.Admit(now).ShouldBeNull();
            var db = scope.ServiceProvider.GetRequiredService<AmanaDb>();
            db.Add(request);
            await db.SaveChangesAsync(Cancel);
        }

        (await circle[at].RunAsync<NoteHolding, Refusal?>(act => act.RunAsync(new(Reference, notice, MayBeTold.All, "A red notice."), circle[at].ServerCaller, Cancel))).ShouldBeNull();
        return Reference;
    }

    private static async Task AskAsync(Circle circle, int at, string request, string? notice) =>
        (await circle[at].RunAsync<Consult, Refusal?>(act => act.RunAsync(new(request, notice, Asked), circle[at].ServerCaller, Cancel))).ShouldBeNull();

    private static async Task<List<AskedConsultation>> AllAsync(Circle circle, int at)
    {
        await using var db = await circle[at].OpenDbAsync();
        return await db.AskedConsultations.AsNoTracking().ToListAsync(Cancel);
    }

    private static async Task<AskedConsultation> ArrivedAsync(Circle circle, int at)
    {
        await Circle.UntilAsync(async () => (await AllAsync(circle, at)).Count > 0);
        return (await AllAsync(circle, at)).Single();
    }

    private static async Task<RequestConsultation> AtHomeAsync(Circle circle, int at)
    {
        await using var db = await circle[at].OpenDbAsync();
        return await db.RequestConsultations.AsNoTracking().SingleAsync(Cancel);
    }

    private static async Task<string> PageAsync(HttpClient client, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{address}?lang=en", UriKind.Relative));
        request.Headers.Accept.ParseAdd("text/html");
        using var answer = await client.SendAsync(request, Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, address);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancel));
    }

    /// <summary>Sends a letter as another server could make it.</summary>
    /// <returns>The word of refusal; null when it was taken.</returns>
    private static async Task<string?> WordAsync(Circle circle, int from, int to, string kind, object body)
    {
        Guid letter;
        await using (var scope = circle[from].Services.CreateAsyncScope())
        {
            scope.ServiceProvider.GetRequiredService<Outbox>().Add(kind, body, [Circle.Code(to)]).Succeeded(out letter, out var refusal).ShouldBeTrue(refusal?.Detail);
            await scope.ServiceProvider.GetRequiredService<AmanaDb>().SaveChangesAsync(Cancel);
        }

        DeliveryView? way = null;
        await Circle.UntilAsync(async () => (way = (await circle.DeliveriesAsync(from, letter)).Single()).State is not DeliveryState.Waiting);
        return way!.State is DeliveryState.Delivered ? null : way.Fault;
    }
}
