using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Amana.Exchange.Envelopes;
using Amana.Vocabulary;

namespace Amana.Exchange.Directory;

/// <summary>Which bureaus there are, where, with which keys; one version, as the Secretariat signed it. Specification: docs/specs/directory.md.</summary>
/// <param name="Version">From 1, one more for each.</param>
/// <param name="IssuedAt">In whole seconds.</param>
/// <param name="NextSigner">The Secretariat's next key, announced by this one; null: the same goes on.</param>
public sealed record BureauDirectory(long Version, DateTimeOffset IssuedAt, IReadOnlyList<BureauEntry> Bureaus, DirectoryKey? NextSigner = null)
{
    public const int BureausMost = 1_000, BytesMost = 4 * 1024 * 1024, KeysMost = 50;
    internal const string Seconds = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    private static readonly string[] Languages = ["ar", "en", "fr", "es"];

    public BureauEntry? Find(BureauCode bureau) => Bureaus.FirstOrDefault(b => b.Bureau == bureau);

    /// <summary>For <see cref="Envelope.Open"/>: the key of that name if it was good then and its bureau is not suspended.</summary>
    public byte[]? SigningKey(string name, DateTimeOffset at) =>
        KeyName.BureauOf(name) is { } bureau && Find(bureau) is { State: not BureauState.Suspended } entry ? entry.SigningKeyAt(name, at) : null;

    internal byte[] ToBytes()
    {
        var bytes = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteNumber("v", 1);
            json.WriteNumber("version", Version);
            json.WriteString("issuedAt", Text(IssuedAt));
            if (NextSigner is not null)
            {
                json.WritePropertyName("nextSigner");
                Write(json, NextSigner);
            }

            json.WriteStartArray("bureaus");
            foreach (var bureau in Bureaus) Write(json, bureau);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    internal static BureauDirectory? Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 16 });
            var json = document.RootElement;
            if (json.GetProperty("v").GetInt32() != 1 || json.GetProperty("version").GetInt64() is var version && version < 1) return null;
            var written = json.GetProperty("bureaus");
            if (written.GetArrayLength() > BureausMost) return null;
            var bureaus = written.EnumerateArray().Select(ReadBureau).ToList();
            var next = json.TryGetProperty("nextSigner", out var signer) ? ReadKey(signer, null) : null;
            return bureaus.Select(b => b.Bureau).Distinct().Count() == bureaus.Count ? new(version, Instant(json, "issuedAt"), bureaus, next) : null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            return null; // a member is missing, of another kind, or no value of its kind
        }
    }

    private static void Write(Utf8JsonWriter json, BureauEntry bureau)
    {
        json.WriteStartObject();
        json.WriteString("bureau", bureau.Bureau.ToString());
        json.WriteStartObject("names");
        foreach (string language in Languages) json.WriteString(language, bureau.Names[language]);
        json.WriteEndObject();
        json.WriteString("address", bureau.Address.ToString());
        json.WriteString("state", bureau.State.ToString().ToLowerInvariant());
        WriteAll(json, "signing", bureau.Signing);
        WriteAll(json, "sealing", bureau.Sealing);
        json.WriteEndObject();
    }

    private static void WriteAll(Utf8JsonWriter json, string name, IReadOnlyList<DirectoryKey> keys)
    {
        json.WriteStartArray(name);
        foreach (var key in keys) Write(json, key);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, DirectoryKey key)
    {
        json.WriteStartObject();
        json.WriteString("name", key.Name);
        json.WriteBase64String("key", key.Key.Span);
        json.WriteString("from", Text(key.From));
        json.WriteString("until", Text(key.Until));
        if (key.RevokedAt is { } revoked) json.WriteString("revokedAt", Text(revoked));
        json.WriteEndObject();
    }

    private static BureauEntry ReadBureau(JsonElement json)
    {
        var bureau = BureauCode.Of(json.GetProperty("bureau").GetString() ?? "");
        var names = Languages.ToDictionary(l => l, l => json.GetProperty("names").GetProperty(l).GetString() ?? "", StringComparer.Ordinal);
        var address = new Uri(json.GetProperty("address").GetString() ?? "", UriKind.Absolute);
        if (address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)) throw new FormatException("An address begins with https.");
        string state = json.GetProperty("state").GetString() ?? "";
        var read = state switch { "active" => BureauState.Active, "restricted" => BureauState.Restricted, "suspended" => BureauState.Suspended, _ => throw new FormatException("There is no such state.") };
        return new(bureau, names, address, read, ReadKeys(json.GetProperty("signing"), bureau), ReadKeys(json.GetProperty("sealing"), bureau));
    }

    private static List<DirectoryKey> ReadKeys(JsonElement json, BureauCode owner)
    {
        if (json.GetArrayLength() > KeysMost) throw new FormatException("A bureau has at most 50 keys of a kind.");
        var keys = json.EnumerateArray().Select(k => ReadKey(k, owner)).ToList();
        return keys.Select(k => k.Name).Distinct(StringComparer.Ordinal).Count() == keys.Count ? keys : throw new FormatException("A key stands once.");
    }

    private static DirectoryKey ReadKey(JsonElement json, BureauCode? owner)
    {
        string name = json.GetProperty("name").GetString() ?? "";
        if (KeyName.BureauOf(name) is not { } bureau || (owner is { } of && bureau != of)) throw new FormatException("A key is named after its bureau.");
        DateTimeOffset? revoked = json.TryGetProperty("revokedAt", out _) ? Instant(json, "revokedAt") : null;
        return new(name, json.GetProperty("key").GetBytesFromBase64(), Instant(json, "from"), Instant(json, "until"), revoked);
    }

    private static DateTimeOffset Instant(JsonElement json, string name) =>
        DateTimeOffset.ParseExact(json.GetProperty(name).GetString() ?? "", Seconds, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString(Seconds, CultureInfo.InvariantCulture);
}
