using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Amana.Sealing.Logs;
using Amana.Server.Foundation;

namespace Amana.Server.Journal;

/// <summary>The public entry of an act, made from its row: anybody may read it, and nobody learns from it who was asked about.</summary>
/// <remarks>docs/specs/journal.md.</remarks>
internal sealed class PublicAct(byte[] pseudonymKey)
{
    private const int PseudonymBytes = 12;

    public byte[] Of(JournalEntry entry) =>
        new LoggedAct(entry.At, PseudonymOf(WhoOf(entry), entry.At), entry.PublicWhat ?? entry.What, ActCommitment.Of(ActOpening.Label, entry.Salt, Rest(entry))).ToBytes();

    // Entries from before the neutral word stay as they were signed.
    private static string WhoOf(JournalEntry entry) => entry.PublicWhat is not null && PublicWords.IsUnderTheServer(entry.What) ? Actor.Server.ToString() : entry.Who;

    /// <summary>One for each day: an outsider sees that the same hand did two things on one day, and not when an officer is on leave.</summary>
    public string PseudonymOf(string who, DateTimeOffset at)
    {
        string day = at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        byte[] whole = HMACSHA256.HashData(pseudonymKey, Encoding.UTF8.GetBytes($"{day}\n{who}"));
        return Convert.ToBase64String(whole.AsSpan(0, PseudonymBytes)).Replace('+', '-').Replace('/', '_');
    }

    /// <summary>All that the public entry does not show, in one form: a JSON array of texts and nulls.</summary>
    internal static byte[] Rest(JournalEntry entry)
    {
        var bytes = new ArrayBufferWriter<byte>(300);
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartArray();
            json.WriteStringValue((entry.At.UtcTicks / TimeSpan.TicksPerMicrosecond).ToString(CultureInfo.InvariantCulture));
            foreach (string? text in (ReadOnlySpan<string?>)[entry.Who, entry.What, entry.OnWhat, entry.Purpose, entry.Details, entry.ContentHash is null ? null : Convert.ToHexStringLower(entry.ContentHash)])
            {
                if (text is null) json.WriteNullValue();
                else json.WriteStringValue(text);
            }

            json.WriteEndArray();
        }

        return bytes.WrittenSpan.ToArray();
    }
}
