using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Amana.Exchange.Directory;
using Amana.Exchange.Envelopes;
using Amana.Exchange.Fields;
using Amana.Exchange.Requests;
using Amana.Server.Exchange.Line;
using NSec.Cryptography;

namespace Amana.Server.Tests.Exchange;

/// <summary>A bureau of the directory, QST, does what it should not, to UTO. All of it is refused, taken down, and nothing of it is kept; the others notice nothing.</summary>
public sealed class HostileBureauTests
{
    private sealed record Misdeed(string Name, Func<Circle, HostileBureau, Task<(int Status, string? Code)>> Do, int Status, string Code);

    private static Misdeed Request(string name, string code, Action<HostileBureau.Forgery> twist) =>
        new(name, (circle, bad) => bad.SendAsync(circle, 0, bad.Sealed(circle, name, 0), twist), 401, "exchange." + code);

    private static Misdeed Sealed(string name, string word, Func<Circle, HostileBureau, byte[]> envelope) =>
        new(name, (circle, bad) => bad.SendAsync(circle, 0, envelope(circle, bad)), 422, "exchange.letter." + word);

    private static Misdeed Spoiled(string name, string word, Action<JsonObject> how) => Sealed(name, word, (circle, bad) => HostileBureau.Spoiled(bad.Sealed(circle, name, 0), how));

    private static Misdeed Letter(string name, string word, Func<HostileBureau, JsonObject, string> jws) => Sealed(name, word, (circle, bad) => HostileBureau.SealedText(circle, jws(bad, bad.Payload(0)), 0));

    private static List<Misdeed> OfRequests =>
    [
        Request("no signature", "not-signed", f => f.Sent = r => { r.Headers.Remove("Signature"); r.Headers.Remove("Signature-Input"); }),
        Request("only the input", "not-signed", f => f.Sent = r => r.Headers.Remove("Signature")),
        Request("input that is no field", "not-signed", f => f.Sent = r => { r.Headers.Remove("Signature-Input"); r.Headers.TryAddWithoutValidation("Signature-Input", "amana=(((("); }),
        Request("signature that is no field", "not-signed", f => f.Sent = r => { r.Headers.Remove("Signature"); r.Headers.TryAddWithoutValidation("Signature", "amana=:?:"); }),
        Request("another label", "not-signed", f => f.Label = "sig1"),
        Request("method not covered", "coverage", f => f.Covered.Remove("@method")),
        Request("authority not covered", "coverage", f => f.Covered.Remove("@authority")),
        Request("path not covered", "coverage", f => f.Covered.Remove("@path")),
        Request("query not covered", "coverage", f => f.Covered.Remove("@query")),
        Request("body not covered", "coverage", f => f.Covered.Remove("content-digest")),
        Request("a header covered that is not there", "coverage", f => f.Covered.Add("x-not-there")),
        Request("no digest", "coverage", f => f.Sent = r => r.Headers.Remove("Content-Digest")),
        Request("digest of another body", "digest", f => f.OtherBody = [1, 2, 3]),
        Request("a digest that nobody knows", "digest", f => f.Digest = "md5=:1B2M2Y8AsgTpgAmY7PhCfg==:"),
        Request("two digests, one wrong", "digest", f => f.Digest = ContentDigest.Of("x"u8) + ", " + ContentDigest.Of("y"u8).Replace("sha-256", "sha-512", StringComparison.Ordinal)),
        Request("301 seconds old", "time", f => f.Parameters["created"] = new FieldInteger(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 305)),
        Request("from the future", "time", f => f.Parameters["created"] = new FieldInteger(DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 305)),
        Request("without a time", "time", f => f.Parameters["created"] = null),
        Request("a time that is no number", "time", f => f.Parameters["created"] = new FieldText("now")),
        Request("expired", "time", f => f.Parameters["expires"] = new FieldInteger(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 5)),
        Request("another algorithm", "purpose", f => f.Parameters["alg"] = new FieldText("hmac-sha256")),
        Request("no algorithm", "purpose", f => f.Parameters["alg"] = null),
        Request("another tag", "purpose", f => f.Parameters["tag"] = new FieldText("web-login")),
        Request("no tag", "purpose", f => f.Parameters["tag"] = null),
        Request("no nonce", "coverage", f => f.Parameters["nonce"] = null),
        Request("a short nonce", "coverage", f => f.Parameters["nonce"] = new FieldText("1")),
        Request("a bureau that is not", "key", f => f.Parameters["keyid"] = new FieldText("ZZZ#s-1")),
        Request("a key that is not", "key", f => f.Parameters["keyid"] = new FieldText("QST#s-none")),
        Request("no name of a key", "key", f => f.Parameters["keyid"] = new FieldText("x")),
        Request("the key of the Secretariat's directory", "key", f => f.Parameters["keyid"] = new FieldText("UTO#directory-1")),
        Request("altered signature", "signature", f => f.OfSignature = s => { s[0] ^= 1; return s; }),
        Request("shortened signature", "signature", f => f.OfSignature = s => s[..32]),
        Request("all zero", "signature", f => f.OfSignature = s => new byte[s.Length]),
        Request("another private key", "signature", f => f.OtherKey = Key.Create(SignatureAlgorithm.Ed25519)),
        Request("signed for another path", "signature", f => f.Sent = r => r.RequestUri = new Uri(r.RequestUri!, "/exchange/v1/letters/")),
        Request("a query added on the way", "signature", f => f.Sent = r => r.RequestUri = new Uri(r.RequestUri!, "?all=1")),
        Request("signed for another server and its host named", "authority", f => { f.Authority = "amana.other.example"; f.Sent = r => r.Headers.Host = "amana.other.example"; }),
        Request("signed for another server", "signature", f => f.Authority = "amana.other.example"),
        new("the name of another bureau, with the own key", (circle, bad) => bad.SendAsync(circle, 0, bad.Sealed(circle, "x", 0), f => f.Parameters["keyid"] = new FieldText(circle.Book(2).Ours!.Signing[0].Name)), 401, "exchange.signature"),
        new("the same request twice", async (circle, bad) =>
        {
            byte[] body = bad.Sealed(circle, "refuse me", 0);
            void Same(HostileBureau.Forgery f) => f.Parameters["nonce"] = new FieldText("0123456789abcdef0123456789abcdef");
            await bad.SendAsync(circle, 0, body, Same);
            return await bad.SendAsync(circle, 0, body, Same);
        }, 401, "exchange.replay"),
    ];

