using System.Security.Cryptography;
using NSec.Cryptography;

namespace Amana.Sealing.Notes;

/// <summary>Signs notes with a key that stays inside. Ed25519 through NSec.</summary>
public sealed class NoteSigner : IDisposable
{
    public const int SeedBytes = 32;

    private readonly Key _key;

    private NoteSigner(NoteKey verifier, Key key) => (Verifier, _key) = (verifier, key);

    /// <summary>What others check its signatures with.</summary>
    public NoteKey Verifier { get; }

    public static byte[] NewSeed() => RandomNumberGenerator.GetBytes(SeedBytes);

    /// <param name="seed">32 bytes that are known to nobody else.</param>
    /// <exception cref="ArgumentException">The name cannot be one, or the seed has another length.</exception>
    public static NoteSigner Of(string name, NoteAlgorithm algorithm, ReadOnlySpan<byte> seed)
    {
        if (seed.Length != SeedBytes) throw new ArgumentException("A seed has 32 bytes.", nameof(seed));
        var key = Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey);
        return new(NoteKey.Of(name, algorithm, key.PublicKey.Export(KeyBlobFormat.RawPublicKey)), key);
    }

    /// <param name="text">Ends with a line feed.</param>
    /// <param name="at">When a witness saw it, in whole seconds; of no meaning to a plain signature.</param>
    public NoteSignature Sign(string text, DateTimeOffset at)
    {
        byte[] signed = NoteSignature.SignedBytes(Verifier.Algorithm, text, at.ToUnixTimeSeconds());
        return NoteSignature.Of(Verifier, at.ToUnixTimeSeconds(), SignatureAlgorithm.Ed25519.Sign(_key, signed));
    }

    public void Dispose() => _key.Dispose();
}
