using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Amana.Exchange.Private;
using Amana.Lists;
using Amana.Server.Access;
using Amana.Server.BlindQuestions.Asked;
using Amana.Server.BlindQuestions.Asking;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.LostAndStolen;
using Amana.Server.Tests.Exchange;
using Amana.Server.Tests.Screening;
using Amana.Server.Watchlists;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Amana.Server.Tests.BlindQuestions;

/// <summary>UTO asks QST, which has a list; QMR has agreed to nothing.</summary>
public sealed class BlindQuestionTests
{
    private const string List = "specimens";

    private static async Task<Circle> WithListAsync(int perDay = 100, Action<int, IServiceCollection>? change = null, params ListedEntity[] more)
    {
        var circle = await Circle.JoinedAsync(2, change);
        var server = circle[1];
        await using (var scope = server.Services.CreateAsyncScope())
        {
            var kept = scope.ServiceProvider.GetRequiredService<KeptList>();
            await kept.ChangeAsync(List, "Specimens", [Entity("q-1", "محمد الخطيب", "1974-08-12"), Entity("q-2", "Anna Maria Eriksson", "1969-02-28", "L898902C3"), .. more], [], default);
            await scope.ServiceProvider.GetRequiredService<AmanaDb>().SaveChangesAsync();
            await kept.ShowAsync(default);
        }

        await SetAsync(circle, new SetBlindTerms.ListRequest(List, true, "for the test"));
        if (perDay > 0) await SetAsync(circle, new SetBlindTerms.BureauRequest("UTO", perDay, "agreement of the test"));
        await server.Services.GetServices<IHostedService>().OfType<KeepEpoch>().Single().RoundNowAsync(default);
        return circle;
    }

    private static ListedEntity Entity(string id, string name, string born, string? document = null) =>
        TestLists.Person(id, name, document is null ? [("birthDate", born)] : [("birthDate", born), ("idNumber", document)]);

    private static Task SetAsync(Circle circle, SetBlindTerms.ListRequest request) => SetAsync(circle, act => act.RunAsync(request, circle[1].ServerCaller, default));

    private static Task SetAsync(Circle circle, SetBlindTerms.BureauRequest request) => SetAsync(circle, act => act.RunAsync(request, circle[1].ServerCaller, default));

    private static async Task SetAsync(Circle circle, Func<SetBlindTerms, Task<Refusal?>> set) => (await circle[1].RunAsync(set)).ShouldBeNull();

    private static async Task<(BlindState State, string? Word)> AskAsync(Circle circle, BlindSubject about)
    {
        await using var scope = circle[0].Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<PutBlindQuestion>().RunAsync(Circle.Code(1), BlindKeys.Of(about), "border-check", default);
    }

    private static BlindSubject Person(string name, int year, int month, int day) => new(name, new DateOnly(year, month, day), null, null);

    [Fact]
    public async Task A_person_is_known_or_not_in_any_script_and_a_document_by_its_number()
    {
        await using var circle = await WithListAsync();
        (await AskAsync(circle, Person("Mohammed al-Khatib", 1974, 8, 12))).ShouldBe((BlindState.Yes, null));
        (await AskAsync(circle, Person("Mohammed al-Khatib", 1974, 8, 13))).ShouldBe((BlindState.No, null));
        (await AskAsync(circle, Person("Eriksson, Anna", 1969, 2, 28))).ShouldBe((BlindState.Yes, null));
        (await AskAsync(circle, Person("Karl Lindberg", 1969, 2, 28))).ShouldBe((BlindState.No, null));
        (await AskAsync(circle, new("", null, "L898902C3", "UTO"))).ShouldBe((BlindState.Yes, null));
        (await AskAsync(circle, new("", null, "L898902C4", "UTO"))).ShouldBe((BlindState.No, null));

        // The asked bureau has taken down that it was asked, and nothing else: it does not know more.
        var answered = await circle[1].JournalAsync("blind.answered");
        answered.Count.ShouldBe(6);
        answered.ShouldAllBe(e => e.OnWhat == "UTO" && e.Content == null);
        answered[0].Details!.ShouldContain("border-check");
    }

