using System.Text.Json.Nodes;

namespace Amana.Server.PublicNotices;

/// <summary>The JSON of the public service, key by key. Source: domain.md 3.3 to 3.7; even its spelling mistakes are kept.</summary>
/// <param name="host">Scheme and host of the request, without a slash at the end.</param>
/// <param name="version">1 or 2: both answer alike, links stay in the version that was asked.</param>
internal sealed class PublicShapes(string host, int version)
{
    public JsonObject Page(PublicQuestion asked, string list, IReadOnlyList<ReleasedNotice> found)
    {
        int reach = Math.Min(found.Count, PublicQuestion.ReachMax);
        int last = Math.Max(1, (reach + asked.PerPage - 1) / asked.PerPage);
        int page = Math.Min(asked.Page, last);
        var query = new JsonObject { ["page"] = page, ["resultPerPage"] = asked.PerPage };
        foreach (var (name, value) in asked.Given) query[name] = value;
        var links = new JsonObject { ["self"] = At(page), ["first"] = At(1) };
        if (page > 1) links["prev"] = At(page - 1);
        if (page < last) links["next"] = At(page + 1);
        links["last"] = At(last);
        var shown = found.Take(reach).Skip((page - 1) * asked.PerPage).Take(asked.PerPage);
        return new JsonObject
        {
            ["total"] = found.Count, ["query"] = query,
            ["_embedded"] = new JsonObject { ["notices"] = Array(shown.Select(Item)) },
            ["_links"] = links,
        };

        JsonObject At(int number)
        {
            string given = string.Concat(asked.Given.Select(g => $"{g.Name}={Uri.EscapeDataString(g.Value)}&"));
            return Link($"{list}?{given}resultPerPage={asked.PerPage}&page={number}");
        }
    }

    public JsonObject Detail(ReleasedNotice n)
    {
        var o = n.Kind switch
        {
            PublicKind.Red => Described(n),
            PublicKind.Yellow => Described(n),
            PublicKind.UnPerson => UnPerson(n),
            _ => UnEntity(n),
        };
        if (n.Kind is PublicKind.Red)
        {
            o["arrest_warrants"] = Array(n.Warrants.Select(w => new JsonObject { ["issuing_country_id"] = w.Country, ["charge"] = w.Charge?.Text, ["charge_translation"] = w.Charge?.OneTranslation() }));
        }
        else if (n.Kind is PublicKind.Yellow)
        {
            (o["birth_name"], o["date_of_event"], o["place"], o["country"]) = (n.BirthName, n.DateOfEvent, n.Place, n.Country);
            (o["father_forename"], o["father_name"], o["mother_forename"], o["mother_name"]) = (n.FatherForename, n.FatherName, n.MotherForename, n.MotherName);
        }

        o["_embedded"] = new JsonObject { ["links"] = new JsonArray() };
        o["_links"] = Links(n, "images");
        return o;
    }

    public JsonObject Images(ReleasedNotice n)
    {
        var links = new JsonObject { ["self"] = Link(PathOf(n) + "/images"), ["notice"] = Link(PathOf(n)) };
        if (n.Pictures.Count > 0) links["thumbnail"] = Picture(n, n.Pictures[0]);
        return new JsonObject
        {
            ["_embedded"] = new JsonObject
            {
                ["images"] = Array(n.Pictures.Select(p => new JsonObject { ["picture_id"] = p, ["_links"] = new JsonObject { ["self"] = Picture(n, p) } })),
            },
            ["_links"] = links,
        };
    }

    private JsonObject Item(ReleasedNotice n)
    {
        var o = n.Kind is PublicKind.UnEntity ? new JsonObject { ["entity_id"] = n.Id, ["name"] = n.Name } : new JsonObject
        {
            ["forename"] = n.Forename, ["date_of_birth"] = n.DateOfBirth, ["entity_id"] = n.Id, ["nationalities"] = Texts(n.Nationalities), ["name"] = n.Name,
        };
        o["_links"] = Links(n, "images");
        return o;
    }

    private static JsonObject Described(ReleasedNotice n) => new()
    {
        ["entity_id"] = n.Id, ["name"] = n.Name, ["forename"] = n.Forename, ["date_of_birth"] = n.DateOfBirth, ["sex_id"] = n.Sex, ["nationalities"] = Texts(n.Nationalities),
        ["place_of_birth"] = n.PlaceOfBirth, ["country_of_birth_id"] = n.CountryOfBirth, ["height"] = n.Height, ["weight"] = n.Weight,
        ["eyes_colors_id"] = Texts(n.Eyes), ["hairs_id"] = Texts(n.Hair), ["languages_spoken_ids"] = Texts(n.Languages), ["distinguishing_marks"] = n.Marks?.Text,
    };

