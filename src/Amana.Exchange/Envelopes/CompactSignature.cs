using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using NSec.Cryptography;

namespace Amana.Exchange.Envelopes;

/// <summary>A payload with one signature: compact JWS, EdDSA with Ed25519 (RFC 7515, RFC 8037), in one way alone: the header has <c>alg</c>, <c>typ</c> and <c>kid</c>
/// and nothing else may say how it is checked.</summary>
internal static class CompactSignature
{
    private const string Algorithm = "EdDSA";
    private const int HeaderBytesMost = 1024;

    public static string Sign(ReadOnlySpan<byte> payload, string type, LetterSigner signer)
    {
        string header = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new { alg = Algorithm, typ = type, kid = signer.Name }));
        string signed = $"{header}.{Base64Url.EncodeToString(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(signer.Sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>The name of the key that it says it is signed with; null when it is no such signature. Proves nothing.</summary>
    public static string? NameOf(string jws) => Parts(jws) is { } parts ? Header(parts.Header).Name : null;

    /// <summary>Whether it is of that type, signed in the one way. Proves nothing.</summary>
    public static bool IsOf(string jws, string type) => Parts(jws) is { } parts && Header(parts.Header).Type == type;

    /// <summary>The payload, not yet believed; null when it is no such signature.</summary>
    public static byte[]? PayloadOf(string jws) => Parts(jws)?.Payload;

    /// <param name="key">32 bytes.</param>
    /// <returns>The payload; null when it is of another type, or the signature does not fit.</returns>
    public static byte[]? Check(string jws, string type, ReadOnlySpan<byte> key)
    {
        if (Parts(jws) is not { } parts || Header(parts.Header).Type != type) return null;
        if (!PublicKey.TryImport(SignatureAlgorithm.Ed25519, key, KeyBlobFormat.RawPublicKey, out var verifier) || verifier is null) return null;
        return SignatureAlgorithm.Ed25519.Verify(verifier, Encoding.ASCII.GetBytes(jws[..jws.LastIndexOf('.')]), parts.Signature) ? parts.Payload : null;
    }

    private static (byte[] Header, byte[] Payload, byte[] Signature)? Parts(string jws)
    {
        string[] parts = jws.Split('.');
        return parts.Length == 3 && Bytes(parts[0]) is { Length: <= HeaderBytesMost } header && Bytes(parts[1]) is { } payload && Bytes(parts[2]) is { } signature ? (header, payload, signature) : null;
    }

    private static (string? Type, string? Name) Header(byte[] bytes)
    {
        try
        {
            using var json = JsonDocument.Parse(bytes);
            var members = json.RootElement.EnumerateObject().ToList();
            string? Value(string name) => members.Where(m => m.Name == name && m.Value.ValueKind is JsonValueKind.String).Select(m => m.Value.GetString()).FirstOrDefault();
            return members.Count == 3 && Value("alg") == Algorithm ? (Value("typ"), Value("kid")) : (null, null);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return (null, null);
        }
    }

    private static byte[]? Bytes(string text)
    {
        if (text.Length == 0 || !Base64Url.IsValid(text)) return null;
        byte[] bytes = Base64Url.DecodeFromChars(text);
        return Base64Url.EncodeToString(bytes) == text ? bytes : null; // one form
    }
}
