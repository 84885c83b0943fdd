using Amana.Exchange.Envelopes;
using Amana.Exchange.Post;
using Amana.Server.Exchange.Keys;
using Amana.Vocabulary;

namespace Amana.Server.Exchange.Post;

/// <summary>The secrets of the post: our keys, and the keys of the directory.</summary>
internal sealed class PostSeal(BureauBook book, KeyRing keys) : IPostSeal
{
    public (Letter? Letter, string Signed, string? Refusal) Open(byte[] envelope)
    {
        var fault = Envelope.Open(envelope, book.Self, keys.Openers, book.SigningKey, out var opened);
        return opened is { } good ? (good.Letter, good.Signed, null) : (null, "", Word(fault));
    }

    public string SignReceipt(Guid letter, BureauCode from, DateTimeOffset at) =>
        keys.SignerFor(book.Ours) is { } signer
            ? new LetterReceipt(letter, from, book.Self, LetterStep.Stored, at).Sign(signer.Letters)
            : throw new IOException("This bureau has no key that others know; letters wait until it has."); // they come again

    public bool IsReceipt(string receipt, Guid letter, BureauCode by) =>
        LetterReceipt.Read(receipt, book.SigningKey) is { } read && read.Letter == letter && read.By == by && read.From == book.Self && read.Step is LetterStep.Stored;

    private static string Word(EnvelopeFault fault) => fault switch
    {
        EnvelopeFault.Algorithm => "algorithm",
        EnvelopeFault.NotForUs => "not-for-us",
        EnvelopeFault.Seal => "seal",
        EnvelopeFault.Sender => "sender",
        EnvelopeFault.Signature => "signature",
        EnvelopeFault.Address => "address",
        _ => "unreadable",
    };
}
