using System.Security.Cryptography;
using Amana.Vocabulary;
using Jose;
using NSec.Cryptography;

namespace Amana.Exchange.Envelopes;

/// <summary>The name of a key: the bureau, a hash sign, and a word of its own: <c>UTO#2026-1</c>.</summary>
public static class KeyName
{
    public const int CharsMost = 60;

    /// <returns>The bureau; null when it is no name of a key.</returns>
    public static BureauCode? BureauOf(string? name)
    {
        if (name is null || name.Length > CharsMost || name.Any(c => c is <= ' ' or > '~' or '"' or '\\')) return null;
        int hash = name.IndexOf('#', StringComparison.Ordinal);
        return hash > 0 && hash < name.Length - 1 && BureauCode.TryParse(name[..hash], null, out var bureau) ? bureau : null;
    }
}

/// <summary>Signs letters: Ed25519, in a JWS of RFC 8037.</summary>
public sealed class LetterSigner : IDisposable
{
    private readonly NSec.Cryptography.Key _key;

    private LetterSigner(string name, NSec.Cryptography.Key key) => (Name, _key) = (name, key);

    public string Name { get; }

    /// <summary>32 bytes.</summary>
    public byte[] PublicKey => _key.PublicKey.Export(KeyBlobFormat.RawPublicKey);

    /// <param name="name"><see cref="KeyName"/>.</param>
    /// <param name="seed">32 bytes that are known to nobody else.</param>
    public static LetterSigner Of(string name, ReadOnlySpan<byte> seed) => new(name, NSec.Cryptography.Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey));

    internal byte[] Sign(ReadOnlySpan<byte> bytes) => SignatureAlgorithm.Ed25519.Sign(_key, bytes);

    public void Dispose() => _key.Dispose();
}

/// <summary>Opens what was sealed for this bureau: a key of P-256 that stays here.</summary>
public sealed class OpeningKey : IDisposable
{
    private readonly ECDiffieHellman _key;

    private OpeningKey(string name, ECDiffieHellman key) => (Name, _key) = (name, key);

    public string Name { get; }

    public static OpeningKey New(string name) => new(name, ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256));

    /// <param name="pkcs8">As <see cref="Export"/> gave it.</param>
    public static OpeningKey Of(string name, ReadOnlySpan<byte> pkcs8)
    {
        var key = ECDiffieHellman.Create();
        key.ImportPkcs8PrivateKey(pkcs8, out _);
        return new(name, key);
    }

    /// <summary>The secret key, PKCS#8.</summary>
    public byte[] Export() => _key.ExportPkcs8PrivateKey();

    /// <summary>What others seal with.</summary>
    public SealingKey Public => SealingKey.Of(Name, _key.PublicKey.ExportSubjectPublicKeyInfo());

    internal Jwk Secret
    {
        get
        {
            var secret = _key.ExportParameters(includePrivateParameters: true);
            return new(SealingKey.Curve, Text(secret.Q.X!), Text(secret.Q.Y!), Text(secret.D!));
        }
    }

    public void Dispose() => _key.Dispose();

    internal static string Text(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}

/// <summary>The public half: seals for its bureau.</summary>
/// <param name="Name"><see cref="KeyName"/>.</param>
/// <param name="X">32 bytes in base64url.</param>
/// <param name="Y">32 bytes in base64url.</param>
public sealed record SealingKey(string Name, string X, string Y)
{
    /// <param name="spki">SubjectPublicKeyInfo of a key of P-256.</param>
    /// <exception cref="CryptographicException">It is none, or its point is not on the curve.</exception>
    public static SealingKey Of(string name, ReadOnlySpan<byte> spki)
    {
        using var key = ECDiffieHellman.Create();
        key.ImportSubjectPublicKeyInfo(spki, out _);
        var point = key.ExportParameters(includePrivateParameters: false);
        if (point.Curve.Oid.Value != ECCurve.NamedCurves.nistP256.Oid.Value) throw new CryptographicException("A sealing key is one of P-256.");
        return new(name, OpeningKey.Text(point.Q.X!), OpeningKey.Text(point.Q.Y!));
    }

    /// <summary>SubjectPublicKeyInfo, as a directory holds it.</summary>
    public byte[] ToSpki()
    {
        using var key = ECDiffieHellman.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = System.Buffers.Text.Base64Url.DecodeFromChars(X), Y = System.Buffers.Text.Base64Url.DecodeFromChars(Y) },
        });
        return key.ExportSubjectPublicKeyInfo();
    }

    internal const string Curve = "P-256";

    internal Jwk Jwk => new(Curve, X, Y, d: null);
}
