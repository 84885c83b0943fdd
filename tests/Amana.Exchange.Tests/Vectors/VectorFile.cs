using System.Text.Json;
using System.Text.Json.Serialization;

namespace Amana.Exchange.Tests.Vectors;

/// <summary>docs/specs/vectors/exchange.json: what another implementation compares itself with. Hexadecimal in small letters, times in seconds since 1970.</summary>
internal sealed record VectorFile(
    string About, IReadOnlyList<VectorFile.Bureau> Bureaus, IReadOnlyList<VectorFile.Sealed> Letters, IReadOnlyList<VectorFile.Refused> RefusedEnvelopes,
    IReadOnlyList<VectorFile.Receipt> Receipts, IReadOnlyList<VectorFile.Mark> Marks, IReadOnlyList<IReadOnlyList<int>> Padding, IReadOnlyList<VectorFile.Request> Requests)
{
    /// <param name="Signing">Name of the signing key.</param>
    /// <param name="Seed">Its secret, 32 bytes.</param>
    /// <param name="Public">Its public half.</param>
    /// <param name="Sealing">Name of the sealing key.</param>
    /// <param name="Jwk">The secret sealing key: <c>crv</c>, <c>x</c>, <c>y</c>, <c>d</c>.</param>
    internal sealed record Bureau(string Code, string Signing, string Seed, string Public, string Sealing, IReadOnlyDictionary<string, string> Jwk);

    /// <param name="Letter">The JSON that was signed, as it was signed.</param>
    internal sealed record Sealed(string Title, string Letter, string Signed, string Envelope);

    /// <param name="Reader">Code of the bureau that is to open it.</param>
    /// <param name="Word">What it says.</param>
    internal sealed record Refused(string Title, string Reader, string Word, string Envelope);

    /// <param name="IsGood">Else it must be refused, whatever it says.</param>
    internal sealed record Receipt(string Title, bool IsGood, string Letter, string From, string By, string Step, string At, string Jws);

    /// <param name="Finding"><c>fits</c>, <c>wrong</c>, or <c>unknown</c>: no key that was good then.</param>
    /// <param name="Handling">JSON as in handling.md.</param>
    internal sealed record Mark(string Title, string Finding, string Letter, string From, string At, string Text, string Handling, string Jws);

    /// <param name="At">By the clock of who signed.</param>
    /// <param name="Now">By the clock of who checks.</param>
    /// <param name="Base">What the signature is over (RFC 9421, 2.5).</param>
    /// <param name="Outcome"><c>good</c>, or the word for why not.</param>
    internal sealed record Request(
        string Title, string Method, string Authority, string Path, string Query, string Body, long At, long Now, string KeyId, string Digest, string Base, string Input, string Signature, string Outcome);

    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, NewLine = "\n", UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectRequiredConstructorParameters = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static VectorFile Read() => JsonSerializer.Deserialize<VectorFile>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "exchange.json")), Form)!;

    public void Write(string file) => File.WriteAllText(file, JsonSerializer.Serialize(this, Form) + "\n");
}
