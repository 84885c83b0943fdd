using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using NSec.Cryptography;

namespace Amana.Exchange.Envelopes;

/// <summary>A letter with its signature: compact JWS, EdDSA with Ed25519 (RFC 7515, RFC 8037). Kept as it came, so that it can be checked for decades.</summary>
internal static class SignedLetter
{
    public const string Type = "amana-letter+jws";
    private const string Algorithm = "EdDSA";
    private const int HeaderBytesMost = 1024;

    public static string Sign(Letter letter, LetterSigner signer)
    {
        string header = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new { alg = Algorithm, typ = Type, kid = signer.Name }));
        string signed = $"{header}.{Base64Url.EncodeToString(letter.ToBytes())}";
        return $"{signed}.{Base64Url.EncodeToString(signer.Sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <param name="publicKeyOf">32 bytes of the key of that name, good at that moment; null when there is none.</param>
    public static EnvelopeFault Check(string jws, Func<string, DateTimeOffset, byte[]?> publicKeyOf, out Letter? letter)
    {
        letter = null;
        string[] parts = jws.Split('.');
        if (parts.Length != 3 || Bytes(parts[0]) is not { Length: <= HeaderBytesMost } header || Bytes(parts[1]) is not { } payload || Bytes(parts[2]) is not { } signature) return EnvelopeFault.Unreadable;
        if (NameIn(header) is not { } name) return EnvelopeFault.Algorithm;
        if (Letter.Read(payload) is not { } read) return EnvelopeFault.Unreadable;
        if (KeyName.BureauOf(name) != read.From) return EnvelopeFault.Sender;
        if (publicKeyOf(name, read.At) is not { } key || !PublicKey.TryImport(SignatureAlgorithm.Ed25519, key, KeyBlobFormat.RawPublicKey, out var verifier) || verifier is null) return EnvelopeFault.Sender;
        if (!SignatureAlgorithm.Ed25519.Verify(verifier, Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), signature)) return EnvelopeFault.Signature;
        letter = read;
        return EnvelopeFault.None;
    }

    // Exactly the header that we make: nothing else may say how a letter is checked.
    private static string? NameIn(byte[] header)
    {
        try
        {
            using var json = JsonDocument.Parse(header);
            var members = json.RootElement.EnumerateObject().ToList();
            string? Value(string name) => members.Where(m => m.Name == name && m.Value.ValueKind is JsonValueKind.String).Select(m => m.Value.GetString()).FirstOrDefault();
            return members.Count == 3 && Value("alg") == Algorithm && Value("typ") == Type ? Value("kid") : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static byte[]? Bytes(string text)
    {
        if (text.Length == 0 || !Base64Url.IsValid(text)) return null;
        byte[] bytes = Base64Url.DecodeFromChars(text);
        return Base64Url.EncodeToString(bytes) == text ? bytes : null; // one form
    }
}
