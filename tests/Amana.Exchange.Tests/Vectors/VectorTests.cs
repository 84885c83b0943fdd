using System.Security.Cryptography;
using System.Text;
using Amana.Exchange.Envelopes;
using Amana.Exchange.Handling;
using Amana.Exchange.Requests;
using Amana.Vocabulary;
using NSec.Cryptography;

namespace Amana.Exchange.Tests.Vectors;

/// <summary>The published vectors are what this code does: another implementation that agrees with them agrees with us. <c>tools/check-vectors.mjs</c> reads them without this code.</summary>
public sealed class VectorTests
{
    private static readonly DateTimeOffset GoodFrom = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly VectorFile File = Made() ?? VectorFile.Read();

    // Those that were just made are tested as they will be read.
    private static VectorFile? Made()
    {
        if (Environment.GetEnvironmentVariable("AMANA_WRITE_VECTORS") is not { Length: > 0 } file) return null;
        var made = VectorMaker.Make();
        made.Write(file);
        return made;
    }

    private static byte[]? KeyOf(string name, DateTimeOffset at) => at >= GoodFrom && File.Bureaus.FirstOrDefault(b => b.Signing == name) is { } bureau ? Convert.FromHexString(bureau.Public) : null;

    private static OpeningKey Opener(VectorFile.Bureau bureau)
    {
        using var key = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = Bytes("x"), Y = Bytes("y") }, D = Bytes("d") });
        return OpeningKey.Of(bureau.Sealing, key.ExportPkcs8PrivateKey());

        byte[] Bytes(string part) => System.Buffers.Text.Base64Url.DecodeFromChars(bureau.Jwk[part]);
    }

    private static EnvelopeFault Open(string envelope, string reader, out (Letter Letter, string Signed)? opened)
    {
        using var key = Opener(File.Bureaus.Single(b => b.Code == reader));
        return Envelope.Open(Encoding.UTF8.GetBytes(envelope), BureauCode.Of(reader), [key], KeyOf, out opened);
    }

    [Fact]
    public void Keys_are_the_halves_of_each_other()
    {
        foreach (var bureau in File.Bureaus)
        {
            using var signer = LetterSigner.Of(bureau.Signing, Convert.FromHexString(bureau.Seed));
            Convert.ToHexStringLower(signer.PublicKey).ShouldBe(bureau.Public);
        }
    }

    [Fact]
    public void Each_letter_is_signed_as_it_stands_and_opens_for_all_whom_it_names()
    {
        File.Letters.Count.ShouldBeGreaterThanOrEqualTo(3);
        foreach (var vector in File.Letters)
        {
            using var signer = LetterSigner.Of(File.Bureaus[0].Signing, Convert.FromHexString(File.Bureaus[0].Seed));
            var letter = Letter.Read(Encoding.UTF8.GetBytes(vector.Letter)).ShouldNotBeNull();
            SignedLetter.Sign(letter, signer).ShouldBe(vector.Signed, vector.Title);
            foreach (var to in letter.To)
            {
                Open(vector.Envelope, to.Value, out var opened).ShouldBe(EnvelopeFault.None, vector.Title);
                opened!.Value.Signed.ShouldBe(vector.Signed);
                Encoding.UTF8.GetString(opened.Value.Letter.ToBytes()).ShouldBe(vector.Letter);
            }
        }
    }

    [Fact]
    public void What_must_be_refused_is_refused_with_its_word()
    {
        foreach (var vector in File.RefusedEnvelopes) Word(Open(vector.Envelope, vector.Reader, out _)).ShouldBe(vector.Word, vector.Title);
        File.RefusedEnvelopes.Select(r => r.Word).Distinct().Order().ShouldBe(["address", "algorithm", "not-for-us", "seal", "sender", "signature", "unreadable"]);

        static string Word(EnvelopeFault fault) => fault is EnvelopeFault.NotForUs ? "not-for-us" : $"{fault}".ToLowerInvariant();
    }

    [Fact]
    public void Receipts_say_what_they_say_or_nothing()
    {
        foreach (var vector in File.Receipts)
        {
            var read = LetterReceipt.Read(vector.Jws, KeyOf);
            if (vector.IsGood) ($"{read!.Letter} {read.From} {read.By} {read.Step} {read.At:yyyy-MM-dd'T'HH:mm:ss'Z'}".ToLowerInvariant()).ShouldBe($"{vector.Letter} {vector.From} {vector.By} {vector.Step} {vector.At}".ToLowerInvariant());
            else read.ShouldBeNull(vector.Title);
        }
    }

    [Fact]
    public void Marks_fit_their_words_and_no_others()
    {
        foreach (var vector in File.Marks)
        {
            var handling = HandlingJson.Read(Encoding.UTF8.GetBytes(vector.Handling)).ShouldNotBeNull();
            var shown = new WordsMark(Guid.Parse(vector.Letter), BureauCode.Of(vector.From), DateTimeOffset.Parse(vector.At, System.Globalization.CultureInfo.InvariantCulture), vector.Text, handling);
            $"{shown.Check(vector.Jws, KeyOf)}".ToLowerInvariant().ShouldBe(vector.Finding, vector.Title);
        }

        File.Marks.Select(m => m.Finding).Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public void Lengths_are_padded_as_published()
    {
        foreach (var pair in File.Padding) Exchange.Envelopes.Padding.LengthFor(pair[0]).ShouldBe(pair[1]);
    }

    [Fact]
    public void Requests_are_signed_as_published_and_believed_or_not()
    {
        foreach (var vector in File.Requests)
        {
            var parts = new RequestParts(vector.Method, vector.Authority, vector.Path, vector.Query, name => name switch
            {
                ContentDigest.Header => [vector.Digest], "signature-input" => [vector.Input], "signature" => [vector.Signature], _ => [],
            });
            var fault = RequestProof.Check(parts, name => KeyOf(name, GoodFrom), DateTimeOffset.FromUnixTimeSeconds(vector.Now), out _);
            bool fits = ContentDigest.Fits([vector.Digest], Encoding.UTF8.GetBytes(vector.Body));
            (fault is not ProofFault.None ? $"{fault}".ToLowerInvariant() : fits ? "good" : "digest").ShouldBe(vector.Outcome, vector.Title);
            var key = PublicKey.Import(SignatureAlgorithm.Ed25519, KeyOf(vector.KeyId, GoodFrom)!, KeyBlobFormat.RawPublicKey);
            byte[] signature = Convert.FromBase64String(vector.Signature["amana=:".Length..^1]);
            SignatureAlgorithm.Ed25519.Verify(key, Encoding.UTF8.GetBytes(vector.Base), signature).ShouldBeTrue(vector.Title);
        }
    }
}
