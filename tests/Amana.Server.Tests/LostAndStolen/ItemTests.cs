using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Server.LostAndStolen;
using Amana.Server.Tests.Watchlists;
using Amana.Vocabulary;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Server.Tests.LostAndStolen;

/// <summary>Things are entered by their owner, answer whoever asks for their number, and go when their owner or their time says so.</summary>
public class ItemTests(AmanaServer server)
{
    private static int _cases;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A passport number that no other test has.</summary>
    private static string NewNumber() => $"T{Interlocked.Increment(ref _cases) * 104_729 % 100_000_000:D8}";

    private Task<HttpClient> OwnerAsync() => server.ClientAsync(Right.Screen, Right.EnterItems, Right.DecideHits);

    private static object Passport(string number, string issuer = "UTO", string fraud = "lost") => new { kind = "document", purpose = "investigation", fields = new { number, issuer, type = "passport", fraud, lossDate = "2026-01-02" } };

    private static async Task<string> EnterAsync(HttpClient owner, object body) =>
        (await (await owner.PostAsJsonAsync("api/v1/items", body, Cancel)).ShouldBeJsonAsync(201)).GetProperty("reference").GetString()!;

    private static async Task<JsonElement> CheckAsync(HttpClient client, string number, string? issuer = "UTO", string kind = "document", bool oneOff = false) =>
        await (await client.PostAsJsonAsync("api/v1/numbers/check", new { kind, number, issuer, oneOff }, Cancel)).ShouldBeJsonAsync();

    private static (string? Outcome, string? Agreement) Came(JsonElement answer) => (answer.GetProperty("outcome").GetString(),
        answer.GetProperty("matches").EnumerateArray().Select(m => m.GetProperty("agreement").GetString()).FirstOrDefault());

    [Fact]
    public async Task A_number_answers_from_its_entry_on_by_itself_and_by_what_is_like_it()
    {
        using var owner = await OwnerAsync();
        string number = $"OS{NewNumber()[1..]}";
        Came(await CheckAsync(owner, number)).ShouldBe(("none", null));
        string reference = await EnterAsync(owner, Passport(number));
        reference.ShouldStartWith("UTO-TD-");

        var answer = await CheckAsync(owner, $" {number[..4].ToLowerInvariant()}-{number[4..]} ");
        Came(answer).ShouldBe(("hit", "same"));
        var match = answer.GetProperty("matches")[0];
        (match.GetProperty("record").GetString(), match.GetProperty("fraud").GetString(), match.GetProperty("owner").GetString()).ShouldBe((reference, "lost", "UTO"));
        Came(await CheckAsync(owner, $"05{number[2..]}")).ShouldBe(("near", "same-but-lookalikes"));
        Came(await CheckAsync(owner, number, issuer: null)).ShouldBe(("hit", "same"));
        Came(await CheckAsync(owner, number, issuer: "QVL")).ShouldBe(("none", null));
        string wrong = number[..4] + (number[4] == '7' ? '4' : '7') + number[5..];
        Came(await CheckAsync(owner, wrong)).ShouldBe(("none", null));
        Came(await CheckAsync(owner, wrong, oneOff: true)).ShouldBe(("near", "one-off"));
        Came(await CheckAsync(owner, number.Remove(3, 1), oneOff: true)).ShouldBe(("near", "one-off"));
        await (await owner.PostAsJsonAsync("api/v1/numbers/check", new { number, oneOff = true }, Cancel)).ShouldBeRefusedAsync(422, "item.issuer-needed");
    }

    [Fact]
    public async Task A_zone_is_read_and_only_its_number_and_issuer_are_kept()
    {
        await using var own = await AmanaServer.StartNewAsync();
        using var owner = await own.ClientAsync(Right.Screen, Right.EnterItems);
        await EnterAsync(owner, Passport("L898902C3"));
        const string zone = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";
        var answer = await (await owner.PostAsJsonAsync("api/v1/numbers/check", new { zone }, Cancel)).ShouldBeJsonAsync();
        Came(answer).ShouldBe(("hit", "same"));
        await (await owner.PostAsJsonAsync("api/v1/numbers/check", new { zone = zone.Replace("L898902C36", "L898902C35", StringComparison.Ordinal) }, Cancel)).ShouldBeRefusedAsync(400, "item.zone-check-digit");
        await using (var db = await own.OpenDbAsync())
            (await db.Set<JournalEntry>().Where(e => e.What == "number.checked").ToListAsync(Cancel)).ShouldHaveSingleItem().Purpose.ShouldBe("border-check");
        await own.RestartAsync(() => Directory.EnumerateFiles(own.DataFolder, "*", SearchOption.AllDirectories).Where(f => File.ReadAllBytes(f).AsSpan().IndexOf("ERIKSSON"u8) >= 0).ShouldBeEmpty());
    }

