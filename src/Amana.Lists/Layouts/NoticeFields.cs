using System.Text.Json;
using Amana.Lists.Input;

namespace Amana.Lists.Layouts;

/// <summary>The fields of one notice and what they become.</summary>
internal sealed class NoticeFields(EntityDraft draft, JsonElement notice)
{
    private static readonly (string Field, string Property)[] Texts =
    [
        ("place_of_birth", "birthPlace"), ("eyes_colors_id", "eyeColor"), ("hairs_id", "hairColor"),
        ("languages_spoken_ids", "spokenLanguage"), ("distinguishing_marks", "appearance"), ("profession", "position"),
        ("summary", "notes"), ("additional_information", "notes"), ("purposes", "program"), ("un_reference", "unscId"),
        ("un_reference_date", "listingDate"), ("main_activity", "mainActivity"), ("legal_form", "legalForm"),
        ("registration_number", "registrationNumber"), ("adresses", "address"), ("sex_id", "gender"),
    ];

    public void Fill(ListRun run)
    {
        string? link = Link();
        string? number = Text(notice, "entity_id");
        draft.Id = string.IsNullOrWhiteSpace(number) ? null : run.Numbered(number.Trim().Replace('/', '-'));
        bool entity = Has("main_activity") || Has("legal_form") || Has("also_known_as") || Contains(link, "/un/entities/");
        draft.Schema = entity ? "Organization" : "Person";
        AddTopics(link);
        AddNames();
        draft.AddDates("birthDate", Text(notice, "date_of_birth"), about: false);
        foreach (string code in ListOf(notice, "nationalities")) draft.Add("nationality", code);
        draft.Add("birthCountry", Text(notice, "country_of_birth_id"));
        foreach (var (field, property) in Texts)
            foreach (string value in ListOf(notice, field)) draft.Add(property, value);
        AddMeasure("height");
        AddMeasure("weight");
        foreach (var document in Objects("identity_documents")) AddDocument(document);
        foreach (var warrant in Objects("arrest_warrants")) AddWarrant(warrant);
        draft.Add("sourceUrl", link);
    }

    private void AddTopics(string? link)
    {
        bool un = Has("un_reference") || Contains(link, "/un/");
        bool red = notice.TryGetProperty("arrest_warrants", out _) || Contains(link, "/red/");
        if (un) draft.Add("topics", "sanction");
        else if (red) draft.Add("topics", "wanted");
    }

    private void AddNames()
    {
        string? family = Part("name"), given = Part("forename");
        draft.Add("name", Joined(given, family));
        if (given is not null)
        {
            draft.Add("firstName", given);
            draft.Add("lastName", family);
        }
        draft.Add("name", Joined(Part("forename_in_original_script"), Part("name_in_original_script")));
        foreach (string field in (string[])["name_at_birth", "birth_name"]) draft.Add("previousName", Joined(given, Part(field)));
        draft.Add("fatherName", Joined(Part("father_forename"), Part("father_name")));
        draft.Add("motherName", Joined(Part("mother_forename"), Part("mother_name")));
        AddSeveral("also_known_as", "alias");
        AddSeveral("formerly_known_as", "previousName");
        foreach (var alias in Objects("aliases")) AddAlias(alias);
    }

    private void AddAlias(JsonElement alias)
    {
        string? quality = Text(alias, "qualification");
        string property = quality is not null && (Contains(quality, "low") || Contains(quality, "weak")) ? "weakAlias" : "alias";
        draft.Add(property, Joined(Part(alias, "forename"), Part(alias, "name")));
        draft.Add(property, Joined(Part(alias, "forename_in_original_script"), Part(alias, "name_in_original_script")));
        draft.AddDates("birthDate", Text(alias, "date_of_birth"), about: false);
    }

    private void AddSeveral(string field, string property)
    {
        foreach (string name in (Text(notice, field) ?? "").Split(';', StringSplitOptions.TrimEntries)) draft.Add(property, name);
    }

    private void AddDocument(JsonElement document)
    {
        bool passport = Contains(Text(document, "type"), "passport");
        draft.Add(passport ? "passportNumber" : "idNumber", Text(document, "nr"));
    }

    private void AddWarrant(JsonElement warrant)
    {
        draft.Add("authority", Text(warrant, "issuing_country_id"));
        draft.Add("notes", Text(warrant, "charge_translation") ?? Text(warrant, "charge"));
    }

    // Zero is how the service says that it does not know.
    private void AddMeasure(string field)
    {
        string? text = Text(notice, field);
        if (text?.Any(c => c is >= '1' and <= '9') is true) draft.Add(field, text);
    }

    private static string? Joined(string? given, string? family) =>
        family is null ? given : given is null ? family : $"{given} {family}";

    private string? Part(string field) => Part(notice, field);

    // "-" stands for none in forenames.
    private string? Part(JsonElement of, string field) =>
        Text(of, field)?.Trim() is { Length: > 0 } text && text != "-" ? text : null;

    private bool Has(string field) => !string.IsNullOrWhiteSpace(Text(notice, field));

    private static bool Contains(string? text, string part) => text?.Contains(part, StringComparison.OrdinalIgnoreCase) ?? false;

    private IEnumerable<JsonElement> Objects(string field) =>
        notice.TryGetProperty(field, out var list) && list.ValueKind is JsonValueKind.Array
            ? list.EnumerateArray().Where(v => v.ValueKind is JsonValueKind.Object)
            : [];

    private IEnumerable<string> ListOf(JsonElement of, string field)
    {
        if (!of.TryGetProperty(field, out var value)) return [];
        if (value.ValueKind is not JsonValueKind.Array) return Text(of, field) is { } single ? [single] : [];
        return [.. value.EnumerateArray().Select(v => TextOf(v, field)).OfType<string>()];
    }

    private string? Text(JsonElement of, string field) => of.TryGetProperty(field, out var value) ? TextOf(value, field) : null;

    private string? TextOf(JsonElement value, string field)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Number: return value.GetRawText();
            case JsonValueKind.String: break;
            case JsonValueKind.Object or JsonValueKind.Array: NoteOnce(field, ListCodes.WrongType); return null;
            default: return null;
        }
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException e)
        {
            NoteOnce(field, e.InnerException is System.Text.DecoderFallbackException ? ListCodes.InvalidUtf8 : ListCodes.BrokenSurrogate);
            return null;
        }
    }

    private void NoteOnce(string field, string code) => draft.NoteOnce(field, code, JsonText.ReasonOf(code));

    private string? Link() =>
        notice.TryGetProperty("_links", out var links) && links.ValueKind is JsonValueKind.Object
        && links.TryGetProperty("self", out var self) && self.ValueKind is JsonValueKind.Object ? Text(self, "href") : null;
}
