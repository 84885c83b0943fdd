using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amana.Vocabulary;
using Jose;

namespace Amana.Exchange.Envelopes;

/// <summary>Why an envelope is refused; each has a word for the answer and the journal.</summary>
public enum EnvelopeFault
{
    None,
    /// <summary>Not of the form, too large, or broken off.</summary>
    Unreadable,
    /// <summary>Sealed or signed in another way than this version allows: nothing weaker is taken.</summary>
    Algorithm,
    /// <summary>None of our keys is named in it.</summary>
    NotForUs,
    /// <summary>It could not be opened: altered on the way, or sealed with another key.</summary>
    Seal,
    /// <summary>The signing key is not one of the bureau that it says it is from, or was not good at that time.</summary>
    Sender,
    Signature,
    /// <summary>Signed for others and passed on to us: it is not believed.</summary>
    Address,
}

/// <summary>A signed letter, sealed for its recipients: JWS in JWE, general JSON (RFC 7515, 7516). Specification: docs/specs/envelope.md.</summary>
/// <remarks>Signed first, sealed after: whoever carries it learns sender and recipients from the delivery alone, and the size to within an eighth. The
/// recipients stand inside the signature as well, so that none of them can pass it on as if it had been written to another.</remarks>
public static class Envelope
{
    /// <summary>Largest envelope, in bytes. Attachments travel beside it, in pieces.</summary>
    public const int BytesMost = 8 * 1024 * 1024;
    internal const string Type = "amana-letter+jwe";
    private const JweAlgorithm KeyWay = JweAlgorithm.ECDH_ES_A256KW;
    private const JweEncryption ContentWay = JweEncryption.A256GCM;
    private const string KeyWord = "ECDH-ES+A256KW", ContentWord = "A256GCM";

    /// <param name="recipients">A key of each bureau in <see cref="Letter.To"/>.</param>
    /// <exception cref="ArgumentException">The letter is not whole, is not from the signer's bureau, or a recipient has no key here.</exception>
    public static byte[] Seal(Letter letter, LetterSigner signer, IReadOnlyList<SealingKey> recipients) => Seal(letter, signer, recipients, out _);

    /// <param name="signedForm">What was signed, for the sender to keep: it cannot open its own envelope.</param>
    /// <inheritdoc cref="Seal(Letter, LetterSigner, IReadOnlyList{SealingKey})"/>
    public static byte[] Seal(Letter letter, LetterSigner signer, IReadOnlyList<SealingKey> recipients, out string signedForm)
    {
        ArgumentNullException.ThrowIfNull(letter);
        ArgumentNullException.ThrowIfNull(signer);
        ArgumentNullException.ThrowIfNull(recipients);
        if (!letter.IsWhole) throw new ArgumentException("A letter has 1 to 250 recipients, each once, and a kind.", nameof(letter));
        if (KeyName.BureauOf(signer.Name) != letter.From) throw new ArgumentException("The key is not one of the bureau that writes.", nameof(signer));
        if (!letter.To.ToHashSet().SetEquals(recipients.Select(r => KeyName.BureauOf(r.Name)!))) throw new ArgumentException("Each recipient has a key here, and nobody else.", nameof(recipients));
        signedForm = SignedLetter.Sign(letter, signer);
        return SealSigned(signedForm, recipients);
    }

    internal static byte[] SealSigned(string signed, IReadOnlyList<SealingKey> recipients)
    {
        byte[] padded = Padding.Add(Encoding.ASCII.GetBytes(signed));
        var wrapped = recipients.Select(r => new JweRecipient(KeyWay, r.Jwk, new Dictionary<string, object> { ["kid"] = r.Name }));
        string sealedText = JWE.EncryptBytes(padded, wrapped, ContentWay, mode: SerializationMode.Json,
            extraProtectedHeaders: new Dictionary<string, object> { ["typ"] = Type, ["cty"] = SignedLetter.Type });
        return Encoding.UTF8.GetBytes(General(sealedText));
    }

    // The library writes the flattened form when there is one recipient; an envelope has one form.
    private static string General(string text)
    {
        var json = JsonNode.Parse(text)!.AsObject();
        if (json.ContainsKey("recipients")) return text;
        var one = new JsonObject();
        foreach (string name in (string[])["header", "encrypted_key"])
        {
            var part = json[name];
            json.Remove(name);
            one[name] = part;
        }

        json["recipients"] = new JsonArray(one);
        return json.ToJsonString();
    }

