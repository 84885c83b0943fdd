using System.Text.Json;
using Amana.Exchange.Envelopes;
using Amana.Exchange.Handling;
using Amana.Server.Data;
using Amana.Server.Exchange.Keys;
using Amana.Server.Exchange.Post;
using Amana.Server.Foundation;
using Amana.Vocabulary;

namespace Amana.Server.Exchange;

/// <summary>Id and time of a letter before it is sealed.</summary>
public sealed record LetterStamp(Guid Id, DateTimeOffset At);

/// <summary>Where an act of another module gives a letter to the post. Letter and deliveries are added to the act's own database context: they are saved with
/// what the act writes, in one transaction, or not at all.</summary>
public sealed class Outbox
{
    private readonly AmanaDb _db;
    private readonly BureauBook _book;
    private readonly KeyRing _keys;
    private readonly TimeProvider _clock;
    private readonly HashSet<BureauCode> _to = [];

    internal Outbox(AmanaDb db, BureauBook book, KeyRing keys, PostSignal signal, TimeProvider clock)
    {
        (_db, _book, _keys, _clock) = (db, book, keys, clock);
        db.SavedChanges += (_, _) =>
        {
            if (_to.Count == 0) return;
            signal.Ring(_to);
            _to.Clear();
        };
    }

    /// <summary>What a letter's body may have, in bytes of JSON.</summary>
    public const int BodyBytesMost = 4 * 1024 * 1024;

    /// <param name="kind"><see cref="Letter.Kind"/>; the other bureaus have an <see cref="ILetterReader"/> for it.</param>
    /// <param name="body">Written as JSON in the server's usual form.</param>
    /// <param name="to">1 to 250 bureaus that we exchange with, each once.</param>
    /// <param name="stamp">When the body names it; null: made here.</param>
    /// <returns>The letter's id; or why it cannot be sent: <c>exchange.…</c></returns>
    public Result<Guid> Add(string kind, object body, IReadOnlyList<BureauCode> to, LetterStamp? stamp = null)
    {
        ArgumentNullException.ThrowIfNull(to);
        if (to.Count is 0 or > Letter.ToMost || to.Distinct().Count() != to.Count) return ExchangeRefusals.Recipients;
        if (to.FirstOrDefault(b => !_book.Exchanges(b)) is { } closed) return ExchangeRefusals.NoExchange(closed);
        if (_keys.SignerFor(_book.Ours) is not { } signer || _book.Ours is null) return ExchangeRefusals.NotInDirectory;
        var now = _clock.GetUtcNow();
        var sealing = to.Select(b => (Bureau: b, Key: _book.Find(b)!.SealingKeyAt(now))).ToList();
        if (sealing.Find(s => s.Key is null) is { Bureau: { } keyless }) return ExchangeRefusals.NoKey(keyless);
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(body, JsonRules.Options);
        if (json.Length > BodyBytesMost) return ExchangeRefusals.TooLarge;

        var (id, at) = stamp ?? NewStamp();
        var letter = new Letter(id, _book.Self, to, at, kind, json);
        byte[] envelope = Envelope.Seal(letter, signer.Letters, [.. sealing.Select(s => s.Key!)], out string signed);
        _db.Add(new PostedLetter { Id = letter.Id, Kind = kind, WrittenAt = at, Bytes = envelope.Length, Envelope = envelope, SignedForm = signed });
        foreach (var peer in to) _db.Add(new Delivery { Letter = letter.Id, Peer = peer, QueuedAt = now, NextAt = now });
        _to.UnionWith(to);
        return letter.Id;
    }

    /// <summary>For a letter whose body says its id: <see cref="Mark"/>.</summary>
    public LetterStamp NewStamp() => new(Guid.CreateVersion7(_clock.GetUtcNow()), _clock.GetUtcNow());

    /// <summary>Our words, signed by themselves, for whoever quotes them: <see cref="WordsMark"/>.</summary>
    /// <returns>Null while no key of ours is known to others; <see cref="Add"/> says so.</returns>
    public string? Mark(LetterStamp stamp, string text, ItemHandling handling) => _keys.SignerFor(_book.Ours) is { } signer ? new WordsMark(stamp.Id, _book.Self, stamp.At, text, handling).Sign(signer.Letters) : null;

    /// <summary>Tells the writer of a letter that a person opened it, or that what it asks was done.</summary>
    /// <param name="letter">As it came.</param>
    /// <param name="writer">Who wrote it. One that we do not exchange with any more is told nothing.</param>
    public void AddReceipt(Guid letter, BureauCode writer, LetterStep step)
    {
        if (_keys.SignerFor(_book.Ours) is not { } signer || !_book.Exchanges(writer)) return;
        string receipt = new LetterReceipt(letter, writer, _book.Self, step, _clock.GetUtcNow()).Sign(signer.Letters);
        Add(ReceiptReader.KindWord, new ReceiptReader.Body(receipt), [writer]);
    }
}
