using Amana.Exchange.Fields;
using NSec.Cryptography;

namespace Amana.Exchange.Requests;

/// <summary>Why a request's signature is not believed; each has a word for the answer and the journal.</summary>
public enum ProofFault
{
    None,
    /// <summary>No signature of ours, or headers that cannot be read.</summary>
    Missing,
    /// <summary>Not all is covered that must be, or something that the request does not have.</summary>
    Coverage,
    /// <summary>Made for another use, or with another algorithm.</summary>
    Purpose,
    /// <summary>More than <see cref="RequestProof.Drift"/> old, or from the future.</summary>
    Time,
    /// <summary>No key of this name, or one that is not good at this moment.</summary>
    Key,
    /// <summary>The signature does not fit.</summary>
    Signature,
}

/// <summary>Checks the signature of a request from another bureau (RFC 9421, 3.2). That a nonce is used once is for who keeps them.</summary>
/// <param name="KeyId">As signed.</param>
/// <param name="Nonce">As signed; with the key it names one request.</param>
/// <param name="At">When it was signed, by the sender's clock.</param>
public sealed record RequestProof(string KeyId, string Nonce, DateTimeOffset At)
{
    /// <summary>How far the two clocks may differ, with the way between. Source: issue of the exchange; usual for such signatures.</summary>
    public static readonly TimeSpan Drift = TimeSpan.FromSeconds(300);
    private const int NonceCharsMin = 16, NonceCharsMost = 100, KeyIdCharsMost = 100;

    /// <param name="publicKeyOf">32 bytes of the key with this id, good now; null when there is none.</param>
    /// <param name="now">By our clock.</param>
    /// <param name="proof">Null unless the answer is <see cref="ProofFault.None"/>.</param>
    public static ProofFault Check(RequestParts request, Func<string, byte[]?> publicKeyOf, DateTimeOffset now, out RequestProof? proof)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(publicKeyOf);
        proof = null;
        if (Input(request) is not { } input || Signature(request) is not { } signature) return ProofFault.Missing;
        var covered = input.Items.Select(i => (i.Bare as FieldText)?.Value ?? "").ToHashSet(StringComparer.Ordinal);
        if (!RequestSigner.Covered.All(covered.Contains) || SignatureBase.Of(request, input) is not { } signed) return ProofFault.Coverage;
        var parameters = input.Parameters;
        if (Text(parameters, "tag") != RequestSigner.Tag || Text(parameters, "alg") != RequestSigner.Algorithm) return ProofFault.Purpose;
        if (parameters.Find("created") is not FieldInteger created || IsOff(created.Value, now)
            || (parameters.Find("expires") is { } expires && (expires is not FieldInteger end || end.Value < now.ToUnixTimeSeconds()))) return ProofFault.Time;
        if (Text(parameters, "nonce") is not { Length: >= NonceCharsMin and <= NonceCharsMost } nonce) return ProofFault.Coverage;
        if (Text(parameters, "keyid") is not { Length: > 0 and <= KeyIdCharsMost } keyId || publicKeyOf(keyId) is not { } key) return ProofFault.Key;
        if (!PublicKey.TryImport(SignatureAlgorithm.Ed25519, key, KeyBlobFormat.RawPublicKey, out var verifier) || verifier is null) return ProofFault.Key;
        if (!SignatureAlgorithm.Ed25519.Verify(verifier, signed, signature.Span)) return ProofFault.Signature;
        proof = new(keyId, nonce, DateTimeOffset.FromUnixTimeSeconds(created.Value));
        return ProofFault.None;
    }

    private static FieldInnerList? Input(RequestParts request) =>
        FieldReader.TryReadDictionary(request.Headers("signature-input"), out var inputs) ? Of(inputs) as FieldInnerList : null;

    private static ReadOnlyMemory<byte>? Signature(RequestParts request) =>
        FieldReader.TryReadDictionary(request.Headers("signature"), out var signatures) && Of(signatures) is FieldItem { Bare: FieldBytes bytes } ? bytes.Value : (ReadOnlyMemory<byte>?)null; // an untyped null would be an empty signature

    private static FieldMember? Of(IReadOnlyList<KeyValuePair<string, FieldMember>> members) => members.FirstOrDefault(m => m.Key == RequestSigner.Label).Value;

    private static string? Text(FieldParameters parameters, string name) => (parameters.Find(name) as FieldText)?.Value;

    private static bool IsOff(long seconds, DateTimeOffset now) => Math.Abs(seconds - now.ToUnixTimeSeconds()) > (long)Drift.TotalSeconds;
}
