using System.Net;
using System.Text;
using Amana.Server.Access;
using Amana.Server.Data;
using Amana.Server.Foundation;
using Amana.Server.Keys;
using Amana.Server.Screening;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Amana.Server.Tests.Screening;

public class AskingTests
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_hour_is_odd_for_whoever_hardly_ever_asks_then_and_never_while_little_is_known()
    {
        DateTimeOffset[] office = [.. Enumerable.Range(0, 20).SelectMany(d => Enumerable.Range(8, 8).Select(h => Monday.AddDays(-d).AddHours(h)))];
        var odd = AskingPattern.OddHours(office);
        odd.ShouldContain(3);
        odd.ShouldNotContain(9);
        odd.Count.ShouldBe(16);
        AskingPattern.OddHours(office[..49]).ShouldBeEmpty();
        DateTimeOffset[] nights = [.. Enumerable.Range(0, 60).Select(d => Monday.AddDays(-d).AddHours(3))];
        AskingPattern.OddHours(nights).ShouldNotContain(3, "a night shift is usual for whoever has it");
    }

    [Fact]
    public void A_day_is_far_above_the_usual_of_this_person_and_not_of_others()
    {
        DateTimeOffset[] before = [.. Enumerable.Range(1, 10).SelectMany(d => Enumerable.Range(0, 12).Select(i => Monday.AddDays(-d).AddMinutes(i)))];
        AskingPattern.DaysFarAbove(before, Enumerable.Range(0, 36).Select(i => Monday.AddMinutes(i))).ShouldHaveSingleItem().Value.ShouldBe(36);
        AskingPattern.DaysFarAbove(before, Enumerable.Range(0, 35).Select(i => Monday.AddMinutes(i))).ShouldBeEmpty();
        AskingPattern.DaysFarAbove([Monday.AddDays(-1)], Enumerable.Range(0, 29).Select(i => Monday.AddMinutes(i))).ShouldBeEmpty("few questions are never many");
        AskingPattern.DaysFarAbove([], Enumerable.Range(0, 500).Select(i => Monday.AddMinutes(i))).ShouldBeEmpty("nothing is known of the first day");
    }

    [Fact]
    public async Task Own_and_colleagues_names_and_what_many_ask_are_signed_and_the_rest_is_sampled()
    {
        await using var own = await AmanaServer.StartNewAsync();
        var people = new List<Person>();
        foreach (string name in (string[])["Anna Maria Eriksson", "Viktor Pavlenko", "Sofia Papadopoulou", "Pierre Dubois"])
        {
            people.Add(new Person { Id = Guid.NewGuid(), UserName = name.Replace(' ', '.'), NormalizedUserName = name.ToUpperInvariant(), DisplayName = name, InvitedAt = Monday, JoinedAt = Monday });
        }

        await using (var db = await own.OpenDbAsync())
        {
            db.AddRange(people);
            var now = own.Services.GetRequiredService<TimeProvider>().GetUtcNow();
            var sealer = own.Services.GetRequiredService<FieldSealer>();
            Ask(db, people[0], "Erikson, Anna Maria", now, sealer);
            Ask(db, people[0], "Виктор Павленко", now, sealer);
            foreach (var person in people) Ask(db, person, "Zebulon Quartermain", now, sealer);
            for (int i = 0; i < 15; i++) Ask(db, people[1], $"Specimen Number{(char)('a' + i)}vich", now, sealer);
            Ask(db, people[1], "Long Ago", now.AddDays(-40), sealer);
            await db.SaveChangesAsync();
        }

        var view = await own.RunAsync<ReviewAsking, Result<ReviewAsking.View>>(act => act.RunAsync(new(7), own.ServerCaller, default));
        view.Succeeded(out var found, out var refusal).ShouldBeTrue(refusal?.Detail);
        found!.Questions.ShouldBe(21);
        found.Signed.Single(q => q.Asked == "Erikson, Anna Maria").Signs.ShouldBe([AskingSign.OwnName]);
        found.Signed.Single(q => q.Asked == "Виктор Павленко").Signs.ShouldBe([AskingSign.Colleague]);
        found.Signed.Count(q => q.Signs.Contains(AskingSign.AskedByMany)).ShouldBe(4);
        found.Signed.Count.ShouldBe(6);
        found.Sample.Count.ShouldBe(10);
        found.Sample.ShouldAllBe(q => q.Signs.Count == 0);
        var again = await own.RunAsync<ReviewAsking, Result<ReviewAsking.View>>(act => act.RunAsync(new(7), own.ServerCaller, default));
        again.Succeeded(out var same, out _).ShouldBeTrue();
        same!.Sample.Select(q => q.Id).ShouldBe(found.Sample.Select(q => q.Id), "the same for a day");
        found.Askers[0].Name.ShouldBe("Anna Maria Eriksson");
        (await own.JournalAsync("asking.reviewed")).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Famous_people_are_those_of_the_list_that_compliance_brought_and_of_no_other()
    {
        await using var own = await AmanaServer.StartNewAsync();
        var asker = new Person { Id = Guid.NewGuid(), UserName = "asker", NormalizedUserName = "ASKER", DisplayName = "A. Asker", InvitedAt = Monday, JoinedAt = Monday };
        await using (var db = await own.OpenDbAsync())
        {
            db.Add(asker);
            var now = own.Services.GetRequiredService<TimeProvider>().GetUtcNow();
            var sealer = own.Services.GetRequiredService<FieldSealer>();
            foreach (string name in (string[])["Quentin Starlight", "كوينتين ستارلايت", "Zebulon Quartermain"]) Ask(db, asker, name, now, sealer);
            await db.SaveChangesAsync();
        }

        (await ReviewedAsync()).Signed.ShouldBeEmpty();
        (await BringAsync("name,country\nQuentin Starlight,UTO\n\"Nightingale, Melba\",UTO\n")).ShouldBe("2");
        var view = await ReviewedAsync();
        view.Famous.ShouldBe(2);
        view.Signed.Count.ShouldBe(2, "in whatever script the name was asked");
        view.Signed.ShouldAllBe(q => q.Signs.SequenceEqual(new[] { AskingSign.FamousPerson }));
        await using (var db = await own.OpenDbAsync())
        {
            byte[] kept = (await db.FamousLists.SingleAsync(TestContext.Current.CancellationToken)).Sealed!;
            kept.AsSpan().IndexOf("Starlight"u8).ShouldBe(-1);
        }

        (await BringAsync("who\nQuentin Starlight\n")).ShouldBe("asking.famous-unreadable");
        (await BringAsync("name\n---\n")).ShouldBe("asking.famous-line");
        (await BringAsync("name\n" + string.Concat(Enumerable.Range(0, 5_001).Select(i => $"Name{i} Numbered\n")))).ShouldBe("asking.famous-too-many");
        (await ReviewedAsync()).Famous.ShouldBe(2, "what cannot be read changes nothing");
        (await BringAsync("")).ShouldBe("0");
        (await ReviewedAsync()).Signed.ShouldBeEmpty();
        (await own.JournalAsync("famous.brought")).ShouldAllBe(e => !e.Details!.Contains("Starlight"));

        async Task<ReviewAsking.View> ReviewedAsync()
        {
            var result = await own.RunAsync<ReviewAsking, Result<ReviewAsking.View>>(act => act.RunAsync(new(7), own.ServerCaller, default));
            result.Succeeded(out var found, out var refusal).ShouldBeTrue(refusal?.Detail);
            return found!;
        }

        async Task<string> BringAsync(string csv)
        {
            var result = await own.RunAsync<BringFamousPeople, Result<int>>(act => act.RunAsync(new("famous.csv", Encoding.UTF8.GetBytes(csv)), own.ServerCaller, default));
            return result.Succeeded(out int count, out var refusal) ? count.ToString(System.Globalization.CultureInfo.InvariantCulture) : refusal.Code;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(91)]
    public async Task A_period_that_cannot_be_is_refused(int days)
    {
        await using var own = await AmanaServer.StartNewAsync();
        var result = await own.RunAsync<ReviewAsking, Result<ReviewAsking.View>>(act => act.RunAsync(new(days), own.ServerCaller, default));
        result.Succeeded(out _, out var refusal).ShouldBeFalse();
        refusal!.Code.ShouldBe("search.days");
    }

    [Fact]
    public async Task Only_compliance_opens_the_page_and_it_says_what_was_asked()
    {
        await using var own = await AmanaServer.StartNewAsync(demo: true);
        using (var officer = await own.SignInAsync("officer", SpecimenPeople.Password)) (await officer.GetAsync("audit/asking")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using (var officer = await own.SignInAsync("officer", SpecimenPeople.Password)) (await officer.GetAsync("search?q=D.+Specimen&purpose=training")).EnsureSuccessStatusCode();
        using var compliance = await own.SignInAsync("compliance", SpecimenPeople.Password);
        string page = await compliance.GetStringAsync("audit/asking?days=1");
        page.ShouldContain("D. Specimen");
        page.ShouldContain("Own name");
    }

    private static void Ask(AmanaDb db, Person person, string name, DateTimeOffset at, FieldSealer sealer)
    {
        var asked = new AskedQuestion
        {
            Id = Id<AskedQuestion>.New(TimeProvider.System), At = at, Who = $"person:{person.Id}", Bureau = "UTO", Purpose = "training", Via = AskedVia.Page, Count = 1,
            Fingerprint = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(name))), Lists = "{}",
        };
        QuestionReader.Read(Encoding.UTF8.GetBytes($$"""{"schema":"Person","name":"{{name}}"}""")).Succeeded(out var read, out var refusal).ShouldBeTrue(refusal?.Detail);
        asked.Keep(QuestionReader.Keep(read!), sealer);
        asked.Body!.ShouldNotContain(name);
        db.AskedQuestions.Add(asked);
    }
}
