using System.Security.Cryptography;
using Amana.Exchange.Fields;

namespace Amana.Exchange.Requests;

/// <summary>The header <c>Content-Digest</c>: a hash of the body as it goes over the line (RFC 9530).</summary>
public static class ContentDigest
{
    public const string Header = "content-digest";
    private const string Sha256 = "sha-256", Sha512 = "sha-512";

    /// <returns>The header's value, with SHA-256.</returns>
    public static string Of(ReadOnlySpan<byte> body) => OfHash(SHA256.HashData(body));

    /// <param name="sha256">Of a body that was hashed on its way.</param>
    public static string OfHash(ReadOnlyMemory<byte> sha256) =>
        FieldWriter.Write([KeyValuePair.Create<string, FieldMember>(Sha256, new FieldItem(new FieldBytes(sha256), FieldParameters.None))]);

    /// <summary>Whether the header names at least one hash that we know, and every one that we know fits the body.</summary>
    public static bool Fits(IReadOnlyList<string> header, ReadOnlySpan<byte> body)
    {
        if (header.Count == 0 || !FieldReader.TryReadDictionary(header, out var digests)) return false;
        int known = 0;
        foreach (var (algorithm, member) in digests)
        {
            byte[]? hash = algorithm switch { Sha256 => SHA256.HashData(body), Sha512 => SHA512.HashData(body), _ => null };
            if (hash is null) continue;
            known++;
            if (member is not FieldItem { Bare: FieldBytes written } || !CryptographicOperations.FixedTimeEquals(written.Value.Span, hash)) return false;
        }

        return known > 0;
    }
}