    [Fact]
    public async Task A_record_that_the_asker_may_know_of_is_not_denied_because_another_of_the_same_name_and_birthday_is_hidden()
    {
        await using var circle = await WithListAsync(change: (number, services) =>
            {
                if (number == 1) services.AddSingleton<IAudienceSource, SomeHidden>();
            },
            more: [Entity("q-3", "Mohammed al-Khatib", "1974-08-12"), Entity("q-4", "Ivan Petrov", "1980-01-02"), Entity("q-5", "Lina Haddad", "1990-05-06"), Entity("q-6", "Lina Haddad", "1990-05-06")]);
        (await AskAsync(circle, Person("Mohammed al-Khatib", 1974, 8, 12))).State.ShouldBe(BlindState.Yes, "a record for everybody has it too");
        (await AskAsync(circle, Person("Lina Haddad", 1990, 5, 6))).State.ShouldBe(BlindState.Yes, "a record for the asker has it too");
        (await AskAsync(circle, Person("Ivan Petrov", 1980, 1, 2))).State.ShouldBe(BlindState.No, "only a hidden record has it");
    }

    private sealed class SomeHidden : IAudienceSource
    {
        public string List => BlindQuestionTests.List;

        public IReadOnlyDictionary<string, RecordAudience> Read() => new Dictionary<string, RecordAudience>(StringComparer.Ordinal)
        {
            ["q-3"] = new("QST", null, new HashSet<string> { "UTO" }),
            ["q-4"] = new("QST", null, new HashSet<string> { "UTO" }),
            ["q-5"] = new("QST", new HashSet<string> { "QMR" }, new HashSet<string>()),
            ["q-6"] = new("QST", new HashSet<string> { "UTO" }, new HashSet<string>()),
        };
    }

    [Fact]
    public async Task What_goes_over_the_line_says_nothing_of_the_person_and_is_the_same_in_size_for_yes_and_no()
    {
        await using var circle = await WithListAsync();
        var sizes = new List<int>();
        for (int i = 0; i < 6; i++)
        {
            var keys = BlindKeys.Of(i % 2 == 0 ? Person("Mohammed al-Khatib", 1974, 8, 12) : Person("Nobody Whoever Atall With Many Names", 1974, 8, 12));
            byte[][] asked = [.. keys.Select(k => BlindQuestion.About(Encoding.UTF8.GetBytes(k)).Element)];
            asked.Select(Convert.ToHexString).ShouldBeUnique();
            byte[] filled = JsonSerializer.SerializeToUtf8Bytes(new AnswerBlind.Body("border-check", [.. asked, .. Enumerable.Range(0, AnswerBlind.Elements - asked.Length).Select(_ => BlindQuestion.About(Guid.NewGuid().ToByteArray()).Element)]), JsonRules.Options);
            sizes.Add(filled.Length);
            var epoch = circle[1].Services.GetRequiredService<BlindShelf>().Now!;
            using var honest = HostileBureau.Of(circle, 0);
            var (status, _) = await honest.SendAsync(circle, 1, filled, path: $"/exchange/v1/blind/{epoch.Number}");
            status.ShouldBe(200);
        }

        // Base64 with plus signs is written longer; else the same.
        (sizes.Max() - sizes.Min()).ShouldBeLessThan(400);
    }

