using Amana.Exchange.Post;
using Amana.Server.Exchange.Line;
using Amana.Vocabulary;

namespace Amana.Server.Exchange.Relay;

/// <summary>Shows envelopes to the bureaus whose relay we are: at their own addresses, which others do not use.</summary>
internal sealed class RelayLine(BureauLine line, BureauBook book) : IPostLine
{
    public async Task<IReadOnlyList<LineAnswer>> DeliverAsync(BureauCode peer, IReadOnlyList<byte[]> envelopes, CancellationToken cancel)
    {
        if (!book.Exchanges(peer)) return [LineAnswer.Later("suspended")];
        return await LetterLine.ShowAsync(line, book.Find(peer)!.Address, envelopes, cancel);
    }
}
