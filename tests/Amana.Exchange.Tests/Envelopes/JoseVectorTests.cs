using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Amana.Exchange.Envelopes;
using Amana.Tests;
using Jose;
using NSec.Cryptography;

namespace Amana.Exchange.Tests.Envelopes;

/// <summary>The primitives under the envelope against Project Wycheproof and RFC 7520, in the one way in which we use them.</summary>
public class JoseVectorTests
{
    [Fact]
    public void Ed25519_takes_and_refuses_every_signature_as_Wycheproof_says()
    {
        int cases = 0;
        foreach (var group in Groups("ed25519_test.json.gz"))
        {
            byte[] key = Convert.FromHexString(group.GetProperty("publicKey").GetProperty("pk").GetString()!);
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                byte[] signature = Convert.FromHexString(test.GetProperty("sig").GetString()!), message = Convert.FromHexString(test.GetProperty("msg").GetString()!);
                bool taken = PublicKey.TryImport(SignatureAlgorithm.Ed25519, key, KeyBlobFormat.RawPublicKey, out var verifier) && SignatureAlgorithm.Ed25519.Verify(verifier!, message, signature);
                taken.ShouldBe(test.GetProperty("result").GetString() == "valid", $"test {test.GetProperty("tcId").GetInt32()}");
                cases++;
            }
        }

        cases.ShouldBe(151);
    }

    [Fact]
    public void Opening_with_P_256_takes_what_is_valid_and_refuses_what_is_not_as_Wycheproof_says()
    {
        int valid = 0, invalid = 0;
        foreach (var group in Groups("json_web_encryption_test.json.gz").Where(g => g.TryGetProperty("private", out var k) && Text(k, "alg") == "ECDH-ES+A256KW" && Text(k, "crv") == "P-256"))
        {
            var key = group.GetProperty("private");
            var jwk = new Jwk("P-256", Text(key, "x")!, Text(key, "y")!, Text(key, "d"));
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                if (Text(test, "enc") is { } way && way != "A256GCM") continue; // Envelope takes no other
                byte[]? opened = Opened(test.GetProperty("jwe"), jwk);
                if (test.GetProperty("result").GetString() == "valid")
                {
                    valid++;
                    Convert.ToHexStringLower(opened!).ShouldBe(Text(test, "pt"), $"test {test.GetProperty("tcId").GetInt32()}");
                }
                else
                {
                    invalid++;
                    opened.ShouldBeNull($"test {test.GetProperty("tcId").GetInt32()}");
                }
            }
        }

        (valid + invalid).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void The_signature_of_RFC_8037_comes_out_byte_for_byte()
    {
        using var packed = File.OpenRead(SharedData.PathOf("vectors", "jose", "rfc7520-cookbook.json.gz"));
        using var json = JsonDocument.Parse(new GZipStream(packed, CompressionMode.Decompress));
        var example = json.RootElement.GetProperty("curve25519/jws.json");
        byte[] seed = System.Buffers.Text.Base64Url.DecodeFromChars(Text(example.GetProperty("input").GetProperty("key"), "d"));
        using var signer = LetterSigner.Of("UTO#1", seed);
        string compact = Text(example.GetProperty("output"), "compact")!;
        string signed = compact[..compact.LastIndexOf('.')];
        $"{signed}.{System.Buffers.Text.Base64Url.EncodeToString(signer.Sign(Encoding.ASCII.GetBytes(signed)))}".ShouldBe(compact);
    }

    private static byte[]? Opened(JsonElement jwe, Jwk key)
    {
        string text = jwe.ValueKind is JsonValueKind.String ? jwe.GetString()! : jwe.GetRawText();
        try
        {
            return JWE.Decrypt(text, key, JweAlgorithm.ECDH_ES_A256KW, JweEncryption.A256GCM).PlaintextBytes;
        }
#pragma warning disable CA1031 // that it is refused is asked here, not how
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static IEnumerable<JsonElement> Groups(string file)
    {
        using var packed = File.OpenRead(SharedData.PathOf("vectors", "wycheproof", file));
        using var json = JsonDocument.Parse(new GZipStream(packed, CompressionMode.Decompress));
        return [.. json.RootElement.GetProperty("testGroups").EnumerateArray().Select(g => g.Clone())];
    }
}