    [Fact]
    public async Task Without_consent_nothing_is_answered_and_beyond_the_limit_neither()
    {
        await using var circle = await WithListAsync(perDay: 0);
        (await AskAsync(circle, Person("Mohammed al-Khatib", 1974, 8, 12))).ShouldBe((BlindState.NotAllowed, "not-allowed"));
        await SetAsync(circle, new SetBlindTerms.BureauRequest("UTO", 2, "two a day"));
        (await AskAsync(circle, Person("Mohammed al-Khatib", 1974, 8, 12))).State.ShouldBe(BlindState.Yes);
        (await AskAsync(circle, Person("Mohammed al-Khatib", 1974, 8, 12))).State.ShouldBe(BlindState.Yes);
        (await AskAsync(circle, Person("Mohammed al-Khatib", 1974, 8, 12))).ShouldBe((BlindState.NotAllowed, "limit-reached"));
        (await circle[1].JournalAsync("exchange.refused")).Select(e => e.Details).ShouldContain(d => d!.Contains("limit-reached"));
        await SetAsync(circle, new SetBlindTerms.BureauRequest("UTO", 0, "no more"));
        (await AskAsync(circle, Person("Mohammed al-Khatib", 1974, 8, 12))).ShouldBe((BlindState.NotAllowed, "not-allowed"));
    }

    [Fact]
    public async Task A_list_that_is_closed_answers_nothing_any_more()
    {
        await using var circle = await WithListAsync();
        (await AskAsync(circle, Person("Mohammed al-Khatib", 1974, 8, 12))).State.ShouldBe(BlindState.Yes);
        var before = circle[1].Services.GetRequiredService<BlindShelf>().Now!;
        await SetAsync(circle, new SetBlindTerms.ListRequest(List, false, "closed for the test"));
        (await AskAsync(circle, Person("Mohammed al-Khatib", 1974, 8, 12))).State.ShouldBe(BlindState.NotReached);
        await SetAsync(circle, new SetBlindTerms.ListRequest(List, true, "open again"));
        await Circle.UntilAsync(() => circle[1].Services.GetRequiredService<BlindShelf>().Now is not null);
        circle[1].Services.GetRequiredService<BlindShelf>().Now!.Number.ShouldBeGreaterThanOrEqualTo(before.Number);
    }