    [Fact]
    public async Task Only_the_issuing_country_enters_a_document_and_only_the_owner_withdraws_it()
    {
        using var owner = await OwnerAsync();
        string number = NewNumber();
        await (await owner.PostAsJsonAsync("api/v1/items", Passport(number, issuer: "QVL"), Cancel)).ShouldBeRefusedAsync(403, "item.not-issuer");
        string reference = await EnterAsync(owner, Passport(number));
        await (await owner.PostAsJsonAsync("api/v1/items", Passport(number), Cancel)).ShouldBeRefusedAsync(409, "item.exists");

        var other = Caller.OfServer(BureauCode.Of("QVL"));
        var refused = await server.RunAsync<WithdrawItem, Refusal?>(act => act.RunAsync(new(reference, "recovered", "investigation"), other, Cancel));
        refused!.Code.ShouldBe("item.not-owner");
        Came(await CheckAsync(owner, number)).ShouldBe(("hit", "same"));
        await (await owner.PostAsJsonAsync($"api/v1/items/{reference}/withdraw", new { reason = "lost interest", purpose = "investigation" }, Cancel)).ShouldBeRefusedAsync(400, "item.reason");
        (await owner.PostAsJsonAsync($"api/v1/items/{reference}/withdraw", new { reason = "recovered", purpose = "investigation" }, Cancel)).StatusCode.ShouldBe(System.Net.HttpStatusCode.NoContent);
        Came(await CheckAsync(owner, number)).ShouldBe(("none", null));
        await EnterAsync(owner, Passport(number)); // lost again

        using var asker = await server.ClientAsync(Right.Screen);
        await (await asker.PostAsJsonAsync("api/v1/items", Passport(NewNumber()), Cancel)).ShouldBeRefusedAsync(403, "access.forbidden");
        await (await asker.GetAsync($"api/v1/items/{reference}", Cancel)).ShouldBeJsonAsync();
    }

