using System.Text.Json.Nodes;

namespace Amana.Server.Notices;

/// <summary>A notice in the words of schema.org: a document about a person, published by a bureau.</summary>
internal static class NoticeAsJsonLd
{
    public static JsonObject Of(Notice notice)
    {
        var content = notice.Content;
        var document = new JsonObject
        {
            ["@context"] = "https://schema.org", ["@type"] = "DigitalDocument", ["@id"] = $"urn:amana:notice:{notice.Reference}", ["identifier"] = notice.Reference,
            ["name"] = $"{notice.Colour} {(notice.Form is NoticeForm.Notice ? "notice" : "diffusion")} {notice.Reference}", ["version"] = notice.Edition,
            ["datePublished"] = Iso(notice.PublishedAt!.Value), ["dateModified"] = Iso(notice.AmendedAt ?? notice.PublishedAt!.Value), ["expires"] = notice.RetainUntil is { } until ? Iso(until) : null,
            ["publisher"] = new JsonObject { ["@type"] = "GovernmentOrganization", ["identifier"] = notice.Bureau.Value },
            ["about"] = Listing.Of(notice) is null ? null : Subject(content),
        };
        if ((content.Text("facts") ?? content.Text("threat") ?? content.Text("method") ?? content.Text("circumstances")) is { } told) document["abstract"] = told;
        return Clean(document);
    }

    private static JsonObject Subject(NoticeContent content)
    {
        bool entity = content.Text("unKind") == "entity";
        string[] names = [.. Listing.QuestionOf(content).Where(f => f.Field == "name").Select(f => f.Text)];
        var subject = new JsonObject
        {
            ["@type"] = entity ? "Organization" : "Person",
            ["name"] = names[0], ["alternateName"] = Texts(names.Skip(1).Concat(content.All("formerNames"))),
        };
        if (entity) return subject;
        subject["familyName"] = content.Text("familyName");
        subject["givenName"] = content.Text("forename");
        subject["birthDate"] = content.Text("birthDate");
        subject["birthPlace"] = content.Text("birthPlace") is { } place ? new JsonObject { ["@type"] = "Place", ["name"] = place } : null;
        subject["gender"] = content.Text("sex") switch { "F" => "https://schema.org/Female", "M" => "https://schema.org/Male", _ => null };
        subject["nationality"] = new JsonArray([.. content.All("nationalities").Select(c => new JsonObject { ["@type"] = "Country", ["identifier"] = c })]);
        subject["identifier"] = new JsonArray([.. content.All("documents").Select(d => d.Split(';', '؛')).Where(p => p.Length > 1)
            .Select(p => new JsonObject { ["@type"] = "PropertyValue", ["propertyID"] = p[0].Trim(), ["value"] = p[1].Trim() })]);
        return subject;
    }

    private static JsonArray Texts(IEnumerable<string> values) => new([.. values.Select(v => (JsonNode)v)]);

    private static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);

    // What is not known is absent, in every object.
    private static JsonObject Clean(JsonObject from)
    {
        foreach (var (name, value) in from.ToList())
        {
            if (value is null or JsonArray { Count: 0 }) from.Remove(name);
            else if (value is JsonObject inner) Clean(inner);
        }

        return from;
    }
}