    [Fact]
    public async Task An_officer_asks_on_a_page_or_by_a_program_and_sees_all_answers_at_once()
    {
        var clock = new MovedClock();
        await using var circle = await WithListAsync(change: (_, services) => services.AddSingleton<TimeProvider>(clock));
        using var client = await circle[0].ClientAsync(Right.Screen);
        using var posted = await client.PostAsJsonAsync("api/v1/blind-questions", new { name = "Mohammed al-Khatib", birthDate = "1974-08-12", bureaus = (string[])["QST"], purpose = "border-check" });
        posted.StatusCode.ShouldBe(HttpStatusCode.Accepted, await posted.Content.ReadAsStringAsync());
        string reference = (await posted.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("reference").GetString()!;
        reference.ShouldStartWith("ASK-");
        await circle[0].Services.GetServices<IHostedService>().OfType<KeepAsking>().Single().RoundNowAsync(default);
        var early = await client.GetFromJsonAsync<JsonElement>($"api/v1/blind-questions/{reference}");
        early.GetProperty("isShown").GetBoolean().ShouldBeFalse();
        early.GetProperty("replies")[0].GetProperty("state").GetString().ShouldBe("waiting");
        clock.Ahead = TimeSpan.FromSeconds(61);
        await Circle.UntilAsync(async () => (await client.GetFromJsonAsync<JsonElement>($"api/v1/blind-questions/{reference}")).GetProperty("isShown").GetBoolean());
        var shown = await client.GetFromJsonAsync<JsonElement>($"api/v1/blind-questions/{reference}");
        shown.GetProperty("replies")[0].GetProperty("state").GetString().ShouldBe("yes");

        using var other = await circle[0].ClientAsync(Right.Screen);
        (await other.GetAsync($"api/v1/blind-questions/{reference}")).StatusCode.ShouldBe(HttpStatusCode.NotFound, "one's own only");
        var asked = (await circle[0].JournalAsync("blind.asked")).Single();
        (asked.Details + asked.OnWhat).ShouldNotContain("Khatib");
        circle[0].ContentOf(asked).ShouldContain("Khatib");
    }

    [Theory]
    [InlineData("""{"name":"Anna Eriksson","bureaus":["QST"],"purpose":"border-check"}""", "blind.nothing")]
    [InlineData("""{"name":"Anna Eriksson","birthDate":"1969","bureaus":["QST"],"purpose":"border-check"}""", "blind.birth-date")]
    [InlineData("""{"document":"12","bureaus":["QST"],"purpose":"border-check"}""", "blind.nothing")]
    [InlineData("""{"document":"L898902C3","issuer":"U","bureaus":["QST"],"purpose":"border-check"}""", "blind.document")]
    [InlineData("""{"document":"L898902C3","bureaus":[],"purpose":"border-check"}""", "blind.bureaus")]
    [InlineData("""{"document":"L898902C3","bureaus":["UTO"],"purpose":"border-check"}""", "blind.bureaus")]
    [InlineData("""{"document":"L898902C3","bureaus":["ZZZ"],"purpose":"border-check"}""", "blind.bureaus")]
    [InlineData("""{"document":"L898902C3","bureaus":["QST","QST"],"purpose":"border-check"}""", "blind.bureaus")]
    public async Task What_cannot_be_asked_is_refused_with_its_field(string body, string code)
    {
        await using var circle = await Circle.StartAsync(1);
        using var client = await circle[0].ClientAsync(Right.Screen);
        using var answer = await client.PostAsync("api/v1/blind-questions", new StringContent(body, Encoding.UTF8, "application/json"));
        HostileBureau.CodeOf(await answer.Content.ReadAsStringAsync()).ShouldBe(code);
    }

    [Fact]
    public async Task Bad_questions_of_other_servers_are_refused_and_cost_no_answer()
    {
        await using var circle = await WithListAsync();
        using var bad = HostileBureau.Of(circle, 0);
        long epoch = circle[1].Services.GetRequiredService<BlindShelf>().Now!.Number;
        string good = Convert.ToBase64String(BlindQuestion.About("x"u8).Element), none = Convert.ToBase64String(new byte[32]);
        async Task<(int, string?)> Send(string body, long? of = null) => await bad.SendAsync(circle, 1, Encoding.UTF8.GetBytes(body), path: $"/exchange/v1/blind/{of ?? epoch}");
        string Body(int count, string element) => $$"""{"purpose":"border-check","asked":[{{string.Join(',', Enumerable.Repeat($"\"{element}\"", count))}}]}""";
        (await Send("")).ShouldBe((400, "blind.unreadable"));
        (await Send("[]")).ShouldBe((400, "blind.unreadable"));
        (await Send(Body(23, good))).ShouldBe((400, "blind.unreadable"));
        (await Send(Body(25, good))).ShouldBe((400, "blind.unreadable"));
        (await Send(Body(24, "AAAA"))).ShouldBe((400, "blind.unreadable"));
        (await Send(Body(24, none))).ShouldBe((400, "blind.unreadable"), "the neutral element");
        (await Send(Body(24, good).Replace("border-check", "a b", StringComparison.Ordinal))).ShouldBe((400, "blind.unreadable"));
        (await Send(Body(24, good), epoch - 1)).ShouldBe((409, "blind.epoch-over"));
        (await Send(new string('x', 20_000))).Item1.ShouldBe(400);
        (await Send(Body(24, good))).Item1.ShouldBe(200);
    }

    private sealed class MovedClock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => WholeMicroseconds.Cut(base.GetUtcNow() + Ahead);
    }

