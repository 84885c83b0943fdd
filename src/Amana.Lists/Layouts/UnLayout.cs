using System.Globalization;
using Amana.Lists.Input;

namespace Amana.Lists.Layouts;

/// <summary>The United Nations Security Council consolidated list in its published XML layout.</summary>
/// <remarks>Source: https://www.un.org/sc/resources/sc-sanctions.xsd. A list entry is identified by its DATAID.</remarks>
internal static class UnLayout
{
    private static readonly string[] Records = ["INDIVIDUAL", "ENTITY"];
    private static readonly string[] NameParts = ["FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME"];
    private static readonly string[] AddressParts = ["STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY"];

    public static IEnumerable<ListedEntity> Read(ListRun run)
    {
        foreach (var file in run.Files)
        {
            using var input = run.Open(file, asText: false);
            using var records = new XmlRecords(input.Content, file.Name);
            while (records.Next("CONSOLIDATED_LIST", Records) is { } record)
            {
                run.At(records.StartLine);
                if (ReadRecord(run, records, record) is { } entity) yield return entity;
            }
        }
    }

    private static ListedEntity? ReadRecord(ListRun run, XmlRecords records, XmlPiece record)
    {
        string row = $"<{record.Name}> {record["DATAID"]} {FullName(record)}";
        if (records.TooLarge)
        {
            run.Rejected.Row(ListCodes.RowTooLong, $"The record is longer than {XmlRecords.RecordCharsMax} characters.", row);
            return null;
        }
        var draft = run.Draft;
        draft.Clear();
        Fill(run, draft, record);
        return draft.Close(System.Text.Encoding.UTF8.GetBytes(row));
    }

    private static void Fill(ListRun run, EntityDraft draft, XmlPiece record)
    {
        bool person = record.Name == "INDIVIDUAL";
        draft.Id = record["DATAID"] is { } number ? run.Numbered(number) : null;
        draft.Schema = person ? "Person" : "Organization";
        AddNames(draft, record, person);
        draft.Add("topics", "sanction");
        draft.Add("program", record["UN_LIST_TYPE"]);
        draft.Add("unscId", record["REFERENCE_NUMBER"]);
        AddDay(draft, "listingDate", record["LISTED_ON"]);
        draft.LastChange = LastChange(record);
        draft.Add("gender", record["GENDER"] ?? UnRemarks.SexIn(record["COMMENTS1"]));
        foreach (var value in Values(record, "NATIONALITY")) draft.Add("nationality", value);
        foreach (var value in Values(record, "TITLE")) draft.Add("title", value);
        foreach (var value in Values(record, "DESIGNATION")) draft.Add("position", value);
        foreach (var date in record.All("INDIVIDUAL_DATE_OF_BIRTH")) AddBirthDate(draft, date);
        foreach (var place in record.All("INDIVIDUAL_PLACE_OF_BIRTH")) AddPlace(draft, place, "birthPlace", "birthCountry");
        foreach (var place in record.All(person ? "INDIVIDUAL_ADDRESS" : "ENTITY_ADDRESS")) AddPlace(draft, place, "address", "country");
        foreach (var document in record.All("INDIVIDUAL_DOCUMENT")) AddDocument(draft, document);
        draft.Add("notes", record["COMMENTS1"]);
    }

    private static string FullName(XmlPiece record) => string.Join(' ', NameParts.Select(p => record[p]).Where(p => p is not null));

    private static void AddNames(EntityDraft draft, XmlPiece record, bool person)
    {
        // Entities are written "NAME ; OTHER NAME"; persons have one name in up to four parts.
        if (person) draft.Add("name", FullName(record));
        else foreach (string name in FullName(record).Split(';', StringSplitOptions.TrimEntries)) draft.Add("name", name);
        draft.Add("name", record["NAME_ORIGINAL_SCRIPT"]);
        foreach (var alias in record.All(person ? "INDIVIDUAL_ALIAS" : "ENTITY_ALIAS"))
        {
            foreach (string name in UnRemarks.NamesIn(alias["ALIAS_NAME"])) draft.Add(PropertyOf(alias["QUALITY"]), name);
            draft.AddDates("birthDate", alias["DATE_OF_BIRTH"], about: false);
        }
    }

    private static string PropertyOf(string? quality) => quality?.ToUpperInvariant() switch
    {
        "LOW" => "weakAlias",
        "F.K.A." => "previousName",
        _ => "alias", // "Good", "a.k.a." or not said
    };

    private static IEnumerable<string> Values(XmlPiece record, string name) =>
        record.All(name).SelectMany(p => p.All("VALUE")).Select(v => v.Text).Where(t => !string.IsNullOrWhiteSpace(t));

    private static void AddBirthDate(EntityDraft draft, XmlPiece date)
    {
        bool about = string.Equals(date["TYPE_OF_DATE"], "APPROXIMATELY", StringComparison.OrdinalIgnoreCase);
        if (date["FROM_YEAR"] is { } from) draft.AddDates("birthDate", date["TO_YEAR"] is { } to ? $"{from} to {to}" : from, about);
        else draft.AddDates("birthDate", Day(date["DATE"]) ?? date["YEAR"], about);
    }

    private static void AddPlace(EntityDraft draft, XmlPiece place, string property, string countryProperty)
    {
        draft.Add(property, string.Join(", ", AddressParts.Select(p => place[p]).Where(p => p is not null)));
        draft.Add(countryProperty, place["COUNTRY"]);
    }

    private static void AddDocument(EntityDraft draft, XmlPiece document)
    {
        string type = $"{document["TYPE_OF_DOCUMENT"]} {document["TYPE_OF_DOCUMENT2"]}";
        bool passport = type.Contains("pass", StringComparison.OrdinalIgnoreCase) || type.Contains("pasaporte", StringComparison.OrdinalIgnoreCase);
        draft.Add(passport ? "passportNumber" : "idNumber", UnRemarks.NumberIn(document["NUMBER"]));
    }

    private static DateTimeOffset? LastChange(XmlPiece record)
    {
        DateTimeOffset? last = null;
        foreach (string value in Values(record, "LAST_DAY_UPDATED"))
            if (Instants.TryParse(Day(value)!, out var day) && (last is null || day > last)) last = day;
        return last;
    }

    private static void AddDay(EntityDraft draft, string property, string? value) => draft.Add(property, Day(value));

    // Some versions add a zone to a day: 2012-12-31-05:00.
    private static string? Day(string? value) =>
        value is { Length: > 10 } && DateOnly.TryParseExact(value.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? value[..10] : value;
}
