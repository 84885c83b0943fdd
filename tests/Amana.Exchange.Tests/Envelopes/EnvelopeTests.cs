using System.Text;
using System.Text.Json.Nodes;
using Amana.Exchange.Envelopes;
using Amana.Vocabulary;

namespace Amana.Exchange.Tests.Envelopes;

public sealed class EnvelopeTests : IDisposable
{
    private static readonly BureauCode Utopia = BureauCode.Of("UTO"), Quest = BureauCode.Of("QST"), Qumran = BureauCode.Of("QUM"), Other = BureauCode.Of("OTH");
    private static readonly DateTimeOffset At = new(2026, 11, 24, 3, 12, 45, TimeSpan.Zero);

    private readonly LetterSigner _signer = LetterSigner.Of("UTO#2026-1", new byte[32]);
    private readonly OpeningKey _quest = OpeningKey.New("QST#2026-1"), _qumran = OpeningKey.New("QUM#7"), _other = OpeningKey.New("OTH#1");

    public void Dispose()
    {
        _signer.Dispose();
        _quest.Dispose();
        _qumran.Dispose();
        _other.Dispose();
    }

    private static Letter Write(string body = "{\"subject\":\"سؤال عن شخص\"}", params BureauCode[] to) =>
        new(Guid.Parse("01938a51-0000-7000-8000-000000000001"), Utopia, to.Length > 0 ? to : [Quest, Qumran], At, "message", Encoding.UTF8.GetBytes(body));

    private byte[]? KeyOf(string name, DateTimeOffset at) => name == _signer.Name && at >= At.AddYears(-1) ? _signer.PublicKey : null;

    private EnvelopeFault Open(ReadOnlySpan<byte> envelope, BureauCode self, OpeningKey key, out (Letter Letter, string Signed)? opened) => Envelope.Open(envelope, self, [key], KeyOf, out opened);

    [Fact]
    public void Each_recipient_opens_it_and_reads_what_was_signed()
    {
        byte[] envelope = Envelope.Seal(Write(), _signer, [_quest.Public, _qumran.Public]);
        Encoding.UTF8.GetString(envelope).ShouldNotContain("subject");
        foreach (var (self, key) in new[] { (Quest, _quest), (Qumran, _qumran) })
        {
            Open(envelope, self, key, out var opened).ShouldBe(EnvelopeFault.None);
            var letter = opened!.Value.Letter;
            (letter.Id, letter.From, letter.At, letter.Kind).ShouldBe((Write().Id, Utopia, At, "message"));
            letter.To.ShouldBe([Quest, Qumran]);
            JsonNode.Parse(letter.Body.Span)!["subject"]!.GetValue<string>().ShouldBe("سؤال عن شخص");
            // What is kept proves itself later without the envelope.
            SignedLetter.Check(opened.Value.Signed, KeyOf, out _).ShouldBe(EnvelopeFault.None);
        }
    }

    [Fact]
    public void Nobody_else_opens_it_and_a_key_of_another_name_is_not_even_tried()
    {
        byte[] envelope = Envelope.Seal(Write(), _signer, [_quest.Public, _qumran.Public]);
        Open(envelope, Other, _other, out _).ShouldBe(EnvelopeFault.NotForUs);
        using var sameName = OpeningKey.New("QST#2026-1");
        Open(envelope, Quest, sameName, out _).ShouldBe(EnvelopeFault.Seal);
    }

    [Fact]
    public void A_recipient_cannot_pass_the_letter_on_as_if_it_had_been_written_to_another()
    {
        byte[] envelope = Envelope.Seal(Write(to: [Quest]), _signer, [_quest.Public]);
        Open(envelope, Quest, _quest, out var opened).ShouldBe(EnvelopeFault.None);
        // Quest seals the signed letter of Utopia anew, for the other bureau.
        byte[] passedOn = SealAnew(opened!.Value.Signed, _other.Public);
        Open(passedOn, Other, _other, out _).ShouldBe(EnvelopeFault.Address);
    }

    [Fact]
    public void No_altered_character_is_taken()
    {
        byte[] envelope = Envelope.Seal(Write(), _signer, [_quest.Public, _qumran.Public]);
        var random = new Random(7);
        for (int i = 0; i < 2_000; i++)
        {
            byte[] altered = [.. envelope];
            int at = random.Next(altered.Length);
            altered[at] = (byte)"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_{}\",:"[random.Next(69)];
            if (altered[at] == envelope[at]) continue;
            var fault = Open(altered, Quest, _quest, out var opened);
            // The wrapped key of the other recipient is not ours to check; nothing else may change.
            if (fault is EnvelopeFault.None) OursIn(altered).ShouldBe(OursIn(envelope), $"a change at {at} was taken");
            else opened.ShouldBeNull();
        }
    }

