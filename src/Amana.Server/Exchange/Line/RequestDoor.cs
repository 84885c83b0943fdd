using Amana.Exchange.Directory;
using Amana.Exchange.Envelopes;
using Amana.Exchange.Requests;
using Amana.Server.Data;
using Amana.Server.Exchange.Keys;
using Amana.Server.Foundation;
using Amana.Server.Journal;
using Amana.Vocabulary;

namespace Amana.Server.Exchange.Line;

/// <summary>Who sends this request: the first thing that is asked of what comes from another server. For every module that answers one.</summary>
public sealed class RequestDoor
{
    private readonly BureauBook _book;
    private readonly KeyRing _keys;
    private readonly NonceBook _nonces;
    private readonly RefusedBook _refused;
    private readonly AmanaDb _db;
    private readonly JournalWriter _journal;
    private readonly TimeProvider _clock;

    internal RequestDoor(BureauBook book, KeyRing keys, NonceBook nonces, RefusedBook refused, AmanaDb db, JournalWriter journal, TimeProvider clock) =>
        (_book, _keys, _nonces, _refused, _db, _journal, _clock) = (book, keys, nonces, refused, db, journal, clock);

    private static readonly Dictionary<ProofFault, Refusal> Faults = new()
    {
        [ProofFault.Missing] = ExchangeRefusals.NotSigned,
        [ProofFault.Coverage] = ExchangeRefusals.Coverage,
        [ProofFault.Purpose] = ExchangeRefusals.Purpose,
        [ProofFault.Time] = ExchangeRefusals.Time,
        [ProofFault.Key] = ExchangeRefusals.Key,
        [ProofFault.Signature] = ExchangeRefusals.Signature,
    };

    /// <param name="body">The whole body as it came; empty when there is none.</param>
    /// <returns>The bureau whose key signed it, and with which we exchange; or why not, taken down already.</returns>
    public async Task<Result<BureauCode>> CheckAsync(HttpRequest request, ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        var now = _clock.GetUtcNow();
        var parts = new RequestParts(request.Method, AuthorityOf(request), PathOf(request), request.QueryString.HasValue ? request.QueryString.Value! : "?", name => [.. request.Headers[name].OfType<string>()]);
        var fault = RequestProof.Check(parts, name => _book.SigningKey(name, now), now, out var proof);
        if (proof is null) return await RefuseAsync("unknown", Faults[fault], cancel);

        var from = KeyName.BureauOf(proof.KeyId)!;
        if (!ContentDigest.Fits(parts.Headers(ContentDigest.Header), body.Span)) return await RefuseAsync(from.Value, ExchangeRefusals.Digest, cancel);
        // Signed for another server and shown to us: what was meant for it is not meant for us.
        if (_book.Ours is { } ours && BureauLine.AuthorityOf(ours.Address) != parts.Authority) return await RefuseAsync(from.Value, ExchangeRefusals.Authority, cancel);
        if (!_nonces.IsNew(proof)) return await RefuseAsync(from.Value, ExchangeRefusals.Replay, cancel);
        if (!_book.Exchanges(from)) return await RefuseAsync(from.Value, ExchangeRefusals.RefusedHere, cancel);
        return from;
    }

    /// <summary>The body, up to so many bytes.</summary>
    /// <returns>Null when there is more.</returns>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, int bytesMost, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.ContentLength > bytesMost) return null;
        using var body = new MemoryStream((int)Math.Min(request.ContentLength ?? 4096, bytesMost));
        byte[] part = new byte[32 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(part, cancel)) > 0)
        {
            if (body.Length + read > bytesMost) return null;
            body.Write(part, 0, read);
        }

        return body.ToArray();
    }

    /// <summary>What we say in answer, signed: <see cref="BureauStatement"/>.</summary>
    /// <exception cref="IOException">No key of ours is known to others; they come again.</exception>
    public string Sign(ReadOnlySpan<byte> payload) =>
        BureauStatement.Sign(payload, _keys.SignerFor(_book.Ours)?.Letters ?? throw new IOException("This bureau has no key that others know."));

    /// <summary>Takes the refusal down and answers it.</summary>
    public async Task<Refusal> RefuseAsync(string from, Refusal refusal, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        await _refused.AddAsync(from, refusal.Code[(refusal.Code.IndexOf('.', StringComparison.Ordinal) + 1)..], _db, _journal, cancel);
        return refusal;
    }

    private static string AuthorityOf(HttpRequest request) => Uri.TryCreate($"{request.Scheme}://{request.Host.Value}/", UriKind.Absolute, out var address) ? BureauLine.AuthorityOf(address) : "";

    // As it was sent: the decoded path could be of another request.
    private static string PathOf(HttpRequest request) =>
        request.HttpContext.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget.Split('?')[0];
}