    private static JsonObject UnPerson(ReleasedNotice n) => new()
    {
        ["entity_id"] = n.Id, ["name"] = n.Name, ["forename"] = n.Forename, ["name_in_original_script"] = n.NameOriginal, ["forename_in_original_script"] = n.ForenameOriginal,
        ["name_at_birth"] = n.BirthName, ["father_name"] = n.FatherName, ["father_forename"] = n.FatherForename, ["mother_name"] = n.MotherName, ["mother_forename"] = n.MotherForename,
        ["date_of_birth"] = n.DateOfBirth, ["place_of_birth"] = n.PlaceOfBirth, ["country_of_birth_id"] = n.CountryOfBirth, ["sex_id"] = n.Sex, ["nationalities"] = Texts(n.Nationalities),
        ["languages_spoken_ids"] = Texts(n.Languages), ["weight"] = n.Weight, ["profession"] = n.Profession, ["summary"] = n.Summary?.Text, ["purposes"] = Texts(n.Purposes),
        ["un_reference"] = n.UnReference, ["un_reference_date"] = n.UnReferenceDate, ["un_resolution"] = n.UnResolution,
        ["aliases"] = Array(n.Aliases.Select(a => new JsonObject
        {
            ["qualification"] = null, ["name"] = a, ["forename"] = null, ["name_in_original_script"] = null, ["forename_in_original_script"] = null,
            ["date_of_birth"] = null, ["place_of_birth"] = null, ["country_of_birth_id"] = null,
        })),
        ["associates"] = Array(n.Associates.Select(a => new JsonObject { ["name"] = a })),
        ["identity_documents"] = Array(n.Documents.Select(d => new JsonObject
        {
            ["type"] = d.Kind, ["nr"] = d.Number, ["issuing_country_id"] = d.Country, ["citizenship_id"] = null, ["issued_on"] = null, ["expiry_date"] = d.Expires, ["place_of_issue"] = null,
        })),
        ["adresses"] = Texts(n.Addresses),
    };

    private static JsonObject UnEntity(ReleasedNotice n) => new()
    {
        ["entity_id"] = n.Id, ["name"] = n.Name, ["name_in_original_script"] = n.NameOriginal, ["also_known_as"] = Joined(n.Aliases), ["formerly_known_as"] = Joined(n.FormerNames),
        ["main_activity"] = n.Profession, ["legal_form"] = null, ["registration_number"] = null, ["from_chamber_of_commerce"] = null, ["administrators"] = new JsonArray(),
        ["associates"] = Array(n.Associates.Select(a => new JsonObject { ["name"] = a })), ["adresses"] = Texts(n.Addresses), ["summary"] = n.Summary?.Text, ["purposes"] = Texts(n.Purposes),
        ["un_reference"] = n.UnReference, ["un_reference_date"] = n.UnReferenceDate, ["un_resolution"] = n.UnResolution, ["additional_information"] = null,
    };

    // The thumbnail is absent, not null, when there is no picture.
    private JsonObject Links(ReleasedNotice n, string images)
    {
        var links = new JsonObject { ["self"] = Link(PathOf(n)), ["images"] = Link($"{PathOf(n)}/{images}") };
        if (n.Pictures.Count > 0) links["thumbnail"] = Picture(n, n.Pictures[0]);
        return links;
    }

    private JsonObject Picture(ReleasedNotice n, string id) => Link($"{PathOf(n)}/images/{id}");

    private JsonObject Link(string path) => new() { ["href"] = $"{host}/notices/v{version}/{path}" };

    private static string PathOf(ReleasedNotice n) => $"{ListOf(n.Kind)}/{n.Id.Replace('/', '-')}";

    public static string ListOf(PublicKind kind) => kind switch
    {
        PublicKind.Red => "red", PublicKind.Yellow => "yellow", PublicKind.UnPerson => "un/persons", _ => "un/entities",
    };

    private static JsonArray? Texts(IReadOnlyList<string> texts) => texts.Count == 0 ? null : [.. texts.Select(t => (JsonNode)t)];

    private static JsonArray Array(IEnumerable<JsonObject> objects) => [.. objects];

    private static string? Joined(IReadOnlyList<string> texts) => texts.Count == 0 ? null : string.Join("; ", texts);
}
