using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amana.Exchange.Directory;
using Amana.Exchange.Envelopes;
using Amana.Exchange.Fields;
using Amana.Exchange.Requests;
using Amana.Server.Exchange.Keys;
using Amana.Server.Keys;
using Amana.Vocabulary;
using Microsoft.Extensions.DependencyInjection;
using NSec.Cryptography;

namespace Amana.Server.Tests.Exchange;

/// <summary>A bureau of the directory whose keys somebody has who keeps to no rule.</summary>
internal sealed class HostileBureau : IDisposable
{
    private readonly NSec.Cryptography.Key _key;

    private HostileBureau(BureauCode code, byte[] seed, string keyName)
    {
        (Code, KeyName, _key) = (code, keyName, NSec.Cryptography.Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey));
        Signer = LetterSigner.Of(keyName, seed);
    }

    public BureauCode Code { get; }
    public string KeyName { get; }
    public LetterSigner Signer { get; }

    /// <summary>With the keys of a server of the circle.</summary>
    public static HostileBureau Of(Circle circle, int number)
    {
        string name = circle[number].Services.GetRequiredService<KeyRing>().SignerFor(circle.Book(number).Ours)!.Value.Letters.Name;
        return new(Circle.Code(number), circle[number].Services.GetRequiredService<KeyFolder>().Secret(OwnKey.SecretOf(name), 32), name);
    }

    /// <summary>How a request is signed, and what of it is then changed. Everything as it should be until a misdeed changes it.</summary>
    public sealed class Forgery
    {
        public string Method { get; set; } = "POST";
        public string Path { get; set; } = "/exchange/v1/letters";
        public string Query { get; set; } = "?";
        public List<string> Covered { get; } = [.. RequestSigner.Covered];
        public Dictionary<string, BareItem?> Parameters { get; } = new(StringComparer.Ordinal);
        public string Label { get; set; } = RequestSigner.Label;
        /// <summary>Of whom the signature says the request is for; null: the server that it goes to.</summary>
        public string? Authority { get; set; }
        public string? Digest { get; set; }
        public Func<byte[], byte[]> OfSignature { get; set; } = s => s;
        public NSec.Cryptography.Key? OtherKey { get; set; }
        /// <summary>After it was signed.</summary>
        public Action<HttpRequestMessage> Sent { get; set; } = _ => { };
        public byte[]? OtherBody { get; set; }
    }

    public async Task<(int Status, string? Code)> SendAsync(Circle circle, int target, byte[] body, Action<Forgery>? twist = null, string? path = null)
    {
        var address = circle[target].Address;
        var forgery = new Forgery { Path = path ?? "/exchange/v1/letters" };
        twist?.Invoke(forgery);
        using var request = Make(address, body, forgery);
        using var client = circle[target].Anonymous();
        using var answer = await client.SendAsync(request);
        return ((int)answer.StatusCode, CodeOf(await answer.Content.ReadAsStringAsync()));
    }

    private HttpRequestMessage Make(Uri address, byte[] body, Forgery forgery)
    {
        string digest = forgery.Digest ?? ContentDigest.Of(body);
        var parameters = new FieldParameters();
        var given = new Dictionary<string, BareItem?>(StringComparer.Ordinal)
        {
            ["created"] = new FieldInteger(DateTimeOffset.UtcNow.ToUnixTimeSeconds()), ["keyid"] = new FieldText(KeyName), ["alg"] = new FieldText("ed25519"),
            ["nonce"] = new FieldText(Guid.NewGuid().ToString("N")), ["tag"] = new FieldText(RequestSigner.Tag),
        };
        foreach (var (name, value) in forgery.Parameters) given[name] = value;
        foreach (var (name, value) in given)
        {
            if (value is not null) parameters.With(name, value);
        }

        var input = new FieldInnerList([.. forgery.Covered.Select(c => new FieldItem(new FieldText(c), FieldParameters.None))], parameters);
        var parts = new RequestParts(forgery.Method, forgery.Authority ?? $"{address.Host}:{address.Port}", forgery.Path, forgery.Query, name => name == ContentDigest.Header ? [digest] : ["x"]);
        byte[] signature = forgery.OfSignature(SignatureAlgorithm.Ed25519.Sign(forgery.OtherKey ?? _key, SignatureBase.Of(parts, input)!));
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, forgery.Path)) { Content = new ByteArrayContent(forgery.OtherBody ?? body) };
        request.Headers.TryAddWithoutValidation("Content-Digest", digest);
        request.Headers.TryAddWithoutValidation("Signature-Input", FieldWriter.Write([KeyValuePair.Create<string, FieldMember>(forgery.Label, input)]));
        request.Headers.TryAddWithoutValidation("Signature", FieldWriter.Write([KeyValuePair.Create<string, FieldMember>(forgery.Label, new FieldItem(new FieldBytes(signature), FieldParameters.None))]));
        forgery.Sent(request);
        return request;
    }

    /// <summary>An envelope as it should be: from this bureau, to those.</summary>
    public byte[] Sealed(Circle circle, string text, params int[] to) => Sealed(circle, Letter(Circle.NoteReader.KindWord, new { text }, to));

    public byte[] Sealed(Circle circle, Letter letter) => Envelope.Seal(letter, Signer, [.. letter.To.Select(b => KeyOf(circle, b))]);

    public Letter Letter(string kind, object body, params int[] to) =>
        new(Guid.NewGuid(), Code, [.. to.Select(Circle.Code)], DateTimeOffset.UtcNow, kind, JsonSerializer.SerializeToUtf8Bytes(body));

    /// <summary>Any text as if it were a signed letter, sealed for a bureau.</summary>
    public static byte[] SealedText(Circle circle, string signed, params int[] to) => Envelope.SealSigned(signed, [.. to.Select(n => KeyOf(circle, Circle.Code(n)))]);

    public static SealingKey KeyOf(Circle circle, BureauCode bureau) => circle.Book(0).Find(bureau)!.SealingKeyAt(DateTimeOffset.UtcNow)!;

    /// <summary>A JWS over any payload, with any header.</summary>
    public string Jws(object header, object payload, bool isAltered = false) => Jws(header, JsonSerializer.SerializeToUtf8Bytes(payload), isAltered);

    public string Jws(object header, byte[] payload, bool isAltered = false)
    {
        string signed = $"{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(header))}.{Base64Url.EncodeToString(payload)}";
        byte[] signature = SignatureAlgorithm.Ed25519.Sign(_key, Encoding.ASCII.GetBytes(signed));
        if (isAltered) signature[5] ^= 1;
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    public object Header(string? type = null, string? kid = null, string alg = "EdDSA") => new { alg, typ = type ?? "amana-letter+jws", kid = kid ?? KeyName };

    /// <summary>The payload of a letter, as JSON to be spoiled.</summary>
    public JsonObject Payload(params int[] to) => new()
    {
        ["v"] = 1, ["id"] = Guid.NewGuid().ToString(), ["from"] = Code.Value, ["to"] = new JsonArray([.. to.Select(n => (JsonNode)Circle.Code(n).Value)]),
        ["at"] = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture), ["kind"] = Circle.NoteReader.KindWord, ["body"] = new JsonObject { ["text"] = "x" },
    };

    public static byte[] Spoiled(byte[] envelope, Action<JsonObject> how)
    {
        var json = JsonNode.Parse(envelope)!.AsObject();
        how(json);
        return Encoding.UTF8.GetBytes(json.ToJsonString());
    }

    internal static string? CodeOf(string answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            return json.RootElement.ValueKind is JsonValueKind.Object && json.RootElement.TryGetProperty("code", out var code) ? code.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        _key.Dispose();
        Signer.Dispose();
    }
}
