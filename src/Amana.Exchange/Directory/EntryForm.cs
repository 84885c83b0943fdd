using System.Globalization;
using System.Text.Json;
using Amana.Exchange.Envelopes;
using Amana.Vocabulary;

namespace Amana.Exchange.Directory;

/// <summary>How a bureau and its keys stand in JSON: in the directory and in a bureau's own card. Specification: docs/specs/directory.md.</summary>
internal static class EntryForm
{
    private const string Seconds = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    private const int NameCharsMost = 200;

    public static void Write(Utf8JsonWriter json, BureauEntry bureau)
    {
        json.WriteStartObject();
        json.WriteString("bureau", bureau.Bureau.ToString());
        json.WriteStartObject("names");
        foreach (string language in BureauEntry.Languages) json.WriteString(language, bureau.Names[language]);
        json.WriteEndObject();
        json.WriteString("address", bureau.Address.ToString());
        json.WriteString("state", bureau.State.ToString().ToLowerInvariant());
        WriteAll(json, "signing", bureau.Signing);
        WriteAll(json, "sealing", bureau.Sealing);
        if (bureau.Contact is { } contact)
        {
            json.WriteStartObject("contact");
            json.WriteString("phone", contact.Phone);
            json.WriteString("mail", contact.Mail);
            json.WriteString("hours", contact.Hours);
            json.WriteEndObject();
        }

        if (bureau.Relay is { } relay) json.WriteString("relay", relay.ToString());
        json.WriteEndObject();
    }

    private static void WriteAll(Utf8JsonWriter json, string name, IReadOnlyList<DirectoryKey> keys)
    {
        json.WriteStartArray(name);
        foreach (var key in keys) Write(json, key);
        json.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter json, DirectoryKey key)
    {
        json.WriteStartObject();
        json.WriteString("name", key.Name);
        json.WriteBase64String("key", key.Key.Span);
        json.WriteString("from", Text(key.From));
        json.WriteString("until", Text(key.Until));
        if (key.RevokedAt is { } revoked) json.WriteString("revokedAt", Text(revoked));
        json.WriteEndObject();
    }

    public static BureauEntry ReadBureau(JsonElement json)
    {
        var bureau = BureauCode.Of(json.GetProperty("bureau").GetString() ?? "");
        var names = BureauEntry.Languages.ToDictionary(l => l, l => json.GetProperty("names").GetProperty(l).GetString() ?? "", StringComparer.Ordinal);
        if (names.Values.Any(n => n.Length is 0 or > NameCharsMost)) throw new FormatException("A name has 1 to 200 letters.");
        string address = json.GetProperty("address").GetString() ?? "";
        if (!BureauEntry.IsAddress(address)) throw new FormatException("An address begins with https.");
        string state = json.GetProperty("state").GetString() ?? "";
        var read = state switch { "active" => BureauState.Active, "restricted" => BureauState.Restricted, "suspended" => BureauState.Suspended, _ => throw new FormatException("There is no such state.") };
        BureauCode? relay = json.TryGetProperty("relay", out var by) ? BureauCode.Of(by.GetString() ?? "") : null;
        return new(bureau, names, new Uri(address), read, ReadKeys(json.GetProperty("signing"), bureau), ReadKeys(json.GetProperty("sealing"), bureau), ReadContact(json), relay);
    }

    private static BureauContact? ReadContact(JsonElement json)
    {
        if (!json.TryGetProperty("contact", out var contact)) return null;
        string Part(string name) => contact.GetProperty(name).GetString() is { Length: <= BureauContact.CharsMost } text && !text.Any(char.IsControl) ? text : throw new FormatException("A contact has short texts.");
        return new(Part("phone"), Part("mail"), Part("hours"));
    }

    private static List<DirectoryKey> ReadKeys(JsonElement json, BureauCode owner)
    {
        if (json.GetArrayLength() > BureauDirectory.KeysMost) throw new FormatException("A bureau has at most 50 keys of a kind.");
        var keys = json.EnumerateArray().Select(k => ReadKey(k, owner)).ToList();
        return keys.Select(k => k.Name).Distinct(StringComparer.Ordinal).Count() == keys.Count ? keys : throw new FormatException("A key stands once.");
    }

    public static DirectoryKey ReadKey(JsonElement json, BureauCode? owner)
    {
        string name = json.GetProperty("name").GetString() ?? "";
        if (KeyName.BureauOf(name) is not { } bureau || (owner is { } of && bureau != of)) throw new FormatException("A key is named after its bureau.");
        DateTimeOffset? revoked = json.TryGetProperty("revokedAt", out _) ? Instant(json, "revokedAt") : null;
        return new(name, json.GetProperty("key").GetBytesFromBase64(), Instant(json, "from"), Instant(json, "until"), revoked);
    }

    public static DateTimeOffset Instant(JsonElement json, string name) =>
        DateTimeOffset.ParseExact(json.GetProperty(name).GetString() ?? "", Seconds, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public static string Text(DateTimeOffset at) => at.UtcDateTime.ToString(Seconds, CultureInfo.InvariantCulture);
}
