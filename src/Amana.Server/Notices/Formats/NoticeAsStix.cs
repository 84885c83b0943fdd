using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Amana.Server.Notices;

/// <summary>A notice as a STIX 2.1 bundle: the bureau and the person as identities (a method as an attack pattern), a report that binds
/// them, and the traffic-light marking of its handling code. STIX has no wanted person: what does not fit is in the report's text.</summary>
/// <remarks>Source: STIX 2.1 (OASIS standard, June 2021), sections 2.9, 3.2, 4.1, 4.5, 4.12, 7.2; handling codes by domain.md 9.</remarks>
internal static class NoticeAsStix
{
    private const string Version = "2.1";
    private const int DescriptionCharsMax = 2_000;

    public static JsonObject Of(Notice notice)
    {
        string created = Instant(notice.PublishedAt!.Value), modified = Instant(notice.AmendedAt ?? notice.PublishedAt!.Value);
        var marking = MarkingOf(notice.Content.Text("handling"));
        var bureau = Object("identity", $"bureau/{notice.Bureau}", created, created);
        (bureau["name"], bureau["identity_class"]) = (notice.Bureau.Value, "organization");
        string author = bureau["id"]!.GetValue<string>(), mark = marking["id"]!.GetValue<string>();

        var about = About(notice, created, modified);
        var report = Object("report", $"report/{notice.Id}", created, modified);
        (report["name"], report["published"]) = ($"{notice.Colour} {(notice.Form is NoticeForm.Notice ? "notice" : "diffusion")} {notice.Reference}", created);
        report["report_types"] = new JsonArray(notice.Colour is NoticeColour.Purple ? "attack-pattern" : "identity");
        report["object_refs"] = new JsonArray([.. (about is null ? new[] { author } : [about["id"]!.GetValue<string>()]).Select(r => (JsonNode)r)]);
        report["external_references"] = new JsonArray(new JsonObject { ["source_name"] = "amana-notice", ["external_id"] = notice.Reference });
        if (Told(notice.Content) is { } told) report["description"] = told;
        JsonObject[] objects = about is null ? [bureau, report] : [bureau, about, report];
        foreach (var one in objects.Where(o => o != bureau))
        {
            (one["created_by_ref"], one["object_marking_refs"]) = (author, new JsonArray(mark));
        }

        return new JsonObject { ["type"] = "bundle", ["id"] = IdOf("bundle", $"bundle/{notice.Id}/{notice.Edition}"), ["objects"] = new JsonArray([marking, .. objects]) };
    }

    private static JsonObject? About(Notice notice, string created, string modified)
    {
        var content = notice.Content;
        if (notice.Colour is NoticeColour.Purple)
        {
            var method = Object("attack-pattern", $"method/{notice.Id}", created, modified);
            (method["name"], method["description"]) = (notice.Caption, content.Text("method"));
            return method;
        }

        if (Listing.Of(notice) is not { } listed) return null;
        var person = Object("identity", $"subject/{notice.Id}", created, modified);
        (person["name"], person["identity_class"]) = (listed.Caption, content.Text("unKind") == "entity" ? "organization" : "individual");
        string[] facts =
        [
            .. content.All("aliases").Select(a => $"Also known as: {a}"), .. One("Born", content.Text("birthDate")), .. One("Sex", content.Text("sex")), .. content.All("nationalities").Select(c => $"Nationality: {c}"),
            .. content.All("documents").Select(d => $"Document: {d}"), .. content.All("warnings").Select(w => $"Caution: {NoticeRules.Own.NameOf("warnings", w, "en")}"),
        ];
        if (facts.Length > 0) person["description"] = string.Join('\n', facts);
        return person;
    }

    private static IEnumerable<string> One(string name, string? value) => value is null ? [] : [$"{name}: {value}"];

    private static string? Told(NoticeContent content) =>
        (content.Text("facts") ?? content.Text("threat") ?? content.Text("circumstances") ?? content.Text("assessment") ?? content.Text("summary")) is { } text
            ? text.Length <= DescriptionCharsMax ? text : text[..DescriptionCharsMax] : null;

    private static JsonObject Object(string type, string of, string created, string modified) => new()
    {
        ["type"] = type, ["spec_version"] = Version, ["id"] = IdOf(type, of), ["created"] = created, ["modified"] = modified,
    };

    // The four of the standard, section 7.2.1.4; each is always the same object.
    private static JsonObject MarkingOf(string? handling)
    {
        var (id, colour) = handling switch
        {
            null or "H0" => ("34098fce-860f-48ae-8e50-ebd3cc5e41da", "green"),
            "H1" or "H2" => ("f88d31f6-486f-44da-b317-01333bde0b82", "amber"),
            _ => ("5e57c739-391a-4eb3-b6be-7d15ca92d5ed", "red"),
        };
        return new JsonObject
        {
            ["type"] = "marking-definition", ["spec_version"] = Version, ["id"] = $"marking-definition--{id}", ["created"] = "2017-01-20T00:00:00.000Z",
            ["definition_type"] = "tlp", ["name"] = $"TLP:{colour.ToUpperInvariant()}", ["definition"] = new JsonObject { ["tlp"] = colour },
        };
    }

    // The same object has the same id each time, in the form of a random UUID (version 4), as the standard recommends for such objects.
    private static string IdOf(string type, string of)
    {
        byte[] bytes = SHA256.HashData(Encoding.UTF8.GetBytes("amana/stix/v1/" + of))[..16];
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return $"{type}--{new Guid(bytes, bigEndian: true)}";
    }

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
