using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Amana.Exchange.Fields;
using Amana.Exchange.Requests;
using Amana.Tests;
using NSec.Cryptography;

namespace Amana.Exchange.Tests.Requests;

/// <summary>Appendix B of RFC 9421.</summary>
public class RequestVectorTests
{
    private static readonly JsonElement Vectors = JsonDocument.Parse(File.ReadAllBytes(SharedData.PathOf("vectors", "rfc9421", "rfc9421-appendix-b.json"))).RootElement;

    [Fact]
    public void The_bytes_that_are_signed_are_those_of_the_standard()
    {
        int checkedCases = 0;
        foreach (var one in Vectors.GetProperty("cases").EnumerateArray().Where(c => c.GetProperty("message").GetString() == "test-request"))
        {
            FieldReader.TryReadList([one.GetProperty("signature_input").GetString()!], out var list).ShouldBeTrue();
            var input = (FieldInnerList)list[0];
            byte[]? signed = SignatureBase.Of(Request(), input);
            if (input.Items.Any(i => i.Parameters.All.Count > 0))
            {
                signed.ShouldBeNull("components with parameters are not taken");
                continue;
            }

            Encoding.UTF8.GetString(signed!).ShouldBe(one.GetProperty("signature_base").GetString());
            byte[] signature = Convert.FromBase64String(one.GetProperty("signature").GetString()!);
            if (one.GetProperty("alg").GetString() == "ed25519") Ed25519(signed!, signature).ShouldBeTrue();
            if (one.GetProperty("alg").GetString() == "hmac-sha256") HMACSHA256.HashData(Convert.FromBase64String(Vectors.GetProperty("keys").GetProperty("test-shared-secret").GetProperty("base64").GetString()!), signed!).ShouldBe(signature);
            checkedCases++;
        }

        checkedCases.ShouldBeGreaterThanOrEqualTo(4);
    }

    [Fact]
    public void The_digest_of_the_standard_fits_its_body()
    {
        ContentDigest.Fits(Request().Headers("content-digest"), "{\"hello\": \"world\"}"u8).ShouldBeTrue();
        ContentDigest.Fits(Request().Headers("content-digest"), "{\"hello\": \"World\"}"u8).ShouldBeFalse();
        ContentDigest.Fits([], ""u8).ShouldBeFalse();
        ContentDigest.Fits(["md5=:AAAA:"], ""u8).ShouldBeFalse("a hash that we do not know proves nothing");
        ContentDigest.Fits([ContentDigest.Of("a"u8)], "a"u8).ShouldBeTrue();
    }

    private static bool Ed25519(byte[] signed, byte[] signature)
    {
        byte[] key = System.Buffers.Text.Base64Url.DecodeFromChars(Vectors.GetProperty("keys").GetProperty("test-key-ed25519").GetProperty("jwk").GetProperty("x").GetString());
        return SignatureAlgorithm.Ed25519.Verify(PublicKey.Import(SignatureAlgorithm.Ed25519, key, KeyBlobFormat.RawPublicKey), signed, signature);
    }

    private static RequestParts Request()
    {
        string[] lines = Vectors.GetProperty("messages").GetProperty("test-request").GetString()!.Split('\n');
        var headers = lines.Skip(1).TakeWhile(l => l.Length > 0).Select(l => l.Split(": ", 2)).ToLookup(h => h[0].ToLowerInvariant(), h => h[1], StringComparer.Ordinal);
        return new("POST", "example.com", "/foo", "?param=Value&Pet=dog", name => [.. headers[name]]);
    }
}