    [Theory]
    [InlineData("enc", "A128GCM")]
    [InlineData("enc", "A256CBC-HS512")]
    [InlineData("zip", "DEF")]
    [InlineData("typ", "JWT")]
    [InlineData("crit", "b64")]
    public void A_weaker_or_other_way_of_sealing_is_refused(string member, string value)
    {
        var json = JsonNode.Parse(Envelope.Seal(Write(to: [Quest]), _signer, [_quest.Public]))!;
        var header = JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(json["protected"]!.GetValue<string>()))!;
        header[member] = value;
        json["protected"] = System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header.ToJsonString()));
        Open(Encoding.UTF8.GetBytes(json.ToJsonString()), Quest, _quest, out _).ShouldBe(EnvelopeFault.Algorithm);
    }

    [Fact]
    public void Another_way_of_wrapping_the_key_is_refused_and_so_is_an_unprotected_header()
    {
        var json = JsonNode.Parse(Envelope.Seal(Write(to: [Quest]), _signer, [_quest.Public]))!;
        var direct = json.DeepClone();
        direct["recipients"]![0]!["header"]!["alg"] = "ECDH-ES";
        Open(Encoding.UTF8.GetBytes(direct.ToJsonString()), Quest, _quest, out _).ShouldBe(EnvelopeFault.Algorithm);
        json["unprotected"] = new JsonObject { ["alg"] = "dir" };
        Open(Encoding.UTF8.GetBytes(json.ToJsonString()), Quest, _quest, out _).ShouldBe(EnvelopeFault.Algorithm);
    }

    [Fact]
    public void A_letter_signed_by_another_bureau_in_this_one_s_name_is_refused()
    {
        using var quest = LetterSigner.Of("QST#sign", new byte[32]);
        Should.Throw<ArgumentException>(() => Envelope.Seal(Write(to: [Quest]), quest, [_quest.Public]));
        byte[] forged = SealAnew(SignedLetter.Sign(Write(to: [Quest]), quest), _quest.Public);
        Envelope.Open(forged, Quest, [_quest], (_, _) => quest.PublicKey, out _).ShouldBe(EnvelopeFault.Sender);
    }

    [Fact]
    public void A_signature_of_a_key_that_was_not_good_then_is_refused_and_a_wrong_one_too()
    {
        byte[] old = Envelope.Seal(Write(to: [Quest]) with { At = At.AddYears(-2) }, _signer, [_quest.Public]);
        Open(old, Quest, _quest, out _).ShouldBe(EnvelopeFault.Sender);
        using var stolen = LetterSigner.Of("UTO#2026-1", [.. Enumerable.Repeat((byte)9, 32)]);
        Open(Envelope.Seal(Write(to: [Quest]), stolen, [_quest.Public]), Quest, _quest, out _).ShouldBe(EnvelopeFault.Signature);
    }

    [Theory]
    [InlineData("{\"alg\":\"none\",\"typ\":\"amana-letter+jws\",\"kid\":\"UTO#2026-1\"}")]
    [InlineData("{\"alg\":\"HS256\",\"typ\":\"amana-letter+jws\",\"kid\":\"UTO#2026-1\"}")]
    [InlineData("{\"alg\":\"EdDSA\",\"typ\":\"JWT\",\"kid\":\"UTO#2026-1\"}")]
    [InlineData("{\"alg\":\"EdDSA\",\"typ\":\"amana-letter+jws\",\"kid\":\"UTO#2026-1\",\"jwk\":{}}")]
    [InlineData("{\"alg\":\"EdDSA\",\"alg\":\"none\",\"kid\":\"UTO#2026-1\"}")]
    [InlineData("[]")]
    public void Only_the_one_way_of_signing_is_taken(string header)
    {
        string[] parts = SignedLetter.Sign(Write(to: [Quest]), _signer).Split('.');
        string forged = $"{System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{parts[1]}.{parts[2]}";
        Open(SealAnew(forged, _quest.Public), Quest, _quest, out _).ShouldBe(EnvelopeFault.Algorithm);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"recipients\":[]}")]
    [InlineData("{\"recipients\":[{}],\"protected\":\"e30\"}")]
    [InlineData("eyJ.a.b.c.d")]
    [InlineData("{\"recipients\":{\"header\":1}}")]
    public void What_is_no_envelope_is_refused_and_throws_nothing(string text) =>
        Open(Encoding.UTF8.GetBytes(text), Quest, _quest, out _).ShouldBe(EnvelopeFault.Unreadable);

    [Fact]
    public void The_size_tells_the_length_to_within_an_eighth()
    {
        int LengthOf(int body) => Envelope.Seal(Write($"{{\"a\":\"{new string('x', body)}\"}}", Quest), _signer, [_quest.Public]).Length;
        LengthOf(10).ShouldBe(LengthOf(300));
        LengthOf(40_000).ShouldBe(LengthOf(40_300));
        for (int length = 1; length < 3_000_000; length = (length * 17 / 16) + 1)
        {
            int padded = Padding.LengthFor(length);
            padded.ShouldBeGreaterThanOrEqualTo(length);
            if (length > 1024) padded.ShouldBeLessThanOrEqualTo(length + (length / 8));
        }
    }

    [Fact]
    public void Keys_go_out_and_come_back()
    {
        byte[] envelope = Envelope.Seal(Write(to: [Quest]), _signer, [_quest.Public]);
        using var back = OpeningKey.Of("QST#2026-1", _quest.Export());
        Open(envelope, Quest, back, out _).ShouldBe(EnvelopeFault.None);
        back.Public.ShouldBe(_quest.Public);
    }

    [Fact]
    public void Who_writes_to_bureaus_without_a_key_or_to_one_twice_is_told_so()
    {
        Should.Throw<ArgumentException>(() => Envelope.Seal(Write(), _signer, [_quest.Public]));
        Should.Throw<ArgumentException>(() => Envelope.Seal(Write(to: [Quest]), _signer, [_quest.Public, _other.Public]));
        Should.Throw<ArgumentException>(() => Envelope.Seal(Write(to: [Quest, Quest]), _signer, [_quest.Public]));
    }

    private static byte[] SealAnew(string signed, SealingKey recipient) => Envelope.SealSigned(signed, [recipient]);

    // All that is ours to check: everything but the other recipient's part.
    private static string OursIn(byte[] envelope)
    {
        var json = JsonNode.Parse(envelope)!;
        json["recipients"]!.AsArray().RemoveAt(1);
        return json.ToJsonString();
    }
}
