using System.Buffers;
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
            json.WriteString("issuedAt", EntryForm.Text(IssuedAt));
            if (NextSigner is not null)
            {
                json.WritePropertyName("nextSigner");
                EntryForm.Write(json, NextSigner);
            }

            json.WriteStartArray("bureaus");
            foreach (var bureau in Bureaus) EntryForm.Write(json, bureau);
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
            var bureaus = written.EnumerateArray().Select(EntryForm.ReadBureau).ToList();
            var next = json.TryGetProperty("nextSigner", out var signer) ? EntryForm.ReadKey(signer, null) : null;
            return bureaus.Select(b => b.Bureau).Distinct().Count() == bureaus.Count ? new(version, EntryForm.Instant(json, "issuedAt"), bureaus, next) : null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            return null; // a member is missing, of another kind, or no value of its kind
        }
    }
}