    private static List<Misdeed> OfEnvelopes =>
    [
        Sealed("nothing", "unreadable", (_, _) => []),
        Sealed("no JSON", "unreadable", (_, _) => "Hello"u8.ToArray()),
        Sealed("a list", "unreadable", (_, _) => "[]"u8.ToArray()),
        Sealed("no UTF-8", "unreadable", (_, _) => [0xFF, 0xFE, 0x00]),
        Sealed("broken off", "unreadable", (circle, bad) => bad.Sealed(circle, "x", 0)[..^20]),
        Spoiled("no recipients", "unreadable", e => e["recipients"] = new JsonArray()),
        Spoiled("300 recipients", "unreadable", e => e["recipients"] = new JsonArray([.. Enumerable.Range(0, 300).Select(_ => e["recipients"]![0]!.DeepClone())])),
        Spoiled("recipient without a header", "unreadable", e => e["recipients"]![0]!.AsObject().Remove("header")),
        Spoiled("key used directly", "algorithm", e => e["recipients"]![0]!["header"]!["alg"] = "dir"),
        Spoiled("RSA", "algorithm", e => e["recipients"]![0]!["header"]!["alg"] = "RSA-OAEP"),
        Spoiled("weaker content cipher", "algorithm", e => e["protected"] = Convert.ToBase64String("""{"enc":"A128CBC-HS256","typ":"amana-letter+jwe","cty":"amana-letter+jws"}"""u8).TrimEnd('=')),
        Spoiled("compressed", "algorithm", e => e["protected"] = Convert.ToBase64String("""{"enc":"A256GCM","typ":"amana-letter+jwe","cty":"amana-letter+jws","zip":"DEF"}"""u8).TrimEnd('=')),
        Spoiled("an unprotected header", "algorithm", e => e["unprotected"] = new JsonObject { ["enc"] = "A256GCM" }),
        Spoiled("additional data", "algorithm", e => e["aad"] = "AAAA"),
        Spoiled("content altered", "seal", e => e["ciphertext"] = "AAAA" + e["ciphertext"]!.GetValue<string>()[4..]),
        Spoiled("tag altered", "seal", e => e["tag"] = "AAAAAAAAAAAAAAAAAAAAAA"),
        Spoiled("tag shortened", "seal", e => e["tag"] = "AAAA"),
        Spoiled("nonce altered", "seal", e => e["iv"] = "AAAAAAAAAAAAAAAA"),
        Spoiled("wrapped key altered", "seal", e => e["recipients"]![0]!["encrypted_key"] = "AAAA" + e["recipients"]![0]!["encrypted_key"]!.GetValue<string>()[4..]),
        Spoiled("a point that is not on the curve", "seal", e => e["recipients"]![0]!["header"]!["epk"]!["x"] = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
        Spoiled("our name on another's part", "seal", e => { }) with { Do = (circle, bad) => bad.SendAsync(circle, 0, HostileBureau.Spoiled(bad.Sealed(circle, "x", 2), e => e["recipients"]![0]!["header"]!["kid"] = HostileBureau.KeyOf(circle, Circle.Code(0)).Name)) },
        Sealed("sealed for another", "not-for-us", (circle, bad) => bad.Sealed(circle, "x", 2)),
        Sealed("written to another and sealed for us", "address", (circle, bad) => HostileBureau.SealedText(circle, bad.Jws(bad.Header(), bad.Payload(2)), 0)),
        new("more than 8 MiB", (circle, bad) => bad.SendAsync(circle, 0, new byte[Envelope.BytesMost + 1]), 413, "exchange.too-large-envelope"),
        new("more than 8 MiB without saying so", (circle, bad) => bad.SendAsync(circle, 0, new byte[Envelope.BytesMost + 1], f => f.Sent = r => r.Headers.TransferEncodingChunked = true), 413, "exchange.too-large-envelope"),
    ];

    private static List<Misdeed> OfLetters =>
    [
        Letter("in the name of another bureau", "sender", (bad, p) => { p["from"] = "QMR"; return bad.Jws(bad.Header(), p); }),
        Letter("in our own name", "sender", (bad, p) => { p["from"] = "UTO"; return bad.Jws(bad.Header(), p); }),
        Letter("with a key that is not", "sender", (bad, p) => bad.Jws(bad.Header(kid: "QST#s-stolen"), p)),
        Letter("written before the key was good", "sender", (bad, p) => { p["at"] = "2001-01-01T00:00:00Z"; return bad.Jws(bad.Header(), p); }),
        Letter("written after the key ends", "sender", (bad, p) => { p["at"] = "2099-01-01T00:00:00Z"; return bad.Jws(bad.Header(), p); }),
        Letter("signature altered", "signature", (bad, p) => bad.Jws(bad.Header(), p, isAltered: true)),
        Letter("not signed: none", "algorithm", (bad, p) => bad.Jws(bad.Header(alg: "none"), p)),
        Letter("a MAC for a signature", "algorithm", (bad, p) => bad.Jws(bad.Header(alg: "HS256"), p)),
        Letter("another type", "algorithm", (bad, p) => bad.Jws(bad.Header(type: "amana-receipt+jws"), p)),
        Letter("a key of its own in the header", "algorithm", (bad, p) => bad.Jws(new { alg = "EdDSA", typ = "amana-letter+jws", kid = bad.KeyName, jwk = new { kty = "OKP" } }, p)),
        Letter("what must be understood", "algorithm", (bad, p) => bad.Jws(new { alg = "EdDSA", typ = "amana-letter+jws", kid = bad.KeyName, crit = (string[])["x"] }, p)),
        Letter("version 2", "unreadable", (bad, p) => { p["v"] = 2; return bad.Jws(bad.Header(), p); }),
        Letter("without an id", "unreadable", (bad, p) => { p.Remove("id"); return bad.Jws(bad.Header(), p); }),
        Letter("to one bureau twice", "unreadable", (bad, p) => { p["to"] = new JsonArray("UTO", "UTO"); return bad.Jws(bad.Header(), p); }),
        Letter("without a body", "unreadable", (bad, p) => { p.Remove("body"); return bad.Jws(bad.Header(), p); }),
        Letter("seventy lists in each other", "unreadable", (bad, p) => bad.Jws(bad.Header(), Encoding.UTF8.GetBytes(p.ToJsonString().Replace("""{"text":"x"}""", new string('[', 70) + new string(']', 70), StringComparison.Ordinal)))),
        Letter("a kind with capitals", "unreadable", (bad, p) => { p["kind"] = "NOTE!"; return bad.Jws(bad.Header(), p); }),
        Letter("a kind that nobody reads", "kind", (bad, p) => { p["kind"] = "surprise"; return bad.Jws(bad.Header(), p); }),
        Letter("a body of another form", "body", (bad, p) => { p["body"] = new JsonObject { ["text"] = "throw at me" }; return bad.Jws(bad.Header(), p); }),
        Letter("no signed letter at all", "unreadable", (_, _) => "Hello"),
        Letter("a receipt that is none", "receipt", (bad, p) => { (p["kind"], p["body"]) = ("receipt", new JsonObject { ["receipt"] = "a.b.c" }); return bad.Jws(bad.Header(), p); }),
        Letter("a receipt for what was never sent", "receipt", (bad, p) => { (p["kind"], p["body"]) = ("receipt", new JsonObject { ["receipt"] = ReceiptOf(bad, Guid.NewGuid(), "QST") }); return bad.Jws(bad.Header(), p); }),
        Letter("a receipt in the name of another", "receipt", (bad, p) => { (p["kind"], p["body"]) = ("receipt", new JsonObject { ["receipt"] = ReceiptOf(bad, Guid.NewGuid(), "QMR") }); return bad.Jws(bad.Header(), p); }),
        Letter("a receipt that is a number", "receipt", (bad, p) => { (p["kind"], p["body"]) = ("receipt", 7); return bad.Jws(bad.Header(), p); }),
        Letter("a card that is none", "card", (bad, p) => { (p["kind"], p["body"]) = ("card", new JsonObject { ["card"] = "x" }); return bad.Jws(bad.Header(), p); }),
        new("a receipt for a letter that went elsewhere", async (circle, bad) =>
        {
            var letter = await circle.WrittenAsync(0, "for QMR", 2);
            return await bad.SendAsync(circle, 0, bad.Sealed(circle, bad.Letter("receipt", new { receipt = ReceiptOf(bad, letter, "QST") }, 0)));
        }, 422, "exchange.letter.receipt"),
        new("the card of another bureau", async (circle, bad) =>
        {
            string card = BureauCard.Sign(circle.Book(2).Ours!, bad.Signer);
            return await bad.SendAsync(circle, 0, bad.Sealed(circle, bad.Letter("card", new { card }, 0)));
        }, 422, "exchange.letter.card"),
        new("a letter of another bureau, passed on", async (circle, bad) =>
        {
            using var other = HostileBureau.Of(circle, 2);
            return await bad.SendAsync(circle, 0, other.Sealed(circle, "taken from QMR", 0, 1));
        }, 422, "exchange.letter.carrier"),
        new("another letter under a known id", async (circle, bad) =>
        {
            var letter = bad.Letter(Circle.NoteReader.KindWord, new { text = "the first" }, 0);
            (await bad.SendAsync(circle, 0, bad.Sealed(circle, letter))).Status.ShouldBe(200);
            return await bad.SendAsync(circle, 0, bad.Sealed(circle, letter with { Body = """{"text":"the second"}"""u8.ToArray() }));
        }, 422, "exchange.letter.another-letter"),
        new("an envelope for a relay that is none", (circle, bad) => bad.SendAsync(circle, 0, bad.Sealed(circle, "x", 2), path: "/exchange/v1/relay/QMR"), 403, "exchange.not-relay"),
        new("an envelope for nobody", (circle, bad) => bad.SendAsync(circle, 0, bad.Sealed(circle, "x", 2), path: "/exchange/v1/relay/ZZZ"), 403, "exchange.not-relay"),
    ];

    [Fact]
    public async Task Every_misdeed_is_refused_with_its_word_taken_down_and_nothing_is_kept()
    {
        await using var circle = await Circle.JoinedAsync(3);
        using var bad = HostileBureau.Of(circle, 1);
        List<Misdeed> all = [.. OfRequests, .. OfEnvelopes, .. OfLetters];
        all.Count.ShouldBeGreaterThanOrEqualTo(60);
        all.Select(m => m.Name).ShouldBeUnique();
        var wrong = new List<string>();
        foreach (var misdeed in all)
        {
            var (status, code) = await misdeed.Do(circle, bad);
            if (status != misdeed.Status || code != misdeed.Code) wrong.Add($"{misdeed.Name}: {status} {code}, not {misdeed.Status} {misdeed.Code}");
        }

        wrong.ShouldBeEmpty();
        circle.NotesAt(0).ShouldBe(["the first"]);
        string taken = string.Join('\n', (await circle[0].JournalAsync("exchange.refused")).Select(e => e.Details));
        foreach (string word in all.Select(m => m.Code["exchange.".Length..]).Distinct()) taken.ShouldContain($"\"{word}\"");

        // The others notice nothing, and the bureau itself may still say something true.
        await circle.WrittenAsync(2, "from QMR", 0);
        await circle.WrittenAsync(1, "from QST", 0);
        await Circle.UntilAsync(() => circle.NotesAt(0).Count == 3);
    }

    [Fact]
    public async Task Whoever_sends_a_thousand_wrong_requests_does_not_fill_the_journal()
    {
        await using var circle = await Circle.JoinedAsync(2);
        using var bad = HostileBureau.Of(circle, 1);
        byte[] body = "{}"u8.ToArray();
        await Parallel.ForEachAsync(Enumerable.Range(0, 1_000), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
        {
            var (status, _) = await bad.SendAsync(circle, 0, body, i % 2 == 0 ? f => f.Parameters["tag"] = null : null);
            status.ShouldBeOneOf(401, 422, 429);
        });
        (await circle[0].JournalAsync("exchange.refused")).Count.ShouldBeLessThan(10);
    }

    [Fact]
    public async Task Many_who_drip_their_requests_hold_up_nobody()
    {
        await using var circle = await Circle.JoinedAsync(2);
        var address = circle[0].Address;
        var dripping = new List<TcpClient>();
        try
        {
            for (int i = 0; i < 200; i++)
            {
                var client = new TcpClient();
                dripping.Add(client);
                await client.ConnectAsync(address.Host, address.Port);
                string head = i % 2 == 0 ? "POST /exchange/v1/letters HTTP/1.1\r\nHost: x\r\nContent-Le" : "POST /exchange/v1/letters HTTP/1.1\r\nHost: x\r\nContent-Length: 8000000\r\n\r\n{";
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head));
            }

            var letter = await circle.WrittenAsync(1, "in between", 0);
            await Circle.UntilAsync(() => circle.NotesAt(0).Count == 1, 10);
            (await circle.DeliveriesAsync(1, letter)).Count.ShouldBe(1);
        }
        finally
        {
            dripping.ForEach(c => c.Dispose());
        }
    }

    [Fact]
    public async Task Two_directories_of_one_version_are_seen()
    {
        await using var circle = await Circle.JoinedAsync(2);
        var seed = circle[0].Services;
        using var secretariat = LetterSigner.Of("UTO#directory-1", Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<Server.Keys.KeyFolder>(seed).Secret("exchange-directory-1", 32));
        var known = circle.Book(1).Pinned!.Directory;
        using var client = circle[1].Anonymous();
        string other = PinnedDirectory.Sign(known with { IssuedAt = known.IssuedAt.AddSeconds(1) }, secretariat);
        using var answer = await System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(client, "exchange/v1/directory", new { directory = other });
        HostileBureau.CodeOf(await answer.Content.ReadAsStringAsync()).ShouldBe("exchange.directory-two-tongues");
        (await circle[1].JournalAsync("exchange.refused")).Select(e => e.Details).ShouldContain(d => d!.Contains("directory-two-tongues"));
    }

    private static string ReceiptOf(HostileBureau bad, Guid letter, string by) =>
        bad.Jws(bad.Header(type: "amana-receipt+jws"), new { v = 1, letter, from = "UTO", by, step = "read", at = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) });
}
