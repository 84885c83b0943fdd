using System.Buffers;
using System.Text.Json;
using Amana.Exchange.Envelopes;

namespace Amana.Exchange.Directory;

/// <summary>What a bureau says of itself, signed with its own key: to the Secretariat that it joins, and when it has new keys. Specification: docs/specs/directory.md.</summary>
/// <remarks>A card proves only that whoever made it has the key that signed it. At first contact people compare that key in words (<see cref="KeyWords"/>); later
/// it is one that the directory has already.</remarks>
public static class BureauCard
{
    internal const string Type = "amana-card+jws";
    private const int CharsMost = 256 * 1024;

    /// <param name="entry">State is not the bureau's to say: it is written as active and not read.</param>
    /// <param name="signer">One of the entry's signing keys, or one that the directory has for this bureau.</param>
    public static string Sign(BureauEntry entry, LetterSigner signer)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var bytes = new ArrayBufferWriter<byte>(2048);
        using (var json = new Utf8JsonWriter(bytes)) EntryForm.Write(json, entry with { State = BureauState.Active });
        return CompactSignature.Sign(bytes.WrittenSpan, Type, signer);
    }

    /// <summary>A card that nobody vouches for yet: signed with the first signing key that it names.</summary>
    /// <returns>Null when it is no card, or is not signed so.</returns>
    public static BureauEntry? Read(string form) => Parse(form) is { Signing: [var first, ..] } entry && CompactSignature.NameOf(form) == first.Name ? Checked(form, entry, first.Key.Span) : null;

    /// <summary>A card of a bureau that is known: signed with a key that the directory has for it and that is good now.</summary>
    public static BureauEntry? Read(string form, BureauDirectory directory, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(directory);
        if (Parse(form) is not { } entry || CompactSignature.NameOf(form) is not { } name || KeyName.BureauOf(name) != entry.Bureau) return null;
        return directory.SigningKey(name, now) is { } key ? Checked(form, entry, key) : null;
    }

    private static BureauEntry? Checked(string form, BureauEntry entry, ReadOnlySpan<byte> key) => CompactSignature.Check(form, Type, key) is null ? null : entry;

    private static BureauEntry? Parse(string form)
    {
        if (form is null || form.Length > CharsMost || CompactSignature.PayloadOf(form) is not { } payload) return null;
        try
        {
            using var json = JsonDocument.Parse(payload, new JsonDocumentOptions { MaxDepth = 16 });
            return EntryForm.ReadBureau(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            return null;
        }
    }
}
