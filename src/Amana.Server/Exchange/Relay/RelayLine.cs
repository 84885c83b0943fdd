using Amana.Exchange.Post;
using Amana.Server.Exchange.Line;
using Amana.Vocabulary;

namespace Amana.Server.Exchange.Relay;

/// <summary>Shows envelopes to the bureaus whose relay we are: at their own addresses, which others do not use.</summary>
internal sealed class RelayLine(BureauLine line, BureauBook book) : IPostLine
{
    public async Task<LineAnswer> DeliverAsync(BureauCode peer, byte[] envelope, CancellationToken cancel)
    {
        if (!book.Exchanges(peer)) return LineAnswer.Later("suspended");
        return LetterLine.Read(await line.SendAsync(book.Find(peer)!.Address, HttpMethod.Post, LetterLine.LettersPath, envelope, LetterLine.EnvelopeType, isSigned: true, cancel));
    }
}
