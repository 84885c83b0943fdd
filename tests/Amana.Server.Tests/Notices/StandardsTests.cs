using System.Text.Json;
using System.Text.RegularExpressions;
using static Amana.Server.Tests.Notices.NoticeDesks;

namespace Amana.Server.Tests.Notices;

/// <summary>A notice in open standards, checked against what the standards demand.</summary>
public partial class StandardsTests(AmanaServer server)
{
    private static async Task<(JsonElement Body, string Type)> GetAsync(HttpClient client, string address, string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (accept is not null) request.Headers.Accept.ParseAdd(accept);
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        return (JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).RootElement.Clone(), response.Content.Headers.ContentType!.ToString());
    }

    [Theory]
    [InlineData("red")]
    [InlineData("purple")]
    [InlineData("black")]
    public async Task A_bundle_is_stix_2_1_and_the_same_each_time(string colour)
    {
        var desks = await AtAsync(server);
        var fields = colour == "red" ? Requests.With(NewRed(), "aliases=El Ejemplo", "handling=H2", "warnings=armed") : Requests.Of(Amana.Server.Notices.NoticeColourWords.Read(colour)!.Value);
        string reference = await desks.PublishedAsync(fields, colour);
        var (bundle, type) = await GetAsync(desks.Officer, $"api/v1/notices/{reference}?format=stix");
        type.Replace(" ", "", StringComparison.Ordinal).ShouldBe("application/stix+json;version=2.1");
        bundle.GetProperty("type").GetString().ShouldBe("bundle");
        bundle.TryGetProperty("spec_version", out _).ShouldBeFalse("a bundle of 2.1 has none");
        IsId(bundle).ShouldBeTrue();
        var objects = bundle.GetProperty("objects").EnumerateArray().ToList();
        var ids = objects.ConvertAll(o => o.GetProperty("id").GetString()!);
        ids.ShouldBeUnique();
        foreach (var one in objects)
        {
            IsId(one).ShouldBeTrue(one.GetRawText());
            one.GetProperty("spec_version").GetString().ShouldBe("2.1");
            Instant().IsMatch(one.GetProperty("created").GetString()!).ShouldBeTrue();
            string kind = one.GetProperty("type").GetString()!;
            foreach (string required in Required(kind)) one.TryGetProperty(required, out var value).ShouldBeTrue($"{kind}: {required}");
            if (kind != "marking-definition") one.GetProperty("modified").GetDateTimeOffset().ShouldBeGreaterThanOrEqualTo(one.GetProperty("created").GetDateTimeOffset());
            foreach (string reference2 in References(one)) ids.ShouldContain(reference2, $"{kind} leads out of the bundle");
            one.EnumerateObject().ShouldAllBe(p => PropertyName().IsMatch(p.Name));
            one.EnumerateObject().Where(p => p.Value.ValueKind is JsonValueKind.Array).ShouldAllBe(p => p.Value.GetArrayLength() > 0, "an empty list is left out");
        }

        objects.Count(o => o.GetProperty("type").GetString() == "report").ShouldBe(1);
        if (colour == "red")
        {
            objects.Single(o => o.GetProperty("type").GetString() == "marking-definition").GetProperty("definition").GetProperty("tlp").GetString().ShouldBe("amber");
            objects.Single(o => o.TryGetProperty("identity_class", out var c) && c.GetString() == "individual").GetProperty("description").GetString()!.ShouldContain("El Ejemplo");
        }

        (await GetAsync(desks.Officer, $"api/v1/notices/{reference}", "application/stix+json")).Body.GetRawText().ShouldBe(bundle.GetRawText());
    }

    [Fact]
    public async Task A_notice_is_an_entity_of_follow_the_money_and_a_document_in_json_ld()
    {
        var desks = await AtAsync(server);
        var fields = Requests.With(NewRed(), "familyNameOriginal=زورفاثيل");
        string reference = await desks.PublishedAsync(fields);
        var (entity, _) = await GetAsync(desks.Officer, $"api/v1/notices/{reference}?format=ftm");
        (entity.GetProperty("id").GetString(), entity.GetProperty("schema").GetString()).ShouldBe((reference, "Person"));
        var properties = entity.GetProperty("properties");
        properties.EnumerateObject().ShouldAllBe(p => p.Value.EnumerateArray().All(v => v.ValueKind == JsonValueKind.String));
        properties.GetProperty("topics")[0].GetString().ShouldBe("wanted");
        properties.GetProperty("birthDate")[0].GetString().ShouldBe("1988-06-06");

        var (document, type) = await GetAsync(desks.Officer, $"api/v1/notices/{reference}", "application/ld+json");
        type.ShouldBe("application/ld+json");
        (document.GetProperty("@context").GetString(), document.GetProperty("@type").GetString(), document.GetProperty("identifier").GetString()).ShouldBe(("https://schema.org", "DigitalDocument", reference));
        var about = document.GetProperty("about");
        (about.GetProperty("@type").GetString(), about.GetProperty("familyName").GetString(), about.GetProperty("birthDate").GetString()).ShouldBe(("Person", fields["familyName"], "1988-06-06"));
        document.GetRawText().ShouldContain("زورفاثيل");
        document.GetRawText().ShouldNotContain("null");
        (await server.JournalAsync("notice.exported", reference)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Who_may_not_read_a_notice_gets_it_in_no_form_and_what_does_not_fit_is_said()
    {
        var desks = await AtAsync(server);
        string draft = Ref(await desks.DraftAsync(NewRed())), purple = await desks.PublishedAsync(Requests.Of(Amana.Server.Notices.NoticeColour.Purple), "purple");
        await (await desks.Reviewer.GetAsync($"api/v1/notices/{draft}?format=stix")).ShouldBeRefusedAsync(404, "notice.unknown");
        await (await desks.Officer.GetAsync($"api/v1/notices/{draft}?format=stix")).ShouldBeRefusedAsync(409, "notice.no-format");
        await (await desks.Officer.GetAsync($"api/v1/notices/{purple}?format=ftm")).ShouldBeRefusedAsync(409, "notice.no-format");
        await (await desks.Officer.GetAsync($"api/v1/notices/{purple}?format=pdf2000")).ShouldBeRefusedAsync(409, "notice.no-format");
    }

    private static string[] Required(string type) => type switch
    {
        "identity" => ["name", "modified"],
        "report" => ["name", "published", "object_refs", "modified"],
        "attack-pattern" => ["name", "modified"],
        "marking-definition" => ["definition_type", "definition"],
        _ => throw new InvalidOperationException($"{type} is not one of ours."),
    };

    private static IEnumerable<string> References(JsonElement one) => one.EnumerateObject().Where(p => p.Name.EndsWith("_ref", StringComparison.Ordinal) || p.Name.EndsWith("_refs", StringComparison.Ordinal))
        .SelectMany(p => p.Value.ValueKind is JsonValueKind.Array ? p.Value.EnumerateArray().Select(v => v.GetString()!) : [p.Value.GetString()!]);

    private static bool IsId(JsonElement one) => Id().Match(one.GetProperty("id").GetString()!) is { Success: true } match && match.Groups["type"].Value == one.GetProperty("type").GetString();

    // As in the schema of the standard.
    [GeneratedRegex("^(?<type>[a-z][a-z0-9-]+[a-z0-9])--[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-5][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Id();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Instant();

    [GeneratedRegex("^[a-z0-9_]{3,250}$|^id$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PropertyName();
}
