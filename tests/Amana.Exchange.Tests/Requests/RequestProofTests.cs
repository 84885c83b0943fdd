using System.Text;
using Amana.Exchange.Requests;

namespace Amana.Exchange.Tests.Requests;

public sealed class RequestProofTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 3, 0, 0, TimeSpan.Zero);
    private readonly RequestSigner _signer = RequestSigner.Of(new byte[32], "UTO#2026-1");

    public void Dispose() => _signer.Dispose();

    private static RequestParts Request(string body = "{}", string path = "/exchange/v1/envelopes", SignatureHeaders? signed = null, string method = "POST", string? digest = null) =>
        new(method, "amana.quest.example", path, "?", name => name switch
        {
            "content-digest" => [digest ?? ContentDigest.Of(Encoding.UTF8.GetBytes(body))],
            "signature-input" => signed is null ? [] : [signed.Input],
            "signature" => signed is null ? [] : [signed.Signature],
            _ => [],
        });

    private ProofFault Check(RequestParts request, DateTimeOffset? at = null) =>
        RequestProof.Check(request, name => name == "UTO#2026-1" ? _signer.PublicKey : null, at ?? Now, out _);

    [Fact]
    public void A_signed_request_is_believed_and_names_its_key_and_its_nonce()
    {
        var signed = _signer.Sign(Request(), Now);
        RequestProof.Check(Request(signed: signed), _ => _signer.PublicKey, Now.AddSeconds(299), out var proof).ShouldBe(ProofFault.None);
        proof!.KeyId.ShouldBe("UTO#2026-1");
        proof.At.ShouldBe(Now);
        proof.Nonce.ShouldNotBe(_signer.Sign(Request(), Now).Input);
        signed.Input.ShouldStartWith("amana=(\"@method\" \"@authority\" \"@path\" \"@query\" \"content-digest\");created=1795489200;keyid=\"UTO#2026-1\";alg=\"ed25519\";nonce=\"");
    }

    [Fact]
    public void Nothing_that_is_covered_can_be_changed()
    {
        var signed = _signer.Sign(Request(), Now);
        Check(Request(signed: signed)).ShouldBe(ProofFault.None);
        Check(Request("{\"a\":1}", signed: signed)).ShouldBe(ProofFault.Signature);
        Check(Request(path: "/exchange/v1/receipts", signed: signed)).ShouldBe(ProofFault.Signature);
        Check(Request(method: "PUT", signed: signed)).ShouldBe(ProofFault.Signature);
        Check(Request(signed: signed) with { Authority = "amana.other.example" }).ShouldBe(ProofFault.Signature);
        Check(Request(signed: signed) with { Query = "?a=b" }).ShouldBe(ProofFault.Signature);
        Check(Request(signed: signed with { Input = signed.Input.Replace("created=1795489200", "created=1795489201", StringComparison.Ordinal) })).ShouldBe(ProofFault.Signature);
    }

    [Fact]
    public void Old_and_future_signatures_are_refused_at_300_seconds()
    {
        var signed = _signer.Sign(Request(), Now);
        Check(Request(signed: signed), Now.AddSeconds(300)).ShouldBe(ProofFault.None);
        Check(Request(signed: signed), Now.AddSeconds(301)).ShouldBe(ProofFault.Time);
        Check(Request(signed: signed), Now.AddSeconds(-300)).ShouldBe(ProofFault.None);
        Check(Request(signed: signed), Now.AddSeconds(-301)).ShouldBe(ProofFault.Time);
    }

    [Theory]
    [InlineData("(\"@method\" \"@authority\" \"@path\" \"@query\")", ProofFault.Coverage)]
    [InlineData("(\"@method\" \"@authority\" \"@path\" \"@query\" \"content-digest\" \"@method\")", ProofFault.Coverage)]
    [InlineData("(\"@method\" \"@authority\" \"@path\" \"@query\" \"content-digest\" \"x-not-there\")", ProofFault.Coverage)]
    [InlineData("(\"@method\";req \"@authority\" \"@path\" \"@query\" \"content-digest\")", ProofFault.Coverage)]
    [InlineData("(\"@method\" \"@authority\" \"@path\" \"@query\" \"content-digest\" \"@status\")", ProofFault.Coverage)]
    [InlineData("()", ProofFault.Coverage)]
    [InlineData("no list", ProofFault.Missing)]
    public void Less_than_all_that_must_be_covered_is_refused(string components, ProofFault fault)
    {
        var signed = _signer.Sign(Request(), Now);
        string input = signed.Input.Replace("(\"@method\" \"@authority\" \"@path\" \"@query\" \"content-digest\")", components, StringComparison.Ordinal);
        Check(Request(signed: signed with { Input = input })).ShouldBe(fault);
    }

    [Theory]
    [InlineData("alg=\"ed25519\"", "alg=\"hmac-sha256\"", ProofFault.Purpose)]
    [InlineData("tag=\"amana-exchange\"", "tag=\"other\"", ProofFault.Purpose)]
    [InlineData("keyid=\"UTO#2026-1\"", "keyid=\"QST#2026-1\"", ProofFault.Key)]
    [InlineData("nonce=\"", "nonce=\"\";x=\"", ProofFault.Coverage)]
    [InlineData("created=", "expires=1;created=", ProofFault.Time)]
    [InlineData("created=1795489200", "created=\"1795489200\"", ProofFault.Time)]
    [InlineData("created=1795489200", "created=-999999999999999", ProofFault.Time)]
    public void Parameters_of_another_kind_are_refused_with_their_reason(string from, string to, ProofFault fault)
    {
        var signed = _signer.Sign(Request(), Now);
        Check(Request(signed: signed with { Input = signed.Input.Replace(from, to, StringComparison.Ordinal) })).ShouldBe(fault);
    }

    [Fact]
    public void A_line_break_in_a_header_forges_nothing()
    {
        Should.Throw<ArgumentException>(() => _signer.Sign(Request(digest: "sha-256=:AAAA:\n\"@path\": /other"), Now));
        Check(Request()).ShouldBe(ProofFault.Missing);
    }
}
