using System.Net.Http.Json;
using System.Text.Json;
using Amana.Server.Access;
using Amana.Server.Notices;
using Microsoft.EntityFrameworkCore;

namespace Amana.Server.Tests.Notices;

/// <summary>A training instance as anybody sees it: the public service over HTTP, in the shape that clients expect.</summary>
public class SpecimenNoticeTests
{
    [Fact]
    public async Task The_demo_holds_what_public_clients_are_tried_with_and_its_notices_answer_questions()
    {
        await using var own = await AmanaServer.StartNewAsync(demo: true);
        using var anybody = own.Anonymous();
        var red = await (await anybody.GetAsync("notices/v1/red?resultPerPage=500&_=1")).ShouldBeJsonAsync();
        red.GetProperty("total").GetInt32().ShouldBeGreaterThanOrEqualTo(200);
        red.GetProperty("query").GetProperty("resultPerPage").GetInt32().ShouldBe(160);
        var shown = red.GetProperty("_embedded").GetProperty("notices").EnumerateArray().ToList();
        shown.Count.ShouldBe(160);
        shown.ShouldContain(n => n.GetProperty("forename").ValueKind == JsonValueKind.Null);
        shown.ShouldContain(n => n.GetProperty("nationalities").GetArrayLength() > 1);
        shown.Count(n => n.GetProperty("_links").TryGetProperty("thumbnail", out _)).ShouldBeInRange(100, 155);
        (await TotalAsync("yellow")).ShouldBeGreaterThanOrEqualTo(25);
        (await TotalAsync("un/persons")).ShouldBeGreaterThanOrEqualTo(5);
        (await TotalAsync("un/entities")).ShouldBeGreaterThanOrEqualTo(3);
        (await TotalAsync("un")).ShouldBeGreaterThanOrEqualTo(8);

        // A crawler's way: every detail and every picture that a list names is there.
        foreach (string list in (string[])["red", "yellow", "un/persons", "un/entities"])
        {
            var page = await (await anybody.GetAsync($"notices/v1/{list}?resultPerPage=40")).ShouldBeJsonAsync();
            foreach (var links in page.GetProperty("_embedded").GetProperty("notices").EnumerateArray().Select(n => n.GetProperty("_links")).ToList())
            {
                var detail = await (await anybody.GetAsync(Href(links, "self"))).ShouldBeJsonAsync();
                detail.GetProperty("entity_id").GetString()!.ShouldMatch(@"^\d{4}/\d+$");
                var images = (await (await anybody.GetAsync(Href(links, "images"))).ShouldBeJsonAsync()).GetProperty("_embedded").GetProperty("images");
                links.TryGetProperty("thumbnail", out _).ShouldBe(images.GetArrayLength() > 0);
                if (images.GetArrayLength() == 0) continue;
                using var picture = await anybody.GetAsync(Href(images[0].GetProperty("_links"), "self"));
                (picture.Content.Headers.ContentType!.MediaType, (await picture.Content.ReadAsByteArrayAsync())[1]).ShouldBe(("image/png", (byte)'P'));
                picture.Headers.Contains("Set-Cookie").ShouldBeFalse();
            }
        }

        var first = await (await anybody.GetAsync(Href(shown[0].GetProperty("_links"), "self"))).ShouldBeJsonAsync();
        first.EnumerateObject().Select(p => p.Name).ShouldBe(["entity_id", "name", "forename", "date_of_birth", "sex_id", "nationalities", "place_of_birth", "country_of_birth_id", "height", "weight",
            "eyes_colors_id", "hairs_id", "languages_spoken_ids", "distinguishing_marks", "arrest_warrants", "_embedded", "_links"]);
        (await anybody.GetStringAsync("notices/v2/yellow?resultPerPage=1")).ShouldContain("/notices/v2/yellow/");
        (await anybody.GetStringAsync("en/notices/data/countries")).ShouldContain("\"value\":\"XU\"");
        foreach (string missing in (string[])["notices/v1/red/2026-999999", "notices/v1/red/x", "notices/v1/red/1/images/2", "notices/v1/green", "notices/v1/yellow/" + Href(shown[0].GetProperty("_links"), "self").Split('/')[^1]])
        {
            using var answer = await anybody.GetAsync(missing);
            (await answer.Content.ReadAsStringAsync()).ShouldBe("""{"status":404,"name":"NotFoundError","message":"Not Found"}""", missing);
            ((int)answer.StatusCode).ShouldBe(404);
        }

        using var officer = await own.ClientAsync(Right.Screen);
        var answered = await (await officer.PostAsJsonAsync($"api/v1/screenings?dataset={NoticeBoard.List}&limit=1", new { name = "Mithal ben Ayina Namudhaji", schema = "Person" })).ShouldBeJsonAsync();
        answered.GetProperty("hits")[0].GetRawText().ShouldContain("UTO-R-");
        await own.RestartAsync();
        using var again = own.Anonymous();
        (await (await again.GetAsync("notices/v1/red")).ShouldBeJsonAsync()).GetProperty("total").GetInt32().ShouldBe(red.GetProperty("total").GetInt32());
        await using var db = await own.OpenDbAsync();
        (await db.Notices.CountAsync(n => n.State == NoticeState.InReview)).ShouldBe(3);

        async Task<int> TotalAsync(string list) => (await (await anybody.GetAsync($"notices/v1/{list}")).ShouldBeJsonAsync()).GetProperty("total").GetInt32();
        static string Href(JsonElement links, string name) => links.GetProperty(name).GetProperty("href").GetString()!;
    }
}
