using System.Security.Cryptography;
using Amana.Exchange.Fields;
using NSec.Cryptography;

namespace Amana.Exchange.Requests;

/// <summary>The two headers of a signature.</summary>
/// <param name="Input">Value of <c>Signature-Input</c>.</param>
/// <param name="Signature">Value of <c>Signature</c>.</param>
public sealed record SignatureHeaders(string Input, string Signature);

/// <summary>Signs requests to other bureaus with Ed25519: HTTP Message Signatures (RFC 9421).</summary>
public sealed class RequestSigner : IDisposable
{
    /// <summary>What every request of ours covers, and what we ask of others.</summary>
    public static IReadOnlyList<string> Covered { get; } = ["@method", "@authority", "@path", "@query", ContentDigest.Header];

    /// <summary>The label under which the signature stands, and the tag that says what it is for.</summary>
    public const string Label = "amana", Tag = "amana-exchange";
    internal const string Algorithm = "ed25519";
    private const int NonceBytes = 16;

    private readonly Key _key;
    private readonly string _keyId;

    private RequestSigner(Key key, string keyId) => (_key, _keyId) = (key, keyId);

    /// <param name="seed">32 bytes that are known to nobody else.</param>
    /// <param name="keyId">Under which others find the public key, printable ASCII: <c>UTO#2026-1</c>.</param>
    public static RequestSigner Of(ReadOnlySpan<byte> seed, string keyId) => new(Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey), keyId);

    /// <summary>32 bytes.</summary>
    public byte[] PublicKey => _key.PublicKey.Export(KeyBlobFormat.RawPublicKey);

    /// <param name="at">Now, by the clock of the sender.</param>
    /// <param name="nonce">For a simulation that repeats itself; null: random.</param>
    /// <exception cref="ArgumentException">The request lacks something that is covered.</exception>
    public SignatureHeaders Sign(RequestParts request, DateTimeOffset at, ReadOnlySpan<byte> nonce = default)
    {
        string once = Convert.ToBase64String(nonce.IsEmpty ? RandomNumberGenerator.GetBytes(NonceBytes) : nonce);
        var parameters = new FieldParameters().With("created", new FieldInteger(at.ToUnixTimeSeconds())).With("keyid", new FieldText(_keyId))
            .With("alg", new FieldText(Algorithm)).With("nonce", new FieldText(once)).With("tag", new FieldText(Tag));
        var input = new FieldInnerList([.. Covered.Select(name => new FieldItem(new FieldText(name), FieldParameters.None))], parameters);
        byte[] signed = SignatureBase.Of(request, input) ?? throw new ArgumentException("The request lacks a part that is signed.", nameof(request));
        var signature = new FieldItem(new FieldBytes(SignatureAlgorithm.Ed25519.Sign(_key, signed)), FieldParameters.None);
        return new(FieldWriter.Write([KeyValuePair.Create<string, FieldMember>(Label, input)]), FieldWriter.Write([KeyValuePair.Create<string, FieldMember>(Label, signature)]));
    }

    public void Dispose() => _key.Dispose();
}
