using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Amana.Exchange.Envelopes;
using Amana.Exchange.Handling;
using Amana.Exchange.Requests;
using Amana.Vocabulary;

namespace Amana.Exchange.Tests.Vectors;

/// <summary>Makes the vectors anew, with other sealing keys: <c>AMANA_WRITE_VECTORS=FILE</c> and <see cref="VectorTests"/>.</summary>
internal static class VectorMaker
{
    private static readonly DateTimeOffset At = new(2026, 11, 24, 3, 12, 45, TimeSpan.Zero);
    private static readonly string[] Codes = ["UTO", "QST", "QMR"];

    public static VectorFile Make()
    {
        var signers = Codes.ToDictionary(c => c, c => LetterSigner.Of($"{c}#2026-1", SeedOf(c)));
        var openers = Codes.ToDictionary(c => c, c => OpeningKey.New($"{c}#2026-S1"));
        var utopia = BureauCode.Of("UTO");
        return new(
            "Vectors for docs/specs/envelope.md and transport.md. Specimen bureaus; all secrets are published here and good for nothing else.",
            [.. Codes.Select(c => new VectorFile.Bureau(c, signers[c].Name, Convert.ToHexStringLower(SeedOf(c)), Convert.ToHexStringLower(signers[c].PublicKey), openers[c].Name, Jwk(openers[c])))],
            [
                Sealed("for one", "{\"text\":\"Was the passport reported lost?\"}", ["QST"]),
                Sealed("for two, in Arabic", "{\"text\":\"هل أُبلغ عن فقدان الجواز؟\"}", ["QST", "QMR"]),
                Sealed("longer than the least length", $"{{\"text\":\"{new string('x', 3_000)}\"}}", ["QMR"]),
            ],
            Refused(signers, openers), Receipts(signers), Marks(signers), [.. ((int[])[0, 1, 1_024, 1_025, 2_000, 4_097, 65_537, 1_000_000, 8_000_000]).Select(n => (IReadOnlyList<int>)[n, Exchange.Envelopes.Padding.LengthFor(n)])], Requests());

        VectorFile.Sealed Sealed(string title, string body, string[] to)
        {
            var letter = Write(body, to);
            byte[] envelope = Envelope.Seal(letter, signers["UTO"], [.. to.Select(c => openers[c].Public)], out string signed);
            return new(title, Encoding.UTF8.GetString(letter.ToBytes()), signed, Encoding.UTF8.GetString(envelope));
        }

        Letter Write(string body, string[] to) => new(new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(body)).AsSpan(0, 16)), utopia, [.. to.Select(BureauCode.Of)], At, "message", Encoding.UTF8.GetBytes(body));
    }

    private static byte[] SeedOf(string code) => SHA256.HashData(Encoding.ASCII.GetBytes($"amana vectors {code}"));

    private static Dictionary<string, string> Jwk(OpeningKey key)
    {
        using var secret = ECDiffieHellman.Create();
        secret.ImportPkcs8PrivateKey(key.Export(), out _);
        var parts = secret.ExportParameters(includePrivateParameters: true);
        return new() { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = Text(parts.Q.X!), ["y"] = Text(parts.Q.Y!), ["d"] = Text(parts.D!) };
    }

    private static string Text(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    private static IReadOnlyList<VectorFile.Refused> Refused(Dictionary<string, LetterSigner> signers, Dictionary<string, OpeningKey> openers)
    {
        var letter = new Letter(new Guid(SeedOf("refused").AsSpan(0, 16)), BureauCode.Of("UTO"), [BureauCode.Of("QST")], At, "message", "{\"text\":\"x\"}"u8.ToArray());
        IReadOnlyList<SealingKey> to = [openers["QST"].Public];
        string good = Encoding.UTF8.GetString(Envelope.Seal(letter, signers["UTO"], to, out string signed));
        string elsewhere = SignedLetter.Sign(letter with { To = [BureauCode.Of("QMR")] }, signers["UTO"]);
        return
        [
            new("not JSON", "QST", "unreadable", "an envelope"),
            new("another way of wrapping the key", "QST", "algorithm", Changed(e => e["recipients"]![0]!["header"]!["alg"] = "ECDH-ES+A128KW")),
            new("another way of sealing", "QST", "algorithm", Changed(e => e["protected"] = Text("{\"enc\":\"A128GCM\",\"typ\":\"amana-letter+jwe\",\"cty\":\"amana-letter+jws\"}"u8.ToArray()))),
            new("a header outside the protected one", "QST", "algorithm", Changed(e => e["unprotected"] = new JsonObject { ["zip"] = "DEF" })),
            new("for others", "QMR", "not-for-us", good),
            new("a bit of the text altered", "QST", "seal", Changed(e => e["ciphertext"] = Flipped(e["ciphertext"]!.GetValue<string>()))),
            new("a bit of the tag altered", "QST", "seal", Changed(e => e["tag"] = Flipped(e["tag"]!.GetValue<string>()))),
            new("signed by another bureau in this one's name", "QST", "sender", Sealed(SignedLetter.Sign(letter, signers["QMR"]))),
            new("signed before the key was good", "QST", "sender", Sealed(SignedLetter.Sign(letter with { At = At.AddYears(-2) }, signers["UTO"]))),
            new("a signature that does not fit", "QST", "signature", Sealed(signed[..(signed.LastIndexOf('.') + 1)] + Flipped(signed[(signed.LastIndexOf('.') + 1)..]))),
            new("written to another and passed on", "QST", "address", Sealed(elsewhere)),
        ];

        string Sealed(string form) => Encoding.UTF8.GetString(Envelope.SealSigned(form, to));

        string Changed(Action<JsonObject> change)
        {
            var envelope = JsonNode.Parse(good)!.AsObject();
            change(envelope);
            return envelope.ToJsonString();
        }
    }

    private static string Flipped(string base64Url)
    {
        byte[] bytes = System.Buffers.Text.Base64Url.DecodeFromChars(base64Url);
        bytes[0] ^= 1;
        return Text(bytes);
    }

    private static IReadOnlyList<VectorFile.Receipt> Receipts(Dictionary<string, LetterSigner> signers)
    {
        var id = new Guid(SeedOf("receipt").AsSpan(0, 16));
        return
        [
            .. Enum.GetValues<LetterStep>().Select(step => Of($"{step}".ToLowerInvariant(), true, "QST", step, At.AddSeconds(1))),
            Of("signed by another than it says", false, "QMR", LetterStep.Stored, At.AddSeconds(1)),
            Of("of a time when the key was not good", false, "QST", LetterStep.Stored, At.AddYears(-2)),
        ];

        VectorFile.Receipt Of(string title, bool isGood, string signer, LetterStep step, DateTimeOffset at) => new(title, isGood, id.ToString(), "UTO", "QST", $"{step}".ToLowerInvariant(),
            at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), new LetterReceipt(id, BureauCode.Of("UTO"), BureauCode.Of("QST"), step, at).Sign(signers[signer]));
    }

    private static IReadOnlyList<VectorFile.Mark> Marks(Dictionary<string, LetterSigner> signers)
    {
        var utopia = BureauCode.Of("UTO");
        var bound = ItemHandling.Of(utopia, HandlingCodes.NotPassedOn, ["Only with written consent."], SourceGrade.B, InformationGrade.Corroborated, audience: Audience.Of([BureauCode.Of("QST")], []));
        var words = new WordsMark(new Guid(SeedOf("mark").AsSpan(0, 16)), utopia, At, "يسكن عند الميناء", bound);
        string mark = words.Sign(signers["UTO"]);
        var early = words with { At = At.AddYears(-2) };
        return
        [
            Of("as they were written", words, mark, "fits"),
            Of("released to another bureau since", words with { Handling = bound.ReleasedTo([BureauCode.Of("QMR")]) }, mark, "fits"),
            Of("other words", words with { Text = "يسكن عند المحطة" }, mark, "wrong"),
            Of("without its code", words with { Handling = ItemHandling.Of(utopia, HandlingCodes.None, ["Only with written consent."], SourceGrade.B, InformationGrade.Corroborated, audience: bound.Audience) }, mark, "wrong"),
            Of("of another letter", words with { Letter = new Guid(SeedOf("another").AsSpan(0, 16)) }, mark, "wrong"),
            Of("signed by who quotes", words, words.Sign(signers["QST"]), "wrong"),
            Of("a receipt", words, new LetterReceipt(words.Letter, utopia, utopia, LetterStep.Read, At).Sign(signers["UTO"]), "wrong"),
            Of("of a time when the key was not good", early, early.Sign(signers["UTO"]), "unknown"),
        ];

        static VectorFile.Mark Of(string title, WordsMark shown, string jws, string finding) => new(title, finding, shown.Letter.ToString(), shown.From.Value,
            shown.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), shown.Text, Encoding.UTF8.GetString(HandlingJson.ToBytes(shown.Handling)), jws);
    }

    private static IReadOnlyList<VectorFile.Request> Requests()
    {
        using var signer = RequestSigner.Of(SeedOf("UTO"), "UTO#2026-1");
        return
        [
            Of("a letter", "POST", "/exchange/v1/letters", "?", "{}", 0, "good"),
            Of("a question without a body, to a port of its own", "GET", "/exchange/v1/directory/changes", "?after=7", "", -299, "good", "amana.qst.example:8443"),
            Of("300 seconds old", "GET", "/exchange/v1/directory", "?", "", -300, "good"),
            Of("301 seconds old", "GET", "/exchange/v1/directory", "?", "", -301, "time"),
            Of("from the future", "GET", "/exchange/v1/directory", "?", "", 301, "time"),
            Of("another body than was signed", "POST", "/exchange/v1/letters", "?", "{}", 0, "digest") with { Body = "{ }" },
            Of("another path than was signed", "POST", "/exchange/v1/letters", "?", "{}", 0, "signature") with { Path = "/exchange/v1/relay/QMR" },
            Of("another query than was signed", "GET", "/exchange/v1/directory/changes", "?after=7", "", 0, "signature") with { Query = "?after=8" },
            Of("for another server", "GET", "/exchange/v1/directory", "?", "", 0, "signature") with { Authority = "amana.qmr.example" },
        ];

        VectorFile.Request Of(string title, string method, string path, string query, string body, int seconds, string outcome, string authority = "amana.qst.example")
        {
            string digest = ContentDigest.Of(Encoding.UTF8.GetBytes(body));
            var parts = new RequestParts(method, authority, path, query, name => name == ContentDigest.Header ? [digest] : []);
            var at = At.AddSeconds(seconds);
            var signature = signer.Sign(parts, at, SHA256.HashData(Encoding.UTF8.GetBytes(title)).AsSpan(0, 16));
            return new(title, method, authority, path, query, body, at.ToUnixTimeSeconds(), At.ToUnixTimeSeconds(), "UTO#2026-1", digest, BaseOf(parts, signature), signature.Input, signature.Signature, outcome);
        }
    }

    // Written out here and not asked of the code that is tested.
    private static string BaseOf(RequestParts parts, SignatureHeaders signature) =>
        $"\"@method\": {parts.Method}\n\"@authority\": {parts.Authority}\n\"@path\": {parts.Path}\n\"@query\": {parts.Query}\n\"content-digest\": {parts.Headers(ContentDigest.Header)[0]}\n\"@signature-params\": {signature.Input["amana=".Length..]}";
}