    [Theory]
    [InlineData("""{"number":"T12","issuer":"UTO","type":"passport","fraud":"lost"}""", 400, "item.number")]
    [InlineData("""{"issuer":"UTO","type":"passport","fraud":"lost"}""", 422, "item.field-missing")]
    [InlineData("""{"number":"T1234567","issuer":"ZZZ","type":"passport","fraud":"lost"}""", 400, "item.country")]
    [InlineData("""{"number":"T1234567","issuer":"UTO","type":"passport","fraud":"eaten"}""", 400, "item.choice")]
    [InlineData("""{"number":"T1234567","issuer":"UTO","type":"passport","fraud":"lost","lossDate":"2099-01-01"}""", 400, "item.date-range")]
    [InlineData("""{"number":"T1234567","issuer":"UTO","type":"passport","fraud":"lost","keptUntil":"2099-01-01"}""", 400, "item.date-range")]
    [InlineData("""{"number":"T1234567","issuer":"UTO","type":"passport","fraud":"lost","lossDate":"yesterday"}""", 400, "item.date")]
    [InlineData("""{"number":"T1234567","issuer":"UTO","type":"passport","fraud":"lost","holderName":"SPECIMEN"}""", 400, "item.field-unknown")]
    public async Task What_cannot_be_a_record_is_refused_with_its_field(string fields, int status, string code)
    {
        using var owner = await OwnerAsync();
        using var content = new StringContent($$"""{"kind":"document","purpose":"investigation","fields":{{fields}}}""", Encoding.UTF8, "application/json");
        (await (await owner.PostAsync("api/v1/items", content, Cancel)).ShouldBeRefusedAsync(status, code)).TryGetProperty("field", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task A_batch_takes_the_good_rows_and_names_the_others()
    {
        using var owner = await OwnerAsync();
        owner.DefaultRequestHeaders.Add("Amana-Purpose", "investigation");
        string[] numbers = [NewNumber(), NewNumber(), NewNumber()];
        string csv = $"number;issuer;type;fraud;remarks\r\n{numbers[0]};UTO;passport;stolen;\"found; \"\"blue\"\" cover\"\r\n{numbers[1]};QVL;passport;stolen;\r\n{numbers[2]};UTO;passport;stolen;\r\n{numbers[0]};UTO;passport;lost;\r\n";
        using var content = new StringContent(csv, Encoding.UTF8, "text/csv");
        var answer = await (await owner.PostAsync("api/v1/items/batch?kind=document", content, Cancel)).ShouldBeJsonAsync();
        answer.GetProperty("entered").GetInt32().ShouldBe(2);
        answer.GetProperty("rejected").EnumerateArray().Select(r => (r.GetProperty("row").GetInt32(), r.GetProperty("field").GetString(), r.GetProperty("code").GetString()))
            .ShouldBe([(2, "issuer", "item.not-issuer"), (4, "number", "item.exists")]);
        var found = await CheckAsync(owner, numbers[0]);
        found.GetProperty("matches")[0].GetProperty("facts").GetProperty("remarks").GetString().ShouldBe("found; \"blue\" cover");

        foreach (string broken in (string[])["", "number", "[1]", "{}", "[{\"number\":"])
        {
            using var bad = new StringContent(broken);
            await (await owner.PostAsync("api/v1/items/batch?kind=document", bad, Cancel)).ShouldBeRefusedAsync(400, "item.batch");
        }
    }

    [Fact]
    public async Task A_stream_is_answered_line_by_line_in_order_and_journaled()
    {
        using var owner = await OwnerAsync();
        string number = NewNumber();
        string reference = await EnterAsync(owner, Passport(number));
        var lines = Enumerable.Range(0, 5_000).Select(i => i == 4_321 ? $$"""{"id":"x","number":"{{number}}","issuer":"UTO"}""" : $$"""{"id":{{i}},"number":"N{{i:D8}}","issuer":"UTO"}""").ToList();
        lines[10] = "no json";
        lines[11] = """{"id":11,"kind":"ghost","number":"A123456"}""";
        using var body = new StringContent(string.Join('\n', lines), Encoding.UTF8, "application/x-ndjson");
        using var answer = await owner.PostAsync("api/v1/numbers/check/bulk", body, Cancel);
        answer.EnsureSuccessStatusCode();
        var answers = (await answer.Content.ReadAsStringAsync(Cancel)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement).ToList();
        answers.Count.ShouldBe(lines.Count);
        answers.Select(a => a.GetProperty("line").GetInt32()).ShouldBe(Enumerable.Range(1, lines.Count));
        answers[10].GetProperty("error").GetString().ShouldBe("item.batch");
        answers[11].GetProperty("error").GetString().ShouldBe("item.kind");
        answers[11].GetProperty("id").GetInt32().ShouldBe(11);
        answers[4_321].GetProperty("matches")[0].GetProperty("record").GetString().ShouldBe(reference);
        answers.Count(a => a.TryGetProperty("outcome", out var outcome) && outcome.GetString() == "none").ShouldBe(lines.Count - 3);
        await using var db = await server.OpenDbAsync();
        var entries = await db.Set<JournalEntry>().Where(e => e.What == "numbers.checked").ToListAsync(Cancel);
        entries.Sum(e => JsonDocument.Parse(e.Details!).RootElement.GetProperty("numbers").GetInt32()).ShouldBe(lines.Count);
    }

    [Fact]
    public async Task A_vehicle_is_found_by_each_of_its_numbers_and_what_its_number_shows_is_said()
    {
        using var owner = await OwnerAsync();
        string digits = NewNumber()[1..];
        string vin = $"1SPEC00{digits}UT";
        await EnterAsync(owner, new { kind = "vehicle", purpose = "investigation", fields = new { vin, plate = $"UTO {digits[..4]}-{digits[4..]}", plateCountry = "UTO", engine = $"SPM {digits}", fraud = "stolen", make = "Specimen" } });
        foreach (string number in (string[])[vin.ToLowerInvariant(), $"uto{digits}", $"SPM-{digits}"]) Came(await CheckAsync(owner, number, issuer: null, kind: "vehicle")).ShouldBe(("hit", "same"), number);
        var misread = await CheckAsync(owner, vin.Replace("C00", "CO0", StringComparison.Ordinal), issuer: null, kind: "vehicle");
        Came(misread).ShouldBe(("near", "same-but-lookalikes"));
        misread.GetProperty("notes").EnumerateArray().Select(n => n.GetString()).ShouldBe(["vin-letter"]);
        Came(await CheckAsync(owner, vin, issuer: null)).ShouldBe(("none", null)); // a document of that number is another thing
        await (await owner.PostAsJsonAsync("api/v1/items", new { kind = "vehicle", purpose = "investigation", fields = new { fraud = "stolen", make = "Specimen" } }, Cancel)).ShouldBeRefusedAsync(422, "item.number-missing");
    }

    [Fact]
    public async Task A_hit_is_put_to_the_owner_who_confirms_it_or_does_not()
    {
        using var owner = await OwnerAsync();
        owner.DefaultRequestHeaders.Add("Amana-Purpose", "investigation");
        string number = NewNumber();
        string reference = await EnterAsync(owner, Passport(number));
        await (await owner.PostAsJsonAsync($"api/v1/items/{reference}/questions", new { number = "X0000000" }, Cancel)).ShouldBeRefusedAsync(409, "item.no-hit");
        var asked = await (await owner.PostAsJsonAsync($"api/v1/items/{reference}/questions", new { number, text = "Bearer is here." }, Cancel)).ShouldBeJsonAsync(201);
        (asked.GetProperty("state").GetString(), asked.GetProperty("forMe").GetBoolean()).ShouldBe(("asked", true));
        string id = asked.GetProperty("id").GetString()!;
        var stranger = await server.RunAsync<AnswerAsOwner, Result<OwnerQuestionView>>(act => act.RunAsync(new(new(Guid.Parse(id)), true, null, "investigation"), Caller.OfServer(BureauCode.Of("QVL")), Cancel));
        stranger.Succeeded(out _, out var refused).ShouldBeFalse();
        refused!.Code.ShouldBe("item.question-unknown");
        var answered = await (await owner.PostAsJsonAsync($"api/v1/items/questions/{id}/answer", new { confirmed = false, text = "Found again by its bearer." }, Cancel)).ShouldBeJsonAsync();
        answered.GetProperty("state").GetString().ShouldBe("not-confirmed");
        await (await owner.PostAsJsonAsync($"api/v1/items/questions/{id}/answer", new { confirmed = true }, Cancel)).ShouldBeRefusedAsync(409, "item.answered");
        (await (await owner.GetAsync("api/v1/items/questions", Cancel)).ShouldBeJsonAsync()).EnumerateArray().ShouldContain(q => q.GetProperty("record").GetString() == reference);
    }

    [Fact]
    public async Task Time_deletes_a_record_with_its_numbers_and_questions()
    {
        using var owner = await OwnerAsync();
        string number = NewNumber();
        string reference = await EnterAsync(owner, Passport(number));
        await using (var db = await server.OpenDbAsync())
            await db.Set<ReportedItem>().Where(i => i.Reference == reference).ExecuteUpdateAsync(set => set.SetProperty(i => i.KeptUntil, DateTimeOffset.UtcNow.AddMinutes(-1)), Cancel);
        (await server.RunAsync<DeleteOverdue, int>(act => act.DeleteAsync(Cancel))).ShouldBeGreaterThan(0);
        Came(await CheckAsync(owner, number)).ShouldBe(("none", null));
        await using var after = await server.OpenDbAsync();
        (await after.Set<ItemNumber>().AnyAsync(n => n.Value == number, Cancel)).ShouldBeFalse();
    }

    [Fact]
    public async Task Numbers_answer_after_a_restart_from_the_file_and_from_what_came_since()
    {
        await using var own = await AmanaServer.StartNewAsync();
        var numbers = Enumerable.Range(0, 4).Select(_ => NewNumber()).ToArray();
        using (var owner = await own.ClientAsync(Right.Screen, Right.EnterItems))
        {
            await EnterAsync(owner, Passport(numbers[0]));
            await EnterAsync(owner, Passport(numbers[1]));
            await own.Services.GetRequiredService<NumberShelf>().WriteAsync(Cancel);
            await EnterAsync(owner, Passport(numbers[2]));
            foreach (string number in numbers[..3]) Came(await CheckAsync(owner, number)).ShouldBe(("hit", "same"));
        }
        string file = Path.Combine(own.DataFolder, "lists", "items.numbers");
        await own.RestartAsync();
        await HitsAsync();
        await own.RestartAsync(() => File.WriteAllBytes(file, File.ReadAllBytes(file)[..^3]));
        await HitsAsync();
        await own.RestartAsync(() => File.Delete(file));
        await HitsAsync();

        async Task HitsAsync()
        {
            using var owner = await own.ClientAsync(Right.Screen);
            await Eventually.SucceedsAsync(async () => (await owner.PostAsJsonAsync("api/v1/numbers/check", new { number = numbers[0] }, Cancel)).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK));
            foreach (string number in numbers[..3]) Came(await CheckAsync(owner, number)).ShouldBe(("hit", "same"));
            Came(await CheckAsync(owner, numbers[3])).ShouldBe(("none", null));
        }
    }
}