    /// <param name="self">Our bureau.</param>
    /// <param name="keys">Our keys, old ones too, as long as letters sealed with them may come.</param>
    /// <param name="publicKeyOf">32 bytes of the signing key of that name, good at that moment; null when there is none.</param>
    /// <param name="opened">The letter, and the signed form to keep; null unless the answer is <see cref="EnvelopeFault.None"/>.</param>
    public static EnvelopeFault Open(
        ReadOnlySpan<byte> envelope, BureauCode self, IReadOnlyList<OpeningKey> keys, Func<string, DateTimeOffset, byte[]?> publicKeyOf, out (Letter Letter, string Signed)? opened)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(publicKeyOf);
        opened = null;
        if (envelope.Length > BytesMost) return EnvelopeFault.Unreadable;
        string text = Encoding.UTF8.GetString(envelope);
        if (Names(text) is not { } names) return EnvelopeFault.Unreadable;
        if (names.Any(n => n.Way != KeyWord) || !IsOurWay(text)) return EnvelopeFault.Algorithm;
        if (keys.FirstOrDefault(k => names.Any(n => n.Key == k.Name)) is not { } key) return EnvelopeFault.NotForUs;
        if (Unseal(ForOne(text, key.Name), key) is not { } padded) return EnvelopeFault.Seal;
        string signed = Encoding.ASCII.GetString(Padding.Remove(padded));
        var fault = SignedLetter.Check(signed, publicKeyOf, out var letter);
        if (fault is not EnvelopeFault.None) return fault;
        if (!letter!.To.Contains(self)) return EnvelopeFault.Address;
        opened = (letter, signed);
        return EnvelopeFault.None;
    }

    // The library tries every recipient in turn; one of 196 is ours. What the others are does not stand under the seal's tag.
    private static string ForOne(string text, string name)
    {
        var json = JsonNode.Parse(text)!.AsObject();
        var ours = json["recipients"]!.AsArray().First(r => r!["header"]!["kid"]!.GetValue<string>() == name);
        json["recipients"] = new JsonArray(ours!.DeepClone());
        return json.ToJsonString();
    }

    private static byte[]? Unseal(string text, OpeningKey key)
    {
        try
        {
            return JWE.Decrypt(text, key.Secret, KeyWay, ContentWay).PlaintextBytes;
        }
        // The library says in many ways that something does not fit; which one it was must not be told to the sender.
        catch (Exception e) when (e is JoseException or ArgumentException or FormatException or InvalidOperationException or System.Security.Cryptography.CryptographicException
            or KeyNotFoundException or InvalidCastException or IndexOutOfRangeException or NullReferenceException or JsonException)
        {
            return null;
        }
    }

    // Which keys are named, and how the content key is wrapped for each.
    private static List<(string? Key, string? Way)>? Names(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 8 });
            var recipients = json.RootElement.GetProperty("recipients");
            if (recipients.GetArrayLength() is 0 or > Letter.ToMost) return null;
            if (recipients.EnumerateArray().Any(r => !HasOnly(r, "header", "encrypted_key") || !HasOnly(r.GetProperty("header"), "alg", "kid", "epk") || !IsPoint(r.GetProperty("header").GetProperty("epk")))) return null;
            return [.. recipients.EnumerateArray().Select(r => r.GetProperty("header")).Select(h => (h.GetProperty("kid").GetString(), h.GetProperty("alg").GetString()))];
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private static bool IsPoint(JsonElement key) =>
        HasOnly(key, "kty", "crv", "x", "y") && key.GetProperty("kty").GetString() == "EC" && key.GetProperty("crv").GetString() == SealingKey.Curve
        && IsInOneForm(key.GetProperty("x").GetString()!) && IsInOneForm(key.GetProperty("y").GetString()!);

    // Each of these members once, and no other: what is passed over could mean something to another reader.
    private static bool HasOnly(JsonElement json, params string[] names) =>
        json.EnumerateObject().Select(m => m.Name).Order(StringComparer.Ordinal).SequenceEqual(names.Order(StringComparer.Ordinal), StringComparer.Ordinal);

    // Other spellings of the same bytes would be other envelopes with the same meaning.
    private static bool IsInOneForm(string text) =>
        System.Buffers.Text.Base64Url.IsValid(text) && System.Buffers.Text.Base64Url.EncodeToString(System.Buffers.Text.Base64Url.DecodeFromChars(text)) == text;

    private static bool IsOurWay(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 8 });
            var root = json.RootElement;
            // Nothing beside the parts of the form: an unprotected header or a zip could change what the rest means.
            if (!HasOnly(root, "protected", "recipients", "iv", "ciphertext", "tag")) return false;
            string[] parts = [.. root.EnumerateObject().Where(m => m.Name != "recipients").Select(m => m.Value.GetString()!), .. root.GetProperty("recipients").EnumerateArray().Select(r => r.GetProperty("encrypted_key").GetString()!)];
            if (!parts.All(IsInOneForm)) return false;
            byte[] bytes = System.Buffers.Text.Base64Url.DecodeFromChars(root.GetProperty("protected").GetString());
            using var header = JsonDocument.Parse(bytes);
            var members = header.RootElement.EnumerateObject().ToDictionary(m => m.Name, m => m.Value.GetString(), StringComparer.Ordinal);
            return members.Count == 3 && members["enc"] == ContentWord && members["typ"] == Type && members["cty"] == SignedLetter.Type;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            return false;
        }
    }
}