    [Fact]
    public async Task Compliance_closes_a_bureau_because_of_one_question_and_the_bureau_is_told_the_word()
    {
        await using var circle = await WithListAsync();
        var compliance = circle[1].ServerCaller;
        (await AskAsync(circle, Person("Mohammed al-Khatib", 1974, 8, 12))).State.ShouldBe(BlindState.Yes);
        var before = circle[1].Services.GetRequiredService<BlindShelf>().Now!;
        (await circle[1].RunAsync<CloseBlind, Result<IReadOnlyList<CloseBlind.Question>>>(act => act.QuestionsAsync(10, compliance, default))).Succeeded(out var questions, out _).ShouldBeTrue();
        var question = questions!.ShouldHaveSingleItem();
        (question.Bureau, question.Purpose, question.OfDay).ShouldBe(("UTO", "border-check", 1));

        (await CloseAsync(new("QMR", null, "Asks about a witness"))).ShouldBe("blind.bureau-unknown");
        (await CloseAsync(new("UTO", question.Number, "no"))).ShouldBe("blind.reason");
        (await CloseAsync(new("UTO", question.Number + 1, "Asks about a witness"))).ShouldBe("blind.question-unknown");
        (await CloseAsync(new("UTO", question.Number, "Asks about a witness"))).ShouldBeNull();
        (await CloseAsync(new("UTO", question.Number, "Asks about a witness"))).ShouldBe("blind.closed-already");
        (await AskAsync(circle, Person("Mohammed al-Khatib", 1974, 8, 12))).ShouldBe((BlindState.Closed, "closed"));
        var closed = (await circle[1].JournalAsync("blind.closed")).Single();
        closed.Details!.ShouldContain("Asks about a witness");
        closed.OnWhat.ShouldBe("UTO");

        // What it has of the list is worth nothing: the key is another.
        await Circle.UntilAsync(() => circle[1].Services.GetRequiredService<BlindShelf>().Now is { } now && now.Number > before.Number);
        await SetAsync(circle, new SetBlindTerms.BureauRequest("UTO", 5, "talked it over"));
        (await AskAsync(circle, Person("Mohammed al-Khatib", 1974, 8, 12))).State.ShouldBe(BlindState.Yes);

        async Task<string?> CloseAsync(CloseBlind.Request request) => (await circle[1].RunAsync<CloseBlind, Refusal?>(act => act.RunAsync(request, compliance, default)))?.Code;
    }

    [Fact]
    public async Task A_lost_document_is_answered_where_the_terms_say_so_with_its_issuer_and_while_it_is_in_force()
    {
        await using var circle = await WithListAsync();
        var server = circle[1];
        var passport = new Dictionary<string, string> { ["number"] = "X7391522", ["issuer"] = "QST", ["type"] = "passport", ["fraud"] = "stolen" };
        var entered = await server.RunAsync<EnterItems, Result<EnterItems.Entered>>(act => act.RunAsync(new(ItemKind.Document, [passport], "investigation"), server.ServerCaller, default));
        entered.Succeeded(out var rows, out var refusal).ShouldBeTrue(refusal?.Detail);
        rows!.Rejected.ShouldBeEmpty();
        BlindSubject lost = new("", null, "X7391522", "QST"), ofOthers = new("", null, "X7391522", "UTO");
        (await AskAsync(circle, lost)).State.ShouldBe(BlindState.No, "not agreed to");

        await SetAsync(circle, new SetBlindTerms.BureauRequest("UTO", 100, "documents as well", Documents: true));
        await RoundAsync();
        (await AskAsync(circle, lost)).State.ShouldBe(BlindState.Yes);
        (await AskAsync(circle, ofOthers)).State.ShouldBe(BlindState.No, "another country's document");
        (await AskAsync(circle, Person("Mohammed al-Khatib", 1974, 8, 12))).State.ShouldBe(BlindState.Yes, "and the lists as before");

        await SetAsync(circle, new SetBlindTerms.BureauRequest("UTO", 100, "no documents any more"));
        await RoundAsync();
        (await AskAsync(circle, lost)).State.ShouldBe(BlindState.No);
        (await AskAsync(circle, Person("Mohammed al-Khatib", 1974, 8, 12))).State.ShouldBe(BlindState.Yes);

        async Task RoundAsync()
        {
            await server.Services.GetServices<IHostedService>().OfType<KeepEpoch>().Single().RoundNowAsync(default);
            server.Services.GetRequiredService<BlindShelf>().Now.ShouldNotBeNull();
        }
    }
}
